"""Where a contact took place: "in" and a name, beside a day, a word of contact or a person.

"berieten am Dienstag in Posen über die Lage in Syrien": who sits somewhere
together has met, and what they speak about is elsewhere.
"""

from collections.abc import Iterator

from bot.recognition.frames import Frame
from bot.recognition.reading import Reading
from bot.recognition.token import Sentence, Token

_LONGEST = 24  # characters of a place's name


def of(reading: Reading, frame: Frame) -> Iterator[Token]:
    """Give the places of a frame's sentence, as tokens of kind "place"."""
    sentence = frame.sentence
    if not sentence.number:
        return
    beside = _edges(reading, frame)
    for word in sentence.of("grammar.place"):
        end = word_end(reading.scan.text, word.end + 1, sentence.end)
        name = Token("place", word.end + 1, end)
        if _is_name(reading, sentence, name) and (word.start - 1 in beside or end + 1 in beside):
            yield name


def word_end(text: str, start: int, stop: int) -> int:
    """Give where the word that begins at an offset ends, at the latest at `stop`; a hyphen is part of it."""
    end = start
    while end < stop and (text[end].isalnum() or text[end] in "-'"):
        end += 1
    return end


def _edges(reading: Reading, frame: Frame) -> set[int]:
    """Give the offsets at which a day, a cue or a minister ends, or a day begins."""
    days = reading.days[frame.sentence.number]
    starts = {d.start for d in days} | {t.start for t in frame.sentence.of("grammar.on")}
    ends = {d.end for d in days} | {c.end for c in frame.cues} | {m.end for m in frame.ministers}
    return starts | ends


def _is_name(reading: Reading, sentence: Sentence, name: Token) -> bool:
    """Whether a word is the name of a town: capitalised, and neither country, month nor office."""
    if not 2 < name.end - name.start <= _LONGEST or name.start not in reading.scan.capitals:  # noqa: PLR2004 - no town's name is shorter
        return False
    known = sentence.of_within((name.start, name.end), "country.noun", "time", "office", "name", "contact")
    return not known
