"""Draht as it asks: its HTTP source, its poll, its store on SQLite, as `draht poll` puts them together.

    python -m tests.benchmarks.asking_draht FOLDER [SECONDS]

SECONDS is the longest that a look may take. A set has a database of its own.
"""

import asyncio
import random
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time

from bot import settings
from bot.assembly import spare_the_collector
from bot.clock import SystemClock
from bot.feeds.fetch import Limits
from bot.feeds.source import HttpFeedSource
from bot.model.feed import Feed, FeedList, FeedState
from bot.pipeline.desk import Desk
from bot.pipeline.poll import WORKERS, Look, PollReport, Round, poll
from bot.storage import SqlStore, open_store
from tests.benchmarks.child import ROOT, Order, obey, peak

LOOPBACK = ("127.0.0.0/8",)
_LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


class Asking:
    """One source and some stores, over all orders."""

    def __init__(self, folder: Path, runner: asyncio.Runner, limits: Limits) -> None:
        self._folder = folder
        self._runner = runner
        self._stores: dict[str, SqlStore] = {}
        self._feeds: dict[str, FeedList] = {}
        self._source = runner.run(self._opened(limits))
        self._rest: Desk | None = None

    async def _opened(self, limits: Limits) -> HttpFeedSource:
        spare_the_collector()
        return HttpFeedSource(2 * WORKERS, allow_private=LOOPBACK, limits=limits)

    def obey(self, order: Order) -> Order:
        """Ask the feeds of a set once, until all are done or all of those that begin as `until` says."""
        if order.get("everything"):
            self._rest = _everything(self._folder)
            return {}
        name = order["set"]
        if "urls" in order:
            self._stores[name] = open_store(f"sqlite:///{self._folder / f'draht-{name}.db'}")
            asked = (Feed(url, url.partition("//")[2], "de", "DE") for url in order["urls"])
            self._feeds[name] = FeedList(tuple(asked), LOOPBACK)
        feeds, store = self._feeds[name], self._stores[name]
        if order.get("known"):
            _know(feeds.feeds, store)
            return {}
        if "stories" in order:
            return {"stories": [(s.id, s.title, s.url) for s in store.unread(10**9)]}
        return self._runner.run(self._round(feeds, store, order.get("until")))

    async def _round(self, feeds: FeedList, store: SqlStore, until: str | None) -> Order:
        looks: list[Look] = []
        awaited = sum(1 for feed in feeds.feeds if until and until in feed.url)
        done, times = asyncio.Event(), []
        start, cpu = perf_counter(), process_time()

        def seen(look: Look) -> None:
            looks.append(look)
            if until and until in look.feed.url:
                times.append(perf_counter() - start)
                if len(times) == awaited:
                    done.set()

        plan = Round(random.random, private=LOOPBACK, on_look=seen)
        polling = asyncio.create_task(poll(feeds.enabled(), self._source, store, SystemClock(), plan))
        waiting = [polling, asyncio.create_task(done.wait())] if until else [polling]
        ended, others = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        answer = {"cpu": process_time() - cpu, "wall": perf_counter() - start, "times": times}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        return answer | (_counts(polling.result()) if polling in ended else {}) | {"peak": peak()}

    def close(self) -> None:
        """Close what was opened."""
        self._runner.run(self._source.close())
        for store in self._stores.values():
            store.close()


def _counts(report: PollReport) -> Order:
    return {
        "read": report.read,
        "unchanged": report.unchanged,
        "stories": report.stories,
        "refused": dict(report.refused),
    }


def _know(feeds: Sequence[Feed], store: SqlStore) -> None:
    """Remember of each feed what a first look would have brought, so that the next is a 304."""
    store.save_unchanged(
        [
            FeedState(
                feed.url,
                etag='"same"',
                digest="0" * 32,
                first_read_at=_LONG_AGO,
                checked_at=_LONG_AGO,
                whole_at=SystemClock().now(),
                next_check=_LONG_AGO + timedelta(minutes=10),
            )
            for feed in feeds
        ]
    )


def _everything(folder: Path) -> Desk:
    """Load what else a running Draht holds: the recogniser with its register, Telegram, the scheduler."""
    from bot.assembly import configured, desk  # noqa: PLC0415 -- only where memory is weighed
    from bot.runners import rounds  # noqa: PLC0415
    from bot.telegram import messenger  # noqa: PLC0415

    del rounds, messenger
    return desk(configured(settings.load({"DRAHT_CONFIG": str(ROOT / "config"), "DRAHT_STATE": str(folder)})))


def main(folder: Path, seconds: float = 30.0) -> None:
    """Obey orders until there are no more."""
    with asyncio.Runner() as runner:
        asking = Asking(folder, runner, Limits(seconds=seconds))
        obey(asking.obey)
        asking.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(float, sys.argv[2:3]))
