"""The whole policy of delivery: what is tried next, and what becomes of an entry.

A first post:

    DUE ──begun──► SENDING ──► SENT | REFUSED | DUE again (surely not sent)
                      │
                      └─ reply lost, or found so after a kill ──► UNKNOWN ──look──► SENT
                                                                     └─ not there: SENDING again

A reply goes the same way. An edit is safe to repeat: where its outcome is
unknown it is simply due again. A flood wait, of whatever call, rests the whole
chat. Jitter is drawn by the caller, between 0 and 1, as `now` is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import assert_never

from bot.model.alert import EntryState, Kind, OutboxEntry
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

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=10)
CHANNEL_PAUSE = timedelta(minutes=1)
"""Between two tries at a channel that takes nothing until a person acts."""
SETTLING = timedelta(seconds=30)
"""A slow server may still be posting; waiting before the look avoids nearly all copies (DELIVERY.md §4)."""
LONGEST_REST = timedelta(days=2)
"""Telegram's longest flood waits are of a day; one further ahead was noted by a clock that was wrong."""


def begun(entry: OutboxEntry, floor: int | None, now: datetime, jitter: float) -> OutboxEntry:
    """Mark an entry as being sent, and when to look for it should its end never be known.

    Its floor is that of the first try of unknown end: a message lost then lies below what is known by now.
    """
    return replace(
        entry,
        state=EntryState.SENDING,
        attempts=entry.attempts + 1,
        floor=entry.floor if entry.state is EntryState.UNKNOWN else floor,
        tried_at=now,
        not_before=now + _settling(entry.attempts, jitter),
    )


def recovered(entry: OutboxEntry, now: datetime) -> OutboxEntry:
    """Say what a SENDING entry of a process that died is: an edit is due, a post unknown."""
    if not entry.makes_message:
        return replace(entry, state=EntryState.DUE, not_before=now)
    return replace(entry, state=EntryState.UNKNOWN)


def after_send(entry: OutboxEntry, outcome: Outcome, now: datetime, jitter: float) -> OutboxEntry:
    """Say what becomes of an entry that was tried (it is SENDING, and counted)."""
    match outcome:
        case Sent(message_id):
            after = _sent(entry, message_id)
        case RetryLater(reason, seconds):
            after = _again(entry, reason, now + _pause(entry.attempts, seconds, jitter))
        case Refused(reason, by_channel):
            refused = replace(entry, state=EntryState.REFUSED, error=reason)
            after = _again(entry, reason, now + CHANNEL_PAUSE) if by_channel else refused
        case ChatMoved(new_chat):
            # Another chat counts its messages anew.
            after = replace(_again(entry, f"the chat moved to {new_chat}", now), floor=None)
        case Unknown(reason):
            # One that is made, and only not settled yet, is not sent once more by the next look.
            tries = entry.attempts - 1 if entry.message_id is None else 0
            unknown = _unknown(entry, reason, now + _settling(tries, jitter))
            again = _again(entry, reason, now + _pause(entry.attempts, None, jitter))
            after = unknown if entry.makes_message else again
        case _:
            assert_never(outcome)
    return after


def after_resend(entry: OutboxEntry, outcome: Outcome, now: datetime, jitter: float) -> OutboxEntry:
    """Say what becomes of a post sent a second time: while unsettled it stays UNKNOWN, to be looked for."""
    after = after_send(entry, outcome, now, jitter)
    return replace(after, state=EntryState.UNKNOWN) if after.state is EntryState.DUE else after


def after_look(entry: OutboxEntry, sighting: Sighting, now: datetime, jitter: float) -> OutboxEntry | None:
    """Say what a look-up makes of an unknown post; None means: send it again now.

    Where nothing can be seen a rare duplicate is better than a lost alert.
    """
    match sighting:
        case Found(message_id):
            return _sent(entry, message_id)
        case NotFound() | CannotLook():
            return None
        case LookLater(reason, seconds):
            told = None if seconds is None else _pause(entry.attempts, seconds, jitter)
            return _unknown(entry, reason, now + (told or _settling(0, jitter)))
        case _:
            assert_never(sighting)


def next_entry(
    entries: Sequence[OutboxEntry], now: datetime, rest: datetime | None = None
) -> OutboxEntry | None:
    """Choose what to do next in one chat, of all its unfinished entries; None: nothing now.

    Nothing before `rest`. Unknown posts are looked for as soon as they may be and
    hold up nobody but their twins: of two equal texts on their way at a time nobody
    could say which is which. Then first posts, in their order: while one waits for
    another try, the chat rests. Then replies to posts that stand, then edits of them.
    """
    if _believed(rest, now) > now:
        return None
    ready = sorted((e for e in entries if _at(e, now) <= now), key=lambda e: e.number)
    lost = [e for e in ready if e.makes_message and e.state is EntryState.UNKNOWN]
    if lost:
        return lost[0]
    if _held_up_until(entries, now) > now:
        return None
    twins, order = _lost(entries), (Kind.POST, Kind.REPLY, Kind.EDIT)
    due = [e for e in ready if e.state is EntryState.DUE and _is_free(e, twins)]
    return min(due, key=lambda e: (order.index(e.kind), e.number), default=None)


def next_time(entries: Sequence[OutboxEntry], now: datetime, rest: datetime | None = None) -> datetime | None:
    """Say when there will be something to do in one chat, of all its unfinished entries; None: never."""
    twins = _lost(entries)
    looks = [_at(e, now) for e in entries if e.state is EntryState.UNKNOWN]
    others = [_at(e, now) for e in entries if e.state is not EntryState.UNKNOWN and _is_free(e, twins)]
    sends = [max(min(others), _held_up_until(entries, now))] if others else []
    return min((max(at, _believed(rest, now)) for at in (*looks, *sends)), default=None)


def _lost(entries: Sequence[OutboxEntry]) -> frozenset[str]:
    """Give the texts of messages that may stand in the chat without being known."""
    lost = (EntryState.UNKNOWN, EntryState.SENDING)
    return frozenset(e.body for e in entries if e.makes_message and e.state in lost)


def _is_free(entry: OutboxEntry, lost: frozenset[str]) -> bool:
    """Whether nothing but time stands in its way: no lost twin of a message, no post without a number."""
    return entry.body not in lost if entry.makes_message else entry.message_id is not None


def _held_up_until(entries: Sequence[OutboxEntry], now: datetime) -> datetime:
    """Say until when a due post that waits for another try holds up what comes after it."""
    tried = (e for e in entries if e.kind is Kind.POST and e.state is EntryState.DUE and e.attempts)
    return max((_at(e, now) for e in tried), default=now)


def _believed(rest: datetime | None, now: datetime) -> datetime:
    return now if rest is None or rest > now + LONGEST_REST else max(rest, now)


def _at(entry: OutboxEntry, now: datetime) -> datetime:
    """Say when an entry may be tried: at once where the clock was set back behind what is known of it."""
    return now if max(entry.created_at, entry.tried_at or entry.created_at) > now else entry.not_before


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a channel may be told things: each limit is a number of calls within a time.

    The defaults are Telegram's: one a second, twenty a minute (DELIVERY.md §6).
    """

    limits: tuple[tuple[int, timedelta], ...] = ((1, timedelta(seconds=1)), (20, timedelta(minutes=1)))
    recent: tuple[datetime, ...] = ()

    def free_at(self, now: datetime) -> datetime:
        """Say when the next call may go out, `now` at the earliest.

        Calls that lie ahead do not count: the clock was set back since.
        """
        recent = [at for at in self.recent if at <= now]
        ends = (recent[-count] + span for count, span in self.limits if count <= len(recent))
        return max(now, *ends, now)

    def called(self, now: datetime) -> "Pace":
        """Count a call."""
        longest = max((count for count, _ in self.limits), default=0)
        return replace(self, recent=(*self.recent, now)[-longest:] if longest else ())


WHOLE = Pace(limits=((30, timedelta(seconds=1)),))
"""How fast all chats together may be told things: Telegram's bulk limit (DELIVERY.md §6)."""
UNLIMITED = Pace(limits=())
"""For a channel that is no network: the terminal."""


def _sent(entry: OutboxEntry, message_id: int) -> OutboxEntry:
    return replace(entry, state=EntryState.SENT, message_id=message_id, error=None)


def _again(entry: OutboxEntry, reason: str, at: datetime) -> OutboxEntry:
    return replace(entry, state=EntryState.DUE, not_before=at, error=reason)


def _unknown(entry: OutboxEntry, reason: str, at: datetime) -> OutboxEntry:
    return replace(entry, state=EntryState.UNKNOWN, not_before=at, error=reason)


def _pause(attempts: int, told: float | None, jitter: float) -> timedelta:
    """Give the time to the next try: what the server told within reason, else doubling with each attempt."""
    if told is not None:
        return timedelta(seconds=min(told, LONGEST_REST.total_seconds()) + jitter)
    doubled = FIRST_PAUSE * (1 << min(max(attempts - 1, 0), 10))
    return min(doubled * (1 + jitter / 2), LONGEST_PAUSE)


def _settling(attempts: int, jitter: float) -> timedelta:
    """Give the time before an unknown post is looked for: 30 to 60 s, more with each attempt to post it."""
    return min(SETTLING * (1 + jitter) * (1 << min(max(attempts, 0), 5)), LONGEST_PAUSE)
