"""Whether a query holds, by the places of its terms in one story.

A query is laid out once; then only what stands in a story is looked at, so that
ten thousand alternatives cost no more than those of them that are there.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Protocol

from bot.model.query import And, Near, Node, Not, Or, Step, Term
from bot.model.story import BODY_GAP

Span = tuple[int, int]
Evidence = tuple[int, Span]
"""A term's number, and a place of it."""

_WORD = re.compile(r"[^\W_]+")
# Words between the title and the text: no NEAR reaches so far.
_APART = 1_000


class Findings:
    """Where terms stand in one story, by their numbers; every list has a place."""

    def __init__(self, places: Mapping[int, Sequence[Span]], title: str, whole: str) -> None:
        """Take the places as offsets into `whole`, which begins with the title."""
        self.places = places
        self.numbers = frozenset(places)
        self._stands: dict[frozenset[int], list[Stand]] = {}
        self._title_end, self._whole = len(title + BODY_GAP), whole

    def first(self, number: int) -> Span:
        """Give the first place of a term that is there."""
        return min(self.places[number])

    def stands(self, numbers: frozenset[int]) -> "list[Stand]":
        """Give all places of some terms, counted in words, in order."""
        if numbers not in self._stands:
            self._stands[numbers] = self._counted(numbers)
        return self._stands[numbers]

    def _counted(self, numbers: Iterable[int]) -> "list[Stand]":
        places = sorted((span, number) for number in numbers for span in self.places[number])
        return [Stand(self._word(a), self._word(b - 1), (number, (a, b))) for (a, b), number in places]

    def _word(self, offset: int) -> int:
        """Count the words before the one at an offset."""
        return bisect_right(self._words, offset) + (_APART if offset >= self._title_end else 0)

    @cached_property
    def _words(self) -> list[int]:
        return [word.start() for word in _WORD.finditer(self._whole)]


@dataclass(frozen=True, slots=True)
class Stand:
    """A place counted in words, the last one included, and the one that it is near in a chain."""

    first: int
    last: int
    evidence: Evidence
    near: "Stand | None" = None


class Check(Protocol):
    """A query, or a part of it, laid out for looking it up."""

    def evidence(self, found: Findings) -> tuple[Evidence, ...] | None:
        """Give what makes it true, nothing for what only must not be there; None where it is not true."""
        ...


@dataclass(frozen=True, slots=True)
class _AnyOf:
    numbers: frozenset[int]
    others: tuple[Check, ...] = ()

    def evidence(self, found: Findings) -> tuple[Evidence, ...] | None:
        there = tuple((number, found.first(number)) for number in self.numbers & found.numbers)
        told = [evidence for other in self.others if (evidence := other.evidence(found)) is not None]
        return (*there, *chain.from_iterable(told)) if there or told else None


@dataclass(frozen=True, slots=True)
class _AllOf:
    parts: tuple[Check, ...]

    def evidence(self, found: Findings) -> tuple[Evidence, ...] | None:
        every: list[Evidence] = []
        for part in self.parts:
            if (evidence := part.evidence(found)) is None:
                return None
            every += evidence
        return tuple(every)


@dataclass(frozen=True, slots=True)
class _Without:
    part: Check

    def evidence(self, found: Findings) -> tuple[Evidence, ...] | None:
        return () if self.part.evidence(found) is None else None


@dataclass(frozen=True, slots=True)
class _Chain:
    parts: tuple[frozenset[int], ...]
    steps: tuple[Step, ...]

    def evidence(self, found: Findings) -> tuple[Evidence, ...] | None:
        there = [part & found.numbers for part in self.parts]
        if not all(there):
            return None
        ends = found.stands(there[0])
        for step, numbers in zip(self.steps, there[1:], strict=True):
            ends = near(ends, found.stands(numbers), step)
        return tuple(_traced(ends[0])) if ends else None


def laid_out(node: Node, number: Callable[[Term], int]) -> Check:
    """Lay out a part of a query; every term has its number."""
    match node:
        case Term():
            return _AnyOf(frozenset((number(node),)))
        case Not(part):
            return _Without(laid_out(part, number))
        case And(parts):
            return _AllOf(tuple(laid_out(part, number) for part in parts))
        case Near(parts, steps):
            return _Chain(tuple(_numbers(part, number) for part in parts), steps)
        case Or(parts):
            others = tuple(laid_out(part, number) for part in parts if not isinstance(part, Term))
            return _AnyOf(_numbers(node, number), others)


def _numbers(node: Term | Or, number: Callable[[Term], int]) -> frozenset[int]:
    parts = node.parts if isinstance(node, Or) else (node,)
    return frozenset(number(part) for part in parts if isinstance(part, Term))


def near(left: Sequence[Stand], right: Sequence[Stand], step: Step) -> list[Stand]:
    """Give those on the right that stand near one on the left, each with the nearest of them.

    Near is behind it, and before it where the order is left open; two that share a word are not near.
    """
    before = sorted(left, key=attrgetter("last"))
    behind = sorted(left, key=attrgetter("first"))
    lasts, firsts = [one.last for one in before], [one.first for one in behind]
    kept: list[Stand] = []
    for one in right:
        at = bisect_left(lasts, one.first) - 1
        if at >= 0 and one.first - lasts[at] <= step.words:
            kept.append(Stand(one.first, one.last, one.evidence, before[at]))
            continue
        at = bisect_right(firsts, one.last)
        if not step.ordered and at < len(firsts) and firsts[at] - one.last <= step.words:
            kept.append(Stand(one.first, one.last, one.evidence, behind[at]))
    return kept


def _traced(end: Stand | None) -> list[Evidence]:
    """Give the evidence of a chain, from its last part back to the first."""
    evidence: list[Evidence] = []
    while end:
        evidence.append(end.evidence)
        end = end.near
    return evidence
