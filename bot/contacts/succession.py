"""A story read again: which of its reports go on under which contact, and which no longer count. Pure.

A story comes to be read again when its page told more than its feed did, or
when the feed words it anew. What it says now replaces what it said, and a
contact keeps its name, so that its post is edited and not made again.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from bot.contacts.kinship import compatible, kind_of, overlap
from bot.contacts.reports import report_id
from bot.model.contact import Report


@dataclass(frozen=True, slots=True)
class Succession:
    """What a story says now; `gone` holds the ids of its reports that no longer count."""

    reports: tuple[Report, ...]
    gone: frozenset[str] = frozenset()


_Pairs = Callable[[Report, Report], bool]


def succeed(before: Sequence[Report], now: Sequence[Report], known: Iterable[Report]) -> Succession:
    """Let each report of a new reading go on for the one of the old reading that it words anew.

    `before` are the reports of the old reading, `known` all reports of the same
    contacts. A report keeps id and contact: the id always, the contact where no
    other story tells it or one of theirs still goes with the report. A contact that
    only this story told, and tells no longer, stays: its post cannot be taken
    back, and another story that tells it must find it. So does all of a story
    that tells nothing any more.
    """
    if not before or not now:
        return Succession(tuple(now))
    others = _others(before, known)
    heirs = _heirs(before, now, others)
    ids = _free_ids(before)
    reports = tuple(
        _heir(report, heirs[place], others) if place in heirs else replace(report, id=next(ids))
        for place, report in enumerate(now)
    )
    succeeded = {report.id for report in heirs.values()}
    left = (report for report in before if report.id not in succeeded)
    return Succession(reports, frozenset(report.id for report in left if others[report.contact]))


_Others = dict[str | None, list[Report]]


def _others(before: Sequence[Report], known: Iterable[Report]) -> _Others:
    """Give what other stories tell of the contacts of a story."""
    others: _Others = {report.contact: [] for report in before}
    for report in known:
        if report.contact in others and report.story != before[0].story:
            others[report.contact].append(report)
    return others


def _heirs(before: Sequence[Report], now: Sequence[Report], others: _Others) -> dict[int, Report]:
    """Find for each place of the new reading the report that it goes on for, the likest first."""
    heirs: dict[int, Report] = {}
    taken: set[str] = set()
    for is_like in (_says_the_same, _is_of_the_same_day, _sits_at_the_same_table, _table_grew(others)):
        for place, report in enumerate(now):
            free = (old for old in before if old.id not in taken and is_like(old, report))
            if place not in heirs and (old := next(free, None)):
                heirs[place] = old
                taken.add(old.id)
    return heirs


def _says_the_same(old: Report, new: Report) -> bool:
    return _is_of_the_same_day(old, new) and old.claim.medium is new.claim.medium


def _is_of_the_same_day(old: Report, new: Report) -> bool:
    return _sits_at_the_same_table(old, new) and old.claim.day == new.claim.day


def _sits_at_the_same_table(old: Report, new: Report) -> bool:
    return old.claim.offices == new.claim.offices


def _table_grew(others: _Others) -> _Pairs:
    """Let a table of more (or fewer) go on for one that no other story knows."""

    def grew(old: Report, new: Report) -> bool:
        one, other = old.claim.offices, new.claim.offices
        return not others[old.contact] and (one < other or other < one)

    return grew


def _heir(report: Report, old: Report, others: _Others) -> Report:
    alone = not others[old.contact]
    goes_on = alone or any(_meet(report, other) for other in others[old.contact])
    return replace(report, id=old.id, contact=old.contact if goes_on else None)


def _meet(one: Report, other: Report) -> bool:
    return compatible(kind_of(one), kind_of(other)) and overlap(one, other)


def _free_ids(before: Sequence[Report]) -> Iterator[str]:
    taken = {report.id for report in before}
    every = (report_id(before[0].story, place) for place in count())
    return (one for one in every if one not in taken)
