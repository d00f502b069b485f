"""Which reports speak of one contact: a partition that no order of arrival changes.

1. by offices (`tables`);
2. reports with an explicit sign of a second contact apart from those without
   (`_lanes`);
3. days: the day told by most sources draws in its neighbours, then the next
   one of what is left. No day draws in what was drawn in by another, so that
   12, 13, 14 July never melt together one by one. A report goes to the nearest
   of the days found.
4. counts: reports that call theirs "the second in a month" tell no third; where
   only they tell a day, and none that is sure, they go to the latest contact.
5. reports without a day: to the latest contact within their window; those left
   over make a contact with all whose windows overlap that of the earliest.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from operator import itemgetter

from bot.contacts.counting import MEMORY, is_counted_among, is_miscounted
from bot.contacts.kinship import (
    NEAR,
    REACH,
    Kind,
    arrival,
    compatible,
    kind_of,
    overlap,
    tables,
    window,
)
from bot.model.claim import Basis, Status
from bot.model.contact import Report

Group = tuple[Report, ...]
_ByDay = dict[date, list[Report]]
_Ranked = dict[date, list[tuple[int, "_Anchor"]]]
_Weight = tuple[int, int, int, date, int, int]

SURENESS = tuple(Basis)
_OLD = timedelta(days=7)  # what lies further back is told again, not late


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A day and a kind of medium around which reports gather."""

    day: date
    kind: Kind | None


def gather(reports: Iterable[Report]) -> tuple[Group, ...]:
    """Part reports into contacts; each group, and the groups, in order of arrival.

    Order and repetition of the reports change nothing.
    """
    every = {report.id: report for report in reports}.values()
    found = (
        seated
        for table in tables(every)
        for lane in _lanes(table)
        for group in _Lane.of(lane).groups()
        for seated in tables(group)
    )
    return tuple(sorted(found, key=lambda group: arrival(group[0])))


def _lanes(table: Group) -> tuple[Group, ...]:
    """Set apart the reports that say "again, on one day" from what they say it of.

    Without another report that could be the first contact of that day, the
    sign parts nothing.
    """
    plain = [r for r in table if not r.claim.repeat and r.claim.status is Status.HELD]
    second = {r.id for r in table if r.claim.repeat and any(_meet(r, other) for other in plain)}
    lanes = (
        tuple(r for r in table if r.id not in second),
        tuple(r for r in table if r.id in second),
    )
    return tuple(lane for lane in lanes if lane)


def _meet(one: Report, other: Report) -> bool:
    return compatible(kind_of(one), kind_of(other)) and overlap(one, other)


@dataclass(frozen=True, slots=True)
class _Lane:
    """Reports of one table among which only day and medium decide.

    `apart` holds neighbouring days that one story tells as two contacts.
    """

    dated: Group
    dayless: Group
    apart: frozenset[tuple[date, date]]

    @classmethod
    def of(cls, reports: Group) -> "_Lane":
        """Sort reports by whether they tell a day."""
        dated = tuple(r for r in reports if r.claim.day is not None)
        return cls(dated, tuple(r for r in reports if r.claim.day is None), _told_apart(dated))

    def groups(self) -> tuple[Group, ...]:
        """Give the contacts of this lane."""
        anchors = self._anchors()
        homes: dict[_Anchor, list[Report]] = {anchor: [] for anchor in anchors}
        ranked: _Ranked = {}
        for rank, anchor in enumerate(anchors):
            ranked.setdefault(anchor.day, []).append((rank, anchor))
        for report in self.dated:
            homes[self._nearest(ranked, report)].append(report)
        _recount(homes)
        left: list[Report] = []
        for report in self.dayless:
            home = _latest(homes, report) or _counted(homes, report) or _retold(homes, report)
            (left if home is None else homes[home]).append(report)
        return (*(tuple(group) for group in homes.values() if group), *_waves(left))

    def _anchors(self) -> tuple[_Anchor, ...]:
        """Find the days in order of weight; a day is weighed anew only where reports about it were drawn."""
        told = _by_day(self.dated)
        weights = {day: self._weigh(day, told) for day in told}
        found: list[_Anchor] = []
        while weights:
            best = min(weights.values(), key=itemgetter(0))[1]
            found.append(best)
            for day in self._take(best, told):
                for about in (day - NEAR, day, day + NEAR):
                    if about in told:
                        weights[about] = self._weigh(about, told)
                    else:
                        weights.pop(about, None)
        return tuple(found)

    def _take(self, anchor: _Anchor, told: _ByDay) -> set[date]:
        """Take out the reports that an anchor draws in; give the days that they told."""
        changed = set()
        for day in _days_drawn(anchor.day):
            here = told.get(day, [])
            left = [report for report in here if not self._draws(anchor, report)]
            if len(left) < len(here):
                changed.add(day)
                told[day] = left
                if not left:
                    del told[day]
        return changed

    def _weigh(self, day: date, told: _ByDay) -> tuple[_Weight, _Anchor]:
        """Weigh a day: by those who say it took place, then by all, the surest, the earliest."""
        anchors = (_Anchor(day, kind) for kind in self._kinds(day, told))
        weighed = (((*_weight(told[day], a.kind), day, *self._support(a, told)), a) for a in anchors)
        return min(weighed, key=itemgetter(0))

    def _kinds(self, day: date, told: _ByDay) -> set[Kind | None]:
        """Give the kinds of medium told for a day, else for those beside it, else by whom it may concern."""
        near = [r for other in (day - NEAR, day + NEAR) for r in told.get(other, ())]
        beside = [report for report in near if self._draws(_Anchor(day, None), report)]
        for reports in (told[day], beside, [r for r in self.dayless if _covers(r, day)]):
            kinds = {kind for r in reports if (kind := kind_of(r))}
            if kinds:
                return {*kinds}
        return {None}

    def _support(self, anchor: _Anchor, told: _ByDay) -> tuple[int, int]:
        """Tell the kinds of one day apart: by how many tell this one around it."""
        near = (r for day in (-NEAR, NEAR) for r in told.get(anchor.day + day, ()))
        around = (*told[anchor.day], *near, *(r for r in self.dayless if _covers(r, anchor.day)))
        return -sources(r for r in around if kind_of(r) is anchor.kind), anchor.kind or 0

    def _draws(self, anchor: _Anchor, report: Report) -> bool:
        day = report.claim.day
        return (
            day is not None
            and (abs(day - anchor.day) <= NEAR or _is_told_later(report, anchor))
            and not _comes_after(report, anchor)
            and (min(day, anchor.day), max(day, anchor.day)) not in self.apart
            and compatible(anchor.kind, kind_of(report))
        )

    def _nearest(self, ranked: _Ranked, report: Report) -> _Anchor:
        """Of the days that draw a report in, the nearest; the weightier where two are as near."""
        day = report.claim.day or date.max
        near = (one for other in _days_drawing(day) for one in ranked.get(other, ()))
        drawing = (
            (abs(anchor.day - day), rank, anchor) for rank, anchor in near if self._draws(anchor, report)
        )
        return min(drawing)[-1]


def _days_drawn(day: date) -> tuple[date, ...]:
    """Give the days that a day can draw in: its neighbours, and those of words said some days after it."""
    return tuple(day + timedelta(ahead) for ahead in range(-NEAR.days, REACH.days + 1))


def _days_drawing(day: date) -> tuple[date, ...]:
    """Give the days that can draw a day in, as `_days_drawn` has it."""
    return tuple(day - timedelta(ahead) for ahead in range(-NEAR.days, REACH.days + 1))


def _recount(homes: dict[_Anchor, list[Report]]) -> None:
    """Join to the latest before it, of one day's the weightier, each that its reports count as no other."""
    for anchor in sorted(homes, key=lambda a: (a.day, a.kind or 0)):
        before = [a for a in homes if _goes_before(a, anchor, homes)]
        if before and is_miscounted(homes[anchor], [a.day for a in before]):
            homes[max(before, key=lambda a: a.day)] += homes.pop(anchor)


def _goes_before(one: _Anchor, other: _Anchor, homes: dict[_Anchor, list[Report]]) -> bool:
    """Whether a held contact was before another, and no story tells both."""
    return (
        timedelta(0) < other.day - one.day <= MEMORY
        and compatible(one.kind, other.kind)
        and any(r.claim.status is Status.HELD for r in homes[one])
        and not {r.story for r in homes[one]} & {r.story for r in homes[other]}
    )


def _is_told_later(report: Report, anchor: _Anchor) -> bool:
    """Whether a report's day is only that of a word said some days after a contact."""
    day = report.claim.day
    return report.claim.basis is Basis.STATEMENT and day is not None and NEAR < day - anchor.day <= REACH


def _comes_after(report: Report, anchor: _Anchor) -> bool:
    """Whether a story tells its contact's day and calls the anchor's the one before: "again, after Friday's".

    Two days of one visit are one contact.
    """
    day = report.claim.day
    later = day is not None and day > anchor.day and kind_of(report) is not Kind.MEETING
    return later and anchor.day.isoformat() in report.earlier


def _by_day(dated: Iterable[Report]) -> _ByDay:
    told: _ByDay = {}
    for report in dated:
        told.setdefault(report.claim.day or date.max, []).append(report)
    return told


def _weight(told: Iterable[Report], kind: Kind | None) -> tuple[int, int, int]:
    """Weigh the reports of one day that go with a kind of medium, the smallest first."""
    here = [report for report in told if compatible(kind, kind_of(report))]
    held = (report for report in here if report.claim.status is Status.HELD)
    return -sources(held), -sources(here), min(SURENESS.index(r.claim.basis) for r in here)


def sources(reports: Iterable[Report]) -> int:
    """Count the outlets that tell something; an outlet that tells it twice counts once."""
    return len({report.source for report in reports})


def _told_apart(dated: Sequence[Report]) -> frozenset[tuple[date, date]]:
    """Neighbouring days that one story tells as two contacts: no clock explains those."""
    by_story: dict[str, list[Report]] = {}
    for report in dated:
        by_story.setdefault(report.story, []).append(report)
    pairs = (pair for told in by_story.values() for pair in combinations(told, 2) if _meet(*pair))
    days = (sorted(day for report in pair if (day := report.claim.day)) for pair in pairs)
    return frozenset((first, second) for first, second in days if first != second)


def _covers(report: Report, day: date) -> bool:
    first, last = window(report)
    return first <= day <= last


def _counted(homes: dict[_Anchor, list[Report]], report: Report) -> _Anchor | None:
    """Give the latest contact for a report without a day whose count leaves room for no other."""
    fitting = [
        a
        for a, here in homes.items()
        if timedelta(0) <= report.claim.by - a.day <= MEMORY
        and compatible(a.kind, kind_of(report))
        and any(r.claim.status is Status.HELD for r in here)
    ]
    full = is_counted_among(report, [a.day for a in fitting])
    return max(fitting, key=lambda anchor: anchor.day) if full else None


def _retold(homes: dict[_Anchor, list[Report]], report: Report) -> _Anchor | None:
    """Give the contact of some time ago that others tell again in the days of a report without a day.

    Were it a new one, somebody would tell its day; of several the one told most, then the latest.
    """

    def tellers(anchor: _Anchor) -> int:
        return sources(r for r in homes[anchor] if _retells_beside(r, report))

    told = [a for a in homes if compatible(a.kind, kind_of(report)) and tellers(a)]
    return max(told, key=lambda a: (tellers(a), a.day), default=None)


def _retells_beside(teller: Report, report: Report) -> bool:
    """Whether an outlet tells an old contact in the days in which another tells one without a day."""
    day = teller.claim.day
    return (
        teller.source != report.source
        and teller.claim.status is report.claim.status is Status.HELD
        and abs(teller.day - report.day) <= REACH
        and day is not None
        and teller.day - day > _OLD
        and day <= report.claim.by
    )


def _latest(anchors: Iterable[_Anchor], report: Report) -> _Anchor | None:
    """Give the latest contact that a report without a day can speak of; the weightier of one day's."""
    fitting = [a for a in anchors if _covers(report, a.day) and compatible(a.kind, kind_of(report))]
    return max(fitting, key=lambda anchor: anchor.day, default=None)


def _waves(dayless: Iterable[Report]) -> tuple[Group, ...]:
    """Part what no day explains: the earliest report with all whose days overlap its own, and so on."""
    waves: list[Group] = []
    left = sorted(dayless, key=lambda r: (window(r), kind_of(r) or len(Kind) + 1, arrival(r)))
    while left:
        near = [r for r in left if overlap(left[0], r)]
        kind = kind_of(left[0]) or _commonest(near)
        wave = {r.id: r for r in near if compatible(kind, kind_of(r))}
        waves.append(tuple(sorted(wave.values(), key=arrival)))
        left = [r for r in left if r.id not in wave]
    return tuple(waves)


def _commonest(reports: Sequence[Report]) -> Kind | None:
    kinds = sorted({kind for r in reports if (kind := kind_of(r))})
    return max(kinds, key=lambda kind: sources(r for r in reports if kind_of(r) is kind), default=None)
