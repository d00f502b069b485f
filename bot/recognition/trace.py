"""How a story is read, told step by step: the same rooms as for its verdict, with nothing left out."""

from collections.abc import Iterable, Iterator

from bot.model.claim import Evidence, Verdict
from bot.model.trace import DayRead, Framed, Named, NearMiss, Step, Trace
from bot.recognition.claims import Spans
from bot.recognition.context import standing_frames
from bot.recognition.frames import Frame, frames
from bot.recognition.ministers import Minister
from bot.recognition.reading import Reading
from bot.recognition.shortfalls import Scene, nearest, shortfall
from bot.recognition.token import COUNTERPART, OFFICES, Scan, Token
from bot.recognition.when import to_come

_PAIR = 2


def trace_of(reading: Reading, spans: Spans, verdict: Verdict, *, admitted: bool, declared: bool) -> Trace:
    """Tell the steps of a reading; of a story that was not admitted, what it would have rested on."""
    alone = frames(reading) if admitted else ()
    standing = standing_frames(reading, alone)
    steps = tuple(_steps(reading, spans, alone, standing))
    short = [step.shortfall for step in steps if step.shortfall]
    return Trace(
        language=spans.story.language,
        declared=declared,
        readable=True,
        admitted_by=_admitted_by(reading.scan, spans) if admitted else (),
        steps=steps,
        near_misses=nearest(reading, standing, short, verdict, spans),
    )


def unread(language: str | None, known: Iterable[str], *, blank: bool) -> Trace:
    """Give the trace of a story in a language without a file, or without any words."""
    told = f"the language is {language}" if language else "the language cannot be told"
    miss = NearMiss("language", f"{told}; Draht reads {', '.join(known)}")
    if blank:
        miss = NearMiss("no text", "there is no text to read")
    return Trace(None if blank else language, declared=False, readable=False, near_misses=(miss,))


def _steps(
    reading: Reading, spans: Spans, alone: tuple[Frame, ...], standing: tuple[Frame, ...]
) -> Iterator[Step]:
    for sentence in reading.scan.sentences:
        told = tuple(f for f in standing if f.sentence.number == sentence.number)
        step = _step(Scene(reading, sentence, spans), told, alone)
        if any((step.ministers, step.former, step.others, step.cues, step.frames, step.shortfall)):
            yield step


def _step(scene: Scene, told: tuple[Frame, ...], alone: tuple[Frame, ...]) -> Step:
    sentence, cast, spans = scene.sentence, scene.cast, scene.spans
    return Step(
        number=sentence.number,
        sentence=spans.evidence("sentence", "sentence", sentence.start, sentence.end),
        ministers=tuple(_minister(m, spans) for m in cast.ministers),
        former=tuple(_minister(m, spans) for m in cast.former),
        others=tuple(_other(token, spans) for token in cast.others),
        cues=_evidence("contact", scene.cues, spans),
        days=tuple(_days(scene, told)),
        frames=tuple(_framed(frame, alone, spans) for frame in told),
        shortfall=None if told else shortfall(scene),
    )


def _minister(minister: Minister, spans: Spans) -> Named:
    evidence = spans.evidence("participant", minister.rule, minister.start, minister.end)
    person = minister.holder.person if minister.holder else None
    return Named(minister.office.country, person, str(minister.office.role), evidence)


def _other(token: Token, spans: Spans) -> Named:
    evidence = spans.evidence("other", token.kind, token.start, token.end)
    holder = next(iter(token.holders), None)
    if holder is None:
        return Named(None, None, None, evidence)
    return Named(holder.office.country, holder.person, str(holder.office.role), evidence)


def _days(scene: Scene, told: tuple[Frame, ...]) -> Iterator[DayRead]:
    """Give the days of a sentence; a weekday of nothing but plans lies ahead, as in the contact itself."""
    for found in scene.reading.days[scene.sentence.number]:
        day = to_come(found, told, scene.reading.today) if told else found
        evidence = scene.spans.evidence("date", f"time.{day.basis}", day.start, day.end)
        yield DayRead(day.iso, day.basis, evidence)


def _framed(frame: Frame, alone: tuple[Frame, ...], spans: Spans) -> Framed:
    """Tell a frame as it stands in the light of the story, and as its sentence alone tells it."""
    by_itself = next((f for f in alone if f.sentence is frame.sentence and f.cues == frame.cues), frame)
    word = frame.judgement.word
    return Framed(
        countries=tuple(sorted(frame.key)),
        standing=frame.standing.name.lower(),
        alone=by_itself.standing.name.lower(),
        cues=_evidence("contact", frame.cues, spans),
        word=spans.evidence("status", word.kind, word.start, word.end) if word else None,
        own=frame.own,
    )


def _evidence(slot: str, tokens: Iterable[Token], spans: Spans) -> tuple[Evidence, ...]:
    return tuple(spans.evidence(slot, token.kind, token.start, token.end) for token in tokens)


def _admitted_by(scan: Scan, spans: Spans) -> tuple[Evidence, ...]:
    """Give the first word of a defence office, else the counterpart and the names that stand for one."""
    office = next(iter(scan.all_of(*OFFICES)), None)
    if office is not None:
        return _evidence("gate", (office,), spans)
    named = {h.office.country: token for token in scan.all_of("name") for h in token.holders[:1]}
    told = (*scan.all_of(COUNTERPART), *named.values())
    return _evidence("gate", told[:_PAIR], spans)
