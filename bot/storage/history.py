"""What the command line reads from the store: counts, contacts, what was made of a story."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, Select, Table, TextClause, and_, case, func, select, true

from bot.model.alert import EntryState, Kind
from bot.model.article import PageRecord
from bot.model.claim import Recognition, Status, Verdict
from bot.model.contact import Contact, Report
from bot.model.decision import Decision
from bot.model.story import Story
from bot.pipeline.health import Day
from bot.storage import pages, payload, rows
from bot.storage.engine import Database
from bot.storage.tables import UNFINISHED, UNREAD, alerts, contacts, feeds, outbox, reports, stories, watches


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the store holds; `pending` and `refused` are outbox entries."""

    feeds: int
    stories: int
    unread: int
    contacts: int
    alerts: int
    pending: int
    refused: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A story as it was read and what was made of it; `recognition` is None while it is unread.

    `page` tells what became of its page, None where that was not wanted.
    """

    story: Story
    recognition: Recognition | None
    decisions: tuple[Decision, ...]
    page: PageRecord | None = None


class History:
    """Reads, each one consistent view, that write nothing and wait for nobody."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def counts(self) -> Counts:
        """Count what the store holds."""
        with self._database.read() as connection:
            return Counts(
                feeds=_count(connection, feeds),
                stories=_count(connection, stories),
                unread=_count(connection, stories, UNREAD),
                contacts=_count(connection, contacts, _standing()),
                alerts=_count(connection, alerts),
                pending=_count(connection, outbox, UNFINISHED),
                refused=_count(connection, outbox, outbox.c.state == EntryState.REFUSED.value),
            )

    def contacts(self, first: date = date.min, last: date = date.max) -> tuple[Contact, ...]:
        """Give the contacts of these days in order, each with its reports.

        One whose day is not told stands at the latest day it can have been.
        """
        day = func.coalesce(contacts.c.day, contacts.c.by)
        chosen = select(contacts).where(_standing(), day.between(first, last))
        query = chosen.order_by(day, contacts.c.offices, contacts.c.id)
        told = (
            select(reports)
            .where(reports.c.contact.in_(chosen.with_only_columns(contacts.c.id)))
            .order_by(reports.c.place, reports.c.arrival)
        )
        with self._database.read() as connection:
            by_contact: dict[str, list[Report]] = {}
            for row in connection.execute(told):
                by_contact.setdefault(row.contact, []).append(rows.report(row))
            return tuple(rows.contact(row, by_contact[row.id]) for row in connection.execute(query))

    def entered_unposted(self, since: datetime) -> int:
        """Count the held contacts entered since then that concern a watch and made no post.

        They were older than `max_age` when they first fitted (DESIGN.md §4.5).
        """
        posted = select(alerts.c.id).where(alerts.c.subject == contacts.c.id).exists()
        watched = select(reports.c.id).where(reports.c.contact == contacts.c.id, reports.c.watched).exists()
        held = contacts.c.status == Status.HELD.value
        entered = contacts.c.entered_at >= since
        with self._database.read() as connection:
            return _count(connection, contacts, _standing(), held, entered, watched, ~posted)

    def since(self, instant: datetime) -> Day:
        """Count what was published, entered and posted since then."""
        posted = (outbox.c.kind == Kind.POST.value) & (outbox.c.state == EntryState.SENT.value)
        with self._database.read() as connection:
            return Day(
                stories=_count(connection, stories, stories.c.instant >= instant),
                contacts=_count(connection, contacts, _standing(), contacts.c.entered_at >= instant),
                posts=_count(connection, outbox, posted, outbox.c.created_at >= instant),
            )

    def body(self, alert: str) -> str | None:
        """Give the newest words of an alert; None where it is not known."""
        with self._database.read() as connection:
            return connection.execute(select(alerts.c.body).where(alerts.c.id == alert)).scalar()

    def of_contacts(self, since: datetime, limit: int) -> tuple[Story, ...]:
        """Give the newest stories since then that speak of contacts, held or not."""
        speaks = stories.c.verdict != Verdict.NONE.value
        query = select(stories).where(stories.c.instant >= since, speaks)
        with self._database.read() as connection:
            newest = connection.execute(query.order_by(stories.c.instant.desc()).limit(limit))
            return tuple(rows.story(row) for row in newest)

    def tellings(self, since: datetime | None, *, every: bool) -> Iterator[tuple[Story, Recognition | None]]:
        """Give the stories of contacts since then, or `every` one, in order of time, with what they say.

        That is None of a story that is unread. Few rows are in memory at a time.
        """
        known = case((stories.c.verdict.in_(_TELLING), stories.c.recognition), else_=None)
        query: Select[rows.AnyTuple] = select(*_STORY, stories.c.verdict, known.label("recognition"))
        query = query.where(_wanted(since, every=every)).order_by(stories.c.instant, stories.c.arrival)
        with self._database.read() as connection:
            for row in connection.execute(query, execution_options={"yield_per": _AT_ONCE}):
                yield rows.story(row), _recognised(row)

    def told(self, since: datetime | None, *, every: bool) -> tuple[int, int]:
        """Count the stories since then, and those of them that `tellings` gives."""
        with self._database.read() as connection:
            of_all = _count(connection, stories, _wanted(since, every=True))
            return of_all, of_all if every else _count(connection, stories, _wanted(since, every=False))

    def stories(self, names: Sequence[str]) -> tuple[Story, ...]:
        """Give these stories, the eldest first."""
        query = select(stories).where(stories.c.id.in_(names)).order_by(stories.c.instant, stories.c.arrival)
        with self._database.read() as connection:
            return tuple(rows.story(row) for row in connection.execute(query))

    def newest(self, limit: int) -> tuple[Story, ...]:
        """Give the stories published last, the newest first."""
        query = select(stories).order_by(stories.c.instant.desc()).limit(limit)
        with self._database.read() as connection:
            return tuple(rows.story(row) for row in connection.execute(query))

    def oldest(self) -> datetime | None:
        """Say when the eldest story was published; None where there is none."""
        query = select(stories.c.instant).order_by(stories.c.instant).limit(1)
        with self._database.read() as connection:
            return connection.execute(query).scalar()

    def rang_for_stories(self, channels: Sequence[str], since: datetime) -> bool:
        """Whether a story has rung for itself in any of these channels since then."""
        of_story = select(stories.c.id).where(stories.c.id == alerts.c.subject).exists()
        query = select(alerts.c.id).where(
            alerts.c.channel.in_(channels), alerts.c.created_at >= since, of_story
        )
        with self._database.read() as connection:
            return connection.execute(query.limit(1)).first() is not None

    def known_since(self, watch: str) -> datetime | None:
        """Say since when a watch has been in force, by its key; None where it never was."""
        query = select(watches.c.since).where(watches.c.key == watch)
        with self._database.read() as connection:
            return connection.execute(query).scalar()

    def reading(self, story: str) -> Reading | None:
        """Give a story by its id or address and what was made of it; None where it is not known."""
        query = select(stories).where((stories.c.id == story) | (stories.c.url == story)).limit(1)
        with self._database.read() as connection:
            row = connection.execute(query).one_or_none()
            return None if row is None else _reading(row, pages.record(connection, row.id))


_TELLING = [verdict.value for verdict in (Verdict.CONTACT, Verdict.PLANNED, Verdict.DENIED)]
_AT_ONCE = 500
_STORY = [column for column in stories.c if column.name not in {"recognition", "decisions", "verdict"}]


def _wanted(since: datetime | None, *, every: bool) -> ColumnElement[bool]:
    of_contacts = stories.c.verdict.in_(_TELLING) | stories.c.verdict.is_(None)
    return and_(
        true() if since is None else stories.c.instant >= since,
        true() if every else of_contacts,
    )


def _recognised(row: rows.AnyRow) -> Recognition | None:
    if row.verdict is None:
        return None
    known = row.recognition
    return Recognition(Verdict(row.verdict)) if known is None else payload.recognition_from(known)


def _reading(row: rows.AnyRow, page: PageRecord | None) -> Reading:
    recognition = None if row.recognition is None else payload.recognition_from(row.recognition)
    decisions: Sequence[payload.Document] = row.decisions or ()
    decided = tuple(payload.decision_from(one) for one in decisions)
    return Reading(rows.story(row), recognition, decided, page)


def _standing() -> ColumnElement[bool]:
    """Hold for the contacts that still are one: not merged, and reported."""
    reported = select(reports.c.id).where(reports.c.contact == contacts.c.id).exists()
    return contacts.c.merged_into.is_(None) & reported


def _count(connection: Connection, table: Table, *conditions: ColumnElement[bool] | TextClause) -> int:
    return connection.execute(select(func.count()).select_from(table).where(*conditions)).scalar_one()
