"""Sends one entry, and makes sure of what became of it: each way ends in the entry's row."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.alerts import delivery
from bot.model.alert import EntryState, Kind, OutboxEntry
from bot.model.message import Message
from bot.model.outcome import (
    CannotLook,
    ChatMoved,
    Found,
    LookLater,
    NotFound,
    Outcome,
    Refused,
    RetryLater,
    Sent,
    Sighting,
    Unknown,
)
from bot.pipeline.tempo import TOPIC, Tempo
from bot.ports import Clock, Messenger, Store

log = logging.getLogger("draht.deliver")

AFTER_LOST = timedelta(seconds=1)
"""So long after the last of the lost posts of a chat that moved it is followed."""
NEAR = 20
"""So many numbers below the first one known in a channel an earlier message is looked for."""
STUCK = 12
"""After so many tries, about an hour, the operator hears that a channel takes nothing, once for an entry."""
_REST = "channel "


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


@dataclass(slots=True)
class Sender:
    """Works on one entry at a time; `chats` says which chat each channel lies in.

    One process sends, so what only the sender writes, moves and rests, is read once a round.
    """

    store: Store
    messenger: Messenger
    clock: Clock
    tempo: Tempo
    chats: dict[str, str] = field(default_factory=dict)
    report: DeliveryReport = field(default_factory=DeliveryReport)
    _moves: dict[str, str] = field(init=False)
    _rests: dict[str, datetime] = field(init=False)

    def __post_init__(self) -> None:
        """Read where chats moved to, and which want to be left alone."""
        self._moves = dict(self.store.chat_moves())
        self._rests = dict(self.store.resting_hosts())

    async def work(self, entry: OutboxEntry) -> None:
        """Post, edit or look for an entry."""
        if entry.state is EntryState.UNKNOWN:
            await self._look(entry)
        elif entry.kind is Kind.EDIT:
            await self._edit(entry)
        else:
            await self._post(entry)

    def rest(self, channels: Sequence[str]) -> datetime | None:
        """Say until when these channels' chat asked to be left alone, also an earlier process."""
        return max((until for c in channels if (until := self._rests.get(_rest_of(c)))), default=None)

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
        if entry.message_id is not None:
            await self._settle(entry, entry.message_id)
            return
        sighting = await self._sighted(entry, None)
        after = delivery.after_look(entry, sighting, self.clock.now(), self.tempo.jitter())
        if after is None:
            await self._post_again(entry, sighting if isinstance(sighting, CannotLook) else None)
        elif isinstance(sighting, Found):
            outcome = await self._keep_first(entry.channel, sighting)
            ended = delivery.after_resend(entry, outcome, self.clock.now(), self.tempo.jitter())
            await self._end(ended, outcome)
        else:
            if isinstance(sighting, LookLater) and sighting.seconds is not None:
                self._leave_alone(after)
            self.store.save_entry(after)
            self.report.problems.append(after.error or "a look-up was put off")
            log.info("%s", _line(after))

    async def _sighted(self, entry: OutboxEntry, upto: int | None) -> Sighting:
        """Look for an entry's message, and leave out those that other entries are known to have made."""
        address = self._address(entry.channel)
        sighting = await self.messenger.look_for(address, entry.body, self._above(entry), upto)
        if not isinstance(sighting, Found):
            return sighting
        seen = {sighting.message_id, *sighting.copies}
        others = [made for made in self.store.made_under(seen) if made.id != entry.id]
        chats = await self.tempo.chats([entry.channel, *(made.channel for made in others)])
        taken = {made.message_id for made in others if chats[made.channel] == chats[entry.channel]}
        ours = sorted(seen - taken)
        return Found(ours[0], tuple(ours[1:])) if ours else NotFound()

    async def _post_again(self, entry: OutboxEntry, blind: CannotLook | None) -> None:
        begun = self._begin(entry)
        address = self._address(entry.channel)
        outcome = await self.messenger.post(address, _message(entry))
        if isinstance(outcome, Sent) and blind is None:
            await self._settle(begun, outcome.message_id)
            return
        await self._end(delivery.after_resend(begun, outcome, self.clock.now(), self.tempo.jitter()), outcome)
        if blind is not None:
            await self._tell(
                entry.channel,
                f"a post in {address or 'the channel'} was sent again without knowing "
                f"whether it stood there; it may stand twice: {blind.reason}",
            )

    async def _settle(self, entry: OutboxEntry, again: int) -> None:
        """See whether the first try arrived late, between the floor and the post made again; keep the first.

        What was made is written down first: were it forgotten, by a kill or
        because nothing can be seen just now, it would be made once more.
        """
        made = replace(entry, message_id=again)
        self.store.save_entry(made)
        gap = await self._sighted(made, again - 1)
        outcome: Outcome = Sent(again)
        if isinstance(gap, Found):
            outcome = await self._keep_first(entry.channel, Found(gap.message_id, (*gap.copies, again)))
        elif isinstance(gap, LookLater):
            outcome = Unknown(gap.reason) if gap.seconds is None else RetryLater(gap.reason, gap.seconds)
        await self._end(delivery.after_resend(made, outcome, self.clock.now(), self.tempo.jitter()), outcome)

    async def _keep_first(self, channel: str, found: Found) -> Outcome:
        """Delete the later copies; `Unknown` or a flood wait where one could not be deleted for now."""
        address = self._address(channel)
        for copy in sorted(set(found.copies) - {found.message_id}):
            outcome = await self.messenger.delete(address, copy)
            if isinstance(outcome, ChatMoved) or (isinstance(outcome, Refused) and not outcome.by_channel):
                why = "the chat moved" if isinstance(outcome, ChatMoved) else outcome.reason
                await self._tell(channel, f"message {copy} is a copy of {found.message_id}: {why}")
            elif isinstance(outcome, RetryLater):
                return outcome
            elif not isinstance(outcome, Sent):
                return Unknown(f"copy {copy} could not be deleted yet")
            self.report.copies += 1
        return Sent(found.message_id)

    def _begin(self, entry: OutboxEntry) -> OutboxEntry:
        begun = delivery.begun(entry, self._floor(entry.channel), self.clock.now(), self.tempo.jitter())
        self.store.save_entry(begun)
        return begun

    def _above(self, entry: OutboxEntry) -> int | None:
        """Give the number above which a lost message lies.

        One of the first in its channel has no floor: it lies near the first that is known, which followed it.
        """
        if entry.floor is not None:
            return entry.floor
        first = self.store.lowest_message(entry.channel)
        return None if first is None else max(first - NEAR, 0)

    def _floor(self, channel: str) -> int | None:
        """Give the highest number known in a channel's chat.

        Where it moved it counts anew, and its posts' numbers were forgotten with the move.
        """
        place = self._place(channel)
        names = {channel, *(name for name in self.chats if self._place(name) == place)}
        known = (*map(self.store.highest_message, sorted(names)), self.tempo.highest.get(place))
        return max((number for number in known if number is not None), default=None)

    async def _end(self, ended: OutboxEntry, outcome: Outcome) -> None:
        if isinstance(outcome, ChatMoved):
            self._follow(ended, outcome.new_chat)
        else:
            if isinstance(outcome, RetryLater) and outcome.seconds is not None:
                self._leave_alone(ended)
            self.store.save_entry(ended)
        self._count(ended)
        log.info("%s", _line(ended))
        if isinstance(outcome, Refused):
            await self._tell(ended.channel, f"{ended.kind.value} not accepted: {outcome.reason}")
        elif isinstance(outcome, Sent):
            self.tempo.seen(self._place(ended.channel), outcome.message_id)
            self.tempo.told = {told for told in self.tempo.told if told[0] != ended.channel}
        elif isinstance(outcome, RetryLater | Unknown):
            self.report.problems.append(outcome.reason)
            if ended.attempts == STUCK:
                place = self._address(ended.channel) or "the channel"
                await self._tell(ended.channel, f"{place} has taken nothing for a while: {outcome.reason}")

    def _leave_alone(self, waiting: OutboxEntry) -> None:
        """Let the whole chat rest as long as the entry that was told to wait, also across a restart."""
        self._rests[_rest_of(waiting.channel)] = waiting.not_before
        self.store.rest_host(_rest_of(waiting.channel), waiting.not_before)

    def _follow(self, ended: OutboxEntry, new_chat: str) -> None:
        """Go to where the chat moved; posts lost in the old one are looked for there first."""
        unfinished = self.store.outbox_due(self.clock.now() + delivery.LONGEST_PAUSE, [ended.channel])
        lost = [
            e for e in unfinished if e.state is EntryState.UNKNOWN and e.makes_message and e.id != ended.id
        ]
        if lost:
            # Refused by the old chat, and looked for there if it was tried before: surely not sent.
            at = max(self.clock.now(), *(e.not_before for e in lost)) + AFTER_LOST
            self.store.save_entry(replace(ended, state=EntryState.DUE, not_before=at))
            return
        self.store.save_entry(ended)
        self._moves[ended.channel] = new_chat
        left = self.store.move_chat(ended.channel, new_chat, self.clock.now())
        log.warning("%s moved to %s; %d posts stay in the old chat", ended.channel, new_chat, left)

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
        """Give where a channel is now; a topic stays the topic that it was."""
        moved = self._moves.get(channel)
        _, mark, topic = channel.partition(TOPIC)
        return channel if moved is None else f"{moved}{mark}{topic}"

    def _place(self, channel: str) -> str:
        """Name the chat whose count of messages a channel shares."""
        return self._moves.get(channel, self.chats.get(channel, channel))


def _rest_of(channel: str) -> str:
    """Name a chat's rest among those of hosts, whose names have no blank."""
    return _REST + channel.partition(TOPIC)[0].lower()


def _message(entry: OutboxEntry) -> Message:
    return Message(
        entry.body, silent=entry.silent, reply_to=entry.reply_to, about=entry.alert, entry=entry.id
    )


def _line(entry: OutboxEntry) -> str:
    place = f"{entry.channel or 'the channel'} #{entry.message_id or '?'}"
    reason = f", attempt {entry.attempts}: {entry.error}" if entry.error else ""
    return f"{entry.kind} {entry.alert} in {place}: {entry.state}{reason}"
