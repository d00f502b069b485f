"""What a post says of itself: what an editor put right in it, and what it does not know."""

from collections.abc import Iterable, Iterator

from bot.alerts.markup import Line, Plain, labelled
from bot.alerts.press import Press
from bot.alerts.table import Table
from bot.contacts.ruled import Correction
from bot.languages.turns import Parts
from bot.model.claim import Medium
from bot.model.contact import Contact
from bot.model.ruling import Slot


def correction_line(corrections: Iterable[Correction], press: Press) -> Line | None:
    """Name the parts that an editor put right, and those that he took out."""
    words, told = press.words, tuple(corrections)
    right = [_part(one.slot, words.parts) for one in told if one.value is not None]
    out = [_part(one.slot, words.parts) for one in told if one.value is None]
    said = [words.patterns.put_right.format(parts=words.listed(right))] if right else []
    said += [words.patterns.left_out.format(parts=words.listed(out))] if out else []
    return labelled(words.labels.correction, Plain("; ".join(said))) if said else None


def incomplete_line(contact: Contact, table: Table, press: Press) -> Line | None:
    """Say what is not known where a post lacks what makes it one: the persons, or both day and medium."""
    nobody = not table.is_many and not any(seat.name for seat in table.seats)
    neither = contact.day is None and contact.medium is Medium.UNKNOWN
    if not (nobody or neither):
        return None
    missing = press.words.listed(_missing(contact, press.words.parts, nobody=nobody))
    return labelled(press.words.labels.incomplete, Plain(missing))


def _missing(contact: Contact, parts: Parts, *, nobody: bool) -> Iterator[str]:
    if nobody:
        yield parts.names
    if contact.day is None:
        yield parts.day
    if contact.medium is Medium.UNKNOWN:
        yield parts.medium


def _part(slot: Slot, parts: Parts) -> str:
    return {
        Slot.DAY: parts.day,
        Slot.MEDIUM: parts.medium,
        Slot.INITIATIVE: parts.initiative,
        Slot.TOPICS: parts.topics,
        Slot.PLACE: parts.place,
        Slot.DURATION: parts.duration,
        Slot.PREVIOUS: parts.previous,
    }[slot]
