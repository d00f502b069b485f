"""How a story was read, step by step, and what all but made it ring."""

from dataclasses import dataclass

from bot.model.claim import Basis, Evidence


@dataclass(frozen=True, slots=True)
class NearMiss:
    """One plain sentence: what was there, and what would have had to be there.

    `kind` is a short stable name for programs. `watch` is the name of the watch
    that the story missed, None where the story itself fell short of a contact.
    """

    kind: str
    text: str
    watch: str | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody in an office, or only the office, as a sentence names him.

    `country` and `person` are None where the sentence leaves them open; of a
    defence minister `office` is "defence minister".
    """

    country: str | None
    person: str | None
    office: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class DayRead:
    """A day, month or year that a sentence tells, in ISO form (None: only that there is one)."""

    when: str | None
    basis: Basis
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Framed:
    """A contact that a sentence tells, and how it stands.

    `standing` is held, planned, denied, cancelled or remembered; `alone` is how
    it would stand by its sentence alone. `word` is what the standing rests on,
    None where no word had to be said. `own` tells that the sentence names the
    pair itself and does not just go on about it.
    """

    countries: tuple[str, ...]
    standing: str
    alone: str
    cues: tuple[Evidence, ...]
    word: Evidence | None
    own: bool


@dataclass(frozen=True, slots=True)
class Step:
    """What was found in one sentence, `number` 0 being the title.

    `former` held the office at another time; `others` are in other offices.
    `shortfall` says why a sentence with some of the ingredients tells no contact.
    """

    number: int
    sentence: Evidence
    ministers: tuple[Named, ...] = ()
    former: tuple[Named, ...] = ()
    others: tuple[Named, ...] = ()
    cues: tuple[Evidence, ...] = ()
    days: tuple[DayRead, ...] = ()
    frames: tuple[Framed, ...] = ()
    shortfall: NearMiss | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """The reading of a story.

    `language` is None where it cannot be told, `declared` tells that the feed
    named it. `admitted_by` are the words for which the story was read at all;
    nothing of a story without any became a contact. `steps` are the sentences
    worth telling, in order; `near_misses` what came nearest to a contact, the
    nearest first, none where the story is one.
    """

    language: str | None
    declared: bool
    readable: bool
    admitted_by: tuple[Evidence, ...] = ()
    steps: tuple[Step, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
