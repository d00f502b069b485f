"""When two reports can speak of one contact: by offices, medium and days. Pure and symmetric."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import IntEnum
from itertools import chain

from bot.model.claim import Medium, Status
from bot.model.contact import Report
from bot.model.office import Office

NEAR = timedelta(days=1)  # sides count days by their own clocks (DESIGN.md §4.1)
LOOKING_BACK = timedelta(days=31)  # how far back a story can speak that tells the contact before
REACH = timedelta(days=3)  # how far back a story that tells no day can speak (DESIGN.md §4.1)

PAIR = 2
_WHOLE_DAY = len("YYYY-MM-DD")  # of an earlier contact some stories tell only the month
SHARED_SEATS = 2  # what makes two tables one

Window = tuple[date, date]


class Kind(IntEnum):
    """What media have in common: a telephone may turn out to have had a camera."""

    REMOTE = 1
    MEETING = 2
    LETTER = 3


_KINDS = {
    Medium.PHONE: Kind.REMOTE,
    Medium.VIDEO: Kind.REMOTE,
    Medium.MEETING: Kind.MEETING,
    Medium.LETTER: Kind.LETTER,
}


def arrival(report: Report) -> tuple[datetime, str]:
    """Order reports by time; equal instants by id, so that no order of reading matters."""
    return report.instant, report.id


def kind_of(report: Report) -> Kind | None:
    """Give the kind of medium told; None, which goes with every kind, where none is."""
    return _KINDS.get(report.claim.medium)


def compatible(one: Kind | None, other: Kind | None) -> bool:
    """Whether two kinds of medium can be one; an unknown one can be any."""
    return one is None or other is None or one is other


def akin(one: frozenset[Office], other: frozenset[Office]) -> bool:
    """Whether two sets of offices can be one table: the same two, or two in common of many."""
    if len(one) <= PAIR or len(other) <= PAIR:
        return one == other
    return len(one & other) >= SHARED_SEATS


def window(report: Report) -> Window:
    """Give the days that a report can speak of: the one it tells, the span, else three and its own.

    Without a day a plan looks ahead and everything else looks back; a
    cancellation may be of the same day, a plan told without day is not.
    """
    claim = report.claim
    if claim.day is not None:
        return claim.day, claim.day
    if claim.status is Status.PLANNED:
        return report.day + NEAR, report.day + REACH
    if claim.status is Status.CANCELLED:
        return report.day, report.day + REACH
    return claim.since or _after_the_last(report) or claim.by - REACH, claim.by


def _after_the_last(report: Report) -> date | None:
    """Give the day after the contact that a story calls the one before; what it tells came after that.

    "They spoke, as on 25 June", a paper writes two weeks after the call of 12 July.
    """
    by = report.claim.by
    told = [date.fromisoformat(day) for day in report.earlier if len(day) == _WHOLE_DAY]
    last = max((day for day in told if by - LOOKING_BACK <= day < by - REACH), default=None)
    return last + NEAR if last else None


def overlap(one: Report, other: Report) -> bool:
    """Whether two reports can speak of one day; days told by both may differ by one."""
    both_told = one.claim.day is not None and other.claim.day is not None
    slack = NEAR if both_told else timedelta(0)
    (first, last), (other_first, other_last) = window(one), window(other)
    return first <= other_last + slack and other_first <= last + slack


def tables(reports: Iterable[Report]) -> tuple[tuple[Report, ...], ...]:
    """Part reports by who sat at the table: connected by `akin`, in order of arrival."""
    seated: dict[frozenset[Office], list[Report]] = {}
    for report in sorted(reports, key=arrival):
        seated.setdefault(report.claim.offices, []).append(report)
    parts: list[list[frozenset[Office]]] = []
    for offices in seated:
        mine = [part for part in parts if any(akin(offices, other) for other in part)]
        parts = [part for part in parts if part not in mine]
        parts.append([*chain.from_iterable(mine), offices])
    found = (sorted(chain.from_iterable(map(seated.__getitem__, part)), key=arrival) for part in parts)
    return tuple(sorted(map(tuple, found), key=lambda part: arrival(part[0])))
