"""Quiet hours: until when a first post waits, and what a channel hears when they end. Pure.

One post of a night rings in the morning as itself. Two or more go out without a
sound, and one summary after them rings for all.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.matching.parties import fits
from bot.model.alert import Alert
from bot.model.channel import Channel, Quiet
from bot.model.claim import Status
from bot.model.contact import Contact
from bot.model.watchlist import Ring, WatchList

SUBJECT = "night "
"""A summary is an alert of the subject "night <day on which it rings>"."""


@dataclass(frozen=True, slots=True)
class Morning:
    """What changes so that a channel hears rightly of a night: alerts that ring now, or fall silent.

    `heads` are the alerts that the summary lists, none where there is to be none.
    """

    changed: tuple[Alert, ...] = ()
    heads: tuple[Alert, ...] = ()


def waits(channel: Channel, now: datetime, zone: ZoneInfo, *, urgent: bool) -> datetime | None:
    """Say until when what would ring in a channel now has to wait; None where it need not.

    Hours are those of the clocks on the wall: a night in which they are changed
    is an hour longer or shorter. An hour told twice is the first one.
    """
    if channel.quiet is None or urgent:
        return None
    today = now.astimezone(zone).date()
    spans = (_span(channel.quiet, day, zone) for day in (today - timedelta(days=1), today))
    return next((end for start, end in spans if start <= now < end), None)


def urgent_contact(contact: Contact, watchlist: WatchList, channel: str) -> bool:
    """Whether a watch that rings in quiet hours too wants a contact told in a channel."""
    keys = frozenset(key for report in contact.reports for key in report.watches)
    return any(
        watch.urgent and watch.ring is Ring.CONTACTS and watch.key in keys and channel in watch.channels
        for watch in watchlist.watches
        if fits(watch, contact.participants, contact.medium)
    )


def urgent_story(watches: frozenset[str], watchlist: WatchList, channel: str) -> bool:
    """Whether a watch that rings in quiet hours too wants a story told; `watches` are the keys it matches."""
    beats = (watch for watch in watchlist.watches if watch.ring is Ring.STORIES and watch.key in watches)
    return any(watch.urgent and channel in watch.channels for watch in beats)


def stands(alert: Alert) -> bool:
    """Whether an alert tells of what took place, as far as it says so."""
    return alert.shown is None or alert.shown.status in {Status.HELD, Status.PLANNED}


def subject_of(due_at: datetime, zone: ZoneInfo) -> str:
    """Name the summary of the night that ends then."""
    return f"{SUBJECT}{due_at.astimezone(zone).date()}"


def morning(alerts: Iterable[Alert]) -> Morning:
    """Say what a channel is to hear of the alerts that wait for the same morning, the eldest first.

    Those that wait for an editor, are withdrawn, or only announce a plan do not count.
    """
    ringing = tuple(alert for alert in alerts if _rings(alert))
    several = len(ringing) > 1
    changed = tuple(replace(alert, silent=several) for alert in ringing if alert.silent is not several)
    return Morning(changed, ringing if several else ())


def listed(alerts: Iterable[Alert]) -> tuple[Alert, ...]:
    """Give the alerts that the summary of a night that is over listed: those it made silent."""
    return tuple(alert for alert in alerts if _counts(alert) and alert.silent)


def _rings(alert: Alert) -> bool:
    return _counts(alert) and (alert.shown is None or alert.shown.status is Status.HELD)


def _counts(alert: Alert) -> bool:
    return alert.merged_into is None and not alert.held and not alert.subject.startswith(SUBJECT)


def _span(quiet: Quiet, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Give the quiet hours that begin on a day, as instants."""
    end_day = day if quiet.end > quiet.start else day + timedelta(days=1)
    return _instant(day, quiet.start, zone), _instant(end_day, quiet.end, zone)


def _instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)
