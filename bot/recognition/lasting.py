"""How long a contact lasted, as its own sentence or the one after tells.

    [about] [40 minutes | an hour and a half]        a length, beside
    the call | lasted | talked for                    a word of contact or of lasting

"An hour ago", "two hours later" and what else lasts (a flight, a war) tell nothing of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from bot.model.claim import Bound, Duration, Evidence
from bot.recognition.claims import Spans
from bot.recognition.frames import STRONG, Frame
from bot.recognition.reading import Reading
from bot.recognition.token import Sentence, Token

_HOUR = 60
_LONGEST = 12 * _HOUR  # minutes: what is longer is no talk
_UNITS = (("duration.minutes", 1), ("duration.hours", _HOUR))
_BOUNDS = (Bound.ABOUT, Bound.OVER, Bound.UNDER)
_PLANNED = ("status.plan", "status.plan_adjective")
_DIGITS = re.compile(r"(?<![\w.,:])(\d{1,3})(?:[.,](5))?[ -]$")
_DIGITS_REACH = 8  # characters that a number of digits takes
_FOR = 16  # characters: "planned to last for 30 minutes"
_ARTICLE = 6  # characters: "about a half-hour", "nach einer halben Stunde"
_AND = 5  # characters: "two hours and ten minutes"
_BEFORE_NOUN = 25  # characters: "half-hour telephone conversation"
_AFTER_NOUN = 6  # characters: "charla de 40 minutos"
_BESIDE = 60  # characters between a length and the word of contact that it belongs to
_AT_ONCE = 16  # characters before the verb of "It lasted"


@dataclass(frozen=True, slots=True)
class _Length:
    minutes: int
    start: int
    end: int


def lasted(
    reading: Reading, frames: list[Frame], countries: frozenset[str], spans: Spans
) -> tuple[Duration | None, tuple[Evidence, ...]]:
    """Give how long the contact of some frames lasted, with the words that tell it."""
    text = reading.scan.text
    for sentence, cues in _sentences(reading, frames, countries):
        for length in _lengths(sentence, text):
            if _is_told(sentence, length, cues, text) and not _is_planned(sentence, length, text):
                words = _bounded(sentence, length, text)
                duration = Duration(length.minutes, words[0])
                return duration, (spans.evidence("duration", f"duration.{words[0]}", *words[1:]),)
    return None, ()


def _sentences(
    reading: Reading, frames: list[Frame], countries: frozenset[str]
) -> Iterator[tuple[Sentence, tuple[Token, ...]]]:
    """Give the sentences of frames with their cues, each followed by the one after, which has none."""
    cues: dict[int, tuple[Token, ...]] = {}
    for frame in frames:
        number = frame.sentence.number
        cues[number] = (*cues.get(number, ()), *frame.cues)
    for number in sorted({*cues, *(n + 1 for n in cues)}):
        if number < len(reading.scan.sentences):
            cast = reading.casts[number]
            strange = cast.others or any(m.office.country not in countries for m in cast.ministers)
            if number in cues or not strange:
                yield reading.scan.sentences[number], cues.get(number, ())


def _lengths(sentence: Sentence, text: str) -> list[_Length]:
    """Give the lengths of a sentence in order; of two that overlap the longer."""
    found = sorted(chain(_fixed(sentence), _counted(sentence, text)), key=lambda one: one.start - one.end)
    kept: list[_Length] = []
    for one in found:
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return [one for one in _summed(sorted(kept, key=lambda one: one.start)) if one.minutes <= _LONGEST]


def _summed(lengths: list[_Length]) -> Iterator[_Length]:
    """Put hours and the minutes after them together: "two hours and twenty minutes"."""
    left = iter(lengths)
    for one in left:
        after = next((b for b in lengths if 0 < b.start - one.end <= _AND), None)
        if after is None or one.minutes % _HOUR or after.minutes >= _HOUR:
            yield one
        else:
            next(left)
            yield _Length(one.minutes + after.minutes, one.start, after.end)


def _fixed(sentence: Sentence) -> Iterator[_Length]:
    return (_Length(_number(t), t.start, t.end) for t in sentence.of("duration.fixed"))


def _counted(sentence: Sentence, text: str) -> Iterator[_Length]:
    words = {t.end: t for t in sentence.of("duration.number")}
    for kind, minutes in _UNITS:
        for unit in sentence.of(kind):
            digits = _DIGITS.search(text[max(sentence.start, unit.start - _DIGITS_REACH) : unit.start])
            word = words.get(unit.start - 1)
            if digits:
                count = int(digits[1]) + (0.5 if digits[2] else 0)
                start = unit.start - (len(digits[0]))
                yield _Length(int(count * minutes), start, unit.end)
            elif word:
                yield _Length(_number(word) * minutes, word.start, unit.end)


def _number(token: Token) -> int:
    return int(token.kind.rpartition(".")[2])


def _is_told(sentence: Sentence, length: _Length, cues: tuple[Token, ...], text: str) -> bool:
    """Whether a length is that of a contact, by the words around it."""
    if not length.minutes or any(_follows(t, length, text) for t in sentence.of("duration.no_more")):
        return False
    contacts = sentence.of(*STRONG)
    start = _bounded(sentence, length, text)[1]
    if any(_describes(length, start, t, text) for t in contacts if t.kind.endswith(".noun")):
        return True
    if sentence.of_within(sentence.segment(length.start), "duration.other"):
        return False
    clause = sentence.clause(length.start)
    lasts = sentence.of_within(clause, "duration.lasts")
    if any(t.end <= start and (contacts or t.start - sentence.start <= _AT_ONCE) for t in lasts):
        return True
    if any(_precedes(t, start, text) for t in sentence.of("duration.never")):
        return False
    return bool(lasts and contacts) or any(_beside(length, t) for t in cues if t.within(*clause))


def _describes(length: _Length, start: int, noun: Token, text: str) -> bool:
    """Whether a length belongs to a word of contact: "a 40-minute call", "una charla de 40 minutos"."""
    if noun.end <= start:
        return len(text[noun.end : start]) <= _AFTER_NOUN and "." not in text[noun.end : start]
    gap = text[length.end : noun.start]
    return length.end <= noun.start and len(gap) <= _BEFORE_NOUN and not set(gap) & set(",;:()")


def _beside(length: _Length, cue: Token) -> bool:
    return max(cue.start - length.end, length.start - cue.end) <= _BESIDE


def _is_planned(sentence: Sentence, length: _Length, text: str) -> bool:
    """Whether a length was only meant to be: "planned for 30 minutes", "auf 30 Minuten angesetzt"."""
    start = _bounded(sentence, length, text)[1]
    plans = sentence.of(*_PLANNED)
    before = (text[t.end : start] for t in plans if 0 <= start - t.end <= _FOR)
    behind = (text[length.end : t.start] for t in plans if 0 <= t.start - length.end <= _ARTICLE)
    return any("," not in gap for gap in chain(before, behind))


def _precedes(token: Token, start: int, text: str) -> bool:
    """Whether a word stands right before, or but for an article: "nach einer halben Stunde"."""
    gap = text[token.end : start]
    return token.end <= start and len(gap) <= _ARTICLE and gap.strip().count(" ") == 0 and "," not in gap


def _follows(token: Token, length: _Length, text: str) -> bool:
    return token.start >= length.end and text[length.end : token.start].strip() == ""


def _bounded(sentence: Sentence, length: _Length, text: str) -> tuple[Bound, int, int]:
    """Give how exactly a length is told, with the span that tells it."""
    for bound in _BOUNDS:
        before = (t for t in sentence.of(f"duration.{bound}") if _opens(t, length, text))
        after = (t for t in sentence.of(f"duration.trailing.{bound}") if _follows(t, length, text))
        if word := next(chain(before, after), None):
            return bound, min(word.start, length.start), max(word.end, length.end)
    return Bound.EXACT, length.start, length.end


def _opens(token: Token, length: _Length, text: str) -> bool:
    return token.start <= length.start < token.end or _precedes(token, length.start, text)
