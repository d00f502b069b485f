"""The port `FeedSource` over HTTP."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from importlib.metadata import version

from bot.feeds.addresses import AddressPolicy
from bot.feeds.decode import Circumstances, decode
from bot.feeds.digest import digest
from bot.feeds.fetch import DEFAULT_LIMITS, Fetcher, Limits
from bot.feeds.page import Ask, Page, shown
from bot.model.feed import Feed, FeedState
from bot.model.fetch import Failed, Fetched, Refusal, Unchanged, Validators
from bot.ports import nothing_seen

# A body of this size, or of so many tags, takes feedparser about 0.2 s; a longer one is
# read in a thread, so that the sender's loop goes on (the thread costs 13 %, FEEDS.md §5).
_INLINE = 400_000
_INLINE_TAGS = 5_000


def user_agent() -> str:
    """Say who asks."""
    return f"Draht/{version('draht')} (feed reader)"


class HttpFeedSource:
    """Looks at feeds over HTTP: conditional GET, digest, decoder.

    Build it once and close it at the end. `workers` is how many looks may run
    at once, `timezone` the watch-list's, `allow_private` the networks that the
    configuration allows.
    """

    def __init__(
        self,
        workers: int = 20,
        timezone: str = "Europe/Berlin",
        allow_private: Sequence[str] = (),
        agent: str | None = None,
        limits: Limits = DEFAULT_LIMITS,
    ) -> None:
        policy = AddressPolicy.of(allow_private)
        self._timezone = timezone
        self._fetcher = Fetcher(workers, agent or user_agent(), policy, limits)

    async def close(self) -> None:
        """Close all connections."""
        await self._fetcher.close()

    async def look(
        self, feed: Feed, state: FeedState, now: datetime, seen: Callable[[], bytes] = nothing_seen
    ) -> Fetched:
        """Look at a feed once; every fault comes back as `Failed`, none is raised."""
        ask = Ask(state.address or feed.url, now, state.etag, state.last_modified)
        try:
            reply = await self._fetcher.get(ask)
            return await self._read(reply, feed, state, now, seen) if isinstance(reply, Page) else reply
        except Exception as fault:  # noqa: BLE001 -- a fault of Draht's own in one feed must not silence the others
            sentence = f"{shown(feed.url)} could not be read: {type(fault).__name__} inside Draht"
            return Failed(Refusal.FAULT, sentence)

    async def _read(
        self,
        page: Page,
        feed: Feed,
        state: FeedState,
        now: datetime,
        seen: Callable[[], bytes],
    ) -> Fetched:
        mark = digest(page.body) if page.whole and state.digest is not None else None
        if mark is not None and mark == state.digest:
            return Unchanged(Validators(page.etag, page.last_modified, mark, page.moved_to))
        fresh = state.first_read_at is None
        circumstances = Circumstances(now, self._timezone, fresh, seen(), mark)
        if len(page.body) > _INLINE or page.body.count(b"<") > _INLINE_TAGS:
            return await asyncio.to_thread(decode, page, feed, circumstances)
        return decode(page, feed, circumstances)
