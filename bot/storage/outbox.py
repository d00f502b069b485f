"""The outbox table: entries settled with their alert, handed out, and kept."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, bindparam, case, exists, func, select, update

from bot.alerts.queue import answered, standing_of, what_follows
from bot.errors import StateError
from bot.model.alert import Alert, EntryState, Kind, OutboxEntry, Reply, Standing
from bot.storage import rows
from bot.storage.engine import put
from bot.storage.tables import UNFINISHED, alerts, chats, outbox

_ORDER = case({Kind.POST.value: 0, Kind.REPLY.value: 1}, value=outbox.c.kind, else_=2)


def settle(connection: Connection, alert: Alert, now: datetime) -> None:
    """Queue what follows from an alert as it now is; call it under the ledger's lock."""
    for entry in what_follows(alert, of_alert(connection, alert.id), now, _free_number(connection)):
        put(connection, outbox, rows.entry_values(entry), "id")


def answer(connection: Connection, alert: Alert, reply: Reply, now: datetime) -> None:
    """Queue a reply to an alert's post; call it under the ledger's lock."""
    entries = of_alert(connection, alert.id)
    if entry := answered(alert, reply, entries, now, _free_number(connection)):
        put(connection, outbox, rows.entry_values(entry), "id")


def standing(connection: Connection, alert: str) -> Standing:
    """Say how far an alert has been told."""
    return standing_of(of_alert(connection, alert))


def of_alert(connection: Connection, alert: str) -> list[OutboxEntry]:
    """Give all entries of an alert, in order of number."""
    query = select(outbox).where(outbox.c.alert == alert).order_by(outbox.c.number)
    return [rows.entry(row) for row in connection.execute(query)]


def _free_number(connection: Connection) -> int:
    return (connection.execute(select(func.max(outbox.c.number))).scalar() or 0) + 1


def due(
    connection: Connection, now: datetime, channels: Iterable[str] | None = None
) -> tuple[OutboxEntry, ...]:
    """Give what is to be worked on: posts first, then replies to and edits of posts that have a number.

    A reply whose post is out of reach for good comes without a number. What was
    queued or tried ahead of `now` comes too: the clock was set back since. Only
    entries of `channels`, where they are named.
    """
    query = _DUE if channels is None else _DUE.where(outbox.c.channel.in_(list(channels)))
    return tuple(_with_its_post(row) for row in connection.execute(query, {"now": now}))


def keep(connection: Connection, entry: OutboxEntry) -> None:
    """Keep an entry's new state; the number of a post made is kept with its alert.

    A body told while the sender already held the entry is not lost: it follows
    as an edit. Call it under the ledger's lock.
    """
    values = rows.entry_values(entry)
    kept = connection.execute(update(outbox).where(outbox.c.id == entry.id).values(values))
    if kept.rowcount == 0:
        raise StateError(f"outbox entry {entry.id} is not in the database: it was removed meanwhile")
    if entry.kind is Kind.POST and entry.state is EntryState.SENT:
        posted = update(alerts).where(alerts.c.id == entry.alert).values(message_id=entry.message_id)
        connection.execute(posted)
    row = connection.execute(select(alerts).where(alerts.c.id == entry.alert)).one()
    settle(connection, rows.alert(row), entry.tried_at or entry.not_before)


def withhold(connection: Connection, alert: str, *, for_good: bool) -> bool:
    """Reject the post that waits for an editor, or let a rejected one wait again; say if there was one."""
    waiting, rejected = EntryState.HELD.value, EntryState.REJECTED.value
    before, after = (waiting, rejected) if for_good else (rejected, waiting)
    own = update(outbox).where(outbox.c.alert == alert, outbox.c.state == before)
    found = connection.execute(own.values(state=after)).rowcount > 0
    if found:
        # An older button may have approved it meanwhile, in vain: what waits again is held again.
        connection.execute(update(alerts).where(alerts.c.id == alert).values(held=True))
    return found


def made_under(connection: Connection, numbers: Iterable[int]) -> tuple[OutboxEntry, ...]:
    """Give the entries that made messages under these numbers, in whatever channel."""
    here = (outbox.c.kind != Kind.EDIT.value) & (outbox.c.state != EntryState.ELSEWHERE.value)
    query = select(outbox).where(here, outbox.c.message_id.in_(list(numbers)))
    return tuple(rows.entry(row) for row in connection.execute(query.order_by(outbox.c.number)))


def numbers_above(connection: Connection, chat: str, above: int) -> frozenset[int]:
    """Give the numbers above one that are known to be other messages of Draht's, in a chat and its topics.

    A chat's numbers are also those of what moved into it.
    """
    here = select(chats.c.channel).where(chats.c.moved_to == chat)
    named = (outbox.c.channel == chat) | outbox.c.channel.startswith(f"{chat}/", autoescape=True)
    within = named | outbox.c.channel.in_(here)
    made = (outbox.c.kind != Kind.EDIT.value) & (outbox.c.state == EntryState.SENT.value)
    query = select(outbox.c.message_id).where(within, made, outbox.c.message_id > above)
    return frozenset(connection.execute(query).scalars())


def _orphaned() -> ColumnElement[bool]:
    """Say that an entry is a reply whose post neither stands within reach nor is on its way."""
    post = outbox.alias("post")
    open_states = [
        state.value for state in (EntryState.HELD, EntryState.DUE, EntryState.SENDING, EntryState.UNKNOWN)
    ]
    coming = exists().where(post.c.alert == outbox.c.alert, post.c.kind == Kind.POST.value)
    return (outbox.c.kind == Kind.REPLY.value) & ~coming.where(post.c.state.in_(open_states))


def _with_its_post(row: rows.AnyRow) -> OutboxEntry:
    entry = rows.entry(row)
    match entry.kind:
        case Kind.POST:
            return entry
        case Kind.REPLY:
            return replace(entry, reply_to=row.posted_as)
        case Kind.EDIT:
            return replace(entry, message_id=row.posted_as)


def _due() -> Select[rows.AnyTuple]:
    now = bindparam("now", type_=outbox.c.not_before.type)
    ahead = (outbox.c.created_at > now) | (outbox.c.tried_at > now)
    return (
        select(outbox, alerts.c.message_id.label("posted_as"))
        .join(alerts, alerts.c.id == outbox.c.alert)
        .where(UNFINISHED, (outbox.c.not_before <= now) | ahead)
        .where((outbox.c.kind == Kind.POST.value) | alerts.c.message_id.is_not(None) | _orphaned())
        .order_by(_ORDER, outbox.c.number)
    )


_DUE = _due()  # asked three times a second: to write it anew each time takes longer than the answer
