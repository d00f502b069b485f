"""Ask the feeds and keep what they bring.

    feeds → due? → host rests? → turn of its host → look → (state + stories) in one transaction

What a look brought is kept with what others brought, within a tenth of a
second; looks that brought nothing a few at a time: lost, they would only be had
again. A feed's fault is counted and kept; a fault of the store ends the poll.
Not done here: recognising, delivering, logging (`on_look` is told of each look).
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TypeAlias

from bot import cadence
from bot.model.feed import Feed, FeedState
from bot.model.fetch import Failed, Fetched, Modified, Unchanged
from bot.model.harvest import Harvest
from bot.pipeline.keeping import Brought, Keeping
from bot.pipeline.turns import GAP, LANES, Lane, Turns, Wait, gap_at
from bot.ports import Clock, FeedSource, Store
from bot.text.hosts import host_of

WORKERS = 20
"""Looks at once in each lane; with more a round is no quicker, since it waits for the CPU (FEEDS.md §5)."""


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

    `jitter` draws evenly from 0 up to 1. Living and failing feeds have `workers`
    each. At most `per_host` requests go to one host at once, with `gap` between
    their beginnings; hosts given by an address in `private` (CIDR networks, the
    configuration's `allow_private`) have no gap.
    """

    jitter: Callable[[], float]
    due_only: bool = False
    workers: int = WORKERS
    per_host: int = 2
    gap: timedelta = timedelta(seconds=GAP)
    private: tuple[str, ...] = ()
    on_look: Callable[[Look], None] = unheard


@dataclass(frozen=True, slots=True)
class PollReport:
    """What a poll brought.

    `refused` and `skipped` count feeds and entries by reason. `stories` counts
    the new ones. `resting` counts feeds that were left alone, since their host
    had asked for it. `faults` names each feed whose failing the operator has to
    hear of now; the next poll names it again unless the store knows that it was told.
    """

    feeds: int = 0
    read: int = 0
    unchanged: int = 0
    stories: int = 0
    resting: int = 0
    refused: tuple[tuple[str, int], ...] = ()
    skipped: tuple[tuple[str, int], ...] = ()
    faults: tuple[tuple[Feed, Failed], ...] = ()


async def poll(
    feeds: Sequence[Feed], source: FeedSource, store: Store, clock: Clock, plan: Round
) -> PollReport:
    """Look once at every enabled feed (or every due one) and keep what it brings.

    Raises StateError when the store cannot keep a look; looks kept before stay kept.
    """
    return await Polling(source, store, clock, plan).look_at(feeds)


@dataclass(slots=True)
class _Batch:
    """The feeds of one call, and what came of them."""

    left: int
    counts: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    faults: list[tuple[Feed, Failed]] = field(default_factory=list)
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    broken: Exception | None = None

    def add(self, look: Look) -> None:
        self.counts["feeds"] += 1
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

    def less(self, number: int = 1) -> None:
        self.left -= number
        if self.left <= 0:
            self.ended.set()

    def report(self) -> PollReport:
        return PollReport(
            feeds=self.counts["feeds"],
            read=self.counts["read"],
            unchanged=self.counts["unchanged"],
            stories=self.counts["stories"],
            resting=self.counts["resting"],
            refused=tuple(sorted(self.refused.items())),
            skipped=tuple(sorted(self.skipped.items())),
            faults=tuple(self.faults),
        )


@dataclass(frozen=True, slots=True)
class _Ask:
    """A feed to be asked, and at which host: where it lives now, as far as that is known."""

    feed: Feed
    batch: _Batch
    host: str


_Tasks: TypeAlias = dict[asyncio.Task[None], _Ask]


class Polling:
    """Looks at feeds, also for several calls at once: hosts and workers are theirs together.

    States of feeds are read from the store once and kept: nobody else changes
    them while this instance acts (DESIGN.md §4.8). `heard_at` is when a feed
    last answered as one. Looks that begin go through the present `source`.
    """

    def __init__(self, source: FeedSource, store: Store, clock: Clock, plan: Round) -> None:
        self.source = source
        self._store = store
        self._clock = clock
        self._plan = plan
        self._states: dict[str, FeedState] = {}
        self._rest_until: dict[str, datetime] | None = None
        self._turns: Turns[_Ask] = Turns(plan.per_host, partial(gap_at, gap=plan.gap, private=plan.private))
        self._under_way: tuple[_Tasks, _Tasks] = ({}, {})
        self._alarms: list[asyncio.TimerHandle | None] = [None, None]
        self._keeping = Keeping(store)
        self.heard_at: datetime | None = None

    def due(self, feeds: Sequence[Feed], now: datetime) -> list[Feed]:
        """Give the enabled feeds that are to be looked at now, those left alone whose hosts rest."""
        self._learn(feeds)
        return [feed for feed in feeds if feed.enabled and cadence.due(feed, self._states[feed.url], now)]

    def states(self, feeds: Sequence[Feed]) -> Mapping[str, FeedState]:
        """Give what is remembered of these feeds now."""
        self._learn(feeds)
        return {feed.url: self._states[feed.url] for feed in feeds}

    def note_told(self, feeds: Sequence[Feed]) -> None:
        """Note that the operator has heard of what is wrong with these feeds, as far as it still is."""
        self._note(replace(state, told=True) for state in self.states(feeds).values() if state.failures)

    def note_silence_told(self, feeds: Sequence[Feed]) -> None:
        """Note that the operator has heard that these feeds have fallen silent."""
        self._note(replace(state, silence_told=True) for state in self.states(feeds).values())

    def _note(self, states: Iterable[FeedState]) -> None:
        noted = {state.url: state for state in states}
        self._keeping.keep_states(tuple(noted.values()))
        self._states |= noted

    async def look_at(self, feeds: Sequence[Feed]) -> PollReport:
        """Look once at every enabled feed (or every due one) and keep what it brings.

        Raises StateError when the store cannot keep a look; looks kept before stay kept.
        """
        now = self._clock.now()
        asked = self.due(feeds, now) if self._plan.due_only else [feed for feed in feeds if feed.enabled]
        self._learn(asked)
        batch = _Batch(len(asked))
        for feed in asked:
            self._line_up(_Ask(feed, batch, self._host(feed)), now)
        batch.less(0)
        self._dispatch()
        try:
            await batch.ended.wait()
        finally:
            await self._part(batch)
        if batch.broken is not None:
            raise batch.broken
        return batch.report()

    def _learn(self, feeds: Sequence[Feed]) -> None:
        """Read what is remembered of feeds that are asked for the first time, and which hosts rest."""
        self._keeping.keep()  # whoever asks for states means those after all looks
        if self._rest_until is None:
            self._rest_until = dict(self._store.resting_hosts())
        unknown = [feed.url for feed in feeds if feed.url not in self._states]
        if unknown:
            self._states |= self._store.feed_states(unknown)

    def _host(self, feed: Feed) -> str:
        return host_of(self._states[feed.url].address or feed.url)

    def _line_up(self, ask: _Ask, now: datetime) -> None:
        if self._rests(ask.host, now):
            self._leave_alone(ask)
            return
        lane = Lane.FAILING if self._states[ask.feed.url].failures else Lane.LIVING
        self._turns.add(ask.host, ask, lane)

    def _rests(self, host: str, now: datetime) -> bool:
        return cadence.rests((self._rest_until or {}).get(host), now)

    def _leave_alone(self, ask: _Ask) -> None:
        ask.batch.counts["resting"] += 1
        ask.batch.less()

    def _dispatch(self) -> None:
        """Begin every look whose turn it is; where one has to wait, come back then."""
        loop = asyncio.get_running_loop()
        for lane in LANES:
            under_way = self._under_way[lane]
            while len(under_way) < self._plan.workers:
                turn = self._turns.take(loop.time(), lane)
                if not isinstance(turn, _Ask):
                    self._come_back(lane, turn)
                    break
                task = loop.create_task(self._look(turn))
                under_way[task] = turn
                task.add_done_callback(partial(self._ended, lane))

    def _come_back(self, lane: Lane, turn: Wait | None) -> None:
        alarm = self._alarms[lane]
        if alarm is not None:
            alarm.cancel()
        seconds = turn.seconds if turn is not None else None
        loop = asyncio.get_running_loop()
        self._alarms[lane] = None if seconds is None else loop.call_later(seconds, self._dispatch)

    def _ended(self, lane: Lane, task: asyncio.Task[None]) -> None:
        """Give back the place of a look that ended, also of one given up before it began."""
        ask = self._under_way[lane].pop(task)
        self._turns.done(ask.host, lane)
        ask.batch.less()
        self._dispatch()
        if not any(self._under_way):
            self._keeping.keep()  # no other comes soon

    async def _look(self, ask: _Ask) -> None:
        feed = ask.feed
        try:
            before = cadence.to_ask(self._states[feed.url], self._clock.now())
            fetched = await self.source.look(
                feed, before, self._clock.now(), lambda: self._store.seen_blocks(feed.url)
            )
            # No await from here on: a stop cannot come between the fetch and what is kept of it.
            self._take(ask, fetched)
        except Exception as fault:  # noqa: BLE001 -- handed to whoever waits for the batch, who raises it
            self._break(ask.batch, fault)

    def _take(self, ask: _Ask, fetched: Fetched) -> None:
        feed, now = ask.feed, self._clock.now()
        if self._keeping.waits(feed.url):
            self._keeping.keep()
        after = cadence.after(feed, self._states[feed.url], fetched, now, self._plan.jitter())
        look = Look(feed, fetched, after)
        if isinstance(fetched, Modified):
            news = cadence.with_news(after, now) if fetched.stories else None
            ask.batch.left += 1
            self._keeping.add(
                Brought(
                    Harvest(after, fetched.stories, fetched.blocks, news),
                    partial(self._kept, ask, look, news),
                    partial(self._lost, ask.batch),
                )
            )
            return
        if isinstance(fetched, Failed):
            self._keeping.keep_states((after,))
        else:
            self._keeping.add_unchanged(after)
        if isinstance(fetched, Failed) and fetched.busy:
            self._let_rest(ask.host, cadence.rest_of_host(feed, fetched, now))
        self._end(ask, look)

    def _kept(self, ask: _Ask, look: Look, news: FeedState | None, stories: int) -> None:
        """End a look that is in the store, with so many new stories."""
        state = news if stories and news is not None else look.state
        self._end(ask, replace(look, state=state, stories=stories))
        ask.batch.less()

    def _lost(self, batch: _Batch, fault: Exception) -> None:
        """End a look that could not be kept."""
        self._break(batch, fault)
        batch.less()

    def _end(self, ask: _Ask, look: Look) -> None:
        self._states[ask.feed.url] = look.state
        if not isinstance(look.fetched, Failed):
            self.heard_at = look.state.checked_at
        ask.batch.add(look)
        self._plan.on_look(look)

    def _let_rest(self, host: str, until: datetime) -> None:
        """Leave a host alone that said it is asked too much, with all its feeds."""
        self._store.rest_host(host, until)
        self._rest_until = {**(self._rest_until or {}), host: until}
        for ask in self._turns.leave(host):
            self._leave_alone(ask)

    def _break(self, batch: _Batch, fault: Exception) -> None:
        """End a batch: what of it waits is dropped, what is under way may end."""
        batch.broken = batch.broken or fault
        batch.less(len(self._turns.drop(lambda ask: ask.batch is batch)))

    async def _part(self, batch: _Batch) -> None:
        """Part with a batch that ended or was given up; nothing of it goes on."""
        self._turns.drop(lambda ask: ask.batch is batch)
        if not batch.ended.is_set():
            tasks = [task for lane in self._under_way for task, ask in lane.items() if ask.batch is batch]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        self._keeping.keep()
        if batch.broken is None:
            self._keeping.keep_unchanged()
