"""A channel's weekly digest: what it was told of in the seven days before.

    alerts of the channel ─▶ contacts that stand and took place ─▶ one silent post

Safe to run again: the digest of a week and channel is one alert, whose id is
derived. Nothing in a week makes a digest too: that Draht heard of no contact is
what a reader who missed a day wants to know.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.alerts.ringing import first_alert
from bot.contacts.ruled import ruled
from bot.model.alert import Alert
from bot.model.claim import Status
from bot.model.contact import Contact
from bot.pipeline.desk import Desk
from bot.ports import Ledger, Store

WEEK = timedelta(days=7)
AHEAD = timedelta(days=31)
"""So long before it took place a contact may have been announced."""


@dataclass(frozen=True, slots=True)
class Span:
    """The week that ends at an instant, by the clocks on the wall: no hour is missed when they change."""

    until: datetime
    zone: ZoneInfo

    @property
    def since(self) -> datetime:
        """The instant at which it begins."""
        return (self.until.astimezone(self.zone) - WEEK).astimezone(self.until.tzinfo)

    @property
    def subject(self) -> str:
        """Name the ISO week that most of it lies in: each digest's own, on whatever day it comes."""
        year, week, _ = (self.until.astimezone(self.zone) - WEEK / 2).isocalendar()
        return f"week {year}-W{week:02}"

    @property
    def days(self) -> tuple[date, date]:
        """Give the days on which it begins and ends."""
        return self.since.astimezone(self.zone).date(), self.until.astimezone(self.zone).date()


def digest(channel: str, until: datetime, desk: Desk, store: Store, now: datetime) -> Alert | None:
    """Queue a channel's digest of the week that ends at an instant; None where it had been made."""
    span = Span(until, ZoneInfo(desk.watchlist.timezone))
    with store.ledger() as ledger:
        if any(alert.channel == channel for alert in ledger.alerts([span.subject])):
            return None
        told = _told(ledger, channel, span)
        posts = {one.subject: one.message_id for one in told.values() if one.message_id is not None}
        body = desk.writer.digest(_contacts(ledger, told, span), span.days, channel, posts)
        alert = replace(first_alert(span.subject, channel, body, now, desk.watchlist.revision), silent=True)
        ledger.tell(alert, now)
    return alert


def _told(ledger: Ledger, channel: str, span: Span) -> Mapping[str, Alert]:
    """Give the alerts of a channel that the week may be about, by what they tell of."""
    made = ledger.told_between(channel, span.since - AHEAD, span.until)
    return {alert.subject: alert for alert in made if alert.merged_into is None and not alert.held}


def _contacts(ledger: Ledger, told: Mapping[str, Alert], span: Span) -> tuple[Contact, ...]:
    """Give the contacts that a channel was told of in a week, as editors have put them right."""
    found = (ruled(contact, ledger.rulings([contact.id])) for contact in ledger.contacts(told))
    held = (one.contact for one in found if one.stands and one.contact.status is Status.HELD)
    return tuple(contact for contact in held if _belongs(contact, told[contact.id].created_at, span))


def _belongs(contact: Contact, made_at: datetime, span: Span) -> bool:
    """Whether its post was made in the week, or what had been announced was told to have taken place."""
    return made_at >= span.since or span.since <= min(_held(contact), default=made_at) < span.until


def _held(contact: Contact) -> Iterable[datetime]:
    return (report.instant for report in contact.reports if report.claim.status is Status.HELD)
