"""Deliver: tell the channels what the outbox holds, each thing once.

    unfinished entries ─▶ next_entry ─▶ SENDING, committed ─▶ post or edit ─▶ its end, committed
                               │
                               └─ UNKNOWN ─▶ look for it ─▶ found: later copies deleted, SENT
                                                        └─▶ not there: sent again, the gap settled

One sender serves a channel, one call after another; channels are served side by
side. Between a call and the commit of its end nothing can be cancelled. What is
tried when, and again, is decided in `bot.alerts.delivery`.

Run it in one place at a time: an entry that is SENDING at the start is taken
for one of a process that died.
"""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.alerts import delivery
from bot.alerts.delivery import Pace
from bot.model.alert import EntryState, Kind, OutboxEntry
from bot.model.message import Message
from bot.model.outcome import (
    CannotLook,
    ChatMoved,
    Found,
    LookLater,
    Outcome,
    Refused,
    RetryLater,
    Sent,
    Unknown,
)
from bot.ports import Clock, Messenger, Store

log = logging.getLogger("draht.deliver")

AHEAD = timedelta(days=1)
"""How far ahead the outbox is read: a post that waits holds up those behind it."""
SLICE = 1.0
"""Seconds after which a wait looks whether to stop."""


@dataclass(slots=True)
class Tempo:
    """How a process waits and draws, and what it remembers of its channels; keep one for its life.

    `pace` is how fast a channel may be told things, `jitter` draws between 0 and 1.
    """

    wait: Callable[[float], Awaitable[None]] = asyncio.sleep
    jitter: Callable[[], float] = random.random
    pace: Pace = field(default_factory=Pace)
    paces: dict[str, Pace] = field(default_factory=dict)
    told: set[tuple[str, str]] = field(default_factory=set)


@dataclass(slots=True)
class DeliveryReport:
    """What a round of delivery came to.

    `waiting` entries are unfinished, `again_at` is when there is something to do
    for the first of them. `problems` are sentences that a person should read.
    """

    posted: int = 0
    edited: int = 0
    refused: int = 0
    copies: int = 0
    waiting: int = 0
    again_at: datetime | None = None
    problems: list[str] = field(default_factory=list)


async def deliver(
    store: Store,
    messenger: Messenger,
    clock: Clock,
    *,
    stop: Callable[[], bool] = lambda: False,
    tempo: Tempo | None = None,
) -> DeliveryReport:
    """Work on the outbox until nothing is due now, or until `stop` says so.

    Raises what the store raises; everything that happens to a message ends in
    its row. A cancellation waits for the message that is under way.
    """
    round_ = _Round(store, messenger, clock, tempo or Tempo())
    entries = round_.unfinished()
    for entry in entries:
        if entry.state is EntryState.SENDING:
            store.save_entry(delivery.recovered(entry, clock.now()))
    channels = dict.fromkeys(entry.channel for entry in entries)
    ends = await _all_ended([round_.serve(channel, stop) for channel in channels])
    for end in ends:
        if end is not None:
            raise end
    return round_.closed()


async def _all_ended(senders: Sequence[Coroutine[None, None, None]]) -> Sequence[BaseException | None]:
    """Let every sender come to its end, whatever happens to another or to this task."""
    return await asyncio.gather(*senders, return_exceptions=True)


async def _to_the_end(work: Coroutine[None, None, None]) -> None:
    """Do a piece of work that no cancellation may break; one that came meanwhile follows it."""
    task = asyncio.ensure_future(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError as cancellation:
            cancelled = cancellation
    if cancelled:
        raise cancelled
    task.result()


@dataclass(slots=True)
class _Round:
    """One call of deliver: its edges, and what it came to."""

    store: Store
    messenger: Messenger
    clock: Clock
    tempo: Tempo
    report: DeliveryReport = field(default_factory=DeliveryReport)

    def unfinished(self) -> tuple[OutboxEntry, ...]:
        return self.store.outbox_due(self.clock.now() + AHEAD)

    async def serve(self, channel: str, stop: Callable[[], bool]) -> None:
        """Work on one channel's entries, one after another, at its pace."""
        while not stop():
            now = self.clock.now()
            entries = [entry for entry in self.unfinished() if entry.channel == channel]
            entry = delivery.next_entry(entries, now)
            if entry is None:
                return
            pace = self.tempo.paces.get(channel, self.tempo.pace)
            rest = (pace.free_at(now) - now).total_seconds()
            if rest > 0:
                # What is next may be another thing by then: first posts go first.
                await self.tempo.wait(min(rest, SLICE))
                continue
            self.tempo.paces[channel] = pace.called(now)
            await _to_the_end(self._work(entry))

    def closed(self) -> DeliveryReport:
        waiting, now = self.unfinished(), self.clock.now()
        by_channel = (
            [e for e in waiting if e.channel == channel] for channel in {e.channel for e in waiting}
        )
        times = (delivery.next_time(entries, now) for entries in by_channel)
        self.report.waiting = len(waiting)
        self.report.again_at = min(filter(None, times), default=None)
        self.report.problems = list(dict.fromkeys([*self.report.problems, *self._held_up(waiting)]))
        return self.report

    def _held_up(self, waiting: Sequence[OutboxEntry]) -> Iterator[str]:
        """Say what else is in the way, from an earlier round: a channel may rest just now."""
        for entry in waiting:
            if entry.error and not any(entry.error in problem for problem in self.report.problems):
                yield entry.error

    async def _work(self, entry: OutboxEntry) -> None:
        if entry.state is EntryState.UNKNOWN:
            await self._look(entry)
        elif entry.kind is Kind.EDIT:
            await self._edit(entry)
        else:
            await self._post(entry)

    async def _post(self, entry: OutboxEntry) -> None:
        begun = self._begin(entry)
        outcome = await self.messenger.post(self._address(entry.channel), _message(entry))
        await self._end(delivery.after_send(begun, outcome, self.clock.now(), self.tempo.jitter()), outcome)

    async def _edit(self, entry: OutboxEntry) -> None:
        begun = self._begin(entry)
        post = entry.message_id or 0
        outcome = await self.messenger.edit(self._address(entry.channel), post, _message(entry))
        await self._end(delivery.after_send(begun, outcome, self.clock.now(), self.tempo.jitter()), outcome)

    async def _look(self, entry: OutboxEntry) -> None:
        """Look for a post of unknown end; where it is not, send it again."""
        address = self._address(entry.channel)
        if entry.message_id is not None:
            await self._settle(address, entry, entry.message_id)
            return
        sighting = await self.messenger.look_for(address, entry.body, entry.floor, None)
        after = delivery.after_look(entry, sighting, self.clock.now(), self.tempo.jitter())
        if after is None:
            await self._post_again(entry, sighting if isinstance(sighting, CannotLook) else None)
        elif isinstance(sighting, Found):
            outcome = await self._keep_first(address, sighting)
            ended = delivery.after_resend(entry, outcome, self.clock.now(), self.tempo.jitter())
            await self._end(ended, outcome)
        else:
            self.store.save_entry(after)
            self.report.problems.append(after.error or "a look-up was put off")
            log.info("%s", _line(after))

    async def _post_again(self, entry: OutboxEntry, blind: CannotLook | None) -> None:
        begun = self._begin(entry)
        address = self._address(entry.channel)
        outcome = await self.messenger.post(address, _message(entry))
        if isinstance(outcome, Sent) and blind is None:
            await self._settle(address, begun, outcome.message_id)
            return
        await self._end(delivery.after_resend(begun, outcome, self.clock.now(), self.tempo.jitter()), outcome)
        if blind is not None:
            await self._tell(
                entry.channel,
                f"a post in {address or 'the channel'} was sent again without knowing "
                f"whether it stood there; it may stand twice: {blind.reason}",
            )

    async def _settle(self, address: str, entry: OutboxEntry, again: int) -> None:
        """See whether the first try arrived late, between the floor and the post made again; keep the first.

        What was made is written down first: were it forgotten, by a kill or
        because nothing can be seen just now, it would be made once more.
        """
        made = replace(entry, message_id=again)
        self.store.save_entry(made)
        gap = await self.messenger.look_for(address, made.body, made.floor, again - 1)
        outcome: Outcome = Sent(again)
        if isinstance(gap, Found):
            outcome = await self._keep_first(address, Found(gap.message_id, (*gap.copies, again)))
        elif isinstance(gap, LookLater):
            outcome = Unknown(gap.reason)
        await self._end(delivery.after_resend(made, outcome, self.clock.now(), self.tempo.jitter()), outcome)

    async def _keep_first(self, address: str, found: Found) -> Outcome:
        """Delete the later copies; `Unknown` where one could not be deleted for now."""
        for copy in sorted(set(found.copies) - {found.message_id}):
            outcome = await self.messenger.delete(address, copy)
            if isinstance(outcome, Refused):
                await self._tell(address, f"message {copy} is a copy of {found.message_id}: {outcome.reason}")
            elif not isinstance(outcome, Sent):
                return Unknown(f"copy {copy} could not be deleted yet")
            self.report.copies += 1
        return Sent(found.message_id)

    def _begin(self, entry: OutboxEntry) -> OutboxEntry:
        moved = entry.channel in self.store.chat_moves()
        # In a chat that moved, messages are counted anew.
        floor = None if moved else self.store.highest_message(entry.channel)
        begun = delivery.begun(entry, floor, self.clock.now(), self.tempo.jitter())
        self.store.save_entry(begun)
        return begun

    async def _end(self, ended: OutboxEntry, outcome: Outcome) -> None:
        if isinstance(outcome, ChatMoved):
            self.store.move_chat(ended.channel, outcome.new_chat)
        self.store.save_entry(ended)
        self._count(ended)
        log.info("%s", _line(ended))
        if isinstance(outcome, Refused):
            await self._tell(ended.channel, f"{ended.kind.value} not accepted: {outcome.reason}")
        elif isinstance(outcome, Sent):
            self.tempo.told = {told for told in self.tempo.told if told[0] != ended.channel}
        elif isinstance(outcome, RetryLater | Unknown):
            self.report.problems.append(outcome.reason)

    def _count(self, ended: OutboxEntry) -> None:
        if ended.state is EntryState.REFUSED:
            self.report.refused += 1
        elif ended.state is EntryState.SENT and ended.kind is Kind.POST:
            self.report.posted += 1
        elif ended.state is EntryState.SENT:
            self.report.edited += 1

    async def _tell(self, channel: str, text: str) -> None:
        """Tell the operator a thing once, until the channel works again."""
        self.report.problems.append(text)
        if (channel, text) not in self.tempo.told:
            self.tempo.told.add((channel, text))
            await self.messenger.tell_operator(text)

    def _address(self, channel: str) -> str:
        return self.store.chat_moves().get(channel, channel)


def _message(entry: OutboxEntry) -> Message:
    return Message(
        entry.body, silent=entry.silent, reply_to=entry.reply_to, about=entry.alert, entry=entry.id
    )


def _line(entry: OutboxEntry) -> str:
    place = f"{entry.channel or 'the channel'} #{entry.message_id or '?'}"
    reason = f", attempt {entry.attempts}: {entry.error}" if entry.error else ""
    return f"{entry.kind} {entry.alert} in {place}: {entry.state}{reason}"
