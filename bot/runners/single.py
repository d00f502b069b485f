"""Everything in one process and one event loop.

    APScheduler ── tick ──▶ every round that is not still at it: start it
    SIGTERM, SIGINT ──▶ no more ticks ──▶ cancel what may be cancelled,
                        await what may not ──▶ done

The scheduler only ticks; rounds are tasks of our own, because its
`shutdown(wait=True)` cancels running coroutine jobs, and a send must never be
cancelled between Telegram's answer and our commit.
"""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.errors import DrahtError

log = structlog.get_logger("draht.run")

TICK = timedelta(seconds=1)  # the shortest interval that a feed may have


@dataclass(frozen=True, slots=True)
class Round:
    """A unit of work that is due again and again; what is due it asks the store.

    `overlaps` says that it may be started while it is still running. A stop
    waits for a round with `to_the_end` instead of cancelling it; the round must
    then see the stop coming and end soon. A fault of a `vital` one ends the run;
    after one, any other is not started again for the time of `rest`.
    """

    name: str
    work: Callable[[], Awaitable[None]]
    overlaps: bool = False
    to_the_end: bool = False
    vital: bool = False
    rest: timedelta = timedelta()


class SingleRunner:
    """Starts rounds at every tick, never one that is still running, until it is stopped."""

    def __init__(self, rounds: Sequence[Round], tick: timedelta = TICK) -> None:
        self._rounds = rounds
        self._tick = tick
        self._running: dict[asyncio.Task[None], Round] = {}
        self._failing: set[str] = set()
        self._resting: dict[str, float] = {}
        self._stop = asyncio.Event()
        self._fatal: Exception | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set, then finish what must be finished.

        A fault in a vital round sets it too, and is raised after the same orderly end.
        """
        scheduler = AsyncIOScheduler(timezone=UTC)
        scheduler.add_job(
            self.tick, "interval", seconds=self._tick.total_seconds(), coalesce=True, max_instances=1
        )
        self._stop = stop
        scheduler.start()
        try:
            await self.tick()
            await stop.wait()
        finally:
            scheduler.pause()
            await self._drain()
            scheduler.shutdown(wait=False)
        if self._fatal:
            raise self._fatal

    async def tick(self) -> None:
        """Start every round that is not running, or that may overlap itself; none once the stop has come."""
        if self._stop.is_set():
            return
        now = asyncio.get_running_loop().time()
        for one in self._rounds:
            if self._resting.get(one.name, now) > now:
                continue
            if one.overlaps or one not in self._running.values():
                task = asyncio.create_task(self._work(one), name=one.name)
                self._running[task] = one
                task.add_done_callback(self._running.pop)

    async def _work(self, one: Round) -> None:
        """Do a round; a fault is told once until the round succeeds again, and never ends the others."""
        try:
            await one.work()
        except Exception as error:  # noqa: BLE001  a fault of ours in one round must not end the others
            self._resting[one.name] = asyncio.get_running_loop().time() + one.rest.total_seconds()
            self._failed(one, error)
        else:
            if one.name in self._failing:
                self._failing.discard(one.name)
                log.info("round works again", round=one.name)

    def _failed(self, one: Round, error: Exception) -> None:
        if one.vital:
            self._fatal = error
            self._stop.set()
        elif one.name not in self._failing:
            self._failing.add(one.name)
            # A sentence says enough; what is not one is a fault of Draht's own.
            trace = None if isinstance(error, DrahtError) else error
            log.error("round failed, will be tried again", round=one.name, reason=str(error), exc_info=trace)

    async def _drain(self) -> None:
        for task, one in self._running.items():
            if not one.to_the_end:
                task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)


@contextmanager
def stopped_by_signals(stop: asyncio.Event) -> Iterator[None]:
    """Set `stop` on the first SIGTERM or SIGINT; a second one has its ordinary, rude effect."""
    loop = asyncio.get_running_loop()
    signals = (signal.SIGTERM, signal.SIGINT)

    def first() -> None:
        stop.set()
        for number in signals:
            loop.remove_signal_handler(number)

    for number in signals:
        loop.add_signal_handler(number, first)
    try:
        yield
    finally:
        for number in signals:
            loop.remove_signal_handler(number)
