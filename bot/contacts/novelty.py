"""What new reports are to the ledger: a new contact, something more of a known one, or nothing new."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.contacts.assemble import assemble, keepers_of
from bot.contacts.slots import contact_of
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
    contacts = assemble(present, entered)
    known_as = {
        name: contact_of((r for r in old.values() if r.contact == name), name) for name in keepers_of(known)
    }
    touched = tuple(
        contact
        for contact in contacts
        if _members(contact) != _members(known_as.get(contact.id)) or not _members(contact).isdisjoint(fresh)
    )
    return Settlement(
        touched=touched,
        was=tuple(known_as[contact.id] for contact in touched if contact.id in known_as),
        merges=_merges(contacts, known_as, keepers_of(present)),
        joined=tuple(_joined(one, contacts, known_as, fresh=one.id in fresh) for one in new),
        gone=gone,
    )


def _is_known(report: Report, old: Mapping[str, Report]) -> bool:
    known = old.get(report.id)
    return known is not None and replace(report, contact=known.contact) == known


def _members(contact: Contact | None) -> frozenset[str]:
    return frozenset(report.id for report in contact.reports) if contact else frozenset()


def _merges(
    contacts: Iterable[Contact], known_as: Mapping[str, Contact], keepers: Mapping[str, Report]
) -> tuple[Merge, ...]:
    home = {report.id: contact.id for contact in contacts for report in contact.reports}
    stayed = {name: home[keeper.id] for name, keeper in keepers.items()}
    return tuple(Merge(name, elder, known_as[name]) for name, elder in stayed.items() if name != elder)


def _joined(
    report: Report, contacts: Iterable[Contact], known_as: Mapping[str, Contact], *, fresh: bool
) -> Joined:
    home = next(contact for contact in contacts if report.id in _members(contact))
    novelty = novelty_of(report, known_as.get(home.id), home) if fresh else Novelty.KNOWN
    return Joined(report.id, home.id, novelty)


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
