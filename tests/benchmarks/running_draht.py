"""Draht as it runs, with its own rounds at their ticks; only the channel is a stand-in, and time runs faster.

python -m tests.benchmarks.running_draht CONFIG STATE
"""

import asyncio
import logging
import sqlite3
import sys
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import process_time

import structlog

from bot import settings as environment
from bot.assembly import configured, wired
from bot.runners.present import Present
from bot.runners.rounds import Rounds
from bot.runners.single import SingleRunner
from tests.benchmarks.child import Order, obey, peak
from tests.fakes.messenger import FakeMessenger

# A story's instant may be told to the second only; its title tells which one it is.
_QUEUED = """
SELECT stories.title, outbox.created_at FROM outbox
JOIN alerts ON alerts.id = outbox.alert
JOIN reports ON reports.contact = alerts.subject
JOIN stories ON stories.id = reports.story
WHERE outbox.kind = 'post'
"""


@dataclass(frozen=True, slots=True)
class FastClock:
    """Runs so many times as fast as the system's from an instant on (seconds of the epoch)."""

    began: float
    speed: float

    def now(self) -> datetime:
        """Give the instant that it is there."""
        passed = (time.time() - self.began) * self.speed  # noqa: TID251 -- it is the clock
        return datetime.fromtimestamp(self.began, UTC) + timedelta(seconds=passed)


class _Ours:
    """The instance lock of the only instance."""

    def check(self) -> None:
        """Find it ours."""

    def release(self) -> None:
        """Let go."""


async def _run(folders: Order, order: Order) -> Order:
    settings = environment.load({"DRAHT_CONFIG": folders["config"], "DRAHT_STATE": folders["state"]})
    clock, stop = FastClock(order["began"], order["speed"]), asyncio.Event()
    async with wired(settings, configured(settings)) as whole:
        wire = replace(whole, clock=clock, messenger=FakeMessenger())
        wire.store.know_watches((w.key for w in wire.desk.watchlist.watches), clock.now())
        asyncio.get_running_loop().call_later(order["seconds"] / order["speed"], stop.set)
        await SingleRunner(Rounds(Present(wire), _Ours(), stop).all()).run(stop)
    return {"cpu": process_time(), "peak": peak(), "queued": _queued(Path(folders["state"]) / "draht.db")}


def _queued(file: Path) -> list[tuple[str, float]]:
    connection = sqlite3.connect(file)
    try:
        rows = connection.execute(_QUEUED).fetchall()
    finally:
        connection.close()
    return [(title, datetime.fromisoformat(made).replace(tzinfo=UTC).timestamp()) for title, made in rows]


def main(config: str, state: str) -> None:
    """Obey the order to run for some time."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))

    obey(lambda order: asyncio.run(_run({"config": config, "state": state}, order)))


if __name__ == "__main__":
    main(*sys.argv[1:3])
