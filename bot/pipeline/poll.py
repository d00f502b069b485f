"""Ask the feeds and keep what they bring.

    feeds → due? → turn of its host → look → (state + stories) in one transaction

A story is never between fetch and store when something else is done: the
look is kept before its worker takes the next feed. A feed's fault is counted
and kept; a fault of the store ends the poll. Not done here: recognising,
delivering, logging (`on_look` is told of each look).
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import ip_address, ip_network

from bot import cadence
from bot.model.feed import Feed, FeedState
from bot.model.fetch import Failed, Fetched, Modified, Unchanged
from bot.pipeline.turns import Turns, Wait
from bot.ports import Clock, FeedSource, Store


@dataclass(frozen=True, slots=True)
class Look:
    """One look at one feed as it ended: what it brought, how many stories were new."""

    feed: Feed
    fetched: Fetched
    state: FeedState
    stories: int = 0


def unheard(_: Look) -> None:
    """Take a look's report and say nothing."""


@dataclass(frozen=True, slots=True)
class Round:
    """How feeds are asked.

    `jitter` draws evenly from 0 up to 1. At most `per_host` requests go to one
    host at once, with `gap` between their beginnings; hosts given by an address
    in `private` (CIDR networks, the configuration's `allow_private`) have no gap.
    """

    jitter: Callable[[], float]
    due_only: bool = False
    workers: int = 20
    per_host: int = 2
    gap: timedelta = timedelta(seconds=0.5)
    private: tuple[str, ...] = ()
    on_look: Callable[[Look], None] = unheard


@dataclass(frozen=True, slots=True)
class PollReport:
    """What a poll brought.

    `refused` and `skipped` count feeds and entries by reason. `stories` counts
    the new ones. `faults` names each feed whose failing the operator has to
    hear of now; the next poll names it again unless the store knows that it was told.
    """

    feeds: int = 0
    read: int = 0
    unchanged: int = 0
    stories: int = 0
    refused: tuple[tuple[str, int], ...] = ()
    skipped: tuple[tuple[str, int], ...] = ()
    faults: tuple[tuple[Feed, Failed], ...] = ()


async def poll(
    feeds: Sequence[Feed], source: FeedSource, store: Store, clock: Clock, plan: Round
) -> PollReport:
    """Look once at every enabled feed (or every due one) and keep what it brings.

    Raises StateError when the store cannot keep a look; looks kept before stay kept.
    """
    states = store.feed_states([feed.url for feed in feeds])
    now = clock.now()
    asked = [
        feed
        for feed in feeds
        if feed.enabled and (not plan.due_only or cadence.due(feed, states[feed.url], now))
    ]
    polling = _Polling(source, store, clock, plan, states)
    await _all_turns(asked, polling, plan)
    return polling.tally.report(len(asked))


@dataclass(slots=True)
class _Tally:
    counts: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    faults: list[tuple[Feed, Failed]] = field(default_factory=list)

    def add(self, look: Look) -> None:
        self.counts["stories"] += look.stories
        match look.fetched:
            case Modified() as read:
                self.counts["read"] += 1
                self.skipped.update(dict(read.skipped))
            case Unchanged():
                self.counts["unchanged"] += 1
            case Failed() as failed:
                self.refused[failed.refusal.value] += 1
                if cadence.worth_telling(look.state, failed):
                    self.faults.append((look.feed, failed))

    def report(self, feeds: int) -> PollReport:
        return PollReport(
            feeds=feeds,
            read=self.counts["read"],
            unchanged=self.counts["unchanged"],
            stories=self.counts["stories"],
            refused=tuple(sorted(self.refused.items())),
            skipped=tuple(sorted(self.skipped.items())),
            faults=tuple(self.faults),
        )


@dataclass(frozen=True, slots=True)
class _Polling:
    source: FeedSource
    store: Store
    clock: Clock
    plan: Round
    states: Mapping[str, FeedState]
    tally: _Tally = field(default_factory=_Tally)

    async def look(self, feed: Feed) -> None:
        before = self.states[feed.url]
        fetched = await self.source.look(
            feed, before, self.clock.now(), lambda: self.store.seen_blocks(feed.url)
        )
        # No await from here on: a stop cannot come between the fetch and the store.
        after = cadence.after(feed, before, fetched, self.clock.now(), self.plan.jitter())
        stories, seen = (fetched.stories, fetched.blocks) if isinstance(fetched, Modified) else ((), None)
        look = Look(feed, fetched, after, self.store.save_look(after, stories, seen))
        self.tally.add(look)
        self.plan.on_look(look)


async def _all_turns(feeds: Sequence[Feed], polling: _Polling, plan: Round) -> None:
    """Let the workers take turns until no feed is left; the first fault of Draht's own ends it."""
    turns = Turns(feeds, plan.per_host, lambda host: _gap(host, plan))
    freed = asyncio.Condition()

    async def worker() -> None:
        while (feed := await _next_turn(turns, freed)) is not None:
            await polling.look(feed)
            async with freed:
                turns.done(feed)
                freed.notify_all()

    tasks = [asyncio.create_task(worker()) for _ in range(min(plan.workers, len(feeds)))]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _next_turn(turns: Turns, freed: asyncio.Condition) -> Feed | None:
    clock = asyncio.get_running_loop().time
    async with freed:
        while isinstance(turn := turns.take(clock()), Wait):
            try:
                async with asyncio.timeout(turn.seconds):
                    await freed.wait()
            except TimeoutError:
                continue
        return turn


def _gap(host: str, plan: Round) -> float:
    if host == "localhost" and plan.private:
        host = "127.0.0.1"
    try:
        address = ip_address(host)
    except ValueError:
        return plan.gap.total_seconds()
    free = any(address in ip_network(network, strict=False) for network in plan.private)
    return 0.0 if free else plan.gap.total_seconds()
