"""The event itself, put together from all that is reported of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from bot.model.claim import Claim, Initiative, Medium, Participant, Status
from bot.model.office import Office

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Report:
    """A claim together with the story that makes it, as the ledger keeps it.

    `id` is derived from the story and the claim's place in it. `watches` holds
    the keys of the watches that the story matches. `may_ring` is false for
    undated stories from the first look at a feed (DESIGN.md §4 "Time").
    `contact` is the id of the contact that the report was last assigned to.
    `earlier` holds what the story says of earlier contacts of these offices
    (ISO day or month).
    """

    id: str
    story: str
    source: str
    url: str | None
    language: str
    country: str | None
    instant: datetime
    day: date
    claim: Claim
    watches: frozenset[str] = frozenset()
    may_ring: bool = True
    contact: str | None = None
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told(Generic[T_co]):
    """A value and the sources that tell it, in order of arrival."""

    value: T_co
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact as all its reports together tell it (DESIGN.md §4.1, §4.4).

    A pure function of `reports`; nothing is averaged: `day` and `medium` are what
    most sources of that status tell (ties: the surest basis, then the earliest
    day; video before phone), the `Told` tuples keep every differing version, the
    best-supported first. `status` is held as long as one source stands by it,
    else what the latest report says. `by` is the latest day the contact can have been.
    """

    id: str
    offices: frozenset[Office]
    participants: tuple[Participant, ...]
    status: Status
    medium: Medium
    day: date | None
    by: date
    days: tuple[Told[date], ...]
    initiatives: tuple[Told[Initiative], ...]
    topics: tuple[Told[str], ...]
    reports: tuple[Report, ...]

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries at the table, in alphabetical order."""
        return tuple(sorted({office.country for office in self.offices}))
