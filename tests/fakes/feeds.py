"""A source of feeds that answers from a script, for tests of what comes after it."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

from bot.model.feed import Feed, FeedState
from bot.model.fetch import Fetched, Modified, Unchanged, Validators
from bot.model.story import Story, derived_id
from bot.ports import nothing_seen


class FakeFeedSource:
    """Gives each feed's looks in order, then `Unchanged`; remembers who was asked and how many at once.

    Each look lets the other workers run before it ends, as the network does;
    a look at one of the `silent` feeds does not end.
    """

    def __init__(self, looks: dict[str, Sequence[Fetched]]) -> None:
        self._looks = {url: list(fetched) for url, fetched in looks.items()}
        self.asked: list[str] = []
        self.at_once = 0
        self.most_at_once = 0
        self.silent: set[str] = set()

    async def look(
        self, feed: Feed, state: FeedState, now: datetime, seen: Callable[[], bytes] = nothing_seen
    ) -> Fetched:
        """Answer the next look of this feed's script."""
        del state, now, seen
        self.asked.append(feed.url)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await (asyncio.Event().wait() if feed.url in self.silent else asyncio.sleep(0))
        self.at_once -= 1
        script = self._looks.get(feed.url, [])
        return script.pop(0) if script else Unchanged()


def story(name: str, feed: str = "https://blatt.example/rss", text: str = "Nichts Neues.") -> Story:
    """Make a story whose name is its title and decides its identity."""
    return Story(
        id=derived_id("fake", name),
        feed=feed,
        source="Blatt",
        url=f"https://blatt.example/{name}",
        title=name,
        text=text,
        language="de",
        country="DE",
        instant=datetime(2024, 7, 12, 9, 0, tzinfo=UTC),
        day=date(2024, 7, 12),
    )


def brings(*names: str, feed: str = "https://blatt.example/rss") -> Modified:
    """Make the look of a feed that tells these stories."""
    told = tuple(story(name, feed) for name in names)
    newest = max((one.instant for one in told), default=None)
    return Modified(told, Validators(etag='"1"'), entries=len(told), newest=newest)
