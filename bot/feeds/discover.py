"""The feeds of an ordinary page, each asked once before it is named.

    address → feed itself
            ↘ page → declared, linked → (none of them a feed) → usual places
                   ↘ robots.txt → news sitemaps

One request after another, with a gap between two to one host; a host that does
not answer or asks for rest is left alone. Telegram's previews are not scraped.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address, ip_network
from urllib.parse import urljoin

from bot.feeds.addresses import AddressPolicy
from bot.feeds.decode import Circumstances, decode
from bot.feeds.digest import digest
from bot.feeds.fetch import Fetcher
from bot.feeds.links import canonical_link
from bot.feeds.page import Ask, Page, shown
from bot.feeds.pointers import TELEGRAM, Origin, Pointer, Robots, is_telegram, pointers, usual_places
from bot.feeds.portrait import Portrait, portrait
from bot.feeds.source import user_agent
from bot.model.feed import Feed
from bot.model.fetch import Failed, Modified, Refusal, Unchanged
from bot.pipeline.turns import GAP
from bot.text.hosts import host_of

MOST_ASKED = 30
"""Addresses that one page can make Draht ask for; the largest page of feeds seen names 40."""

_PAGES = frozenset({Refusal.HTML, Refusal.NOT_A_FEED})
_SILENT = frozenset({Refusal.UNREACHABLE, Refusal.TIMEOUT, Refusal.TLS, Refusal.PRIVATE_ADDRESS})


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that was asked and read; `url` is where it is to be asked from now on."""

    url: str
    origin: Origin
    portrait: Portrait


@dataclass(frozen=True, slots=True)
class Refused:
    """An address that was asked and gave no feed, with the reason as a sentence."""

    url: str
    origin: Origin
    reason: str


@dataclass(frozen=True, slots=True)
class Discovery:
    """What came of an address; `itself` says that it is a feed, which then is the only one found.

    `unasked` counts the addresses that were too many to be asked.
    """

    feeds: tuple[FoundFeed, ...]
    refused: tuple[Refused, ...] = ()
    itself: bool = False
    unasked: int = 0


_Looked = tuple[Page, Modified | Failed] | Failed


async def discover(
    url: str,
    allow_private: Sequence[str],
    now: Callable[[], datetime],
    on_ask: Callable[[int], None] = lambda _: None,
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> Discovery | Failed:
    """Find the feeds of an address.

    `on_ask` hears how many requests were made so far, `pause` waits so many seconds.
    `Failed` where the address itself cannot be read, with its reason.
    """
    fetcher = Fetcher(1, user_agent(), AddressPolicy.of(allow_private))
    try:
        return await _Search(fetcher, allow_private, now, on_ask, pause).of(url)
    finally:
        await fetcher.close()


class _Search:
    """The requests of one discovery: in turn, with gaps, no host twice that has had enough."""

    def __init__(
        self,
        fetcher: Fetcher,
        allow_private: Sequence[str],
        now: Callable[[], datetime],
        on_ask: Callable[[int], None],
        pause: Callable[[float], Awaitable[None]],
    ) -> None:
        self._fetcher, self._now, self._on_ask, self._pause = fetcher, now, on_ask, pause
        self._private = tuple(ip_network(network) for network in allow_private)
        self._asked = 0
        self._free_at: dict[str, float] = {}
        self._silent: dict[str, Failed] = {}
        self._feeds: list[FoundFeed] = []
        self._refused: list[Refused] = []
        self._known: set[str] = set()

    async def of(self, url: str) -> Discovery | Failed:
        if is_telegram(url):
            return Failed(Refusal.BAD_ADDRESS, f"{shown(url)} is not asked: {TELEGRAM}")
        looked = await self._look(url)
        if isinstance(looked, Failed):
            return looked
        page, read = looked
        if isinstance(read, Modified):
            return Discovery((_found(Pointer(url, Origin.ASKED), page, read),), itself=True)
        if read.refusal not in _PAGES or is_telegram(page.url):
            return read
        self._know(page)
        named = pointers(page)
        await self._try(named[:MOST_ASKED])
        robots = Robots.of(await self._page(urljoin(page.url, "/robots.txt")))
        if not self._feeds:
            await self._try(place for place in usual_places(page.url) if robots.allow(place.url))
        await self._try(place for place in robots.news_sitemaps(page.url) if robots.allow(place.url))
        unasked = len(named[MOST_ASKED:])
        return Discovery(tuple(self._feeds), tuple(self._refused), unasked=unasked)

    async def _try(self, places: Iterable[Pointer]) -> None:
        for place in places:
            if place.url in self._known:
                continue
            self._take(place, await self._look(place.url))
            self._known.add(place.url)

    def _take(self, place: Pointer, looked: _Looked) -> None:
        if isinstance(looked, Failed):
            self._refused.append(Refused(shown(place.url), place.origin, looked.detail))
            return
        page, read = looked
        if isinstance(read, Failed):
            self._refused.append(Refused(shown(place.url), place.origin, read.detail))
        elif self._know(page):
            self._feeds.append(_found(place, page, read))

    def _know(self, page: Page) -> bool:
        """Note a page; false where the same one came before, under this address or another."""
        marks = {canonical_link(page.url), digest(page.body)}
        new = not marks & self._known
        self._known |= marks
        return new

    async def _look(self, url: str) -> _Looked:
        reply = await self._get(url)
        if isinstance(reply, Failed):
            return reply
        feed = Feed(url, host_of(url))
        return reply, await asyncio.to_thread(decode, reply, feed, Circumstances(self._now()))

    async def _page(self, url: str) -> Page | None:
        reply = await self._get(url)
        return reply if isinstance(reply, Page) else None

    async def _get(self, url: str) -> Page | Failed:
        """Ask once, when the host is free; a host that wants to be left alone is."""
        host = host_of(url)
        if (silent := self._silent.get(host)) is not None:
            return silent
        await self._turn(host)
        self._asked += 1
        self._on_ask(self._asked)
        reply = await self._fetcher.get(Ask(url, self._now()))
        if isinstance(reply, Failed) and (reply.refusal in _SILENT or reply.retry_after is not None):
            self._silent[host] = reply
        if isinstance(reply, Unchanged):
            return Failed(
                Refusal.BROKEN_REPLY, f"{shown(url)} says that nothing has changed, which nobody asked"
            )
        return reply

    async def _turn(self, host: str) -> None:
        loop = asyncio.get_running_loop()
        if (left := self._free_at.get(host, 0.0) - loop.time()) > 0:
            await self._pause(left)
        self._free_at[host] = loop.time() + (0.0 if self._is_private(host) else GAP)

    def _is_private(self, host: str) -> bool:
        try:
            address = ip_address(host)
        except ValueError:
            return False
        return any(address in network for network in self._private)


def _found(place: Pointer, page: Page, read: Modified) -> FoundFeed:
    """Describe a feed; where it has moved for good, but for an address with a login, that is its address."""
    with_login = shown(place.url) != place.url
    return FoundFeed(
        place.url if with_login else page.moved_to or place.url, place.origin, portrait(page, read)
    )
