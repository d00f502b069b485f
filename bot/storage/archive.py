"""What people ask the store about in a talk or by `draht contacts`; reads alone, newest first."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from sqlalchemy import Connection, Select, false, func, or_, select

from bot.model.alert import Alert, EntryState, Kind
from bot.model.archive import Backlog, Overdue, Posted, Search
from bot.model.claim import Participant
from bot.model.contact import Contact, Report
from bot.model.ruling import Ruling
from bot.model.story import Story
from bot.model.watchlist import Party
from bot.storage import rows
from bot.storage.engine import Database
from bot.storage.tables import UNFINISHED, alerts, chats, contacts, outbox, reports, rulings, stories

# What is told of no contact and no story, and of nothing that could be asked about.
_SUMMARIES = ("night %", "week %")
_HOPS = 20


class Archive:
    """Reads, each one consistent view, that write nothing and wait for nobody."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def last_posts(self, limit: int, *, private: bool, home: bool = True) -> tuple[Posted, ...]:
        """Give the posts made last; with `private` also those in channels that have only a number.

        Without `home`, those of the default channel are left out.
        """
        made = outbox.c.state == EntryState.SENT.value
        query = _posts().where(made, alerts.c.message_id.is_not(None)).order_by(outbox.c.number.desc())
        if not private:
            query = query.where((alerts.c.channel == "") | alerts.c.channel.startswith("@"))
        if not home:
            query = query.where(alerts.c.channel != "")
        return self._read(query.limit(limit))

    def post(self, alert: str) -> Posted | None:
        """Give the post of an alert, made or not; None where there is none."""
        query = _posts().where(alerts.c.id == alert).order_by(outbox.c.number.desc()).limit(1)
        return next(iter(self._read(query)), None)

    def alerts(self, subject: str) -> tuple[Alert, ...]:
        """Give the alerts about a contact, or a story, the eldest first."""
        query = select(alerts).where(alerts.c.subject == subject).order_by(alerts.c.created_at, alerts.c.id)
        with self._database.read() as connection:
            return tuple(rows.alert(row) for row in connection.execute(query))

    def posts_under(self, message: int) -> tuple[Posted, ...]:
        """Give the posts that bear this number, each in another channel."""
        return self._read(_posts().where(alerts.c.message_id == message, outbox.c.message_id == message))

    def held(self) -> tuple[Posted, ...]:
        """Give the posts that wait for an editor, the eldest first."""
        query = _posts().where(outbox.c.state == EntryState.HELD.value)
        return self._read(query.order_by(outbox.c.number))

    def posts_after(self, number: int, also: Iterable[int] = ()) -> tuple[Posted, ...]:
        """Give the first posts queued after the entry of this number, and those of other numbers."""
        # Two questions: of one with OR, asked every second, SQLite makes a walk through the whole outbox.
        after = _posts().where(outbox.c.number > number).order_by(outbox.c.number)
        others = sorted(one for one in also if one <= number)
        named = _posts().where(outbox.c.number.in_(others)).order_by(outbox.c.number)
        return (*(self._read(named) if others else ()), *self._read(after))

    def still_held(self, numbers: Iterable[int]) -> frozenset[int]:
        """Say which of these entries wait for an editor."""
        waiting = outbox.c.state == EntryState.HELD.value
        query = select(outbox.c.number).where(outbox.c.number.in_(sorted(numbers)), waiting)
        with self._database.read() as connection:
            return frozenset(connection.execute(query).scalars())

    def newest_entry(self) -> int:
        """Give the highest number of an outbox entry; 0 where there is none."""
        with self._database.read() as connection:
            return connection.execute(select(func.max(outbox.c.number))).scalar() or 0

    def contacts(self, search: Search) -> tuple[Contact, ...]:
        """Give the contacts asked for, the latest day first."""
        with self._database.read() as connection:
            meant = (row for row in connection.execute(_contacts(search)) if _is_meant(row, search))
            chosen = list(islice(meant, search.limit))
            return tuple(rows.contact(row, reports_of(connection, row.id)) for row in chosen)

    def contact(self, name: str) -> Contact | None:
        """Give a contact by its id, or the one that it proved to be; None where there is none."""
        with self._database.read() as connection:
            return standing_contact(connection, name)

    def stories(self, names: Iterable[str]) -> tuple[Story, ...]:
        """Give these stories, the eldest first."""
        query = select(stories).where(stories.c.id.in_(list(names)))
        with self._database.read() as connection:
            found = connection.execute(query.order_by(stories.c.instant, stories.c.arrival))
            return tuple(rows.story(row) for row in found)

    def reports_by(self, names: Iterable[str]) -> tuple[Report, ...]:
        """Give the reports that these stories make, in the order of each story's words."""
        query = select(reports).where(reports.c.story.in_(list(names))).order_by(reports.c.arrival)
        with self._database.read() as connection:
            return tuple(rows.report(row) for row in connection.execute(query))

    def rulings(self) -> tuple[Ruling, ...]:
        """Give every ruling that was not taken back, the earliest first."""
        query = select(rulings).where(rulings.c.undone_at.is_(None)).order_by(rulings.c.at, rulings.c.id)
        with self._database.read() as connection:
            return tuple(rows.ruling(row) for row in connection.execute(query))

    def ruling(self, name: str) -> Ruling | None:
        """Give a ruling by its id, taken back or not; None where there is none."""
        with self._database.read() as connection:
            row = connection.execute(select(rulings).where(rulings.c.id == name)).one_or_none()
            return None if row is None else rows.ruling(row)

    def backlog(self) -> Backlog:
        """Count the outbox by state, with the newest fault of an entry that is not done."""
        states = select(outbox.c.state, func.count()).group_by(outbox.c.state)
        undone = (EntryState.DUE, EntryState.SENDING, EntryState.UNKNOWN, EntryState.REFUSED)
        faults = outbox.c.error.is_not(None), outbox.c.state.in_([state.value for state in undone])
        fault = select(outbox.c.error).where(*faults).order_by(outbox.c.number.desc()).limit(1)
        with self._database.read() as connection:
            counted = tuple((EntryState(state), number) for state, number in connection.execute(states))
            return Backlog(counted, connection.execute(fault).scalar())

    def overdue(self, now: datetime) -> Overdue:
        """Give the posts and replies that should have been made by now, and are not.

        What waits for the morning or for an editor is not among them, nor are edits,
        nor replies whose post is not made yet.
        """
        post = outbox.c.kind == Kind.POST.value
        reply = (outbox.c.kind == Kind.REPLY.value) & alerts.c.message_id.is_not(None)
        query = (
            select(outbox.c.created_at, outbox.c.error, alerts.c.due_at)
            .join(alerts, alerts.c.id == outbox.c.alert)
            .where(UNFINISHED, post | reply, (outbox.c.not_before <= now) | (outbox.c.attempts > 0))
            .order_by(outbox.c.number.desc())
        )
        with self._database.read() as connection:
            late = connection.execute(query).all()
        since = [max(row.created_at, row.due_at or row.created_at) for row in late]
        error = next((row.error for row in late if row.error is not None), None)
        return Overdue(len(late), min(since, default=None), error)

    def _read(self, query: Select[rows.AnyTuple]) -> tuple[Posted, ...]:
        with self._database.read() as connection:
            found = connection.execute(query).all()
            moved = {row.channel: row.moved_to for row in connection.execute(select(chats))} if found else {}
            return tuple(_posted(row, moved) for row in found)


def reports_of(connection: Connection, contact: str) -> tuple[Report, ...]:
    """Give the reports now assigned to a contact, in their order."""
    query = select(reports).where(reports.c.contact == contact).order_by(reports.c.place, reports.c.arrival)
    return tuple(rows.report(row) for row in connection.execute(query))


def standing_contact(connection: Connection, name: str) -> Contact | None:
    """Give a contact by its id, or the one that it proved to be; None where there is none that is told."""
    for _ in range(_HOPS):
        row = connection.execute(select(contacts).where(contacts.c.id == name)).one_or_none()
        if row is None:
            return None
        if row.merged_into is None:
            told = reports_of(connection, name)
            return rows.contact(row, told) if told else None
        name = row.merged_into
    return None


def _posts() -> Select[rows.AnyTuple]:
    """Select first posts with their alerts, but for summaries; a superseded one is another's business."""
    entry = (outbox.c.number, outbox.c.state, outbox.c.created_at.label("queued_at"), outbox.c.tried_at)
    first = outbox.c.kind == Kind.POST.value
    living = outbox.c.state != EntryState.SUPERSEDED.value
    alone = (alerts.c.subject.not_like(summary) for summary in _SUMMARIES)
    return select(alerts, *entry).join(outbox, outbox.c.alert == alerts.c.id).where(first, living, *alone)


def _posted(row: rows.AnyRow, moved: dict[str, str]) -> Posted:
    place = moved.get(row.channel, row.channel)
    return Posted(rows.alert(row), place, row.number, EntryState(row.state), row.tried_at or row.queued_at)


def _contacts(search: Search) -> Select[rows.AnyTuple]:
    """Select what may be meant; the database sorts out what surely is not, by plain text."""
    day = func.coalesce(contacts.c.day, contacts.c.by)
    reported = select(reports.c.id).where(reports.c.contact == contacts.c.id).exists()
    query = select(contacts).where(contacts.c.merged_into.is_(None), reported)
    if search.since is not None:
        query = query.where(day >= search.since)
    for party in search.parties:
        offices = [contacts.c.offices.contains(str(one.office), autoescape=True) for one in party]
        query = query.where(or_(false(), *offices))
    return query.order_by(day.desc(), contacts.c.entered_at.desc(), contacts.c.id)


def _is_meant(row: rows.AnyRow, search: Search) -> bool:
    """Whether every party is at the table of a contact."""
    table = rows.contact(row, ()).participants
    return all(any(_is(party, one) for party in parties for one in table) for parties in search.parties)


def _is(party: Party, one: Participant) -> bool:
    return party.office == one.office and party.person in {None, one.person}
