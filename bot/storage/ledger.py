"""The contact store inside one locked transaction (the Ledger port)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, func, or_, select, update

from bot.model.alert import Alert, Reply, Standing
from bot.model.article import WantedPage
from bot.model.claim import Recognition, Status
from bot.model.contact import Contact, Report
from bot.model.decision import Decision
from bot.model.office import Office
from bot.model.ruling import Ruling, Wrong
from bot.model.story import Story
from bot.storage import outbox, pages, payload, rows
from bot.storage.archive import reports_of, standing_contact
from bot.storage.engine import put
from bot.storage.tables import OF_MANY, alerts, contacts, reports, rulings, stories, watches


class SqlLedger:
    """Decides nothing: reads what a decision needs and writes what was decided.

    Lives no longer than the locked transaction of the connection it is given.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def reports(self, offices: frozenset[Office], first: date, last: date) -> tuple[Report, ...]:
        """Give all reports that may speak of the same contacts, the earliest instant first."""
        query = (
            select(reports)
            .where(reports.c.by.between(first, last))
            .order_by(reports.c.instant, reports.c.arrival)
        )
        pair = len(offices) == 2  # noqa: PLR2004  three and more are told by whom they share
        near = query.where(reports.c.offices == rows.offices_key(offices)) if pair else query.where(OF_MANY)
        found = (rows.report(row) for row in self._connection.execute(near))
        return tuple(one for one in found if len(one.claim.offices & offices) >= 2)  # noqa: PLR2004

    def told_by(self, story: str) -> tuple[Report, ...]:
        """Give the reports that a story makes, in the order of its words."""
        query = select(reports).where(reports.c.story == story).order_by(reports.c.arrival)
        return tuple(rows.report(row) for row in self._connection.execute(query))

    def decided(self, stories_: Iterable[str]) -> Mapping[str, tuple[Decision, ...]]:
        """Give what was decided about these stories; those never read are left out."""
        read = stories.c.decisions.is_not(None)
        query = select(stories.c.id, stories.c.decisions).where(stories.c.id.in_(list(stories_)), read)
        return {
            row.id: tuple(payload.decision_from(one) for one in row.decisions)
            for row in self._connection.execute(query)
        }

    def entered(self, contacts_: Iterable[str]) -> Mapping[str, datetime]:
        """When each of these contacts was entered; unknown ones are left out."""
        query = select(contacts.c.id, contacts.c.entered_at).where(contacts.c.id.in_(list(contacts_)))
        return {row.id: row.entered_at for row in self._connection.execute(query)}

    def held_before(self, offices: frozenset[Office], day: date, other_than: str) -> Contact | None:
        """Give the held contact of exactly these offices with the latest day before `day`.

        One that an editor ruled out does not count, here and below.
        """
        query = (
            _held(offices)
            .where(contacts.c.day < day, contacts.c.id != other_than)
            .order_by(contacts.c.day.desc(), contacts.c.id)
            .limit(1)
        )
        return next(iter(self._contacts(query)), None)

    def held_after(self, offices: frozenset[Office], day: date) -> tuple[Contact, ...]:
        """Give the held contacts of exactly these offices on the nearest day after `day`.

        Those without a day whose `by` lies no later come too: their post shows
        the same previous contact.
        """
        held = _held(offices)
        days = held.where(contacts.c.day > day).with_only_columns(func.min(contacts.c.day))
        nearest = self._connection.execute(days).scalar() or date.max
        undated = contacts.c.day.is_(None) & (contacts.c.by > day) & (contacts.c.by <= nearest)
        following = held.where((contacts.c.day == nearest) | undated)
        return self._contacts(following.order_by(func.coalesce(contacts.c.day, contacts.c.by), contacts.c.id))

    def contact(self, name: str) -> Contact | None:
        """Give a contact by its id, or the one that it proved to be; None where there is none."""
        return standing_contact(self._connection, name)

    def alert(self, name: str) -> Alert | None:
        """Give an alert by its id; None where there is none."""
        row = self._connection.execute(select(alerts).where(alerts.c.id == name)).one_or_none()
        return None if row is None else rows.alert(row)

    def withhold(self, alert: str, *, for_good: bool) -> bool:
        """Reject the post that waits for an editor, or let a rejected one wait again; say if one did."""
        return outbox.withhold(self._connection, alert, for_good=for_good)

    def alerts(self, subjects: Iterable[str]) -> tuple[Alert, ...]:
        """Give the alerts about these contacts (or stories), the eldest first."""
        query = (
            select(alerts)
            .where(alerts.c.subject.in_(list(subjects)))
            .order_by(alerts.c.created_at, alerts.c.id)
        )
        return tuple(rows.alert(row) for row in self._connection.execute(query))

    def due_together(self, channel: str, due_at: datetime) -> tuple[Alert, ...]:
        """Give the alerts of a channel that were to wait until the same instant, the eldest first."""
        return self._alerts_of(channel, alerts.c.due_at == due_at)

    def told_between(self, channel: str, since: datetime, until: datetime) -> tuple[Alert, ...]:
        """Give the alerts of a channel that were made from `since` to before `until`, the eldest first."""
        return self._alerts_of(channel, alerts.c.created_at >= since, alerts.c.created_at < until)

    def contacts(self, ids: Iterable[str]) -> tuple[Contact, ...]:
        """Give these contacts as they stand, by their day; those that are none any more are left out."""
        reported = select(reports.c.id).where(reports.c.contact == contacts.c.id).exists()
        standing = contacts.c.id.in_(list(ids)) & contacts.c.merged_into.is_(None) & reported
        by_day = func.coalesce(contacts.c.day, contacts.c.by)
        return self._contacts(select(contacts).where(standing).order_by(by_day, contacts.c.id))

    def watches_since(self, keys: Iterable[str]) -> Mapping[str, datetime]:
        """Since when each of these watches has been known; unknown ones are left out."""
        query = select(watches).where(watches.c.key.in_(list(keys)))
        return {row.key: row.since for row in self._connection.execute(query)}

    def near_stories(self, story: Story, within: timedelta) -> tuple[Story, ...]:
        """Give the stories that already rang for themselves, published within this time of the story.

        Earlier or later: a wire copy may reach Draht before the original does.
        """
        query = (
            select(stories)
            .where(stories.c.id.in_(select(alerts.c.subject)), stories.c.id != story.id)
            .where(stories.c.instant.between(story.instant - within, story.instant + within))
            .order_by(stories.c.instant, stories.c.arrival)
        )
        return tuple(rows.story(row) for row in self._connection.execute(query))

    def enter(self, contact: Contact, now: datetime) -> None:
        """Write a contact as it now stands, with the assignment of all its reports.

        `now` counts at its first entry only.
        """
        entered = {**rows.contact_values(contact), "entered_at": now}
        put(self._connection, contacts, entered, "id", once=["entered_at"])
        for place, report in enumerate(contact.reports):
            put(self._connection, reports, rows.report_values(report, contact.id, place), "id")

    def drop(self, reports_: Iterable[str]) -> None:
        """Take out reports that their story makes no longer."""
        if gone := list(reports_):
            self._connection.execute(delete(reports).where(reports.c.id.in_(gone)))

    def merge(self, younger: str, elder: str) -> None:
        """Write that two contacts proved to be one: its reports and alerts are the elder's now.

        An alert of the younger points to the elder's in the same channel, and
        is withdrawn if its post had not begun; without such a one it becomes the elder's.
        """
        absorbed = update(contacts).where((contacts.c.id == younger) | (contacts.c.merged_into == younger))
        self._connection.execute(absorbed.values(merged_into=elder))
        self._connection.execute(update(reports).where(reports.c.contact == younger).values(contact=elder))
        of_elder = {alert.channel: alert.id for alert in self.alerts([elder]) if alert.merged_into is None}
        for alert in self.alerts([younger]):
            self._point(alert, of_elder.get(alert.channel), elder)

    def tell(self, alert: Alert, now: datetime, reply: Reply | None = None) -> None:
        """Write the alert as it now is and queue what follows from it (see `bot.alerts.queue`)."""
        stored = self._connection.execute(select(alerts).where(alerts.c.id == alert.id)).one_or_none()
        # The sender may have learnt the post's number after the alert was read.
        known = alert if stored is None else replace(alert, message_id=stored.message_id or alert.message_id)
        put(self._connection, alerts, rows.alert_values(known), "id")
        outbox.settle(self._connection, known, now)
        if reply is not None:
            outbox.answer(self._connection, known, reply, now)

    def standing(self, alert: str) -> Standing:
        """Say how far an alert has been told."""
        return outbox.standing(self._connection, alert)

    def rulings(self, contacts_: Iterable[str]) -> tuple[Ruling, ...]:
        """Give what editors have ruled on these contacts and not taken back, the earliest first."""
        chosen = rulings.c.contact.in_(list(contacts_)), rulings.c.undone_at.is_(None)
        query = select(rulings).where(*chosen).order_by(rulings.c.at, rulings.c.id)
        return tuple(rows.ruling(row) for row in self._connection.execute(query))

    def rule(self, ruling: Ruling) -> None:
        """Write a ruling, or that it was taken back; one written before is replaced."""
        put(self._connection, rulings, rows.ruling_values(ruling), "id")

    def close_story(self, story: Story, recognition: Recognition, decisions: Sequence[Decision]) -> None:
        """Write what was made of a story; one that came past the feeds is kept as well.

        One that tells something else since it was taken up to be read stays unread.
        """
        made = {
            "verdict": recognition.verdict.value,
            "recognition": payload.recognition_document(recognition),
            "decisions": [payload.decision_document(one) for one in decisions],
        }
        values = rows.story_values(story)
        put(self._connection, stories, {**values, **made}, "id", once=values)
        text = func.coalesce(stories.c.article, stories.c.text)
        changed = or_(stories.c.title != story.title, text != story.text)
        anew = update(stories).where(stories.c.id == story.id, changed).values(verdict=None)
        self._connection.execute(anew)

    def want_page(self, page: WantedPage, now: datetime) -> None:
        """Note that the page of a story is wanted; one that was wanted before is left as it is."""
        pages.want(self._connection, page, now)

    def _alerts_of(self, channel: str, *conditions: ColumnElement[bool]) -> tuple[Alert, ...]:
        query = select(alerts).where(alerts.c.channel == channel, *conditions)
        in_order = self._connection.execute(query.order_by(alerts.c.created_at, alerts.c.id))
        return tuple(rows.alert(row) for row in in_order)

    def _contacts(self, query: Select[rows.AnyTuple]) -> tuple[Contact, ...]:
        """Read contacts with the reports now assigned to each."""
        found = self._connection.execute(query).all()
        return tuple(rows.contact(row, reports_of(self._connection, row.id)) for row in found)

    def _point(self, alert: Alert, to: str | None, elder: str) -> None:
        pointed = replace(alert, subject=elder) if to is None else replace(alert, merged_into=to)
        put(self._connection, alerts, rows.alert_values(pointed), "id")
        outbox.settle(self._connection, pointed, alert.created_at)


def _held(offices: frozenset[Office]) -> Select[rows.AnyTuple]:
    """Select the contacts of exactly these offices that took place and still stand."""
    reported = select(reports.c.id).where(reports.c.contact == contacts.c.id).exists()
    same = contacts.c.offices == rows.offices_key(offices)
    held = contacts.c.status == Status.HELD.value
    return select(contacts).where(and_(same, held, contacts.c.merged_into.is_(None), reported, ~_ruled_out()))


def _ruled_out() -> ColumnElement[bool]:
    """Whether an editor's word on a contact is that it is none, or none of its own."""
    of_contact = rulings.c.contact == contacts.c.id
    wrong = rulings.c.wrong.in_([Wrong.CONTACT.value, Wrong.DUPLICATE.value])
    return select(rulings.c.id).where(of_contact, wrong, rulings.c.undone_at.is_(None)).exists()
