"""The date that a letter bears."""

from collections.abc import Sequence

from bot.recognition.dates import Day
from bot.recognition.frames import Frame
from bot.recognition.reading import Reading

_BESIDE = 16  # characters between "dated" and its day: "trägt das Datum des "
_HANDED_OVER = ("contact.phone", "contact.video", "contact.meeting")
_NEAR = 2  # sentences after a letter that may tell its date


def dated(reading: Reading, frames: Sequence[Frame]) -> Day | None:
    """Give the day that a letter is dated; None for every other contact.

    It outweighs the day on which the letter became known.
    """
    letters = [f for f in frames if _is_of_a_letter(f)]
    for first in (f.sentence.number for f in letters):
        for number in range(first, min(first + 1 + _NEAR, len(reading.days))):
            words = reading.scan.sentences[number].of("time.dated")
            for day in reading.days[number]:
                beside = (max(day.start - w.end, w.start - day.end) <= _BESIDE for w in words)
                if day.day is not None and any(beside):
                    return day
    return None


def _is_of_a_letter(frame: Frame) -> bool:
    """Whether a sentence tells a letter, and not a contact in which one is handed over."""
    other = any(cue.is_a(kind) for cue in frame.cues for kind in _HANDED_OVER)
    return not other and any(cue.is_a("contact.letter") for cue in frame.cues)
