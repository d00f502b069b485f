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

    `to_the_end` says that a stop waits for it instead of cancelling it; the
    round itself must then see the stop coming and end soon.
    """

    name: str
    work: Callable[[], Awaitable[None]]
    to_the_end: bool = False


class SingleRunner:
    """Starts rounds at every tick, never one that is still running, until it is stopped."""

    def __init__(self, rounds: Sequence[Round], tick: timedelta = TICK) -> None:
        self._rounds = rounds
        self._tick = tick
        self._running: dict[str, asyncio.Task[None]] = {}
        self._failing: set[str] = set()

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set, then finish what must be finished."""
        scheduler = AsyncIOScheduler(timezone=UTC)
        scheduler.add_job(
            self.tick, "interval", seconds=self._tick.total_seconds(), coalesce=True, max_instances=1
        )
        scheduler.start()
        try:
            await self.tick()
            await stop.wait()
        finally:
            scheduler.pause()
            await self._drain()
            scheduler.shutdown(wait=False)

    async def tick(self) -> None:
        """Start every round that is not running."""
        for one in self._rounds:
            if one.name not in self._running:
                task = asyncio.create_task(self._work(one), name=one.name)
                self._running[one.name] = task
                task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        del self._running[task.get_name()]

    async def _work(self, one: Round) -> None:
        """Do a round; a fault is told once until the round succeeds again, and never ends the others."""
        try:
            await one.work()
        except DrahtError as error:
            self._tell(one.name, str(error), None)
        except Exception as error:  # noqa: BLE001  a fault of ours in one round must not end the others
            self._tell(one.name, repr(error), error)
        else:
            if one.name in self._failing:
                self._failing.discard(one.name)
                log.info("round works again", round=one.name)

    def _tell(self, name: str, reason: str, error: Exception | None) -> None:
        if name not in self._failing:
            self._failing.add(name)
            log.error("round failed, will be tried again", round=name, reason=reason, exc_info=error)

    async def _drain(self) -> None:
        finishing = {one.name for one in self._rounds if one.to_the_end}
        tasks = dict(self._running)
        for name, task in tasks.items():
            if name not in finishing:
                task.cancel()
        await asyncio.gather(*tasks.values(), return_exceptions=True)


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
