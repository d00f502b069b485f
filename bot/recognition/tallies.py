"""Which contact of its offices a story counts its own as: "their second call in under a month"."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from bot.model.claim import Tally
from bot.recognition.dates import Day
from bot.recognition.frames import Frame
from bot.recognition.reading import Reading
from bot.recognition.status import Standing
from bot.recognition.strays import is_since
from bot.recognition.token import Sentence, Token

_REACH = 100  # characters between a number and its time: "the second call between A and B in a week"
_DESCRIBED = 48  # characters between "the first" and its call
_SECOND = 2
# The times that are told as units of so many days, shortened where they are not even.
_DAYS = {"days": 1, "weeks": 7, "months": 30, "years": 365}
_LONG = timedelta(days=14)  # what "in weeks", "in months", "for years" are at least
_ONE_DAY = timedelta(days=1)
_MONTH, _YEAR = len("2024-06"), len("2024")


def tally_of(reading: Reading, frames: Iterable[Frame]) -> tuple[Tally, Token] | None:
    """Give the first count that the sentences of a held contact tell, with the word of its number."""
    if reading.today is None:
        return None
    for frame in frames:
        if frame.standing is Standing.HELD:
            told = next(_tallies(frame, reading.today), None)
            if told is not None:
                return told
    return None


def _tallies(frame: Frame, today: date) -> Iterator[tuple[Tally, Token]]:
    sentence = frame.sentence
    for nth in sentence.of("tally.nth"):
        if any(nth.within(t.start, t.end) for t in sentence.of("status.counted")):
            number = _SECOND + int(nth.kind.rpartition(".")[2])
            for since in _times(sentence, nth, number, today):
                yield Tally(number, since), nth
    for first in sentence.of("status.first"):
        if _is_of_talk(frame, first):
            for since in (*_ended(frame, first), *_silent(sentence, first, today)):
                yield Tally(1, since), first


def _times(sentence: Sentence, nth: Token, number: int, today: date) -> Iterator[date]:
    """Give the day from which a number counts."""
    for time in sentence.of("tally.within", "tally.as_many", "tally.this"):
        if max(time.start - nth.end, nth.start - time.end) > _REACH:
            continue
        _, way, unit, *count = time.kind.split(".")
        if way == "this":
            yield _begun(unit, today)
        else:
            units = number if way == "as_many" else int(count[0]) if count else 1
            yield today - timedelta(days=_DAYS[unit] * units)


def _begun(unit: str, today: date) -> date:
    """Give the first day of this week, month or year."""
    if unit == "week":
        return today - timedelta(days=today.weekday())
    return today.replace(day=1) if unit == "month" else today.replace(month=1, day=1)


def _is_of_talk(frame: Frame, first: Token) -> bool:
    """Whether the first is a call or talk; a first visit may be the first of anybody."""
    near = [
        c for c in frame.cues if abs(c.start - first.end) <= _DESCRIBED or c.within(first.start, first.end)
    ]
    adverb = not any(c.kind.endswith(".noun") for c in near)
    cues = frame.cues if adverb else near
    return bool(cues) and not any(c.is_a("contact.meeting") for c in cues)


def _ended(frame: Frame, first: Token) -> Iterator[date]:
    """Give the day after a silence's last contact: "the first since May", "since 15 March"."""
    for day in frame.days:
        if day.start > first.start and is_since(frame.sentence, day):
            after = _after(day)
            if after is not None:
                yield after


def _after(day: Day) -> date | None:
    """Give the first day after a day, month or year told."""
    if day.day is not None:
        return day.day + _ONE_DAY
    month = day.month or ""
    if len(month) == _YEAR:
        return date(int(month) + 1, 1, 1)
    if len(month) != _MONTH:
        return None
    return (date.fromisoformat(f"{month}-01") + timedelta(days=31)).replace(day=1)


def _silent(sentence: Sentence, first: Token, today: date) -> Iterator[date]:
    """Give the day from which at least there was silence: "the first in eighteen months", "in years"."""
    for silence in sentence.of("status.silent", "status.silence"):
        if max(silence.start - first.end, first.start - silence.end) > _REACH:
            continue
        _, _, *told = silence.kind.split(".")
        yield today - (timedelta(days=_DAYS[told[0]] * int(told[1])) if len(told) > 1 else _LONG)
