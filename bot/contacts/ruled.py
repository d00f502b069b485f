"""What editors' rulings make of a contact: their word outweighs what the stories tell. Pure.

The ledger keeps what was told; a ruling is laid over it each time it is shown,
so that later stories change nothing about it and taking it back restores all.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from bot.model.claim import Claim, Initiative, Medium
from bot.model.contact import Contact, Told
from bot.model.ruling import Ruling, Slot, Wrong


@dataclass(frozen=True, slots=True)
class Correction:
    """A part of a contact that an editor put right; left out where there is no `value`."""

    slot: Slot
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Ruled:
    """A contact as it is to be told.

    `retracted` means that there was none, `same_as` names the contact that it
    only repeats, `corrections` are in the order of `Slot`.
    """

    contact: Contact
    retracted: bool = False
    same_as: str | None = None
    corrections: tuple[Correction, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether it is a contact of its own, as far as editors are concerned."""
        return not self.retracted and self.same_as is None

    def corrects(self, slot: Slot) -> bool:
        """Whether an editor put this part right."""
        return any(one.slot is slot for one in self.corrections)


def ruled(contact: Contact, rulings: Iterable[Ruling]) -> Ruled:
    """Lay the rulings that stand over a contact, the earliest first; of two on one part the later counts.

    A value that cannot be read ("Tuesday" for a day) leaves its part out.
    """
    standing = [one for one in rulings if one.undone_at is None]
    values = {one.slot: one.value for one in standing if one.wrong is Wrong.SLOT and one.slot}
    same = [one.value for one in standing if one.wrong is Wrong.DUPLICATE and one.value != contact.id]
    corrections = tuple(_correction(slot, values[slot]) for slot in Slot if slot in values)
    for one in corrections:
        contact = _PUT_RIGHT[one.slot](contact, one.value)
    return Ruled(
        contact=contact,
        retracted=any(one.wrong is Wrong.CONTACT for one in standing),
        same_as=same[-1] if same else None,
        corrections=corrections,
    )


def _correction(slot: Slot, value: str | None) -> Correction:
    readable = {
        Slot.DAY: _day(value) is not None,
        Slot.MEDIUM: value in set(Medium) - {Medium.UNKNOWN},
        Slot.INITIATIVE: bool(value),
    }
    return Correction(slot, value if readable.get(slot) else None)


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value or "")
    except ValueError:
        return None


def _with_day(contact: Contact, value: str | None) -> Contact:
    day = _day(value)
    return replace(contact, day=day, by=day or contact.by, days=(Told(day, ()),) if day else ())


def _with_medium(contact: Contact, value: str | None) -> Contact:
    return replace(contact, medium=Medium(value or Medium.UNKNOWN))


def _with_initiative(contact: Contact, value: str | None) -> Contact:
    """Leave the stories that tell of that country's initiative; it stands also where none does."""
    told = tuple(one for one in contact.initiatives if one.value.country == value)
    others = _claims(contact, lambda c: c if _initiator(c) == value else replace(c, initiative=None))
    return replace(others, initiatives=told or ((Told(Initiative(value), ()),) if value else ()))


def _initiator(claim: Claim) -> str | None:
    return claim.initiative.country if claim.initiative else None


def _without_topics(contact: Contact, _: str | None) -> Contact:
    return replace(_claims(contact, lambda claim: replace(claim, topics=())), topics=())


def _without_place(contact: Contact, _: str | None) -> Contact:
    return _claims(contact, lambda claim: replace(claim, place=None))


def _without_duration(contact: Contact, _: str | None) -> Contact:
    return _claims(contact, lambda claim: replace(claim, duration=None))


def _without_previous(contact: Contact, _: str | None) -> Contact:
    return replace(contact, reports=tuple(replace(report, earlier=()) for report in contact.reports))


def _claims(contact: Contact, put_right: Callable[[Claim], Claim]) -> Contact:
    reports = tuple(replace(report, claim=put_right(report.claim)) for report in contact.reports)
    return replace(contact, reports=reports)


_PUT_RIGHT: Mapping[Slot, Callable[[Contact, str | None], Contact]] = MappingProxyType(
    {
        Slot.DAY: _with_day,
        Slot.MEDIUM: _with_medium,
        Slot.INITIATIVE: _with_initiative,
        Slot.TOPICS: _without_topics,
        Slot.PLACE: _without_place,
        Slot.DURATION: _without_duration,
        Slot.PREVIOUS: _without_previous,
    }
)
