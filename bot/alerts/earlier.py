"""When the two sides last spoke: by Draht's own ledger, and by the stories where they differ.

A story may name several earlier contacts; only the latest one before this
contact can be the previous one (DESIGN.md §4.6).
"""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.alerts.sources import source_name, telling
from bot.model.contact import Contact, Report

# A story that names a day further than this from the ledger's speaks of another contact: older, or newer.
SAME_CONTACT = timedelta(days=7)


@dataclass(frozen=True, slots=True, order=True)
class When:
    """A day or a whole month, by its first and its last day."""

    first: date
    last: date

    @property
    def is_day(self) -> bool:
        """Whether the day itself is told."""
        return self.first == self.last

    def covers(self, other: "When") -> bool:
        """Whether the other one lies within this one, so that the two do not differ."""
        return self.first <= other.first and other.last <= self.last


@dataclass(frozen=True, slots=True)
class Mention:
    """When a source says that the previous contact was."""

    when: When
    source: str


def when(written: str) -> When | None:
    """Read an ISO day or month; None for anything else.

    >>> when("2023-03")
    When(first=datetime.date(2023, 3, 1), last=datetime.date(2023, 3, 31))
    """
    try:
        if len(written) == len("2023-03"):
            first = date.fromisoformat(f"{written}-01")
            return When(first, first.replace(day=calendar.monthrange(first.year, first.month)[1]))
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return When(day, day)


def mentions(contact: Contact) -> tuple[Mention, ...]:
    """Give what each story says of the previous contact: each time once, with its first source."""
    before = contact.day or contact.by
    told: dict[When, Mention] = {}
    for report in telling(contact):
        latest = _latest(report, before)
        if latest:
            told.setdefault(latest, Mention(latest, source_name(report)))
    return tuple(told.values())


def differing(told: Iterable[Mention], known: date) -> tuple[Mention, ...]:
    """Keep the mentions that do not fit the known day of the previous contact."""
    ours = When(known, known)
    return tuple(
        mention
        for mention in told
        if not mention.when.covers(ours) and mention.when.last >= known - SAME_CONTACT
    )


def later(told: Iterable[Mention], known: date) -> tuple[Mention, ...]:
    """Keep the mentions of a contact so much after the known day that it is another, newer one."""
    return tuple(mention for mention in told if mention.when.first > known + SAME_CONTACT)


def best(told: Iterable[Mention]) -> Mention | None:
    """Choose the latest, and of a month and a day within it the day."""
    return max(told, key=_exactness, default=None)


def _exactness(mention: Mention) -> tuple[date, bool, date]:
    return mention.when.last.replace(day=1), mention.when.is_day, mention.when.last


def _latest(report: Report, before: date) -> When | None:
    read = (when(written) for written in report.earlier)
    return max((told for told in read if told and told.last < before), default=None)
