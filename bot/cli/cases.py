"""What editors ruled, as labelled stories (eval/FORMAT.md): values ready for JSON."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta, timezone
from typing import TYPE_CHECKING, Any

from bot.model.claim import Claim, Status
from bot.model.contact import Contact, Report
from bot.model.ruling import Ruling, Slot, Wrong
from bot.model.story import Story

if TYPE_CHECKING:
    from bot.storage import SqlStore

Record = dict[str, Any]
Ruled = Mapping[str, Sequence[Ruling]]

_KINDS = {
    Status.HELD: "contact",
    Status.PLANNED: "planned",
    Status.DENIED: "denied",
    Status.CANCELLED: "denied",
}
_NO_CONTACT = "no-contact"


def cases(store: "SqlStore") -> Iterator[Record]:
    """Give every story of a contact that editors ruled on, with its label, the earliest first."""
    archive = store.archive
    ruled: dict[str, list[Ruling]] = {}
    known: dict[str, Contact] = {}
    for ruling in archive.rulings():
        contact = archive.contact(ruling.contact)
        if contact is not None:
            known[contact.id] = contact
            ruled.setdefault(contact.id, []).append(ruling)
    names = dict.fromkeys(report.story for contact in known.values() for report in contact.reports)
    told: dict[str, list[Report]] = {}
    for report in archive.reports_by(names):
        told.setdefault(report.story, []).append(report)
    events = dict(_events(told, ruled, store))
    for story in archive.stories(names):
        yield record(story, told.get(story.id, ()), ruled, events)


def record(story: Story, told: Sequence[Report], ruled: Ruled, events: Mapping[str, str]) -> Record:
    """Label a story by what it was read to say, put right where an editor ruled."""
    left = [report for report in told if not _denied(_rulings(report, ruled))]
    kinds = {_KINDS[report.claim.status] for report in left}
    kind = next((one for one in ("contact", "planned", "denied") if one in kinds), _NO_CONTACT)
    held = [report for report in left if report.claim.status is Status.HELD]
    return {
        "id": story.id,
        "url": story.url,
        "source": story.source,
        "lang": story.language,
        "country": story.country,
        "published": _published(story) if story.dated else None,
        "title": story.title,
        "text": story.text,
        "label": {
            "kind": kind,
            "contacts": [_contact(report, _rulings(report, ruled), events) for report in held],
            "previous": [one for report in left for one in _previous(report, _rulings(report, ruled))],
            "note": "; ".join(
                dict.fromkeys(_note(one) for report in told for one in _rulings(report, ruled))
            ),
        },
    }


def _published(story: Story) -> str:
    """Write the instant with an offset in which it lies on the story's local day."""
    hours = sorted(range(-12, 15), key=abs)
    local = (story.instant.astimezone(timezone(timedelta(hours=hour))) for hour in hours)
    return next((one for one in local if one.date() == story.day), story.instant).isoformat()


def _rulings(report: Report, ruled: Ruled) -> Sequence[Ruling]:
    return ruled.get(report.contact or "", ())


def _denied(rulings: Iterable[Ruling]) -> bool:
    return any(one.wrong is Wrong.CONTACT for one in rulings)


def _contact(report: Report, rulings: Sequence[Ruling], events: Mapping[str, str]) -> Record:
    claim = report.claim
    initiator = claim.initiative.country if claim.initiative else None
    return {
        "event": events.get(report.contact or "", _event(claim)),
        "date": _right(Slot.DAY, claim.day.isoformat() if claim.day else None, rulings),
        "medium": _right(Slot.MEDIUM, claim.medium.value, rulings) or "unknown",
        "participants": [{"person": one.person, "country": one.office.country} for one in claim.participants],
        "initiator": _right(Slot.INITIATIVE, initiator, rulings),
        "topics": [] if _is_wrong(Slot.TOPICS, rulings) else list(claim.topics),
    }


def _right(slot: Slot, read: str | None, rulings: Sequence[Ruling]) -> str | None:
    """Give what is right in a slot; where a story was not read to tell it, the ruling is about others."""
    last = [one for one in rulings if one.wrong is Wrong.SLOT and one.slot is slot][-1:]
    return last[0].value if last and read is not None else read


def _is_wrong(slot: Slot, rulings: Iterable[Ruling]) -> bool:
    return any(one.wrong is Wrong.SLOT and one.slot is slot for one in rulings)


def _previous(report: Report, rulings: Sequence[Ruling]) -> list[Record]:
    if _is_wrong(Slot.PREVIOUS, rulings):
        return []
    countries = sorted({office.country for office in report.claim.offices})
    return [{"date": when, "countries": countries} for when in report.earlier]


def _events(
    told: Mapping[str, Sequence[Report]], ruled: Ruled, store: "SqlStore"
) -> Iterator[tuple[str, str]]:
    """Name the event of each contact: its own day and countries, or those of the one it repeats."""
    for name in dict.fromkeys(report.contact or "" for reports in told.values() for report in reports):
        elder = [one.value for one in ruled.get(name, ()) if one.wrong is Wrong.DUPLICATE and one.value]
        contact = store.archive.contact(elder[-1] if elder else name)
        if contact is not None:
            day = (contact.day or contact.by).isoformat()
            yield name, f"{day}/{'-'.join(contact.countries)}"


def _event(claim: Claim) -> str:
    countries = sorted({office.country for office in claim.offices})
    return f"{(claim.day or claim.by).isoformat()}/{'-'.join(countries)}"


def _note(ruling: Ruling) -> str:
    """Say what an editor ruled; who stays unsaid, as labelled cases travel."""
    value = f" {ruling.value or 'unknown'}" if ruling.wrong is not Wrong.CONTACT else ""
    return f"ruled: {ruling.slot or ruling.wrong}{value}"
