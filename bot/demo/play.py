"""Plays a written news day: the ordinary use cases over real HTTP, on a clock that the play moves.

    every half hour:  poll ─▶ recognise ─▶ deliver ─▶ deliver what had to wait, at its time

What is not ordinary: the clock, and that no round draws lots. So every run is the same.
"""

import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.assembly import desk
from bot.configuration import Watching
from bot.demo.newsday import NewsDay
from bot.demo.server import INTERVAL, published
from bot.feeds.source import HttpFeedSource
from bot.model.claim import Recognition
from bot.model.decision import Decision
from bot.model.feed import Feed, FeedList
from bot.model.fetch import Failed
from bot.model.story import Story
from bot.model.watchlist import Match, Watch, WatchList
from bot.pipeline.deliver import Tempo, deliver
from bot.pipeline.poll import Look, Round, poll
from bot.pipeline.recognise import recognise
from bot.ports import Messenger
from bot.register.load import load as shipped_register
from bot.runners.wire import Wire
from bot.storage import SqlStore, open_store

_BATCH = 20


class PlayedClock:
    """Tells the time of the play, and moves only when it is told to."""

    def __init__(self, now: datetime) -> None:
        self._now = now.astimezone(UTC)

    def now(self) -> datetime:
        """Give the instant of the play, in UTC."""
        return self._now

    def move(self, now: datetime) -> None:
        """Go on to a later instant; an earlier one changes nothing."""
        self._now = max(self._now, now.astimezone(UTC))

    async def wait(self, seconds: float) -> None:
        """Let time pass without losing any."""
        self._now += timedelta(seconds=seconds)


@dataclass(frozen=True, slots=True)
class Heard:
    """A story came and was read; `matches` says which words of the watch-list stand in it."""

    at: datetime
    story: Story
    recognition: Recognition
    decisions: tuple[Decision, ...]
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A feed was asked, and is another than before: readable (`failed` is None), or not."""

    at: datetime
    feed: Feed
    failed: Failed | None


@dataclass(frozen=True, slots=True)
class Delivered:
    """The channel was told something."""

    at: datetime
    posted: int
    edited: int


Event = Heard | Asked | Delivered
Tell = Callable[[Event], Awaitable[None]]


async def play(day: NewsDay, messenger: Messenger, language: str, tell: Tell) -> None:
    """Play a day from its beginning to its end on an empty, temporary store; `tell` hears of every event.

    `language` is that of the posts.
    """
    clock = PlayedClock(day.begins)
    async with published(day, clock) as feeds, _wired(day, feeds, messenger, language, clock) as wire:
        rounds = _Rounds(wire, clock, tell)
        for moment in _moments(day):
            clock.move(moment)
            await rounds.play(until=moment + INTERVAL)


def watchlist(day: NewsDay, language: str) -> WatchList:
    """Give the demo's watch-list: one watch for the day's keywords."""
    return WatchList((Watch("demo", day.keywords),), language=language, timezone=day.zone)


def _moments(day: NewsDay) -> Iterator[datetime]:
    moment = day.begins
    while moment <= day.ends:
        yield moment
        moment += INTERVAL


@asynccontextmanager
async def _wired(
    day: NewsDay, feeds: FeedList, messenger: Messenger, language: str, clock: PlayedClock
) -> AsyncIterator[Wire]:
    watches = watchlist(day, language)
    source = HttpFeedSource(timezone=day.zone, allow_private=feeds.allow_private)
    try:
        with _empty_store() as store:
            store.know_watches((watch.key for watch in watches.watches), clock.now())
            tempo = Tempo(wait=clock.wait, jitter=_no_lots)
            reading = desk(Watching(watches, shipped_register()))
            yield Wire(feeds, reading, source, store, messenger, clock, tempo)
    finally:
        await source.close()


@contextmanager
def _empty_store() -> Iterator[SqlStore]:
    with tempfile.TemporaryDirectory(prefix="draht-demo-") as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'draht.db'}")
        try:
            yield store
        finally:
            store.close()


def _no_lots() -> float:
    return 0.0


@dataclass(slots=True)
class _Rounds:
    """The three use cases, round after round; remembers which feeds could not be read."""

    wire: Wire
    clock: PlayedClock
    tell: Tell
    failing: set[str] = field(default_factory=set)

    async def play(self, until: datetime) -> None:
        """Ask, read and tell, as often as there is something to do before the next round."""
        await self._poll()
        await self._recognise()
        again = await self._deliver()
        while again is not None and self.clock.now() < again < until:
            self.clock.move(again)
            again = await self._deliver()

    async def _poll(self) -> None:
        wire, looks = self.wire, list[Look]()
        plan = Round(_no_lots, due_only=True, private=wire.feeds.allow_private, on_look=looks.append)
        await poll(wire.feeds.enabled(), wire.source, wire.store, self.clock, plan)
        for look in sorted(looks, key=lambda look: look.feed.name):
            await self._note(look)

    async def _note(self, look: Look) -> None:
        failed = look.fetched if isinstance(look.fetched, Failed) else None
        if (failed is not None) is not (look.feed.url in self.failing):
            self.failing ^= {look.feed.url}
            await self.tell(Asked(self.clock.now(), look.feed, failed))

    async def _recognise(self) -> None:
        wire = self.wire
        while stories := wire.store.unread(_BATCH):
            for story in stories:
                decisions = recognise(story, wire.desk, wire.store, self.clock.now())
                await self.tell(self._heard(story, decisions))

    def _heard(self, story: Story, decisions: tuple[Decision, ...]) -> Heard:
        desk_ = self.wire.desk
        recognition, matches = desk_.recogniser.read(story), desk_.watcher.matches(story)
        return Heard(self.clock.now(), story, recognition, decisions, matches)

    async def _deliver(self) -> datetime | None:
        wire = self.wire
        report = await deliver(wire.store, wire.messenger, self.clock, tempo=wire.tempo)
        if report.posted or report.edited:
            await self.tell(Delivered(self.clock.now(), report.posted, report.edited))
        return report.again_at
