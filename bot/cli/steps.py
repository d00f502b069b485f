"""The steps of a reading, sentence by sentence, for a person at a terminal."""

from collections.abc import Iterable, Iterator

from bot.cli.wording import quoted, shortened
from bot.model.claim import Evidence
from bot.model.trace import Framed, Named, Step, Trace

_SENTENCE = 160  # characters shown of a sentence
_MOST = 40  # sentences told: a page of a whole newspaper has thousands


def lines(trace: Trace, *, titled: bool) -> Iterator[str]:
    """Walk through the sentences that tell anything; of a story with a title, it is the first one."""
    if trace.admitted_by:
        yield f"read for {', '.join(_by(evidence) for evidence in trace.admitted_by)}"
    yield "steps:"
    for step in trace.steps[:_MOST]:
        place = str(step.number + (not titled)) if step.number or not titled else "title"
        yield f"  {place}: {shortened(step.sentence.text, _SENTENCE)}"
        yield from (f"     {line}" for line in _found(step))
    if len(trace.steps) > _MOST:
        yield f"  … and {len(trace.steps) - _MOST} more sentences (--json gives all)"
    if not trace.steps:
        yield "  no sentence tells of a minister, another office or a contact"


def _found(step: Step) -> Iterator[str]:
    yield from _people("minister", step.ministers)
    yield from _people("not in office", step.former)
    yield from _people("another office", step.others)
    if step.cues:
        yield f"contact: {', '.join(map(_by, step.cues))}"
    for day in step.days:
        yield f"day: {day.when or '?'} by {quoted(day.evidence.text)} ({day.basis})"
    yield from (_framed(frame) for frame in step.frames)
    if step.shortfall:
        yield f"→ no contact: {step.shortfall.text}"


def _people(what: str, people: Iterable[Named]) -> Iterator[str]:
    for one in people:
        office = "" if what == "minister" or one.office is None else f", {one.office}"
        who = (
            f"{one.country} {one.person or one.office}{office if one.person else ''} by "
            if one.country
            else ""
        )
        yield f"{what}: {who}{_by(one.evidence)}"


def _framed(frame: Framed) -> str:
    countries = "-".join(frame.countries)
    word = f" with {_by(frame.word)}" if frame.word else ""
    alone = f"; {frame.alone} by this sentence alone" if frame.alone != frame.standing else ""
    goes_on = "" if frame.own else ", goes on about it"
    return f"→ {countries} {frame.standing}{word}{goes_on}{alone}"


def _by(evidence: Evidence) -> str:
    return f"{quoted(evidence.text)} ({evidence.rule})"
