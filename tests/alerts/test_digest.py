"""The posts that list contacts: of a week, and of a quiet night."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.alerts.digest import render_digest, render_summary
from bot.alerts.post import render
from bot.model.claim import Status
from bot.model.contact import Contact
from tests.alerts.newsroom import TAGESSCHAU, call, desk, june_call, press
from tests.servers.telegram_html import assert_valid_post

MONDAY, SUNDAY = date(2024, 7, 8), date(2024, 7, 14)


def contact(day: date | None, name: str = "one", **slots: object) -> Contact:
    """Tell of a call."""
    by = day or SUNDAY
    return replace(desk(call(day=day, by=by, **slots)).file(TAGESSCHAU).contact(), id=name)


def digest(*contacts: Contact, language: str = "de", links: dict[str, str] | None = None) -> str:
    """Write a digest and let Telegram's parser judge it."""
    written = render_digest(contacts, MONDAY, SUNDAY, press(language), links or {})
    assert_valid_post(written, limit=900)
    return written


def test_a_week_is_told_by_its_days() -> None:
    """A line each, by day, those without a day last; linked where the post is known."""
    told = (
        contact(None, "undated"),
        contact(date(2024, 7, 12), "b"),
        contact(date(2024, 7, 9), "early", status=Status.DENIED),
        contact(date(2024, 7, 12), "a"),
    )
    assert digest(*told, links={"b": "https://t.me/draht/7", "a": "javascript:x"}) == (
        "🗓 <b>Kontakte vom 8. Juli bis zum 14. Juli 2024</b>\n"
        "\n"
        "<b>9. Juli</b>\n"
        "Austin und Beloussow: Telefonat dementiert\n"
        "\n"
        "<b>12. Juli</b>\n"
        "Austin und Beloussow telefonieren\n"
        '<a href="https://t.me/draht/7">Austin und Beloussow telefonieren</a>\n'
        "\n"
        "<b>Ohne Tag</b>\n"
        "Austin und Beloussow telefonieren"
    )


def test_a_week_without_a_contact_says_so() -> None:
    """Silence is told as what it is, and over the turn of a year with both years."""
    assert digest() == (
        "🗓 <b>Kontakte vom 8. Juli bis zum 14. Juli 2024</b>\n\n"
        "In dieser Zeit ist hier kein Kontakt bekannt geworden."
    )
    assert render_digest((), date(2024, 12, 30), date(2025, 1, 5), press("en")) == (
        "🗓 <b>Contacts from 30 December 2024 to 5 January 2025</b>\n\n"
        "No contact became known here in this time."
    )


@pytest.mark.parametrize("count", [1, 15, 17, 200])
def test_a_busy_week_says_how_many_more_there_were(count: int) -> None:
    """Every contact is listed or counted, whatever fits."""
    days = [MONDAY + timedelta(days=number % 7) for number in range(count)]
    written = digest(*(contact(day, f"{number:03}") for number, day in enumerate(days)))
    listed = written.count("telefonieren")
    assert listed == count or written.endswith(f"\n\n… und {count - listed} weitere")
    assert listed >= min(count, 12)


def test_a_night_is_told_in_one_post() -> None:
    """The heads of the posts as they stand there, whatever their signs; the last of it is counted."""
    heads = [render(june_call(), None, press()).split("\n")[0], "⚪ <b>A &amp; B: Telefonat abgesagt</b>"]
    assert render_summary(heads, press()) == (
        "🔴 <b>Über Nacht: zwei neue Meldungen</b>\n"
        "\n"
        "🔴 Austin und Beloussow telefonieren – Anruf aus Washington\n"
        "⚪ A &amp; B: Telefonat abgesagt"
    )
    many = render_summary(heads * 20, press("en"))
    assert_valid_post(many, limit=900)
    assert many.startswith("🔴 <b>Overnight: 40 new reports</b>\n")
    assert many.endswith(f"\n\n… and {40 - many.count('⚪') - many.count('🔴 Austin')} more")
