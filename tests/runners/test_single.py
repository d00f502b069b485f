"""One process: rounds start at every tick, and a stop never cuts a send in two."""

import asyncio
import os
import signal
from collections import Counter
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.errors import StateError
from bot.runners.single import Round, SingleRunner, stopped_by_signals

SOON = timedelta(milliseconds=10)


async def ran(*rounds: Round, until: asyncio.Event) -> None:
    """Run rounds with a short tick until the event given, then stop."""
    stop = asyncio.Event()
    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        group.create_task(SingleRunner(rounds, SOON).run(stop))
        group.create_task(_then(until, stop))


async def _then(until: asyncio.Event, stop: asyncio.Event) -> None:
    await until.wait()
    stop.set()


def test_a_round_comes_again_at_every_tick() -> None:
    """Work that ends quickly is begun again and again until the stop."""
    times: list[None] = []
    thrice = asyncio.Event()

    async def work() -> None:
        times.append(None)
        if len(times) == 3:
            thrice.set()

    asyncio.run(ran(Round("work", work), until=thrice))
    assert len(times) >= 3


def test_a_tick_that_comes_after_the_stop_starts_nothing() -> None:
    """What it started would find its database closed."""
    times: list[None] = []

    async def work() -> None:
        times.append(None)

    async def main() -> None:
        runner, stop = SingleRunner([Round("work", work)]), asyncio.Event()
        stop.set()
        await runner.run(stop)
        await runner.tick()
        await asyncio.sleep(0)

    asyncio.run(main())
    assert times == []


def test_a_round_that_failed_takes_its_rest() -> None:
    """It is not tried at every tick, while those without a rest are."""
    tries: Counter[str] = Counter()
    enough = asyncio.Event()

    async def costly() -> None:
        tries["costly"] += 1
        raise StateError("the disk is full")

    async def cheap() -> None:
        tries["cheap"] += 1
        if tries["cheap"] == 5:
            enough.set()
        raise StateError("the disk is full")

    asyncio.run(ran(Round("costly", costly, rest=timedelta(hours=1)), Round("cheap", cheap), until=enough))
    assert tries["costly"] == 1


def test_a_round_that_is_still_at_it_is_not_started_twice() -> None:
    """A slow round runs once at a time, while a quick one beside it goes on."""
    at_once: list[int] = []
    running = 0
    others = asyncio.Event()
    count = 0

    async def slow() -> None:
        nonlocal running
        running += 1
        at_once.append(running)
        await others.wait()
        running -= 1

    async def quick() -> None:
        nonlocal count
        count += 1
        if count == 5:
            others.set()

    asyncio.run(ran(Round("slow", slow), Round("quick", quick), until=others))
    assert set(at_once) == {1}


def test_a_send_in_flight_is_finished_at_a_stop() -> None:
    """A stop while a post is being sent waits for the answer and for what follows from it."""
    seen: list[str] = []

    async def main() -> None:
        stop, sending, answered = asyncio.Event(), asyncio.Event(), asyncio.Event()

        async def send() -> None:
            sending.set()
            await answered.wait()
            seen.append("committed")

        run = asyncio.create_task(SingleRunner([Round("deliver", send, to_the_end=True)], SOON).run(stop))
        await sending.wait()
        stop.set()
        await asyncio.sleep(0)
        assert not run.done()
        answered.set()
        await run

    asyncio.run(asyncio.wait_for(main(), 10))
    assert seen == ["committed"]


def test_a_look_at_a_feed_is_cancelled_at_a_stop() -> None:
    """What can be done again later does not hold up the end."""
    ended: list[str] = []
    begun = asyncio.Event()

    async def hang() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("cancelled")

    asyncio.run(ran(Round("poll", hang), until=begun))
    assert ended == ["cancelled"]


def test_a_fault_in_one_round_never_ends_the_others_and_is_told_once() -> None:
    """A full disk is one line in the log, not one a second; another line says when it is over."""
    rest = asyncio.Event()
    times = 0

    async def failing() -> None:
        nonlocal times
        times += 1
        if times <= 3:
            raise StateError("draht.db cannot grow, the disk is full")

    async def other() -> None:
        if times > 4:
            rest.set()

    with capture_logs() as lines:
        asyncio.run(ran(Round("poll", failing), Round("other", other), until=rest))
    assert [(line["event"], line["round"]) for line in lines] == [
        ("round failed, will be tried again", "poll"),
        ("round works again", "poll"),
    ]
    assert lines[0]["reason"] == "draht.db cannot grow, the disk is full"


def test_a_fault_in_a_vital_round_ends_the_run() -> None:
    """When the instance lock is lost, Draht stops acting and says why."""

    async def lost() -> None:
        raise StateError("the lock is lost")

    with pytest.raises(StateError, match="the lock is lost"):
        asyncio.run(SingleRunner([Round("watch", lost, vital=True)], SOON).run(asyncio.Event()))


def test_a_round_that_may_overlap_is_started_beside_itself() -> None:
    """A feed that hangs does not keep the others from being asked in time."""
    running = 0
    both = asyncio.Event()

    async def hang() -> None:
        nonlocal running
        running += 1
        if running == 2:
            both.set()
        await asyncio.Event().wait()

    asyncio.run(ran(Round("poll", hang, overlaps=True), until=both))
    assert running >= 2


def test_a_signal_stops() -> None:
    """SIGTERM sets the stop and nothing else."""

    async def main() -> bool:
        stop = asyncio.Event()
        with stopped_by_signals(stop):
            os.kill(os.getpid(), signal.SIGTERM)
            await asyncio.wait_for(stop.wait(), 5)
        return stop.is_set()

    assert asyncio.run(main())
