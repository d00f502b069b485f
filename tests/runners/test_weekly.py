"""When digests are made, and that one which was missed is."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.model.channel import Channel
from bot.model.claim import Medium
from bot.model.watchlist import Watch
from bot.runners.present import Present
from bot.runners.rounds import Rounds
from bot.runners.weekly import Weekly
from bot.runners.wire import Wire
from tests.runners.test_rounds import Held
from tests.runners.wire import Stage, stage

SEVEN = datetime(2024, 7, 15, 5, tzinfo=UTC)  # on a Monday in Berlin
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def on() -> Iterator[Stage]:
    """Give a wire whose channel has a digest each Monday at seven."""
    with stage({}) as plain:
        weekly = replace(plain.wire.desk.watchlist, channels=(Channel("", "de", digest="0 7 * * mon"),))
        desk = replace(plain.wire.desk, watchlist=weekly)
        yield replace(plain, wire=replace(plain.wire, desk=desk))


def made(wire: Wire) -> int:
    """Count the digests in the ledger."""
    with wire.store.ledger() as ledger:
        return len(ledger.told_between("", SEVEN - 400 * DAY, SEVEN + 400 * DAY))


def test_a_digest_is_made_at_its_time_and_once_a_week(on: Stage) -> None:
    """By the clocks of the watch-list's zone; ticks before and after make none."""
    weekly, counts = Weekly(Present(on.wire)), []
    for at in (SEVEN - MINUTE, SEVEN, SEVEN + MINUTE, SEVEN + 7 * DAY - MINUTE, SEVEN + 7 * DAY):
        on.clock.set(at)
        weekly.make()
        counts.append(made(on.wire))
    assert counts == [0, 1, 1, 1, 2]


def test_one_that_was_missed_is_made_at_the_next_start(on: Stage) -> None:
    """Within a day; a second start makes no second one."""
    on.clock.set(SEVEN + DAY - MINUTE)
    for _ in range(2):
        Weekly(Present(on.wire)).make()
    assert made(on.wire) == 1


def test_one_that_was_missed_for_longer_is_not(on: Stage) -> None:
    """A week old it would be read as this week's."""
    on.clock.set(SEVEN + DAY + MINUTE)
    Weekly(Present(on.wire)).make()
    assert made(on.wire) == 0


def test_the_rounds_make_and_send_it(on: Stage) -> None:
    """The round of digests stands before that of deliveries."""
    on.clock.set(SEVEN)
    rounds = {one.name: one for one in Rounds(Present(on.wire), Held(), asyncio.Event()).all()}

    async def tick() -> None:
        await rounds["digest"].work()
        await rounds["deliver"].work()

    asyncio.run(tick())
    assert [did for did, _, _ in on.messenger.said] == ["silent post"]


def test_the_very_first_start_has_missed_none(on: Stage) -> None:
    """A new channel does not begin with the claim that nobody spoke in a week when Draht did not listen."""
    watchlist = replace(on.wire.desk.watchlist, watches=(Watch("new", media=frozenset({Medium.PHONE})),))
    wire = replace(on.wire, desk=replace(on.wire.desk, watchlist=watchlist))
    on.clock.set(SEVEN + MINUTE)
    wire.store.know_watches([watchlist.watches[0].key], on.clock.now())
    Weekly(Present(wire)).make()
    assert made(wire) == 0
    on.clock.set(SEVEN + 7 * DAY + MINUTE)
    Weekly(Present(wire)).make()
    assert made(wire) == 1


def test_a_clock_that_was_years_ahead_costs_no_digest(on: Stage) -> None:
    """Once it is right again the next one comes at its time, without a restart."""
    weekly = Weekly(Present(on.wire))
    for at in (SEVEN + 4000 * DAY, SEVEN - 3 * DAY):
        on.clock.set(at)
        weekly.make()
    before = made(on.wire)
    on.clock.set(SEVEN)
    weekly.make()
    assert made(on.wire) == before + 1


def changed(on: Stage, digest: str | None) -> Wire:
    """Give the wire of a watch-list that was saved with another time of its digest."""
    described = (Channel("", "de", digest=digest),)
    watchlist = replace(on.wire.desk.watchlist, channels=described)
    return replace(on.wire, desk=replace(on.wire.desk, watchlist=watchlist))


def nothing() -> None:
    """Enter nothing."""


def test_a_changed_time_holds_at_once_and_for_what_comes(on: Stage) -> None:
    """Saved on Monday at eight: a digest of six on that day was not missed, one of nine is made at nine."""
    present = Present(changed(on, "0 7 * * fri"))
    weekly, hour = Weekly(present), timedelta(hours=1)
    on.clock.set(SEVEN + hour - MINUTE)
    weekly.make()
    counts = []
    for time in ("0 6 * * mon", "0 9 * * mon"):
        asyncio.run(present.change(changed(on, time), nothing))
        for at in (SEVEN + hour, SEVEN + 2 * hour):
            on.clock.set(at)
            weekly.make()
            counts.append(made(on.wire))
    assert counts == [0, 0, 0, 1]


def test_a_digest_that_was_taken_out_is_made_no_more(on: Stage) -> None:
    """From the save on; put back, it comes at its next time."""
    present = Present(on.wire)
    weekly = Weekly(present)
    weekly.make()
    asyncio.run(present.change(changed(on, None), nothing))
    on.clock.set(SEVEN + MINUTE)
    weekly.make()
    asyncio.run(present.change(on.wire, nothing))
    weekly.make()
    assert made(on.wire) == 0
    on.clock.set(SEVEN + 7 * DAY)
    weekly.make()
    assert made(on.wire) == 1
