"""Whose own side told of a contact, and how a post says it."""

from typing import Any

import pytest

from bot.alerts.confirmed import confirmations
from bot.alerts.post import render
from bot.model.claim import Cited, Initiative, Medium, Participant, Statement, Status
from bot.model.contact import Contact
from tests.alerts.newsroom import (
    AUSTIN,
    DE,
    PENTAGON,
    PL,
    TAGESSCHAU,
    TASS,
    Outlet,
    call,
    desk,
    press,
)

MINISTRY = Outlet("Минобороны России", "ru", "RU", "https://mil.ru/1")
WORDS = "Es sei um offene Kanäle gegangen."


def sides(contact: Contact) -> list[str]:
    """Name the sides that told of a contact."""
    return [name for _, name in confirmations(contact, press())]


@pytest.mark.parametrize(
    ("outlet", "slots", "told"),
    [
        (TAGESSCHAU, {}, []),
        (TASS, {}, []),
        (PENTAGON, {}, ["Pentagon"]),
        (MINISTRY, {}, ["Moskau"]),
        (Outlet("defense.gov", "en", "", "https://www.defense.gov/News/1/"), {}, ["Washington"]),
        (Outlet("MOD", "en", "", "https://www.gov.uk/1"), {}, []),
        (TAGESSCHAU, {"told_by": (Cited("US", "Pentagon-Sprecher"),)}, ["Pentagon"]),
        (TAGESSCHAU, {"told_by": (Cited("US", "Pentagon", sure=False),)}, []),
        (TAGESSCHAU, {"told_by": (Cited("FR", "Paris"),)}, []),
        (PENTAGON, {"told_by": (Cited("RU", "Andrei Belousov"),)}, ["Pentagon"]),
        (TAGESSCHAU, {"statements": (Statement("US", "Pentagon", WORDS, "de"),)}, []),
        (TAGESSCHAU, {"initiative": Initiative("RU", "Pentagon")}, ["Pentagon"]),
        (TAGESSCHAU, {"initiative": Initiative("RU", "Pentagon-Sprecher in Moskau")}, ["Pentagon"]),
        (TAGESSCHAU, {"initiative": Initiative("RU")}, []),
        (TAGESSCHAU, {"initiative": Initiative("RU", "beide Seiten")}, []),
        (Outlet("BMVg", "de", "DE", "https://www.bmvg.de/1"), {}, []),
    ],
)
def test_a_side_confirms_by_its_own_words(outlet: Outlet, slots: dict[str, Any], told: list[str]) -> None:
    """Its authority's story does, or one that cites it, for the initiative too; a quotation does not."""
    assert sides(desk(call()).file(outlet, **slots).contact()) == told


def test_only_what_took_place_is_confirmed() -> None:
    """A plan that both sides announce is no contact yet, and a denial no confirmation."""
    for status in (Status.PLANNED, Status.DENIED, Status.CANCELLED):
        assert sides(desk(call(status=status)).file(PENTAGON).file(MINISTRY).contact()) == []


def test_one_side_is_said_and_later_lifted() -> None:
    """First one side only, then both, in the order of the headline, whoever came first."""
    filed = desk(call()).file(MINISTRY)
    alone = render(filed.contact(), None, press())
    assert "<b>Bisher nur von einer Seite bestätigt:</b> Moskau\n" in alone
    assert "<b>Bestätigt:</b> Pentagon · Moskau\n" in render(filed.file(PENTAGON).contact(), None, press())
    assert "<b>Confirmed:</b> Pentagon · Moscow\n" in render(filed.contact(), None, press("en"))


def test_only_one_side_is_not_said_where_another_is_heard() -> None:
    """Who is quoted, or speaks beside the contact, may have confirmed it: then "only" is left out."""
    filed = desk(call()).file(MINISTRY)
    for slots in (
        {"told_by": (Cited("US", "Pentagon", sure=False),)},
        {"statements": (Statement("US", "Pentagon", WORDS, "de"),)},
    ):
        heard = desk(call()).file(MINISTRY).file(TAGESSCHAU, **slots)
        assert "<b>Bestätigt:</b> Moskau\n" in render(heard.contact(), None, press())
        assert "<b>Confirmed:</b> Moscow\n" in render(heard.contact(), None, press("en"))
    assert "nur von einer Seite" in render(filed.file(TAGESSCHAU).contact(), None, press())


def test_where_no_side_has_told_nothing_is_said() -> None:
    """Newspapers alone are no side, and their post does not speak of any."""
    written = render(desk(call()).file(TAGESSCHAU).file(TASS).contact(), None, press())
    assert "estätigt" not in written


def test_two_of_many_have_confirmed() -> None:
    """At a big table each side that told is named, in the order of the list."""
    seats = (AUSTIN, Participant(DE), Participant(PL))
    bmvg = Outlet("BMVg", "de", "DE", "https://www.bmvg.de/1")
    filed = desk(call(participants=seats, medium=Medium.VIDEO)).file(bmvg).file(PENTAGON)
    assert "<b>Bestätigt:</b> Pentagon · Berlin\n" in render(filed.contact(), None, press())
