"""Pure: what has to be queued so that a channel comes to show an alert's newest body.

An entry's body never changes once an attempt to send it has begun: what is
looked for in the channel is exactly what was sent.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.model.alert import Alert, EntryState, Kind, OutboxEntry
from bot.model.story import derived_id

# At most one edit a minute for a post (DESIGN.md §4.7).
EDIT_PACE = timedelta(minutes=1)

_BEGUN = {EntryState.SENDING, EntryState.UNKNOWN, EntryState.SENT}


def what_follows(
    alert: Alert, entries: Sequence[OutboxEntry], now: datetime, number: int
) -> tuple[OutboxEntry, ...]:
    """Give the entries to write, changed or new, for the alert as it now is.

    `entries` are all of the alert's, in order of number; `number` is free for a
    new one. Told the same thing twice, nothing follows the second time.
    """
    current = [entry for entry in entries if entry.state is not EntryState.SUPERSEDED]
    if any(entry.kind is Kind.POST and entry.state in _BEGUN for entry in current):
        return _edited(alert, current, now, number)
    if alert.merged_into is not None:
        return _withdrawn(current)
    if any(_may_be_posted(entry) and not _untouched(entry) for entry in current):
        return _edited(alert, current, now, number)
    return _posted(alert, current, now, number)


def _edited(
    alert: Alert, current: Sequence[OutboxEntry], now: datetime, number: int
) -> tuple[OutboxEntry, ...]:
    """There is a post, or one is on its way: its newest edit is to carry the body."""
    *before, last = current
    edits_before = [entry for entry in before if entry.kind is Kind.EDIT]
    if last.body == alert.body:
        return _withdrawn(edits_before)
    if last.kind is Kind.EDIT and _untouched(last):
        return (*_withdrawn(edits_before), replace(last, body=alert.body))
    edits = [entry for entry in current if entry.kind is Kind.EDIT]
    edit = _entry(alert, Kind.EDIT, number, now)
    return (*_withdrawn(edits), replace(edit, not_before=_edit_time(current, now)))


def _posted(
    alert: Alert, current: Sequence[OutboxEntry], now: datetime, number: int
) -> tuple[OutboxEntry, ...]:
    """There is no post: the one not begun is to carry the body, else a new one."""
    waiting = next((entry for entry in current if _may_be_posted(entry)), None)
    edits = _withdrawn([entry for entry in current if entry.kind is Kind.EDIT])
    if waiting is not None:
        return edits if waiting.body == alert.body else (*edits, replace(waiting, body=alert.body))
    if any(entry.state is EntryState.REFUSED and entry.body == alert.body for entry in current):
        return edits
    return (*edits, _entry(alert, Kind.POST, number, now))


def _withdrawn(entries: Sequence[OutboxEntry]) -> tuple[OutboxEntry, ...]:
    """Take back what has not been sent."""
    return tuple(
        replace(entry, state=EntryState.SUPERSEDED) for entry in entries if entry.state is EntryState.DUE
    )


def _edit_time(current: Sequence[OutboxEntry], now: datetime) -> datetime:
    """When the next edit may go: a minute after the last message, and not before one that had to wait."""
    sent = [(entry.tried_at or entry.not_before) + EDIT_PACE for entry in current if entry.state in _BEGUN]
    waiting = [entry.not_before for entry in current if entry.state is EntryState.DUE]
    return max(now, *sent, *waiting)


def _may_be_posted(entry: OutboxEntry) -> bool:
    return entry.kind is Kind.POST and entry.state is EntryState.DUE


def _untouched(entry: OutboxEntry) -> bool:
    return entry.state is EntryState.DUE and entry.attempts == 0 and entry.tried_at is None


def _entry(alert: Alert, kind: Kind, number: int, now: datetime) -> OutboxEntry:
    return OutboxEntry(
        id=derived_id(alert.id, kind.value, str(number)),
        number=number,
        alert=alert.id,
        channel=alert.channel,
        kind=kind,
        body=alert.body,
        state=EntryState.DUE,
        created_at=now,
        not_before=now,
    )
