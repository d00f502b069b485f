"""An evaluation, written for people and for programs."""

import json
from collections.abc import Iterator
from dataclasses import asdict

from tests.evaluation.figures import Evaluation, Figure, Figures, Quality
from tests.evaluation.scoring import Slot

_COLUMNS = (
    "stories",
    "P",
    "R",
    "F1",
    "pair F1",
    "persons",
    "date",
    "medium",
    "initiator",
    "previous",
    "verdict",
)


def as_json(evaluation: Evaluation) -> str:
    """Write the figures and the faults as one JSON object."""
    found = {
        "overall": _named(evaluation.overall),
        "languages": {code: _named(figures) for code, figures in evaluation.languages},
        "errors": [asdict(fault) for fault in evaluation.faults],
    }
    return json.dumps(found, ensure_ascii=False, indent=1)


def as_text(evaluation: Evaluation, errors: int) -> Iterator[str]:
    """Write the figures as tables, then so many of the faults."""
    yield from _overall(evaluation.overall)
    yield ""
    yield _row("", _COLUMNS)
    for code, figures in evaluation.languages:
        yield _row(code, _cells(figures))
    yield _row("all", _cells(evaluation.overall))
    if errors:
        yield f"\n{len(evaluation.faults)} errors:"
        yield from map(str, evaluation.faults[:errors])
    if 0 < errors < len(evaluation.faults):
        yield f"... and {len(evaluation.faults) - errors} more (--errors {len(evaluation.faults)})"


def _overall(figures: Figures) -> Iterator[str]:
    yield f"{figures.stories} stories; each figure with the middle 95 % of resampled stories, and of how many"
    for name in ("contact", "pair", "initiator", "previous"):
        quality: Quality = getattr(figures, name)
        for measure in ("precision", "recall", "f1"):
            yield _line(f"{name} {measure}", getattr(quality, measure))
    for named in figures.accuracies:
        yield _line(f"{named.name} accuracy", named.figure)
    for named in figures.false_alerts:
        yield _line(f"false: {named.name}", named.figure)


def _line(name: str, figure: Figure) -> str:
    return f"{name:<24} {figure.value:.3f}  ({figure.low:.3f}–{figure.high:.3f})  of {figure.of}"


def _cells(figures: Figures) -> tuple[str, ...]:
    contact = figures.contact
    shares = (contact.precision, contact.recall, contact.f1, figures.pair.f1)
    slots = (figures.accuracy(slot) for slot in (Slot.PERSONS, Slot.DATE, Slot.MEDIUM))
    last = (figures.initiator.f1, figures.previous.f1, figures.accuracy(Slot.VERDICT))
    return str(figures.stories), *(_cell(figure) for figure in (*shares, *slots, *last))


def _cell(figure: Figure) -> str:
    return f"{figure.value:.2f}" if figure.of else "–"


def _row(head: str, cells: tuple[str, ...]) -> str:
    return f"{head:<4}" + "".join(f"{cell:>10}" for cell in cells)


def _named(figures: Figures) -> dict[str, object]:
    """Give figures as JSON holds them: tuples of named figures become objects."""
    plain = asdict(figures)
    for group in ("accuracies", "false_alerts"):
        plain[group] = {one["name"]: one["figure"] for one in plain[group]}
    return plain
