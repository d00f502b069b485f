"""The whole policy of delivery: what is tried next, and what becomes of an entry.

A first post:

    DUE ──begun──► SENDING ──► SENT | REFUSED | DUE again (surely not sent)
                      │
                      └─ reply lost, or found so after a kill ──► UNKNOWN ──look──► SENT
                                                                     └─ not there: SENDING again

A reply goes the same way. An edit is safe to repeat: where its outcome is unknown it is simply due again.
Jitter is drawn by the caller, between 0 and 1, as `now` is.
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


def begun(entry: OutboxEntry, floor: int | None, now: datetime, jitter: float) -> OutboxEntry:
    """Mark an entry as being sent, and when to look for it should its end never be known."""
    return replace(
        entry,
        state=EntryState.SENDING,
        attempts=entry.attempts + 1,
        floor=entry.floor if entry.floor is not None else floor,
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
            unknown = _unknown(entry, reason, now + _settling(entry.attempts - 1, jitter))
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
            return _unknown(entry, reason, now + _pause(entry.attempts, seconds, jitter))
        case _:
            assert_never(sighting)


def next_entry(entries: Sequence[OutboxEntry], now: datetime) -> OutboxEntry | None:
    """Choose what to do next in one channel, of all its unfinished entries; None: nothing now.

    Unknown posts are looked for as soon as they may be and hold up nobody.
    Then first posts, in their order: while one waits for another try, the
    channel rests. Then replies to posts that stand, then edits of them.
    """
    ready = sorted((e for e in entries if _at(e, now) <= now), key=lambda e: e.number)
    posts = [e for e in entries if e.kind is Kind.POST and e.state is EntryState.DUE]
    lost = [e for e in ready if e.makes_message and e.state is EntryState.UNKNOWN]
    if lost:
        return lost[0]
    if _rest(posts, now) > now:
        return None
    due = [e for e in ready if e.state is EntryState.DUE]
    first = [e for e in due if e.kind is Kind.POST]
    replies = [e for e in due if e.kind is Kind.REPLY and e.reply_to is not None]
    edits = [e for e in due if e.kind is Kind.EDIT and e.message_id is not None]
    return next(iter(first or replies or edits), None)


def next_time(entries: Sequence[OutboxEntry], now: datetime) -> datetime | None:
    """Say when there will be something to do in one channel, of all its unfinished entries; None: never."""
    rest = _rest([e for e in entries if e.kind is Kind.POST and e.state is EntryState.DUE], now)
    return min(
        (
            _at(e, now) if e.state is EntryState.UNKNOWN else max(_at(e, now), rest)
            for e in entries
            if e.kind is Kind.POST or e.message_id is not None or e.reply_to is not None
        ),
        default=None,
    )


def _rest(posts: Sequence[OutboxEntry], now: datetime) -> datetime:
    """Say until when a channel rests, because a due post of it waits for another try."""
    return max((_at(e, now) for e in posts if e.attempts), default=now)


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


UNLIMITED = Pace(limits=())
"""For a channel that is no network: the terminal."""


def _sent(entry: OutboxEntry, message_id: int) -> OutboxEntry:
    return replace(entry, state=EntryState.SENT, message_id=message_id, error=None)


def _again(entry: OutboxEntry, reason: str, at: datetime) -> OutboxEntry:
    return replace(entry, state=EntryState.DUE, not_before=at, error=reason)


def _unknown(entry: OutboxEntry, reason: str, at: datetime) -> OutboxEntry:
    return replace(entry, state=EntryState.UNKNOWN, not_before=at, error=reason)


def _pause(attempts: int, told: float | None, jitter: float) -> timedelta:
    """Give the time to the next try: what the server told, else doubling with each attempt."""
    if told is not None:
        return timedelta(seconds=told + jitter)
    doubled = FIRST_PAUSE * (1 << min(max(attempts - 1, 0), 10))
    return min(doubled * (1 + jitter / 2), LONGEST_PAUSE)


def _settling(attempts: int, jitter: float) -> timedelta:
    """Give the time before an unknown post is looked for: 30 to 60 s, more with each attempt."""
    return min(SETTLING * (1 + jitter) * (1 << min(attempts, 5)), LONGEST_PAUSE)
