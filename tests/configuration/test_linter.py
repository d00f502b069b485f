"""What the linter must not say, and that it is right where it speaks (what it says: doubtful.md)."""

from datetime import UTC, datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.configuration.linter.barred import Barred
from bot.configuration.linter.coverage import Coverage
from bot.configuration.linter.logic import Logic
from bot.matching.query import Subjects, read
from bot.matching.query.evaluate import Findings, laid_out
from bot.matching.watch import Watcher
from bot.model.query import Kind, Node, Or, Term
from bot.model.story import BODY_GAP, Story
from bot.model.watchlist import Watch, WatchList
from bot.register.load import load as load_register
from tests.configuration.desk import Desk

TWO_LANGUAGES = """\
feeds:
  - {url: 'https://example.org/de', language: de}
  - {url: 'https://example.org/en', language: en}
  - {url: 'https://example.org/tr', language: tr, enabled: false}
"""


def watch(*lines: str) -> str:
    """Give a watch-list of one watch with these lines."""
    return "\n    ".join(("watches:\n  - name: w", *lines)) + "\n"


MEANT = {
    "one line": "keywords: [Hegseth, Beloussow, Telefonat]\n",
    "a former minister beside the one who came after": "keywords: [Austin, Hegseth, Beloussow]\n",
    "a former minister beside the office": watch(
        "keywords: [Austin]", """query: 'office:"US defence minister"'"""
    ),
    "somebody who is in another office now": "keywords: [Schoigu, Netanjahu, von der Leyen]\n",
    "a former minister as the subject of a beat": watch("ring: stories", "keywords: [Austin, Esper]"),
    "a word that is a minister's name of long ago": "keywords: [Wagner, Carter]\n",
    "a minister in office whose name others bear too": "keywords: [Singh, Katz, Beloussow]\n",
    "words that only look alike": "keywords: [Panzer, Panzerhaubitze, Drohne, Kampfdrohne, Rat, Rathaus]\n",
    "one word in two languages": "keywords: [Telefonat, phone call, Gespräch, talks]\n",
    "capitals in the middle of a name": "keywords: [OR Tambo, AND-Gatter, M/S Ore]\n",
    "an exclusion that narrows a keyword": watch("keywords: [Hegseth]", "exclude: [Hegseth-Interview]"),
    "a former minister is excluded": watch("contacts: [US defence minister]", "exclude: [Austin, Texas]"),
    "one who is not asked for is excluded": watch("contacts: [DE defence minister]", "exclude: [Hegseth]"),
    "all but one": watch("exclude: [Hegseth]"),
    "two who met once": watch("contacts: [Pete Hegseth, RU defence minister]"),
    "two of three were never in office together": watch(
        "contacts: [Pete Hegseth, GB defence minister, Andrei Belousov]"
    ),
    "two alternatives": watch("query: (Taurus AND NOT Patriot) OR (Patriot AND NOT Taurus)"),
    "a title that lacks what the text may hold": watch("query: Taurus AND NOT title:Taurus"),
    "a form that is not forbidden": watch("query: 'Telefonat AND NOT \"Telefonate\"'"),
    "two languages, one or the other": watch("query: Taurus AND (lang:de OR lang:en)"),
    "signs within words": 'keywords: ["Austin, Texas", AT&T, F-16, Pro und Contra, "1,5 Prozent"]\n',
    "all words but not together": watch("query: Austin AND Texas AND NOT (Austin NEAR/3 Texas)"),
    "a language that only disabled feeds are in": watch("query: Taurus AND NOT lang:tr"),
}

SIDE_BY_SIDE = {
    "another channel": ("", 'channel: "@other"'),
    "another ring": ("keywords: [Taurus]", "ring: stories\n    keywords: [Taurus]"),
    "plans": ("", "announce: true"),
    "quiet hours": ("", "urgent: true"),
    "a medium more": ("media: [phone]", "media: [phone, video]"),
    "a keyword more": ("keywords: [Drohne, Taurus]", "keywords: [Taurus, Patriot]"),
    "a story less": ("exclude: [Texas]", "keywords: [Taurus]"),
    "one with anyone beside two of three": (
        "contacts: [US defence minister]",
        "contacts: [US defence minister, RU defence minister, CN defence minister]",
    ),
    "two of three beside one with anyone": (
        "contacts: [US defence minister, RU defence minister, CN defence minister]",
        "contacts: [US defence minister]",
    ),
    "the office beside one who held it": ("contacts: [Boris Pistorius]", "contacts: [DE defence minister]"),
    "words in one language": ("keywords: [Panzer]", "keywords: [Panzern]"),
    "another query": ("query: Taurus", "query: Taurus AND lang:de"),
}


@pytest.mark.parametrize("written", MEANT.values(), ids=MEANT)
def test_what_may_be_meant_is_not_warned_of(desk: Desk, written: str) -> None:
    """No editor has to shake his head."""
    desk.write("feeds.yaml", TWO_LANGUAGES)
    desk.write("watchlist.yaml", written)
    assert desk.problems() == []


@pytest.mark.parametrize(("one", "other"), SIDE_BY_SIDE.values(), ids=SIDE_BY_SIDE)
def test_a_watch_that_adds_something_is_not_shadowed(desk: Desk, one: str, other: str) -> None:
    """Whatever it is that only the second of two watches rings for, or how."""
    desk.write("feeds.yaml", TWO_LANGUAGES)
    entries = ("  - name: a", f"    {one}", "  - name: b", f"    {other}")
    desk.write("watchlist.yaml", "\n".join(("watches:", *filter(str.strip, entries), "")))
    assert [problem for problem in desk.problems() if 'watch "b" rings only' in problem] == []


@pytest.fixture(scope="module")
def coverage() -> Coverage:
    """Compare words in German and English stories."""
    return Coverage(Subjects(load_register()), ("de", "en"))


def story(text: str, language: str) -> Story:
    """Make a story of a text."""
    feed, day = "https://example.org/rss", datetime(2026, 7, 1, 12, tzinfo=UTC)
    return Story("story", feed, "Example", None, "", text, language, None, day, day.date())


WORDS = ("Telefonat", "Telefonate", "Taurus", "rote Linie", "Linie", "Hegseth", "Pete Hegseth", "Kim", "NATO")
TEXTS = (
    "Ein Telefonat",
    "Nach Telefonaten",
    "die roten Linien",
    "Linien in Rot",
    "Pete Hegseth kam",
    "Hegseths Rede",
    "Taurus der NATO",
    "Kim Jong-un",
    "Хегсет сказал",
)


@pytest.mark.parametrize(("wide", "narrow"), list(product(WORDS, WORDS)))
def test_what_covers_a_word_is_found_wherever_that_is(coverage: Coverage, wide: str, narrow: str) -> None:
    """Judged by the matching itself, over stories of both languages."""
    if not coverage.covers(wide, narrow):
        return
    watches = (Watch("wide", keywords=(wide,)), Watch("narrow", keywords=(narrow,)))
    watcher = Watcher(WatchList(watches), load_register())
    for text, language in product(TEXTS, ("de", "en")):
        found = {match.watch for match in watcher.matches(story(text, language=language))}
        assert watches[1].key not in found or watches[0].key in found


LETTERS = st.sampled_from("abcd").map(lambda letter: Term(Kind.WORDS, letter))
QUERIES = st.recursive(
    LETTERS.map(str),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["AND", "OR", "AND NOT"]), inner).map(lambda p: f"({' '.join(p)})"),
        inner.map(lambda one: f"(NOT {one})"),
    ),
    max_leaves=8,
)


@given(QUERIES)
def test_a_query_that_can_never_hold_holds_in_no_case(coverage: Coverage, written: str) -> None:
    """Tried with every choice of the terms that a story may hold."""
    root = read(f"x AND {written}").root
    if Logic(coverage, None).fault(root):
        assert not _holds_ever(root)


@given(QUERIES, QUERIES)
def test_an_alternative_that_can_never_hold_makes_no_difference(
    coverage: Coverage, written: str, other: str
) -> None:
    """A query without it holds in the same cases."""
    both = Or((read(f"x AND {written}").root, read(f"x AND {other}").root))
    logic = Logic(coverage, None)
    if [fault.offset for fault in logic.dead_branches(both)] and not logic.fault(both):
        dead = [part for part in both.parts if logic.fault(part)]
        assert not any(map(_holds_ever, dead))


def _holds_ever(root: Node) -> bool:
    numbers = {Term(Kind.WORDS, letter): number for number, letter in enumerate("abcdx")}
    check = laid_out(root, numbers.__getitem__)
    return any(
        check.evidence(Findings({number: [(0, 1)] for number in there}, "", BODY_GAP)) is not None
        for there in _choices(range(5))
    )


def _choices(numbers: range) -> list[tuple[int, ...]]:
    return [
        tuple(number for number, taken in zip(numbers, chosen, strict=True) if taken)
        for chosen in product((True, False), repeat=len(numbers))
    ]


def test_one_of_thousands_of_forbidden_words_is_found_at_once(coverage: Coverage) -> None:
    """By its stems: nothing is compared with each of them."""
    barred = Barred(Term(Kind.WORDS, f"Wort{number}") for number in range(5_000))
    asked = len(coverage._known)
    assert barred.told(Term(Kind.WORDS, "Wort4321", title=True), coverage) == "NOT Wort4321"
    assert barred.told(Term(Kind.WORDS, "Wort5000"), coverage) is None
    assert len(coverage._known) - asked <= 5_001
