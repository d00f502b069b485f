"""The answers to posts, and what edited posts say of themselves."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.alerts.budget import STAMP_ROOM
from bot.alerts.changes import Change
from bot.alerts.followup import Turn, follow_up
from bot.alerts.post import render, render_ruled
from bot.alerts.stamp import stamp
from bot.alerts.writer import ChannelWriter
from bot.contacts.ruled import Correction, Ruled
from bot.model.alert import Alert, Shown
from bot.model.claim import Cited, Initiative, Medium, Participant, Status
from bot.model.contact import Contact
from bot.model.ruling import Slot
from bot.model.watchlist import WatchList
from tests.alerts.newsroom import (
    AUSTIN,
    DE,
    PENTAGON,
    PL,
    RU,
    TAGESSCHAU,
    TASS,
    US,
    Outlet,
    call,
    desk,
    june_call,
    press,
)
from tests.servers.telegram_html import assert_valid_post, parse, units

BEFORE = Shown(Status.HELD, date(2024, 6, 24), ("RU",))
HEAD = "Austin und Beloussow telefonieren – Anruf aus Washington"
SENTENCE = "Die Verteidigungsminister der USA und Russlands telefonierten am 25. Juni 2024."


def reply(contact: Contact, *found: Change, language: str = "de", before: Shown = BEFORE) -> str:
    """Write a reply and let Telegram's parser judge it."""
    written = follow_up(Turn(contact, before, press(language)), found)
    assert_valid_post(written, limit=900)
    return written


def not_held(status: Status) -> Contact:
    """Tell of a call that did not take place, or not yet."""
    return desk(call(status=status)).file(TASS).contact()


@pytest.mark.parametrize(
    ("found", "german", "english"),
    [
        (
            Change.TOOK_PLACE,
            f"🔴 <b>{HEAD}</b>\n{SENTENCE}",
            (
                "🔴 <b>Austin and Belousov speak by phone – call from Washington</b>\n"
                "The defence ministers of the United States and Russia spoke by phone on 25 June 2024."
            ),
        ),
        (
            Change.CONFIRMED,
            "🟡 <b>Austin und Beloussow: von beiden Seiten bestätigt</b>\nPentagon · Moskau",
            "🟡 <b>Austin and Belousov: confirmed by both sides</b>\nPentagon · Moscow",
        ),
        (
            Change.DAY,
            "⚪ <b>Austin und Beloussow: Tag berichtigt</b>\nBisher: 24. Juni 2024 · nun: 25. Juni 2024",
            "⚪ <b>Austin and Belousov: day corrected</b>\nBefore: 24 June 2024 · now: 25 June 2024",
        ),
        (
            Change.INITIATIVE,
            (
                "⚪ <b>Austin und Beloussow: Initiative berichtigt</b>\n"
                "Bisher: Russland · nun: USA, laut Pentagon und Moskau"
            ),
            (
                "⚪ <b>Austin and Belousov: initiative corrected</b>\n"
                "Before: Russia · now: United States, per the Pentagon and Moscow"
            ),
        ),
        (
            Change.UNDENIED,
            f"🟡 <b>Austin und Beloussow: Dementi überholt</b>\n{SENTENCE}",
            (
                "🟡 <b>Austin and Belousov: denial overtaken</b>\n"
                "The defence ministers of the United States and Russia spoke by phone on 25 June 2024."
            ),
        ),
        (
            Change.RETRACTED,
            "⚪ <b>Austin und Beloussow: kein Kontakt</b>\nDie Meldung war falsch.",
            "⚪ <b>Austin and Belousov: no contact</b>\nThe report was wrong.",
        ),
        (
            Change.REINSTATED,
            f"🟡 <b>Austin und Beloussow: Meldung gilt wieder</b>\n{SENTENCE}",
            (
                "🟡 <b>Austin and Belousov: report stands again</b>\n"
                "The defence ministers of the United States and Russia spoke by phone on 25 June 2024."
            ),
        ),
    ],
)
def test_a_reply_says_who_and_what_changed(found: Change, german: str, english: str) -> None:
    """Read by itself it is understood: names first, then what was and what is."""
    assert reply(june_call(), found) == german
    assert reply(june_call(), found, language="en") == english


@pytest.mark.parametrize(
    ("status", "found", "german"),
    [
        (
            Status.DENIED,
            Change.DENIED,
            "⚪ <b>Austin und Beloussow: Telefonat dementiert</b>\nLaut TASS.",
        ),
        (
            Status.CANCELLED,
            Change.CANCELLED,
            (
                "⚪ <b>Austin und Beloussow: Telefonat abgesagt</b>\n"
                "Ein Telefonat der Verteidigungsminister der USA und Russlands am 25. Juni 2024 ist abgesagt."
            ),
        ),
        (
            Status.PLANNED,
            Change.PLANNED_AGAIN,
            (
                "🟡 <b>Austin und Beloussow: Telefonat geplant</b>\n"
                "Ein Telefonat der Verteidigungsminister der USA und Russlands "
                "ist für den 25. Juni 2024 geplant."
            ),
        ),
        (
            Status.PLANNED,
            Change.NOT_YET,
            (
                "⚪ <b>Austin und Beloussow: noch nicht erfolgt</b>\n"
                "Ein Telefonat der Verteidigungsminister der USA und Russlands "
                "ist für den 25. Juni 2024 geplant."
            ),
        ),
        (
            Status.PLANNED,
            Change.DAY,
            "🟡 <b>Austin und Beloussow: neuer Termin</b>\nBisher: 24. Juni 2024 · nun: 25. Juni 2024",
        ),
    ],
)
def test_what_did_not_take_place_is_told_as_what_it_is(status: Status, found: Change, german: str) -> None:
    """The post has turned, and the reply begins as it now does."""
    assert reply(not_held(status), found) == german


def test_a_denial_beside_reports_says_that_they_stand() -> None:
    """One source denies what others go on reporting: both are told, nothing is decided."""
    contact = desk(call()).file(TAGESSCHAU).file(TASS, status=Status.DENIED).contact()
    assert reply(contact, Change.CONTESTED) == (
        "🟡 <b>Austin und Beloussow: Telefonat dementiert</b>\n"
        "Laut TASS. Andere Quellen bleiben bei ihrer Meldung."
    )


def test_the_side_that_denies_is_named() -> None:
    """By the house that the story cites, or by who publishes it; the outlet that tells so stands behind."""
    moscow = (Cited("RU", "в Кремле"),)
    filed = desk(call()).file(TAGESSCHAU, told_by=(Cited("US", "Pentagon"),))
    contact = filed.file(TASS, status=Status.DENIED, told_by=moscow).contact()
    assert "<b>Bisher nur von einer Seite bestätigt:</b> Pentagon\n" in render(contact, None, press())
    assert "<b>Dementiert:</b> Moskau, laut TASS\n" in render(contact, None, press())
    assert "<b>Denied:</b> Moscow, per TASS\n" in render(contact, None, press("en"))
    assert reply(contact, Change.CONTESTED).endswith(
        "Moskau, laut TASS. Andere Quellen bleiben bei ihrer Meldung."
    )
    own = desk(call(status=Status.DENIED)).file(PENTAGON).contact()
    assert "<b>Dementiert:</b> Pentagon\n" in render(own, None, press())


def test_a_side_does_not_confirm_and_deny_at_once() -> None:
    """Where stories let one side do both, it is not known which it did: only who tells of the denial is."""
    said = (Cited("RU", "Kreml"),)
    filed = desk(call()).file(TAGESSCHAU, told_by=said).file(TASS, status=Status.DENIED, told_by=said)
    written = render(filed.contact(), None, press())
    assert "bestätigt:</b> Kreml\n" in written
    assert "<b>Dementiert:</b> laut TASS\n" in written


def test_a_denial_of_the_plan_does_not_deny_the_call() -> None:
    """What was denied the day before is no denial of what took place then."""
    filed = desk(call(day=date(2024, 6, 27), by=date(2024, 6, 27)))
    contact = filed.file(TASS, status=Status.DENIED).file(TAGESSCHAU).contact()
    assert "Dementiert" not in render(contact, None, press())


def test_a_disputed_initiative_names_both_and_who_says_so() -> None:
    """Neither side is believed more."""
    contact = (
        desk(call())
        .file(TAGESSCHAU, initiative=Initiative("RU", "Pentagon"))
        .file(TASS, initiative=Initiative("US", "Минобороны РФ"))
        .contact()
    )
    assert reply(contact, Change.DISPUTED) == (
        "🟡 <b>Austin und Beloussow: Initiative umstritten</b>\nRussland (laut Pentagon) · USA (laut Moskau)"
    )


def test_what_is_not_known_any_more_is_said_so() -> None:
    """A day or an initiator that was taken out leaves no blank."""
    bare = desk(call(day=None)).file(TAGESSCHAU).contact()
    assert reply(bare, Change.DAY).endswith("Bisher: 24. Juni 2024 · nun: nicht bekannt")
    assert reply(bare, Change.INITIATIVE).endswith("Bisher: Russland · nun: nicht bekannt")


def test_several_changes_are_one_reply() -> None:
    """Each has its two lines, in the order of the changes; nothing changed, nothing is said."""
    lines = reply(june_call(), Change.DAY, Change.CONFIRMED).split("\n")
    assert [line[:1] for line in lines] == ["⚪", "B", "🟡", "P"]
    assert follow_up(Turn(june_call(), BEFORE, press()), ()) == ""


def test_a_big_table_is_confirmed_by_several() -> None:
    """Of many at the table, more than one side is not "both"."""
    seats = (AUSTIN, Participant(DE), Participant(PL))
    bmvg = Outlet("BMVg", "de", "DE", "https://www.bmvg.de/1")
    filed = desk(call(participants=seats, medium=Medium.VIDEO)).file(bmvg).file(PENTAGON)
    assert reply(filed.contact(), Change.CONFIRMED) == (
        "🟡 <b>Verteidigungsminister von drei Ländern: von mehreren Seiten bestätigt</b>\nPentagon · Berlin"
    )


POSTED = datetime(2024, 7, 12, 21, 30, tzinfo=UTC)  # 23:30 in Berlin


@pytest.mark.parametrize(
    ("now", "language", "line"),
    [
        (
            datetime(2024, 7, 12, 21, 45, 30, tzinfo=UTC),
            "de",
            'Stand: <tg-time unix="1720820730" format="t">23:45 Uhr</tg-time>',
        ),
        (
            datetime(2024, 7, 12, 22, 5, tzinfo=UTC),
            "de",
            'Stand: <tg-time unix="1720821900" format="Dt">13. Juli 2024, 00:05 Uhr</tg-time>',
        ),
        (
            datetime(2024, 7, 12, 22, 5, tzinfo=UTC),
            "en",
            'As of <tg-time unix="1720821900" format="Dt">13 July 2024, 00:05</tg-time>',
        ),
    ],
)
def test_a_stamp_names_the_day_where_it_is_not_that_of_the_post(
    now: datetime, language: str, line: str
) -> None:
    """The instant is the reader's own; what old clients show is the time of the watch-list's zone."""
    written = stamp(POSTED, now, "Europe/Berlin", press(language))
    assert written == line
    assert_valid_post(written)
    assert [entity.kind for entity in parse(written).entities] == ["DateTime"]


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_stamp_fits_into_the_room_left_for_it(language: str) -> None:
    """The longest month at any minute stays within what posts leave free."""
    stamps = [
        stamp(POSTED, datetime(2025, month, 28, 22, 58, tzinfo=UTC), "Europe/Berlin", press(language))
        for month in range(1, 13)
    ]
    assert max(units(parse(one).text) + 1 for one in stamps) <= STAMP_ROOM


def test_a_retracted_post_says_so_and_keeps_what_it_said() -> None:
    """The old head is struck and called wrong in words; sources and hashtags stay."""
    written = render_ruled(Ruled(june_call(), retracted=True), None, press())
    assert_valid_post(written, limit=900)
    assert written == (
        "⚪ <b>Korrektur: kein Kontakt</b>\n"
        f"<b>Falsch gemeldet:</b> <s>{HEAD}</s>\n"
        "\n"
        '<b>Quellen:</b> <a href="https://www.defense.gov/News/Releases/1/">Pentagon</a> · '
        '<a href="https://www.prosieben.de/newstime/396324?a=1&amp;b=2">prosieben.de</a> · '
        '<a href="https://tass.ru/armiya/1">TASS</a>\n'
        "#Telefonat #USA #Russland"
    )
    assert render_ruled(Ruled(june_call(), retracted=True), None, press("en")).startswith(
        "⚪ <b>Correction: no contact</b>\n"
        "<b>Wrongly reported:</b> <s>Austin and Belousov speak by phone – call from Washington</s>\n"
    )


@pytest.mark.parametrize(
    ("corrections", "german", "english"),
    [
        ((Correction(Slot.DAY, "x"),), "Tag berichtigt", "day put right"),
        ((Correction(Slot.PLACE),), "Ort gestrichen", "place removed"),
        (
            (Correction(Slot.DAY, "x"), Correction(Slot.MEDIUM, "video"), Correction(Slot.TOPICS)),
            "Tag und Art des Kontakts berichtigt; Themen gestrichen",
            "day and kind of contact put right; topics removed",
        ),
    ],
)
def test_a_correction_names_what_was_corrected(
    corrections: tuple[Correction, ...], german: str, english: str
) -> None:
    """First of the labelled lines, so that whoever read it wrong reads that first."""
    for language, told in (("de", f"<b>Korrektur:</b> {german}"), ("en", f"<b>Correction:</b> {english}")):
        written = render_ruled(Ruled(june_call(), corrections=corrections), None, press(language))
        assert_valid_post(written, limit=900)
        assert written.split("\n")[3] == told


def test_every_part_has_a_name() -> None:
    """Whatever an editor can put right can be named."""
    every = tuple(Correction(slot) for slot in Slot)
    written = render_ruled(Ruled(june_call(), corrections=every), None, press())
    assert written.split("\n")[3] == (
        "<b>Korrektur:</b> Tag, Art des Kontakts, Initiative, Themen, Ort, Dauer und vorheriger Kontakt "
        "gestrichen"
    )


def test_an_initiative_that_only_an_editor_knows_is_told_as_his_word() -> None:
    """Where no story names the country that he does, he is named as the source."""
    contact = desk(call()).file(TAGESSCHAU).contact()
    editors = replace(contact, initiatives=june_call().initiatives[:1])
    assert "<b>Initiative:</b> USA, laut Redaktion\n" in render(editors, None, press())


@pytest.mark.parametrize(
    ("slots", "missing"),
    [
        ({"participants": (Participant(US), Participant(RU))}, "Namen"),
        ({"day": None, "medium": Medium.UNKNOWN}, "Tag und Art des Kontakts"),
        ({"day": None}, None),
        ({"medium": Medium.UNKNOWN}, None),
        ({"participants": (AUSTIN, Participant(RU))}, None),
    ],
)
def test_a_post_that_lacks_something_essential_says_so(slots: dict[str, object], missing: str | None) -> None:
    """Nobody named, or neither day nor kind of contact: told in words, not left to be noticed."""
    written = render(desk(call(**slots)).file(TAGESSCHAU).contact(), None, press())
    assert ("Unvollständig" in written) is (missing is not None)
    assert missing is None or f"<b>Unvollständig, noch offen:</b> {missing}\n" in written


def test_a_pointer_says_in_words_where_it_was_told() -> None:
    """The elder post's headline, in the channel's language and without its sign."""
    writer = ChannelWriter(WatchList(()), {"de": press()})
    elder = Alert("id", "june", "", render(june_call(), None, press()), POSTED)
    assert writer.pointer(elder) == f"⚪ Schon gemeldet: <b>{HEAD}</b>"
    assert_valid_post(writer.pointer(elder))
