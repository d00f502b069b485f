"""Deliver: tell the channels what the outbox holds, each thing once.

    unfinished entries ─▶ next_entry ─▶ SENDING, committed ─▶ post or edit ─▶ its end, committed
                               │
                               └─ UNKNOWN ─▶ look for it ─▶ found: later copies deleted, SENT
                                                        └─▶ not there: sent again, the gap settled

One sender serves a chat, one call after another; chats are served side by
side. Between a call and the commit of its end nothing can be cancelled. What is
tried when, and again, is decided in `bot.alerts.delivery`. While a person has
turned on "pause" nothing is sent, and nothing is lost.

Run it in one place at a time: an entry that is SENDING at the start is taken
for one of a process that died.
"""

import asyncio
from collections.abc import Callable, Collection, Coroutine, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.alerts import delivery
from bot.model.alert import EntryState, OutboxEntry
from bot.model.ruling import Switch
from bot.pipeline.sending import DeliveryReport, Sender
from bot.pipeline.tempo import SLICE, Tempo
from bot.ports import Clock, Messenger, Store

__all__ = ["PAUSE", "SLICE", "DeliveryReport", "Tempo", "deliver", "paused"]

AHEAD = timedelta(days=1)
"""How far ahead the outbox is read: a post that waits holds up those behind it."""
PAUSE = "pause"
"""The switch under which a person halts all sending."""

Stop = Callable[[], bool]


async def deliver(
    store: Store,
    messenger: Messenger,
    clock: Clock,
    *,
    stop: Stop = lambda: False,
    tempo: Tempo | None = None,
) -> DeliveryReport:
    """Work on the outbox until nothing is due now, or until `stop` says so.

    Raises what the store raises; everything that happens to a message ends in
    its row. A cancellation waits for the message that is under way.
    """
    entries = store.outbox_due(clock.now() + AHEAD)
    if not entries:
        return DeliveryReport()
    for entry in entries:
        if entry.state is EntryState.SENDING:
            store.save_entry(delivery.recovered(entry, clock.now()))
    round_ = _Round(Sender(store, messenger, clock, tempo or Tempo()), stop)
    senders: dict[str, asyncio.Task[None]] = {}
    try:
        await _all_served(round_, senders)
    finally:
        await _all_ended(senders.values())
    for sender in senders.values():
        sender.result()
    return round_.closed()


def paused(store: Store, now: datetime) -> Switch | None:
    """Give the person's word that halts all sending, while it counts."""
    switch = store.switch(PAUSE)
    over = switch is None or (switch.until is not None and switch.until <= now)
    return None if over else switch


async def _all_served(round_: "_Round", senders: dict[str, asyncio.Task[None]]) -> None:
    """Let a sender work in each chat where something is to be done; a long queue in one delays no other."""
    while True:
        busy = {chat for chat, sender in senders.items() if not sender.done()}
        failed = {chat for chat, sender in senders.items() if sender.done() and sender.exception()}
        for chat in await round_.ready(busy | failed):
            senders[chat] = asyncio.create_task(round_.serve(chat))
        working = [sender for sender in senders.values() if not sender.done()]
        if not working:
            return
        await asyncio.wait(working, timeout=SLICE, return_when=asyncio.FIRST_COMPLETED)


async def _all_ended(senders: Collection[asyncio.Task[None]]) -> None:
    """Let every sender come to the end of what is under way, however often this task is cancelled."""
    cancelled: asyncio.CancelledError | None = None
    for sender in senders:
        sender.cancel()
    while working := [sender for sender in senders if not sender.done()]:
        try:
            await asyncio.wait(working)
        except asyncio.CancelledError as cancellation:
            cancelled = cancellation
    if cancelled:
        raise cancelled


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
    """One call of deliver: who sends, and whether to stop."""

    sender: Sender
    stop: Stop
    turnstile: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def ready(self, besides: Collection[str]) -> list[str]:
        """Give the chats, beside these, in which there is something to do now."""
        if self.stop() or self.paused():
            return []
        entries = self.sender.store.outbox_due(self.sender.clock.now() + AHEAD)
        channels = dict.fromkeys(entry.channel for entry in entries)
        known = self.sender.chats
        known |= await self.sender.tempo.chats(channel for channel in channels if channel not in known)
        chats = {known[channel]: [c for c in channels if known[c] == known[channel]] for channel in channels}
        return [chat for chat, names in chats.items() if chat not in besides and self._due(entries, names)]

    def _due(self, entries: Sequence[OutboxEntry], channels: Sequence[str]) -> bool:
        of_chat = [entry for entry in entries if entry.channel in channels]
        return delivery.next_entry(of_chat, self.sender.clock.now(), self.sender.rest(channels)) is not None

    async def serve(self, chat: str) -> None:
        """Work on one chat's entries, one after another, at its pace."""
        channels = [channel for channel, place in self.sender.chats.items() if place == chat]
        waiting = self._ready(channels)
        # What is next is asked again after the wait: first posts go first.
        while waiting and await self._turn_of(chat):
            entry, waiting = self._next(channels)
            if entry is not None:
                await _to_the_end(self.sender.work(entry))
            waiting = waiting or self._ready(channels)

    def paused(self) -> Switch | None:
        """Give the person's word that halts all sending, while it counts."""
        return paused(self.sender.store, self.sender.clock.now())

    def closed(self) -> DeliveryReport:
        """Say what the round came to."""
        report, now = self.sender.report, self.sender.clock.now()
        waiting = self.sender.store.outbox_due(now + AHEAD)
        times = [self._time(channels, waiting) for channels in self._by_chat(waiting)]
        report.waiting = len(waiting)
        report.again_at = min(filter(None, times), default=None)
        if waiting and (switch := self.paused()):
            report.again_at = max(report.again_at or now, switch.until) if switch.until else None
            report.problems.insert(0, f"sending is paused by {switch.by}")
        report.problems = list(dict.fromkeys([*report.problems, *_held_up(waiting, report)]))
        return report

    def _ready(self, channels: Sequence[str]) -> bool:
        return self._next(channels)[0] is not None

    def _next(self, channels: Sequence[str]) -> tuple[OutboxEntry | None, bool]:
        """Give what is next, and whether there is something to do after it as well."""
        if self.stop() or self.paused():
            return None, False
        now, rest = self.sender.clock.now(), self.sender.rest(channels)
        entries = self.sender.store.outbox_due(now + AHEAD, channels)
        entry = delivery.next_entry(entries, now, rest)
        others = [other for other in entries if other is not entry]
        return entry, delivery.next_entry(others, now, rest) is not None

    async def _turn_of(self, chat: str) -> bool:
        """Wait until a chat, and then Telegram as a whole, may be told something; say whether to go on."""
        clock, tempo = self.sender.clock, self.sender.tempo
        await self._waited(lambda: tempo.free_in(chat, clock.now()))
        async with self.turnstile:
            await self._waited(lambda: tempo.free_anywhere(clock.now()))
            if self.stop():
                return False
            tempo.called(chat, clock.now())
            return True

    async def _waited(self, rest: Callable[[], timedelta]) -> None:
        while (seconds := rest().total_seconds()) > 0 and not self.stop():
            await self.sender.tempo.wait(min(seconds, SLICE))

    def _by_chat(self, waiting: Sequence[OutboxEntry]) -> Iterator[list[str]]:
        channels = dict.fromkeys(entry.channel for entry in waiting)
        chats = {channel: self.sender.chats.get(channel, channel) for channel in channels}
        for chat in dict.fromkeys(chats.values()):
            yield [channel for channel in channels if chats[channel] == chat]

    def _time(self, channels: Sequence[str], waiting: Sequence[OutboxEntry]) -> datetime | None:
        entries = [entry for entry in waiting if entry.channel in channels]
        return delivery.next_time(entries, self.sender.clock.now(), self.sender.rest(channels))


def _held_up(waiting: Sequence[OutboxEntry], report: DeliveryReport) -> Iterator[str]:
    """Say what else is in the way, from an earlier round: a channel may rest just now."""
    for entry in waiting:
        if entry.error and not any(entry.error in problem for problem in report.problems):
            yield entry.error
