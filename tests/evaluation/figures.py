"""Marks of many stories → figures, each with a bootstrap interval over stories."""

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from tests.evaluation.scoring import Fault, Mark, Outcome, Sheet, Slot

RESAMPLES = 1_000
SEED = 20
_LOW, _HIGH = 0.025, 0.975  # the middle 95 %


@dataclass(frozen=True, slots=True)
class Figure:
    """A share with its 95 % interval (percentiles of resampled stories).

    `of` is how many cases it is a share of in the stories as they are: where
    there are none, nothing was asked and the share is 1. Where nothing is
    wrong resampling shows no spread: with n cases up to 3/n may still be wrong.
    """

    value: float
    low: float
    high: float
    of: int


@dataclass(frozen=True, slots=True)
class Quality:
    """Precision, recall and F1 of what may be found where there is none, or be missed."""

    precision: Figure
    recall: Figure
    f1: Figure


@dataclass(frozen=True, slots=True)
class Named:
    """A figure under the name of its slot or kind."""

    name: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that is measured over a set of stories.

    `false_alerts` are shares of the stories of a kind that are taken for a
    contact; `accuracies` those of contacts found (for verdict: of stories,
    for previous date: of earlier contacts found) whose slot is right.
    """

    stories: int
    contact: Quality
    pair: Quality
    initiator: Quality
    previous: Quality
    accuracies: tuple[Named, ...]
    false_alerts: tuple[Named, ...]

    def accuracy(self, slot: Slot) -> Figure:
        """Give the accuracy of a slot."""
        return next(named.figure for named in self.accuracies if named.name == slot)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures over all stories and by language, and every fault."""

    overall: Figures
    languages: tuple[tuple[str, Figures], ...]
    faults: tuple[Fault, ...]


ACCURACIES = (Slot.VERDICT, Slot.PERSONS, Slot.DATE, Slot.MEDIUM, Slot.PREVIOUS_DATE)


def evaluate(sheets: Sequence[Sheet], seed: int = SEED) -> Evaluation:
    """Put the figures of all stories together; equal sheets and seed give equal figures."""
    languages = dict.fromkeys(sorted({sheet.language for sheet in sheets}))
    return Evaluation(
        overall=figures(sheets, seed),
        languages=tuple(
            (code, figures([s for s in sheets if s.language == code], seed)) for code in languages
        ),
        faults=tuple(fault for sheet in sheets for fault in sheet.faults),
    )


def figures(sheets: Sequence[Sheet], seed: int = SEED) -> Figures:
    """Measure a set of stories."""
    drawn = _Drawn(sheets, seed)
    kinds = sorted(drawn.slots() - set(Slot))
    return Figures(
        stories=len(sheets),
        contact=drawn.quality(Slot.CONTACT),
        pair=drawn.quality(Slot.PAIR),
        initiator=drawn.quality(Slot.INITIATOR),
        previous=drawn.quality(Slot.PREVIOUS),
        accuracies=tuple(Named(slot, drawn.figure(slot, _recall)) for slot in ACCURACIES),
        false_alerts=tuple(Named(kind, drawn.figure(kind, _alerted)) for kind in kinds),
    )


# From right, extra and missed to the part and the whole of a share.
_Ratio = Callable[[int, int, int], tuple[int, int]]


def _precision(right: int, extra: int, _: int) -> tuple[int, int]:
    return right, right + extra


def _recall(right: int, _: int, missed: int) -> tuple[int, int]:
    return right, right + missed


def _f1(right: int, extra: int, missed: int) -> tuple[int, int]:
    return 2 * right, 2 * right + extra + missed


def _alerted(right: int, extra: int, _: int) -> tuple[int, int]:
    return extra, right + extra


class _Drawn:
    """The counts of the stories as they are, and of resamples of as many stories."""

    def __init__(self, sheets: Sequence[Sheet], seed: int) -> None:
        # Stories with equal marks are one class, and marks are columns of a table of
        # numbers: a thousand draws of six hundred stories then take half a second.
        classes = Counter(sheet.marks for sheet in sheets)
        marks = dict.fromkeys(mark for row in classes for mark in row)
        self._columns = {mark: number for number, mark in enumerate(marks)}
        self._rows = [[self._columns[mark] for mark in row] for row in classes]
        self._counts = self._counted(dict(enumerate(classes.values())))
        dice = random.Random(seed)  # noqa: S311 - for statistics
        every, bounds = range(len(classes)), list(accumulate(classes.values()))
        draws = (dice.choices(every, cum_weights=bounds, k=len(sheets)) for _ in range(RESAMPLES) if sheets)
        self._resampled = [self._counted(Counter(draw)) for draw in draws]

    def slots(self) -> set[str]:
        """Name everything that was marked."""
        return {mark.slot for mark in self._columns}

    def quality(self, slot: str) -> Quality:
        """Give precision, recall and F1 of a slot."""
        return Quality(*(self.figure(slot, ratio) for ratio in (_precision, _recall, _f1)))

    def figure(self, slot: str, ratio: _Ratio) -> Figure:
        """Give one share with its interval."""
        nothing = len(self._columns)  # the last column, always zero
        right, extra, missed = (self._columns.get(Mark(slot, outcome), nothing) for outcome in Outcome)

        def share(counts: Sequence[int]) -> float:
            part, whole = ratio(counts[right], counts[extra], counts[missed])
            return part / whole if whole else 1.0

        drawn = sorted(map(share, self._resampled)) or [1.0]
        low, high = (drawn[round(edge * (len(drawn) - 1))] for edge in (_LOW, _HIGH))
        _, whole = ratio(self._counts[right], self._counts[extra], self._counts[missed])
        return Figure(share(self._counts), low, high, whole)

    def _counted(self, times: Mapping[int, int]) -> list[int]:
        """Count every mark in so many stories of each class."""
        sums = [0] * (len(self._columns) + 1)
        for number, count in times.items():
            for column in self._rows[number]:
                sums[column] += count
        return sums
