"""Which channels a contact concerns, and whether it rings there. Pure.

A contact rings once a channel: a first post (DESIGN.md §4.5). Whatever comes
later edits that post, at most. A planned one is announced without a sound
where a watch asks for it; that it took place then rings in a reply.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.matching.parties import fits
from bot.model.alert import Alert
from bot.model.claim import Status
from bot.model.contact import Contact
from bot.model.story import derived_id
from bot.model.watchlist import Ring, Watch, WatchList


class HeldBack(StrEnum):
    """Why a contact that concerns a channel makes no post there."""

    TOO_OLD = "older than max_age"
    NEW_WATCH = "known before the watch was"
    UNDATED = "told only by undated stories from the first look at a feed"
    PASSED = "planned for a day that has passed"
    RULED_OUT = "ruled out by an editor"


@dataclass(frozen=True, slots=True)
class Scene:
    """What ringing depends on beside contact and watch-list.

    `since` says since when each watch has been known, `entered_at` when the
    contact was entered (`now` for a new one).
    """

    now: datetime
    entered_at: datetime
    since: Mapping[str, datetime]


@dataclass(frozen=True, slots=True)
class Post:
    """The contact rings in this channel, or is announced there: `silent`."""

    channel: str
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """The channel has a post on the contact, which shall say what is known now."""

    alert: Alert


@dataclass(frozen=True, slots=True)
class Hold:
    """The contact concerns the channel and makes no post there."""

    channel: str
    reason: HeldBack


Call = Post | Edit | Hold


def calls(contact: Contact, watchlist: WatchList, alerts: Iterable[Alert], scene: Scene) -> tuple[Call, ...]:
    """Say what to do in each channel that a contact concerns or has a post in, in a stable order.

    A contact that is denied or cancelled makes no first post, one that is only
    planned where a watch announces plans. Watches with one channel make one post.
    """
    told = living(alerts)
    edits = tuple(Edit(alert) for _, alert in sorted(told.items()))
    rings = tuple(
        _ring(channel, contact.status, _reason(contact, watches, watchlist, scene))
        for channel, watches in _asked_for(contact, watchlist).items()
        if channel not in told
    )
    return (*edits, *rings)


def ruled_out(contact: Contact, watchlist: WatchList, alerts: Iterable[Alert]) -> tuple[Call, ...]:
    """Say what to do where an editor ruled that a contact is none of its own: it never rings."""
    told = living(alerts)
    edits = tuple(Edit(alert) for _, alert in sorted(told.items()))
    wanting = (channel for channel in _asked_for(contact, watchlist) if channel not in told)
    return (*edits, *(Hold(channel, HeldBack.RULED_OUT) for channel in wanting))


def concerns(contact: Contact, watchlist: WatchList) -> bool:
    """Whether a contact fits any watch that rings for contacts."""
    return bool(_wanting(contact, watchlist))


def living(alerts: Iterable[Alert]) -> dict[str, Alert]:
    """Give the alert of each channel; one that points elsewhere lives again where there is no other."""
    pointing_first = sorted(alerts, key=lambda alert: alert.merged_into is None)
    return {alert.channel: replace(alert, merged_into=None) for alert in pointing_first}


def _asked_for(contact: Contact, watchlist: WatchList) -> dict[str, list[Watch]]:
    """Give the channels that want a first post on a contact of this status, with the watches that do."""
    wanting = _wanting(contact, watchlist)
    match contact.status:
        case Status.HELD:
            return wanting
        case Status.PLANNED:
            announcing = {channel: [w for w in watches if w.announce] for channel, watches in wanting.items()}
            return {channel: watches for channel, watches in announcing.items() if watches}
        case Status.DENIED | Status.CANCELLED:
            return {}


def _wanting(contact: Contact, watchlist: WatchList) -> dict[str, list[Watch]]:
    keys = frozenset(key for report in contact.reports for key in report.watches)
    wanting: dict[str, list[Watch]] = {}
    for watch in watchlist.watches:
        heard = watch.ring is Ring.CONTACTS and watch.key in keys
        if heard and fits(watch, contact.participants, contact.medium):
            for channel in watch.channels:
                wanting.setdefault(channel, []).append(watch)
    return wanting


def _ring(channel: str, status: Status, reason: HeldBack | None) -> Call:
    return Post(channel, silent=status is not Status.HELD) if reason is None else Hold(channel, reason)


def _reason(
    contact: Contact, watches: Sequence[Watch], watchlist: WatchList, scene: Scene
) -> HeldBack | None:
    if contact.status is Status.PLANNED:
        late = _plan_is_late(contact, watchlist, scene.now)
    else:
        late = HeldBack.TOO_OLD if too_old(contact.day or contact.by, watchlist, scene.now) else None
    if late:
        return late
    known = _known_at(contact, scene)
    elder = {w.key for w in watches if scene.since.get(w.key, known) <= known}
    if not elder:
        return HeldBack.NEW_WATCH
    if not any(report.may_ring and report.watches & elder for report in contact.reports):
        return HeldBack.UNDATED
    return None


def _known_at(contact: Contact, scene: Scene) -> datetime:
    """Say since when what may ring is known: of a contact that was a plan first, that it took place.

    Else an edit of any word would cost every contact that was planned at the time.
    """
    held = [report.instant for report in contact.reports if report.claim.status is Status.HELD]
    if contact.status is not Status.HELD or len(held) in {0, len(contact.reports)}:
        return scene.entered_at
    return max(scene.entered_at, min(*held, scene.now))


def _plan_is_late(contact: Contact, watchlist: WatchList, now: datetime) -> HeldBack | None:
    """Say why a plan comes too late: its day has passed, or it has none and was told long ago."""
    if contact.day is not None:
        return HeldBack.PASSED if contact.day < today(watchlist, now) else None
    told = max(report.day for report in contact.reports if report.claim.status is Status.PLANNED)
    return HeldBack.TOO_OLD if too_old(told, watchlist, now) else None


def today(watchlist: WatchList, now: datetime) -> date:
    """Give the day that it is in the watch-list's zone."""
    return now.astimezone(ZoneInfo(watchlist.timezone)).date()


def too_old(day: date, watchlist: WatchList, now: datetime) -> bool:
    """Whether a day lies more than `max_age` before today, both being days of the watch-list's zone."""
    return today(watchlist, now) - day > watchlist.max_age


def first_alert(subject: str, channel: str, body: str, now: datetime, revision: str = "") -> Alert:
    """Make the alert that a first post belongs to; equal subject and channel, equal id.

    `revision` is that of the watch-list that makes it.
    """
    return Alert(derived_id("alert", subject, channel), subject, channel, body, now, revision=revision)
