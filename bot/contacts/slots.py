"""What the reports of one contact tell together: each slot with all its versions, nothing averaged.

Slots come from the reports of the contact's own status: what a plan said does
not fill in what took place.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from bot.contacts.grouping import SURENESS, sources
from bot.contacts.kinship import arrival
from bot.model.claim import Initiative, Medium, Participant, Status
from bot.model.contact import Contact, Report, Told
from bot.model.office import Office

T = TypeVar("T")

# The more exact medium stands first: who saw a camera knows more than who heard of a call.
_EXACTNESS = (Medium.VIDEO, Medium.PHONE, Medium.MEETING, Medium.LETTER)


def contact_of(group: Iterable[Report], name: str) -> Contact:
    """Put a contact together from all its reports, whatever their order; `name` becomes its id."""
    reports = tuple(r if r.contact == name else replace(r, contact=name) for r in sorted(group, key=arrival))
    status = status_of(reports)
    telling = [report for report in reports if report.claim.status is status]
    days = _days(telling)
    offices = frozenset(office for report in reports for office in report.claim.offices)
    return Contact(
        id=name,
        offices=offices,
        participants=tuple(_participant(office, telling) for office in sorted(offices)),
        status=status,
        medium=_medium(telling),
        day=days[0].value if days else None,
        by=days[0].value if days else min(report.claim.by for report in telling),
        days=days,
        initiatives=_initiatives(telling),
        topics=_told(telling, lambda report: report.claim.topics),
        reports=reports,
    )


def status_of(reports: Sequence[Report]) -> Status:
    """Say whether the contact took place.

    It did if a source says so that has not taken it back for that very day,
    whatever others deny. Else the latest report counts: a plan lives until it
    is cancelled, and may live again.
    """
    held = [report for report in reports if report.claim.status is Status.HELD]
    if any(not _taken_back(report, reports) for report in held):
        return Status.HELD
    others = [report for report in reports if report.claim.status is not Status.HELD]
    return max(others, key=arrival).claim.status


def _taken_back(held: Report, reports: Sequence[Report]) -> bool:
    return any(
        report.source == held.source
        and report.claim.status in {Status.DENIED, Status.CANCELLED}
        and report.claim.day is not None
        and arrival(report) > arrival(held)
        for report in reports
    )


def _told(reports: Sequence[Report], values: Callable[[Report], Iterable[T]]) -> tuple[Told[T], ...]:
    """Collect versions with their sources: the best-supported first, then the first told."""
    versions: dict[T, dict[str, None]] = {}
    for report in sorted(reports, key=arrival):
        for value in values(report):
            versions.setdefault(value, {})[report.source] = None
    told = (Told(value, tuple(tellers)) for value, tellers in versions.items())
    return tuple(sorted(told, key=lambda version: -len(version.sources)))


def _days(reports: Sequence[Report]) -> tuple[Told[date], ...]:
    """Give the days with the best-supported first; of as many plans the one made last: a plan is put off."""

    def unsureness(day: date) -> int:
        return min(SURENESS.index(r.claim.basis) for r in reports if r.claim.day == day)

    def made(day: date) -> float:
        plans = (r for r in reports if r.claim.day == day and r.claim.status is Status.PLANNED)
        return max((report.instant.timestamp() for report in plans), default=0.0)

    told = _told(reports, lambda report: [report.claim.day] if report.claim.day else [])
    return tuple(sorted(told, key=lambda t: (-len(t.sources), -made(t.value), unsureness(t.value), t.value)))


def _medium(reports: Sequence[Report]) -> Medium:
    def support(medium: Medium) -> tuple[int, int]:
        return sources(r for r in reports if r.claim.medium is medium), -_EXACTNESS.index(medium)

    told = {report.claim.medium for report in reports} - {Medium.UNKNOWN}
    return max(told, key=support, default=Medium.UNKNOWN)


def _initiatives(reports: Sequence[Report]) -> tuple[Told[Initiative], ...]:
    """Versions of the initiative, those of the best-supported country first."""

    def of_country(country: str) -> int:
        return sources(r for r in reports if r.claim.initiative and r.claim.initiative.country == country)

    told = _told(reports, lambda report: [report.claim.initiative] if report.claim.initiative else [])
    return tuple(sorted(told, key=lambda version: -of_country(version.value.country)))


def _participant(office: Office, reports: Sequence[Report]) -> Participant:
    """Seat the person whom most sources name in an office."""

    def persons(report: Report) -> list[str]:
        return [p.person for p in report.claim.participants if p.office == office and p.person]

    named = _told(reports, persons)
    return Participant(office, named[0].value if named else None)
