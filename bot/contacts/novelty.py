"""What new reports are to the ledger: a new contact, something more of a known one, or nothing new."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.contacts.assemble import Named, keepers_of, parted
from bot.model.claim import Claim, Status
from bot.model.contact import Contact, Report
from bot.model.decision import Novelty

SHOWN_SOURCES = 6  # sources beyond six do not edit (DESIGN.md §4.7)


@dataclass(frozen=True, slots=True)
class Merge:
    """Two contacts proved to be one: their ids, and the younger one as it last was."""

    younger: str
    elder: str
    was: Contact


@dataclass(frozen=True, slots=True)
class Joined:
    """Which contact a new report joined, and what it was to it."""

    report: str
    contact: str
    novelty: Novelty


@dataclass(frozen=True, slots=True)
class Settlement:
    """What changes in the ledger.

    `touched` are the contacts whose reports changed, as they now are; `was`
    those of them that were known, as they were. `joined` has one entry for each
    new report, in the order given. `gone` are the ids of the reports that no longer count.
    """

    touched: tuple[Contact, ...] = ()
    was: tuple[Contact, ...] = ()
    merges: tuple[Merge, ...] = ()
    joined: tuple[Joined, ...] = ()
    gone: frozenset[str] = frozenset()

    def before(self, name: str) -> Contact | None:
        """Give a touched contact as it was known before, None for a new one."""
        return next((contact for contact in self.was if contact.id == name), None)

    def adds_nothing(self, contact: Contact) -> bool:
        """Whether a touched contact has but gained reports that are known: no word of it need change."""
        gained = _members(contact) - _members(self.before(contact.id))
        own = {joined.report: joined.novelty for joined in self.joined if joined.contact == contact.id}
        lost = _members(self.before(contact.id)) - _members(contact)
        return not lost and gained <= own.keys() and all(one is Novelty.KNOWN for one in own.values())


def settle(
    known: Sequence[Report],
    new: Sequence[Report],
    entered: Mapping[str, datetime],
    gone: frozenset[str] = frozenset(),
) -> Settlement:
    """Settle new reports into what is known of their offices.

    `entered` says when known contacts were entered. A report that is already
    known changes nothing and is `KNOWN`; one that says something else than its
    namesake replaces it. `gone` are known ones that no longer count.
    """
    old = {report.id: report for report in known}
    fresh = {report.id: report for report in new if not _is_known(report, old)}
    present = [report for report in ({**old, **fresh}).values() if report.id not in gone]
    parts = parted(present, entered)
    known_as = _as_known(old.values())
    touched = tuple(part for part in parts if _is_touched(part, known_as.get(part.name), fresh))
    was = {part.name: known_as[part.name].contact for part in touched if part.name in known_as}
    now = {part.name: part.contact for part in touched}
    home = {report.id: part.name for part in parts for report in part.reports}

    def novelty(report: Report) -> Novelty:
        name = home[report.id]
        return novelty_of(report, was.get(name), now[name]) if report.id in fresh else Novelty.KNOWN

    return Settlement(
        touched=tuple(now.values()),
        was=tuple(was.values()),
        merges=_merges(home, known_as, keepers_of(present)),
        joined=tuple(Joined(one.id, home[one.id], novelty(one)) for one in new),
        gone=gone,
    )


def _as_known(old: Iterable[Report]) -> dict[str, Named]:
    """Give the contacts as the ledger has them: each with the reports that were assigned to it."""
    members: dict[str, list[Report]] = {}
    for report in old:
        if report.contact is not None:
            members.setdefault(report.contact, []).append(report)
    return {name: Named(name, tuple(reports)) for name, reports in members.items()}


def _is_touched(part: Named, known: Named | None, fresh: Mapping[str, Report]) -> bool:
    members = part.members
    return known is None or members != known.members or not members.isdisjoint(fresh)


def _is_known(report: Report, old: Mapping[str, Report]) -> bool:
    known = old.get(report.id)
    return known is not None and replace(report, contact=known.contact) == known


def _members(contact: Contact | None) -> frozenset[str]:
    return frozenset(report.id for report in contact.reports) if contact else frozenset()


def _merges(
    home: Mapping[str, str], known_as: Mapping[str, Named], keepers: Mapping[str, Report]
) -> tuple[Merge, ...]:
    stayed = ((name, home[keeper.id]) for name, keeper in keepers.items())
    return tuple(Merge(name, elder, known_as[name].contact) for name, elder in stayed if name != elder)


def novelty_of(report: Report, before: Contact | None, after: Contact) -> Novelty:
    """Say what a report is to its contact, as it was known before (None where it was not) and now is.

    The first to say that a planned contact took place tells a new one.
    """
    match report.claim.status:
        case Status.PLANNED:
            return Novelty.PLANNED
        case Status.DENIED | Status.CANCELLED:
            return Novelty.DENIED
        case Status.HELD if before is None or not _was_held(before):
            return Novelty.NEW
        case Status.HELD:
            more = _adds(report, before) or _slots(before) != _slots(after)
            return Novelty.UPDATE if more else Novelty.KNOWN


def _was_held(contact: Contact) -> bool:
    return any(report.claim.status is Status.HELD for report in contact.reports)


def _slots(contact: Contact) -> tuple[object, ...]:
    """Give what one more voice can turn, though it adds nothing of its own."""
    first = contact.initiatives[0].value.country if contact.initiatives else None
    return contact.status, contact.day, contact.by, contact.medium, contact.participants, first


def _adds(report: Report, before: Contact) -> bool:
    """Whether a report tells a held contact's readers anything: a source, a slot, a statement."""
    known, claim = [r.claim for r in before.reports], report.claim
    sources = {r.source for r in before.reports}
    days = {one.day for one in known}
    countries = {one.initiative.country for one in known if one.initiative}
    return (
        (report.source not in sources and len(sources) < SHOWN_SOURCES)
        or (claim.day is not None and claim.day not in days)
        or (claim.initiative is not None and claim.initiative.country not in countries)
        or not _details(known).issuperset(_details([claim]))
        or not {when for r in before.reports for when in r.earlier}.issuperset(report.earlier)
    )


def _details(claims: Iterable[Claim]) -> set[object]:
    """Give topics, voices, and whether a place and a duration are told; a second wording adds nothing."""
    details: set[object] = set()
    for claim in claims:
        details.update(claim.topics)
        details.update((said.side, said.speaker, said.language) for said in claim.statements)
        details.update({"place"} if claim.place else ())
        details.update({"duration"} if claim.duration else ())
    return details
