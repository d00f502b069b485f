"""What Draht makes of a story: one decision for each contact it speaks of."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Novelty(StrEnum):
    """What a story is to the ledger."""

    NEW = "new"
    UPDATE = "update"
    KNOWN = "known"
    BACKGROUND = "background"
    PLANNED = "planned"
    DENIED = "denied"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Decision:
    """What was done about one contact of one story, and why.

    `posted` is true for the one decision that makes the first post of an
    alert, `edited` where a post was changed; `text` is then the post.
    `held_back` says why a contact that is new made no post.
    """

    novelty: Novelty
    contact: str | None = None
    alert: str | None = None
    countries: tuple[str, ...] = ()
    day: date | None = None
    posted: bool = False
    edited: bool = False
    text: str | None = None
    held_back: str | None = None
