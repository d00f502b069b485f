"""Pure: what has to be queued so that a channel comes to show an alert's newest body.

A body is replaced where it surely was not sent: in a DUE entry. What is being
sent, or may have been, keeps the words that are looked for in the channel.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.model.alert import Alert, EntryState, Kind, OutboxEntry, Reply, Standing
from bot.model.story import derived_id

# At most one edit a minute for a post (DESIGN.md §4.7).
EDIT_PACE = timedelta(minutes=1)

_BEGUN = {EntryState.SENDING, EntryState.UNKNOWN, EntryState.SENT}
_WAITING = {EntryState.HELD, EntryState.DUE}
_CLOSED = {EntryState.ELSEWHERE, EntryState.REJECTED}


def what_follows(
    alert: Alert, entries: Sequence[OutboxEntry], now: datetime, number: int
) -> tuple[OutboxEntry, ...]:
    """Give the entries to write, changed or new, for the alert as it now is.

    `entries` are all of the alert's, in order of number; `number` is free for a
    new one. Told the same thing twice, nothing follows the second time. A post
    that stands elsewhere is out of reach, and is not made again, nor is one that
    an editor rejected.
    """
    if any(entry.state in _CLOSED for entry in entries):
        return ()
    current = _current(entries)
    if is_begun(current):
        return _edited(alert, current, now, number)
    if alert.merged_into is not None:
        return _withdrawn(current)
    return _posted(alert, current, now, number)


def answered(
    alert: Alert, reply: Reply, entries: Sequence[OutboxEntry], now: datetime, number: int
) -> OutboxEntry | None:
    """Give the entry that says a reply; None where the post itself still can.

    A reply that waits gives way to the new one, which names everything that
    changed since readers were last told; so what changed back is never heard of.
    """
    if any(entry.state in _CLOSED for entry in entries) or not is_begun(_current(entries)):
        return None
    waiting = _waiting_reply(entries)
    if waiting is None:
        new = replace(_entry(alert, Kind.REPLY, number, now), body=reply.body, silent=reply.silent)
        return replace(new, not_before=max(now, reply.due_at or now)) if reply.body else None
    if not reply.body:
        return replace(waiting, state=EntryState.SUPERSEDED)
    not_before = max(waiting.not_before, reply.due_at or waiting.not_before)
    renewed = replace(waiting, body=reply.body, silent=reply.silent, not_before=not_before)
    return None if renewed == waiting else renewed


def standing_of(entries: Sequence[OutboxEntry]) -> Standing:
    """Say how far an alert has been told, of all its entries."""
    return Standing(is_begun(_current(entries)), _waiting_reply(entries) is not None)


def _waiting_reply(entries: Sequence[OutboxEntry]) -> OutboxEntry | None:
    """Give the latest reply that surely was not sent."""
    replies = (entry for entry in reversed(entries) if entry.kind is Kind.REPLY)
    return next((entry for entry in replies if entry.state is EntryState.DUE), None)


def is_begun(entries: Sequence[OutboxEntry]) -> bool:
    """Whether the alert's post is made, or may be."""
    return any(entry.kind is Kind.POST and entry.state in _BEGUN for entry in entries)


def _current(entries: Sequence[OutboxEntry]) -> list[OutboxEntry]:
    """Leave out what no longer counts for what the post says."""
    replies_not = (entry for entry in entries if entry.kind is not Kind.REPLY)
    return [entry for entry in replies_not if entry.state is not EntryState.SUPERSEDED]


def _edited(
    alert: Alert, current: Sequence[OutboxEntry], now: datetime, number: int
) -> tuple[OutboxEntry, ...]:
    """There is a post, or one is on its way: its one pending edit is to carry the body."""
    last = current[-1]
    overtaken = [entry for entry in current[:-1] if entry.kind is Kind.EDIT]
    if last.kind is Kind.EDIT and last.state is EntryState.DUE:
        # One that the channel made wait hands its patience on.
        not_before = max(entry.not_before for entry in (*_pending(overtaken), last))
        renewed = replace(last, body=alert.stamped, not_before=not_before)
        return (*_withdrawn(overtaken), *([] if renewed == last else [renewed]))
    if last.body in {alert.body, alert.stamped}:
        return _withdrawn(overtaken)
    edit = replace(_entry(alert, Kind.EDIT, number, now), not_before=_edit_time(current, now))
    return (*_withdrawn(overtaken), edit)


def _posted(
    alert: Alert, current: Sequence[OutboxEntry], now: datetime, number: int
) -> tuple[OutboxEntry, ...]:
    """There is no post: the waiting one is to carry the body, else a new one."""
    edits = _withdrawn([entry for entry in current if entry.kind is Kind.EDIT])
    posts = [entry for entry in current if entry.kind is Kind.POST]
    last = posts[-1] if posts else None
    if last is not None and last.state in _WAITING:
        state = EntryState.HELD if alert.held else EntryState.DUE
        # One that an editor lets out may have to wait for the morning.
        let_out = last.state is EntryState.HELD and state is EntryState.DUE
        not_before = max(last.not_before, alert.due_at or now) if let_out else last.not_before
        renewed = replace(last, body=alert.body, silent=alert.silent, state=state, not_before=not_before)
        return (*edits, *([] if renewed == last else [renewed]))
    if last is not None and last.body == alert.body:
        return edits
    return (*edits, _entry(alert, Kind.POST, number, now))


def _pending(entries: Sequence[OutboxEntry]) -> list[OutboxEntry]:
    return [entry for entry in entries if entry.state in _WAITING]


def _withdrawn(entries: Sequence[OutboxEntry]) -> tuple[OutboxEntry, ...]:
    """Take back what has not been sent."""
    return tuple(replace(entry, state=EntryState.SUPERSEDED) for entry in _pending(entries))


def _edit_time(current: Sequence[OutboxEntry], now: datetime) -> datetime:
    """When the next edit may go: a minute after the last message, and not before one that had to wait.

    A message of a time still to come was sent before the clock was set back.
    """
    begun = [entry.tried_at or entry.not_before for entry in current if entry.state in _BEGUN]
    sent = [min(at, now) + EDIT_PACE for at in begun]
    return max(now, *sent, *(entry.not_before for entry in _pending(current)))


def _entry(alert: Alert, kind: Kind, number: int, now: datetime) -> OutboxEntry:
    first = kind is Kind.POST
    return OutboxEntry(
        id=derived_id(alert.id, kind.value, str(number)),
        number=number,
        alert=alert.id,
        channel=alert.channel,
        kind=kind,
        body=alert.body if first else alert.stamped,
        state=EntryState.HELD if first and alert.held else EntryState.DUE,
        created_at=now,
        not_before=max(now, alert.due_at or now) if first else now,
        silent=first and alert.silent,
    )
