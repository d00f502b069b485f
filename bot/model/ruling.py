"""What an editor has corrected."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Wrong(StrEnum):
    """What was wrong with an alert."""

    CONTACT = "no contact"
    DUPLICATE = "duplicate"
    SLOT = "wrong slot"


class Slot(StrEnum):
    """The parts of a contact that can be told wrongly."""

    DAY = "day"
    MEDIUM = "medium"
    INITIATIVE = "initiative"
    TOPICS = "topics"
    PLACE = "place"
    DURATION = "duration"
    PREVIOUS = "previous"


@dataclass(frozen=True, slots=True)
class Ruling:
    """An editor's word on a contact; it outweighs what the stories tell, and is a labelled case.

    `value` is what is right: for a slot the ISO day, the medium or the country's
    code, None where it is simply not known; for a duplicate the id of the
    contact that it repeats. `by` names who ruled. `undone_at` is set where he took it back.
    """

    id: str
    contact: str
    wrong: Wrong
    by: str
    at: datetime
    slot: Slot | None = None
    value: str | None = None
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Switch:
    """Something that a person has turned off ("pause", "mute").

    By whom, since when, and until when; None until it is turned on again.
    """

    name: str
    by: str
    at: datetime
    until: datetime | None = None
