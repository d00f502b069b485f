"""What one story says of one contact, each word of it shown."""

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from bot.model.office import Office


class Verdict(StrEnum):
    """What a story is, as far as contacts between ministers go."""

    CONTACT = "contact"
    BACKGROUND = "background"
    PLANNED = "planned"
    DENIED = "denied"
    NONE = "none"


class Status(StrEnum):
    """Whether a contact took place."""

    HELD = "held"
    PLANNED = "planned"
    DENIED = "denied"
    CANCELLED = "cancelled"


class Medium(StrEnum):
    """How two offices spoke (CAMEO 041-044, PLOVER CONSULT)."""

    PHONE = "phone"
    VIDEO = "video"
    MEETING = "meeting"
    LETTER = "letter"
    UNKNOWN = "unknown"


class Basis(StrEnum):
    """What a day rests on, the surest first.

    A statement's day is the day it was made; publication is the story's own day,
    assumed for a meeting that it reports as fresh news without telling any: a
    reader takes it so, a contact does not rest on it (`Claim.told`).
    """

    WRITTEN = "written"
    WEEKDAY = "weekday"
    RELATIVE = "relative"
    STATEMENT = "statement"
    PUBLICATION = "publication"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A slot, the rule that filled it and the words it rests on.

    `start` and `end` are offsets into `Story.whole`, `text` is what stands there.
    """

    slot: str
    rule: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, order=True)
class Participant:
    """An office at the table, and the person where the story or the register tells."""

    office: Office
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Initiative:
    """Whose initiative a contact was; `according_to` is who says so, in the story's words."""

    country: str
    according_to: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What a side says was said: a sentence of the story, in its language.

    `side` is the country that speaks, `speaker` who is named as saying it
    ("Pentagon", "russisches Verteidigungsministerium").
    """

    side: str
    speaker: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A side that a story cites as telling of the contact: that it took place, or that it never did.

    `name` is whom the story names for it, or the side's code. Where not `sure`, the
    side is only heard near the contact: whether it speaks of it cannot be known.
    """

    side: str
    name: str
    sure: bool = True


class Bound(StrEnum):
    """How exactly a length is told: "an hour", "about", "more than", "almost an hour"."""

    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    UNDER = "under"


@dataclass(frozen=True, slots=True)
class Duration:
    """How long a contact lasted, in whole minutes."""

    minutes: int
    bound: Bound = Bound.EXACT


@dataclass(frozen=True, slots=True)
class Place:
    """Where ministers met.

    A capital, or another house that the register has, is named in English with
    its `country`, so that every language of posts can name it; any other place
    stands as the story writes it.
    """

    name: str
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """Which contact of its offices a story counts one as: the `number`-th from the day `since` on.

    "Their second call in a month" is number 2; "the first talk since May" number 1 from 1 June on.
    """

    number: int
    since: date


@dataclass(frozen=True, slots=True)
class Claim:
    """One story's statement about one contact.

    `day` is the local day of the contact where the story tells it, `by` the
    latest day it can have been, `since` the earliest where the story tells as
    much ("last week", "earlier this month"). `repeat` marks an explicit sign that it is not
    the first contact of that day, `tally` counts it among those of some time.
    `topics` are ids of the topic vocabulary, `told_by` the sides that are cited for it.
    """

    status: Status
    participants: tuple[Participant, ...]
    day: date | None
    by: date
    medium: Medium
    basis: Basis = Basis.NONE
    since: date | None = None
    initiative: Initiative | None = None
    topics: tuple[str, ...] = ()
    statements: tuple[Statement, ...] = ()
    told_by: tuple[Cited, ...] = ()
    place: Place | None = None
    duration: Duration | None = None
    repeat: bool = False
    tally: Tally | None = None
    evidence: tuple[Evidence, ...] = ()
    offices: frozenset[Office] = field(init=False, compare=False, repr=False)
    """The unordered set of offices: the first half of a contact's identity."""

    def __post_init__(self) -> None:
        """Gather the offices once: putting contacts together asks for them again and again."""
        object.__setattr__(self, "offices", frozenset(p.office for p in self.participants))

    @property
    def told(self) -> "Claim":
        """The claim without a day that its story does not tell."""
        return self if self.basis is not Basis.PUBLICATION else replace(self, day=None, basis=Basis.NONE)


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier contact that a story mentions.

    `when` is an ISO day or month ("2023-03-15", "2023-03") or None.
    """

    when: str | None
    offices: frozenset[Office]
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Recognition:
    """Everything that a story says of contacts, with the reasons for the verdict."""

    verdict: Verdict
    claims: tuple[Claim, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    reasons: tuple[str, ...] = ()
