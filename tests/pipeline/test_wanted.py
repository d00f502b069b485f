"""Which pages are asked for, and why: few, and only where the feed leaves something open."""

from dataclasses import replace
from typing import Any

import pytest

from bot.languages.detect import detect
from bot.model.claim import Claim, Medium, Statement, Status, Verdict
from bot.model.story import Story
from bot.model.trace import NearMiss
from bot.model.watchlist import Ring, Watch, WatchList
from bot.pipeline.wanted import near_enough, wanted_for, wanted_near
from bot.recognition import Recogniser
from bot.register.load import load
from tests.contacts.wire import by, call, july, report
from tests.pipeline.script import story

WATCH = Watch("all")
WATCHLIST = WatchList((WATCH,))
SAID = (Statement("US", "Pentagon", "Sie sprachen über die Ukraine.", "de"),)
TEASER = story("a", july(13), "Ein Gespräch.")


def wanted(claim: Claim, told: Story = TEASER, watch: Watch = WATCH) -> str | None:
    """Say why the page of a story that makes this claim is wanted."""
    return wanted_for(told, [report("a", july(13), claim)], frozenset({watch.key}), WatchList((watch,)))


@pytest.mark.parametrize(
    ("slots", "why"),
    [
        ({"day": None}, "day"),
        ({"medium": Medium.UNKNOWN}, "how they spoke"),
        ({}, "teaser"),
        ({"status": Status.PLANNED}, "teaser"),
        ({"statements": SAID}, None),
        ({"initiative": by("US")}, None),
        ({"status": Status.DENIED, "day": None}, None),
    ],
)
def test_a_page_is_wanted_for_what_the_feed_leaves_open(slots: dict[str, Any], why: str | None) -> None:
    """When, how, what or whose initiative, of a contact held or planned; each with its reason."""
    reason = wanted(replace(call(july(12)), **slots))
    assert (why in reason if reason else False) if why else reason is None


def test_no_page_is_wanted_that_could_tell_no_more() -> None:
    """Not of a story without a web address, nor of one whose feed brings the whole article."""
    assert wanted(call(), replace(TEASER, url=None)) is None
    assert wanted(call(), replace(TEASER, url="mailto:a@b.example")) is None
    assert wanted(call(), replace(TEASER, text="Satz. " * 400)) is None


def test_no_page_is_wanted_that_nobody_listens_for() -> None:
    """The contact fits no watch, or the watch is a beat that rings for stories themselves."""
    assert wanted(call(), watch=Watch("letters", media=frozenset({Medium.LETTER}))) is None
    assert wanted(call(), watch=Watch("beat", ring=Ring.STORIES)) is None
    assert wanted_for(TEASER, [report("a", july(13), call())], frozenset(), WATCHLIST) is None


def test_only_short_stories_that_somebody_listens_for_are_asked_how_near_they_came() -> None:
    """A contact needs no near miss, and a text that says more than a teaser has said it."""
    keys = frozenset({WATCH.key})
    assert near_enough(TEASER, Verdict.NONE, keys, WATCHLIST)
    assert not near_enough(TEASER, Verdict.CONTACT, keys, WATCHLIST)
    assert not near_enough(TEASER, Verdict.NONE, frozenset(), WATCHLIST)
    assert not near_enough(replace(TEASER, text="Satz. " * 200), Verdict.NONE, keys, WATCHLIST)


def test_a_near_miss_is_worth_a_page_where_the_page_may_tell_the_rest() -> None:
    """The other side or the word of contact may stand there; another office stays another office."""
    assert wanted_near([NearMiss("no second minister", "one minister")]) == "near miss: one minister"
    assert wanted_near([NearMiss("another office", "a chancellor"), NearMiss("interview", "talk")]) is None


@pytest.mark.parametrize(
    ("title", "text", "near"),
    [
        ("Pistorius spricht mit Amtskollegen", "Der Verteidigungsminister führte ein Telefonat.", True),
        ("Bundesliga: Bayern gewinnt in Dortmund", "Am Samstag fielen vier Tore.", False),
        ("Kanzler telefoniert mit Präsident Macron", "Es ging um Europa.", False),
    ],
)
def test_how_near_a_real_headline_comes(title: str, text: str, *, near: bool) -> None:
    """The recogniser's own near misses decide: a minister and a word of contact, no sports."""
    told = story("a", july(13), text, title=title)
    assert detect(told.whole) == "de"
    assert (wanted_near(Recogniser(load()).nearness(told)) is not None) is near
