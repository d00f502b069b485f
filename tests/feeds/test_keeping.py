"""What looks brought is kept together, soon, and none takes another along."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.model.feed import Feed, FeedState
from bot.model.harvest import Harvest
from bot.pipeline.keeping import TOGETHER, Brought, Keeping
from bot.pipeline.poll import Polling, Round
from bot.storage import SqlStore, open_store
from tests.fakes.clock import FakeClock
from tests.fakes.feeds import FakeFeedSource, brings
from tests.storage.newsday import story_of

PLAN = Round(jitter=lambda: 0.0)
SILENT = Feed("https://silent.example/rss", "S")
BLATT = Feed("https://blatt.example/rss", "Blatt")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    """Open a store of the test's own."""
    opened = open_store(f"sqlite:///{tmp_path / 'draht.db'}", patience=0.1)
    yield opened
    opened.close()


class Told:
    """Hears what became of looks."""

    def __init__(self) -> None:
        self.kept: list[int] = []
        self.failed: list[str] = []
        self.some = asyncio.Event()

    def brought(self, number: int, **story: Any) -> Brought:
        """Make a look at a feed of its own that brought a story of its own."""
        url = f"https://h{number}.example/rss"
        told = replace(story_of(f"s{number}"), feed=url, title=f"s{number}", **story)
        return Brought(Harvest(FeedState(url), (told,), b"12345678"), self._kept, self._failed)

    def _kept(self, stories: int) -> None:
        self.kept.append(stories)
        self.some.set()

    def _failed(self, fault: Exception) -> None:
        self.failed.append(type(fault).__name__)


def titles(store: SqlStore) -> list[str]:
    """Give the titles of the stories that wait to be read."""
    return sorted(story.title for story in store.unread(1000))


def test_looks_wait_for_each_other_until_they_are_enough(store: SqlStore) -> None:
    """One fewer than a transaction holds: nothing is kept yet; with one more, all are."""

    async def many() -> None:
        told, keeping = Told(), Keeping(store)
        for number in range(TOGETHER - 1):
            keeping.add(told.brought(number))
        assert (told.kept, titles(store)) == ([], [])
        assert keeping.waits("https://h0.example/rss")
        keeping.add(told.brought(TOGETHER))
        assert told.kept == [1] * TOGETHER
        assert len(titles(store)) == TOGETHER
        assert not keeping.waits("https://h0.example/rss")

    asyncio.run(many())


def test_a_look_that_no_other_follows_is_kept_soon(store: SqlStore) -> None:
    """Nothing has to come for it."""

    async def one() -> None:
        told, keeping = Told(), Keeping(store)
        keeping.add(told.brought(1))
        await asyncio.wait_for(told.some.wait(), 5)

    asyncio.run(one())
    assert titles(store) == ["s1"]


def test_what_cannot_be_kept_takes_nothing_before_it_along(store: SqlStore) -> None:
    """A story that no row can hold is told as a fault; what came before it is kept, the rest is told."""

    async def three() -> Told:
        told, keeping = Told(), Keeping(store)
        for number, odd in enumerate(({}, {"source": None}, {})):
            keeping.add(told.brought(number, **odd))
        keeping.keep()
        return told

    told = asyncio.run(three())
    assert (told.kept, titles(store)) == ([1], ["s0"])
    assert told.failed == ["StateError"] * 2


def test_news_is_kept_while_another_feed_is_still_awaited(store: SqlStore) -> None:
    """A feed that does not answer holds up no other's stories; a round given up has kept what came."""
    clock = FakeClock()
    source = FakeFeedSource({BLATT.url: [brings("eins")]})
    source.silent = {SILENT.url}

    async def round_() -> None:
        heard = asyncio.Event()
        plan = replace(PLAN, on_look=lambda _: heard.set())
        polling = Polling(source, store, clock, plan)
        asked = asyncio.create_task(polling.look_at([SILENT, BLATT]))
        await asyncio.wait_for(heard.wait(), 5)
        assert len(store.unread(9)) == 1
        asked.cancel()
        await asyncio.gather(asked, return_exceptions=True)

    asyncio.run(round_())


def test_a_round_given_up_keeps_what_was_brought(store: SqlStore) -> None:
    """A stop between the fetch and the transaction loses nothing."""
    clock = FakeClock()
    source = FakeFeedSource({BLATT.url: [brings("eins")]})
    source.silent = {SILENT.url}

    async def round_() -> None:
        polling = Polling(source, store, clock, PLAN)
        asked = asyncio.create_task(polling.look_at([SILENT, BLATT]))
        for _ in range(20):
            await asyncio.sleep(0)
        assert BLATT.url in source.asked
        asked.cancel()
        await asyncio.gather(asked, return_exceptions=True)

    asyncio.run(round_())
    assert len(store.unread(9)) == 1
    state = store.feed_states([BLATT.url])[BLATT.url]
    assert (state.checked_at, state.news_at) == (clock.now(), clock.now())
