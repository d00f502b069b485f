"""One story's gold and recognition → marks (right, extra, missed) and the faults behind them.

The definitions are those of ../shared/eval/score.py; `test_evaluation.py` compares the figures.
"""

import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TypeVar

from bot.model.claim import Claim, Earlier, Participant, Recognition, Verdict
from tests.evaluation.gold import AMBIGUOUS, CONTACT, UNDECIDED, Before, Sample, Seat, Wanted

_FAMILY_NAME_FIRST = frozenset({"CN", "KP", "KR", "VN", "TW"})
_WORD = re.compile(r"\w+")
# So much of two family names must agree: "Belousow" and "Beloussow", not "Austin" and "Esper".
_ALIKE = 0.75
_MANY = 2  # a table of more than two is met by any two of its countries

T = TypeVar("T")


class Slot(StrEnum):
    """What is measured."""

    CONTACT = "contact"
    VERDICT = "verdict"
    PAIR = "pair"
    PERSONS = "persons"
    DATE = "date"
    MEDIUM = "medium"
    INITIATOR = "initiator"
    PREVIOUS = "previous"
    PREVIOUS_DATE = "previous date"


class Outcome(StrEnum):
    """How one thing turned out: found, found where there is none, not found."""

    RIGHT = "right"
    EXTRA = "extra"
    MISSED = "missed"


# The names that evidence bears; without any of the first three there is no contact.
_CORE = ("contact", "participant", "status")
_EVIDENCE = {
    Slot.PERSONS: ("participant",),
    Slot.DATE: ("date",),
    Slot.MEDIUM: ("contact",),
    Slot.INITIATOR: ("initiator",),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One count; `slot` is a `Slot` or, for false alerts, "alert <kind>" (right: it stayed quiet)."""

    slot: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in one story, and the words that the answer rested on."""

    story: str
    language: str
    kind: str
    slot: Slot
    wanted: str
    got: str
    words: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Write it in one line."""
        said = " · ".join(f"“{word}”" for word in self.words)
        return (
            f"{self.slot:<9} {self.story} [{self.language}/{self.kind}] "
            f"wanted {self.wanted}, got {self.got}{': ' if said else ''}{said}"
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is to be said of one story."""

    language: str
    marks: tuple[Mark, ...]
    faults: tuple[Fault, ...] = ()


def alert_slot(kind: str) -> str:
    """Name the measure of false alerts on stories of a kind."""
    return f"alert {kind}"


def score(sample: Sample, got: Recognition) -> Sheet:
    """Compare a story's label with what was recognised in it."""
    said = got.verdict is Verdict.CONTACT
    paper = _Paper(sample)
    if sample.kind != CONTACT or sample.ambiguous:
        paper.mark(alert_slot(AMBIGUOUS if sample.ambiguous else sample.kind), right=not said, extra=said)
    if sample.ambiguous:  # two annotators disagreed on the verdict: counted nowhere else
        return paper.sheet()
    _verdict(paper, got)
    _contacts(paper, got.claims if said else ())
    _previous(paper, got.earlier)
    return paper.sheet()


class _Paper:
    """Where the marks and faults of one story are noted down."""

    def __init__(self, sample: Sample) -> None:
        self.sample = sample
        self._marks: list[Mark] = []
        self._faults: list[Fault] = []

    def mark(self, slot: str, *, right: bool = False, extra: bool = False, missed: bool = False) -> None:
        """Count one of each outcome that is so."""
        so = ((Outcome.RIGHT, right), (Outcome.EXTRA, extra), (Outcome.MISSED, missed))
        self._marks += [Mark(slot, outcome) for outcome, holds in so if holds]

    def fault(self, slot: Slot, wanted: object, got: object, words: Iterable[str] = ()) -> None:
        """Note down something wrong."""
        sample = self.sample
        self._faults.append(
            Fault(
                story=sample.story.id,
                language=sample.language,
                kind=sample.kind,
                slot=slot,
                wanted=str(wanted or "none"),
                got=str(got or "none"),
                words=tuple(dict.fromkeys(words)),
            )
        )

    def sheet(self) -> Sheet:
        """Hand in what was noted."""
        return Sheet(self.sample.language, tuple(self._marks), tuple(self._faults))


def _verdict(paper: _Paper, got: Recognition) -> None:
    wanted, said = paper.sample.kind == CONTACT, got.verdict is Verdict.CONTACT
    paper.mark(Slot.CONTACT, right=wanted and said, extra=said and not wanted, missed=wanted and not said)
    same = got.verdict == paper.sample.verdict
    paper.mark(Slot.VERDICT, right=same, missed=not same)
    if not same:
        # What rests on no words has reasons instead: the near misses.
        words = [word for claim in got.claims for word in _words(claim)] or got.reasons
        slot = Slot.CONTACT if wanted != said else Slot.VERDICT
        paper.fault(slot, paper.sample.verdict, got.verdict, words)


def _contacts(paper: _Paper, claims: Sequence[Claim]) -> None:
    left = list(claims)
    for wanted in paper.sample.contacts:
        hit = _met(left, wanted)
        paper.mark(Slot.PAIR, right=hit is not None, missed=hit is None)
        if hit is not None:
            left.remove(hit)
            _slots(paper, wanted, hit)
        elif claims:
            paper.fault(Slot.PAIR, _joined(wanted.countries), " and ".join(map(_table, claims)))
    for claim in left:
        paper.mark(Slot.PAIR, extra=True)
        if paper.sample.contacts:
            paper.fault(Slot.PAIR, "no more", _table(claim), _words(claim))


def _met(claims: Sequence[Claim], wanted: Wanted) -> Claim | None:
    """Find the claim of the same countries; of a table of many any two are enough."""
    table = wanted.countries
    return _first(claims, lambda claim: _countries(claim) == table) or _first(
        claims, lambda claim: len(table) > _MANY and len(_countries(claim) & table) >= _MANY
    )


def _slots(paper: _Paper, wanted: Wanted, hit: Claim) -> None:
    named = [seat for seat in wanted.seats if seat.person]
    seated = all(any(same_person(seat, one) for one in hit.participants) for seat in named)
    names = [[seat.person for seat in named], [one.person for one in hit.participants]]
    _grade(paper, Slot.PERSONS, hit, [", ".join(map(str, row)) for row in names], right=seated)
    day = hit.day.isoformat() if hit.day else None
    if wanted.date:
        _grade(paper, Slot.DATE, hit, [wanted.date, day], right=day == wanted.date)
    if wanted.medium not in (None, "unknown"):
        _grade(paper, Slot.MEDIUM, hit, [wanted.medium, hit.medium], right=hit.medium == wanted.medium)
    if wanted.initiator != UNDECIDED:
        _initiator(paper, wanted.initiator, hit)


def _grade(paper: _Paper, slot: Slot, hit: Claim, values: Sequence[str | None], *, right: bool) -> None:
    paper.mark(slot, right=right, missed=not right)
    if not right:
        wanted, got = values
        paper.fault(slot, wanted, got, _words(hit, _EVIDENCE[slot]))


def _initiator(paper: _Paper, wanted: str | None, hit: Claim) -> None:
    got = hit.initiative.country if hit.initiative else None
    same = wanted == got
    paper.mark(
        Slot.INITIATOR,
        right=bool(wanted) and same,
        extra=bool(got) and not same,
        missed=bool(wanted) and not same,
    )
    if not same:
        paper.fault(Slot.INITIATOR, wanted, got, _words(hit, _EVIDENCE[Slot.INITIATOR]))


def _previous(paper: _Paper, earlier: Sequence[Earlier]) -> None:
    left = list(earlier)
    for wanted in paper.sample.previous:
        hit = _mentioned(left, wanted)
        paper.mark(Slot.PREVIOUS, right=hit is not None, missed=hit is None)
        if hit is None:
            paper.fault(Slot.PREVIOUS, wanted, ", ".join(str(_before(one)) for one in earlier))
            continue
        left.remove(hit)
        if wanted.date:
            paper.mark(Slot.PREVIOUS_DATE, right=bool(hit.when), missed=not hit.when)
    for one in left:
        paper.mark(Slot.PREVIOUS, extra=True)
        paper.fault(Slot.PREVIOUS, "no more", _before(one), (evidence.text for evidence in one.evidence))


def _mentioned(earlier: Sequence[Earlier], wanted: Before) -> Earlier | None:
    return _first(earlier, lambda one: _may_be(wanted, one))


def _may_be(wanted: Before, got: Earlier) -> bool:
    """Whether one of two dates of different precision can be the other; an untold one fits any."""
    if _before(got).countries != wanted.countries:
        return False
    a, b = wanted.date, got.when
    return not a or not b or a.startswith(b) or b.startswith(a)


def _before(earlier: Earlier) -> Before:
    return Before(earlier.when, tuple(sorted({office.country for office in earlier.offices})))


def same_person(seat: Seat, got: Participant) -> bool:
    """Whether two people of one country carry the same family name, spelling aside."""
    if seat.country != got.office.country:
        return False
    a, b = (_family_name(name or "", seat.country) for name in (seat.person, got.person))
    return bool(a and b) and SequenceMatcher(None, a, b).ratio() >= _ALIKE


def _family_name(person: str, country: str) -> str:
    letters = unicodedata.normalize("NFKD", person).casefold()
    words = _WORD.findall("".join(c for c in letters if not unicodedata.combining(c)))
    return "" if not words else words[0] if country in _FAMILY_NAME_FIRST else words[-1]


def _countries(claim: Claim) -> frozenset[str]:
    return frozenset(one.office.country for one in claim.participants)


def _table(claim: Claim) -> str:
    return _joined(_countries(claim))


def _joined(countries: Iterable[str]) -> str:
    return "-".join(sorted(countries))


def _words(claim: Claim, slots: Container[str] = _CORE) -> tuple[str, ...]:
    """Give the words that a claim, or one slot of it, rests on."""
    return tuple(one.text for one in claim.evidence if one.slot in slots)


def _first(values: Iterable[T], fits: Callable[[T], bool]) -> T | None:
    return next(filter(fits, values), None)
