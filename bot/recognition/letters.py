"""The date that a letter bears."""

from collections.abc import Sequence

from bot.recognition.dates import Day
from bot.recognition.frames import Frame
from bot.recognition.reading import Reading

_BESIDE = 16  # characters between "dated" and its day: "trägt das Datum des "
_NEAR = 2  # sentences after a letter that may tell its date


def dated(reading: Reading, frames: Sequence[Frame]) -> Day | None:
    """Give the day that a letter is dated; None for every other contact.

    It outweighs the day on which the letter became known.
    """
    letters = [f for f in frames if any(c.is_a("contact.letter") for c in f.cues)]
    for first in (f.sentence.number for f in letters):
        for number in range(first, min(first + 1 + _NEAR, len(reading.days))):
            words = reading.scan.sentences[number].of("time.dated")
            for day in reading.days[number]:
                beside = (max(day.start - w.end, w.start - day.end) <= _BESIDE for w in words)
                if day.day is not None and any(beside):
                    return day
    return None
