"""Earlier contacts that a story mentions in passing."""

from collections.abc import Iterator

from bot.model.claim import Earlier
from bot.model.office import Office
from bot.recognition.claims import Spans
from bot.recognition.dates import Day
from bot.recognition.frames import Frame, Reading
from bot.recognition.status import Standing
from bot.recognition.token import Sentence, Token
from bot.recognition.when import is_since

_REACH = 90  # characters from "the last time" to its day


def earlier_of(
    frames: tuple[Frame, ...], reading: Reading, main: frozenset[Office], spans: Spans
) -> tuple[Earlier, ...]:
    """Give the earlier contacts that a story mentions, each told as exactly as the story does.

    They are what its frames remember, what a word such as "zuletzt" stands
    beside, and the ends of silences ("the first since March 2023").
    """
    found: list[Earlier] = []
    for frame in (f for f in frames if f.standing is Standing.REMEMBERED):
        offices = frozenset(m.office for m in frame.ministers) if frame.own else main
        days = _exact_days(frame.days, frame.sentence)
        when = days[0].iso if days else None
        evidence = spans.evidence("previous", "remembered", frame.sentence.start, frame.sentence.end)
        found.append(Earlier(when, offices, (evidence,)))
    if main:
        for sentence in reading.scan.sentences:
            told = reading.days[sentence.number]
            for rule, day in (*_recollections(sentence, told), *_ended_silences(sentence, told)):
                found.append(Earlier(day.iso, main, (spans.evidence("previous", rule, day.start, day.end),)))
    return _exactest(found)


def _exact_days(days: tuple[Day, ...], sentence: Sentence) -> list[Day]:
    return [d for d in days if d.iso and not (d.month or "").startswith("--") and not is_since(sentence, d)]


def _recollections(sentence: Sentence, days: tuple[Day, ...]) -> Iterator[tuple[str, Day]]:
    """Give the day that follows each word of memory beside a word of contact: "zuletzt … am 4. Februar"."""
    if not sentence.of("contact"):
        return
    anchors = sentence.of("status.past_anchor")
    for day in _exact_days(days, sentence):
        before = [a for a in anchors if 0 <= day.start - a.end <= _REACH]
        if before and not _another(days, before[-1], day):
            yield "past_anchor", day


def _another(days: tuple[Day, ...], anchor: Token, day: Day) -> bool:
    return any(anchor.end <= d.start < day.start for d in days)


def _ended_silences(sentence: Sentence, days: tuple[Day, ...]) -> Iterator[tuple[str, Day]]:
    if not sentence.of("status.first", "status.past_anchor", "contact", "status.negation"):
        return
    for day in days:
        if day.iso and not (day.month or "").startswith("--") and is_since(sentence, day):
            yield "since", day


def _exactest(found: list[Earlier]) -> tuple[Earlier, ...]:
    """Drop what another mention tells more exactly: None, then a month whose day is told."""
    kept: list[Earlier] = []
    for one in sorted(found, key=lambda e: -len(e.when or "")):
        if not any(k.offices == one.offices and (k.when or "").startswith(one.when or "") for k in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda e: e.evidence[0].start))
