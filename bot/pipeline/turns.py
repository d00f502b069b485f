"""Whose turn it is: many looks, few requests to one host at once, a gap between them.

Two lanes share the hosts: feeds that answered last time, and feeds that did
not, so that what hangs never stands before what lives. Pure but for its own
state: the caller says what time it is.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import IntEnum
from heapq import heappop, heappush
from ipaddress import ip_address, ip_network
from typing import Generic, TypeVar

Item = TypeVar("Item")

GAP = 0.5
"""Seconds between the beginnings of two requests to one host."""


class Lane(IntEnum):
    """Where a look waits: with those that were answered last time, or with those that were not."""

    LIVING = 0
    FAILING = 1


LANES = tuple(Lane)
"""Both; to go through the enumeration itself takes fifteen times as long, and each look does so thrice."""


@dataclass(frozen=True, slots=True)
class Wait:
    """No turn now: the next one comes in `seconds`, or (None) when a turn under way ends."""

    seconds: float | None


@dataclass(slots=True)
class _Host(Generic[Item]):
    gap: float
    waiting: tuple[deque[Item], deque[Item]] = field(default_factory=lambda: (deque(), deque()))
    busy: list[int] = field(default_factory=lambda: [0, 0])
    queued: list[bool] = field(default_factory=lambda: [False, False])
    free_at: float = 0.0


class Turns(Generic[Item]):
    """Hands out what waits; `gap` gives the seconds between the beginnings of two requests to a host.

    At most `per_host` requests go to a host at once; the failing lane leaves
    one of them to the living.
    """

    def __init__(self, per_host: int, gap: Callable[[str], float]) -> None:
        self._per_host = per_host
        self._gap = gap
        self._hosts: dict[str, _Host[Item]] = {}
        self._queues: tuple[list[tuple[float, int, str]], list[tuple[float, int, str]]] = ([], [])
        self._order = 0
        self._waiting = [0, 0]

    def add(self, name: str, item: Item, lane: Lane) -> None:
        """Let something wait for its turn at a host."""
        host = self._hosts.get(name) or self._hosts.setdefault(name, _Host(self._gap(name)))
        host.waiting[lane].append(item)
        self._waiting[lane] += 1
        self._enqueue(name, host, lane)

    def take(self, now: float, lane: Lane) -> Item | Wait | None:
        """Give what has its turn now, how long to wait for the next, or None when none is left."""
        queue = self._queues[lane]
        while queue:
            planned, _, name = queue[0]
            host = self._hosts[name]
            if planned > now:
                return Wait(planned - now)
            heappop(queue)
            host.queued[lane] = False
            if host.waiting[lane] and planned == host.free_at and self._has_room(host, lane):
                return self._begun(name, host, lane, now)
            self._enqueue(name, host, lane)  # the other lane was here first, or its looks are gone
        return Wait(None) if self._waiting[lane] else None

    def done(self, name: str, lane: Lane) -> None:
        """Note that a look has ended; its host may be asked again."""
        host = self._hosts[name]
        host.busy[lane] -= 1
        for either in LANES:
            self._enqueue(name, host, either)

    def leave(self, name: str) -> tuple[Item, ...]:
        """Take out everything that waits for a host, in order."""
        host = self._hosts.get(name)
        return () if host is None else self._without(host, lambda _: True)

    def drop(self, gone: Callable[[Item], bool]) -> tuple[Item, ...]:
        """Take out whatever waits and need not any more."""
        return tuple(item for host in self._hosts.values() for item in self._without(host, gone))

    def _without(self, host: "_Host[Item]", gone: Callable[[Item], bool]) -> tuple[Item, ...]:
        left: list[Item] = []
        for lane in LANES:
            waiting = host.waiting[lane]
            out = [item for item in waiting if gone(item)]
            kept = [item for item in waiting if not gone(item)]
            waiting.clear()
            waiting.extend(kept)
            self._waiting[lane] -= len(out)
            left += out
        return tuple(left)

    def _begun(self, name: str, host: "_Host[Item]", lane: Lane, now: float) -> Item:
        item = host.waiting[lane].popleft()
        self._waiting[lane] -= 1
        host.busy[lane] += 1
        host.free_at = now + host.gap
        self._enqueue(name, host, lane)
        return item

    def _has_room(self, host: "_Host[Item]", lane: Lane) -> bool:
        most = max(1, self._per_host - 1) if lane is Lane.FAILING else self._per_host
        return sum(host.busy) < self._per_host and host.busy[lane] < most

    def _enqueue(self, name: str, host: "_Host[Item]", lane: Lane) -> None:
        if host.waiting[lane] and not host.queued[lane] and self._has_room(host, lane):
            self._order += 1
            heappush(self._queues[lane], (host.free_at, self._order, name))
            host.queued[lane] = True


def gap_at(host: str, gap: timedelta, private: Sequence[str]) -> float:
    """Give the seconds between two requests to a host; none in private networks (CIDR) that are allowed."""
    if host == "localhost" and private:
        host = "127.0.0.1"
    try:
        address = ip_address(host)
    except ValueError:
        return gap.total_seconds()
    free = any(address in ip_network(network, strict=False) for network in private)
    return 0.0 if free else gap.total_seconds()
