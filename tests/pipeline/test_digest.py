"""The weekly digest, from stories to the outbox."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.model.channel import Channel
from bot.model.claim import Status
from bot.model.ruling import Ruling, Wrong
from bot.pipeline.digest import digest
from tests.contacts.wire import DE, FR, call, july, noon, seats
from tests.pipeline.script import EVERYTHING, Newsroom, newsroom, story

MONDAY = datetime(2024, 7, 15, 5, tzinfo=UTC)  # seven o'clock in Berlin
TITLE = "2024-07-08 to 2024-07-15"


@pytest.fixture
def room() -> Iterator[Newsroom]:
    """Give a newsroom with a channel that announces plans."""
    with newsroom(
        replace(EVERYTHING, announce=True), channels=(Channel("", "de", digest="0 7 * * mon"),)
    ) as opened:
        yield opened


def made(room: Newsroom, until: datetime = MONDAY, channel: str = "") -> list[str] | None:
    """Make a digest; give its lines."""
    alert = digest(channel, until, room.desk, room.store, until)
    return alert.body.splitlines() if alert else None


def test_a_week_is_told_once_and_silently(room: Newsroom) -> None:
    """Its contacts by their days; asked for again, even after a kill, nothing is made."""
    room.hear(story("a", july(12)), call(july(12)))
    room.hear(story("b", july(13)), call(july(11), participants=seats(DE, FR)))
    assert made(room) == [TITLE, "DE-FR #2", "RU-US #1"]
    (entry,) = room.store.outbox_due(MONDAY)
    assert (entry.silent, entry.body.splitlines()[0]) == (True, TITLE)
    assert made(room) is None
    assert len(room.store.outbox_due(MONDAY)) == 1


def test_a_week_is_what_the_channel_was_told_of_in_it(room: Newsroom) -> None:
    """Not what came before or after, nor what it never was told of for its age."""
    room.hear(story("a", july(7)), call(july(7)))
    room.hear(story("b", july(12)), call(july(2), participants=seats(DE, FR)))
    room.hear(story("c", july(15)), call(july(14)))
    assert made(room) == [TITLE]
    assert made(room, MONDAY + timedelta(days=7)) == ["2024-07-15 to 2024-07-22", "RU-US #2"]


def test_what_was_announced_belongs_to_the_week_in_which_it_took_place(room: Newsroom) -> None:
    """A plan alone is no contact; its post is older than the week."""
    room.hear(story("a", july(6)), call(july(10), status=Status.PLANNED))
    room.hear(story("b", july(9)), call(july(12), participants=seats(DE, FR), status=Status.PLANNED))
    room.hear(story("c", july(10)), call(july(10)))
    assert made(room) == [TITLE, "RU-US #1"]


def test_what_was_ruled_out_is_no_part_of_the_week(room: Newsroom) -> None:
    """Nor is a contact that proved to be another."""
    (first,) = room.hear(story("a", july(12)), call(july(12)))
    ruling = Ruling("r", first.contact or "", Wrong.CONTACT, "42", noon(july(13)))
    room.ask(lambda ledger: ledger.rule(ruling))
    assert made(room) == [TITLE]


def test_a_week_without_contacts_is_told_too(room: Newsroom) -> None:
    """Who missed a day wants to know that there was nothing."""
    assert made(room) == [TITLE]


def test_each_channel_has_its_own(room: Newsroom) -> None:
    """A contact told elsewhere is not in it."""
    room.hear(story("a", july(12)), call(july(12)))
    assert made(room, channel="@other") == [TITLE]
    assert made(room) == [TITLE, "RU-US #1"]


@pytest.mark.parametrize(
    ("until", "subject"),
    [
        (datetime(2024, 7, 15, 5, tzinfo=UTC), "week 2024-W28"),  # Monday morning
        (datetime(2024, 7, 14, 16, tzinfo=UTC), "week 2024-W28"),  # Sunday evening
        (datetime(2024, 7, 12, 15, tzinfo=UTC), "week 2024-W28"),  # Friday
        (datetime(2025, 1, 1, 6, tzinfo=UTC), "week 2024-W52"),  # the year begins
    ],
)
def test_a_digest_is_named_after_the_week_that_most_of_it_lies_in(
    room: Newsroom, until: datetime, subject: str
) -> None:
    """So each has a name of its own, on whatever day of the week it comes."""
    assert made(room, until) is not None
    assert len(room.ask(lambda ledger: ledger.alerts([subject]))) == 1


def test_no_hour_is_missed_when_the_clocks_change(room: Newsroom) -> None:
    """The week that ends on 1 April 2024 at seven began on 25 March at seven, which was winter time."""
    until = datetime(2024, 4, 1, 5, tzinfo=UTC)
    began = datetime(2024, 3, 25, 6, tzinfo=UTC)
    room.store.know_watches([EVERYTHING.key], began - timedelta(days=9))
    room.hear(story("a", date(2024, 3, 25), instant=began), call(date(2024, 3, 25)))
    before = began - timedelta(seconds=1)
    room.hear(
        story("b", date(2024, 3, 25), instant=before), call(date(2024, 3, 24), participants=seats(DE, FR))
    )
    assert made(room, until) == ["2024-03-25 to 2024-04-01", "RU-US #1"]
