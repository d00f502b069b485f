"""The contact before: by the ledger, and by the stories where they differ."""

from datetime import date

import pytest

from bot.alerts.post import render
from bot.model.contact import Contact
from tests.alerts.newsroom import AFP, PENTAGON, TAGESSCHAU, TASS, call, desk, press

PREVIOUS = desk(call()).file(TAGESSCHAU).contact()


def previous_line(*told: tuple[str, ...], previous: Contact | None = PREVIOUS) -> str:
    """Give the line about the contact before the call of 12 July, with what each outlet tells."""
    filed = desk(call(day=date(2024, 7, 12), by=date(2024, 7, 12)), 2024, 7, 13)
    for outlet, earlier in zip((TAGESSCHAU, AFP, TASS, PENTAGON), told, strict=False):
        filed.file(outlet, earlier=earlier)
    lines = render(filed.contact(), previous, press()).split("\n")
    return next((line.replace("<b>", "").replace("</b>", "") for line in lines if "Zuvor" in line), "")


@pytest.mark.parametrize(
    "earlier",
    [
        (),
        ("2024-06-25",),
        ("2024-06",),
        ("2024-06-25", "2023-03"),
        ("2023-03-15",),
        ("2024-07-12",),
        ("2024-07",),
        ("irgendwann", "2024-13", ""),
    ],
)
def test_stories_that_agree_with_the_ledger_are_not_mentioned(earlier: tuple[str, ...]) -> None:
    """The same day or month, an older contact, this contact itself and nonsense are no deviation."""
    assert previous_line(earlier) == "Zuvor: 25. Juni 2024, Telefonat (17 Tage davor)"


def test_a_story_with_another_day_is_named() -> None:
    """The first source of each deviating day is named, at most two."""
    told = (("2024-06-26",), ("2024-06-26",), ("2024-06-24",), ("2024-07-01",))
    assert previous_line(*told) == (
        "Zuvor: 25. Juni 2024, Telefonat "
        "(17 Tage davor; tagesschau.de nennt den 26. Juni; TASS nennt den 24. Juni)"
    )


def test_a_story_with_a_later_month_is_named() -> None:
    """A month that the ledger's day does not lie in is a deviation."""
    older = desk(call(day=date(2024, 5, 31))).file(TAGESSCHAU).contact()
    assert previous_line(("2024-06",), previous=older) == (
        "Zuvor: 31. Mai 2024, Telefonat (42 Tage davor; tagesschau.de nennt Juni 2024)"
    )


def test_a_newer_contact_that_only_a_story_knows_leads() -> None:
    """Where the ledger is years behind, the story's own earlier contact comes first, with its source."""
    old = desk(call(day=date(2023, 3, 15))).file(TAGESSCHAU).contact()
    assert previous_line(("2024-06-25", "2023-03-15"), previous=old) == (
        "Zuvor laut tagesschau.de: 25. Juni 2024 (hier zuletzt: 15. März 2023, Telefonat)"
    )
    assert previous_line(("2024-06",), ("2024-06-25",), previous=old) == (
        "Zuvor laut AFP: 25. Juni 2024 (hier zuletzt: 15. März 2023, Telefonat)"
    )


def test_without_a_ledger_the_latest_and_most_exact_story_is_believed() -> None:
    """Of the contacts that stories mention, the latest one is told, with its source."""
    told = (("2023-03", "2022-05-13"), ("2023-03-15",), ("2022-10-23",))
    assert previous_line(*told, previous=None) == "Zuvor laut AFP: 15. März 2023"


def test_without_a_ledger_stories_may_differ() -> None:
    """A day nearby that another story tells is shown too."""
    assert previous_line(("2023-03-15",), ("2023-03-14",), previous=None) == (
        "Zuvor laut tagesschau.de: 15. März 2023 (AFP nennt den 14. März)"
    )


def test_a_month_is_told_as_a_month() -> None:
    """Nothing more exact is made up."""
    assert previous_line(("2023-03",), previous=None) == "Zuvor laut tagesschau.de: März 2023"


def test_nothing_known_is_nothing_said() -> None:
    """There is no empty label."""
    assert previous_line((), previous=None) == ""
