"""A wire for tests: everything real but the feeds, the channel, the clock and the reader."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from bot.alerts.delivery import UNLIMITED
from bot.model.claim import Claim, Medium, Participant, Recognition, Status, Verdict
from bot.model.feed import Feed, FeedList
from bot.model.fetch import Fetched
from bot.model.office import Office
from bot.model.story import Story
from bot.model.watchlist import Watch, WatchList
from bot.pipeline.deliver import Tempo
from bot.pipeline.desk import Desk
from bot.runners.wire import Wire
from bot.storage import open_store
from tests.fakes.clock import FakeClock
from tests.fakes.feeds import FakeFeedSource
from tests.fakes.messenger import FakeMessenger
from tests.pipeline.script import Plainly, Words


@dataclass
class Echo:
    """Reads "call" as a telephone call of two ministers on the story's day, and trips over "poison"."""

    read_titles: list[str] = field(default_factory=list)

    def read(self, story: Story) -> Recognition:
        """Say what the title says."""
        self.read_titles.append(story.title)
        if "poison" in story.title:
            raise ZeroDivisionError("poison")
        if "call" not in story.title:
            return Recognition(Verdict.NONE)
        sides = (Participant(Office("RU")), Participant(Office("US")))
        claim = Claim(Status.HELD, sides, story.day, story.day, Medium.PHONE)
        return Recognition(Verdict.CONTACT, (claim,))


@dataclass
class Stage:
    """A wire with its fakes at hand."""

    wire: Wire
    source: FakeFeedSource
    messenger: FakeMessenger
    clock: FakeClock
    reader: Echo


async def _at_once(_: float) -> None:
    await asyncio.sleep(0)


@contextmanager
def stage(looks: dict[str, Sequence[Fetched]], max_age: timedelta = timedelta(days=3)) -> Iterator[Stage]:
    """Set up a wire whose feeds answer from a script; its watch listens to everything."""
    watchlist = WatchList((Watch("everything"),), max_age=max_age)
    reader, clock, messenger = Echo(), FakeClock(), FakeMessenger()
    source = FakeFeedSource(looks)
    store = open_store("sqlite://")
    store.know_watches((watch.key for watch in watchlist.watches), clock.now() - timedelta(days=900))
    wire = Wire(
        FeedList(tuple(Feed(url, url.partition("//")[2]) for url in looks), ("127.0.0.0/8",)),
        Desk(reader, Words(watchlist), watchlist, Plainly()),
        source,
        store,
        messenger,
        clock,
        Tempo(wait=_at_once, jitter=lambda: 0.5, pace=UNLIMITED),
    )
    try:
        yield Stage(wire, source, messenger, clock, reader)
    finally:
        store.close()
