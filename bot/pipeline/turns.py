"""Whose turn it is: many feeds, few requests to one host at once, a gap between them.

Pure but for its own state: the caller says what time it is.
"""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from heapq import heappop, heappush

from bot.model.feed import Feed
from bot.text.hosts import host_of


@dataclass(frozen=True, slots=True)
class Wait:
    """No turn now: the next one comes in `seconds`, or (None) when a turn under way ends."""

    seconds: float | None


@dataclass(slots=True)
class _Host:
    gap: float
    waiting: deque[Feed] = field(default_factory=deque)
    busy: int = 0
    free_at: float = 0.0
    queued: bool = False


class Turns:
    """Hands out feeds; `gap` gives the seconds between two requests to a host."""

    def __init__(self, feeds: Iterable[Feed], per_host: int, gap: Callable[[str], float]) -> None:
        self._per_host = per_host
        self._hosts: dict[str, _Host] = {}
        self._queue: list[tuple[float, int, str]] = []
        self._order = 0
        self._waiting = 0
        for feed in feeds:
            name = host_of(feed.url)
            host = self._hosts.get(name) or self._hosts.setdefault(name, _Host(gap(name)))
            host.waiting.append(feed)
            self._waiting += 1
            self._enqueue(name, host)

    def take(self, now: float) -> Feed | Wait | None:
        """Give the next feed to look at, how long to wait for it, or None when none is left."""
        if not self._queue:
            return Wait(None) if self._waiting else None
        free_at, _, name = self._queue[0]
        if free_at > now:
            return Wait(free_at - now)
        heappop(self._queue)
        host = self._hosts[name]
        feed = host.waiting.popleft()
        self._waiting -= 1
        host.busy, host.free_at, host.queued = host.busy + 1, now + host.gap, False
        self._enqueue(name, host)
        return feed

    def done(self, feed: Feed) -> None:
        """Note that a look has ended; its host may be asked again."""
        name = host_of(feed.url)
        host = self._hosts[name]
        host.busy -= 1
        self._enqueue(name, host)

    def _enqueue(self, name: str, host: _Host) -> None:
        if host.waiting and not host.queued and host.busy < self._per_host:
            self._order += 1
            heappush(self._queue, (host.free_at, self._order, name))
            host.queued = True
