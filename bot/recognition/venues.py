"""Where ministers met: a capital or house of the register, a town, or what they met beside.

Only where a sentence of the meeting puts it: "in Brüssel", "at the Pentagon",
"Ankara'da". Where somebody spoke to the press is another place, and a town
that the register lacks is named only where its language does not bend names.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from bot.languages.language import Language
from bot.model.claim import Evidence, Place
from bot.model.office import Country
from bot.recognition import places
from bot.recognition.claims import Spans
from bot.recognition.frames import Frame
from bot.recognition.reading import Reading
from bot.recognition.token import Sentence, Token
from bot.register.towns import english_name

_NEAR = 90  # characters between a place and the word of contact
_MARGIN = 60  # characters of "on the sidelines of the Munich Security Conference"
_Found = tuple[Place, Evidence]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """What is needed to name places: a language, its words for capitals, the countries of the register."""

    language: Language
    capitals: Mapping[str, str]
    countries: Mapping[str, Country]

    def house(self, token: Token, text: str) -> Place | None:
        """Give the capital or house that a metonym means; None where the register does not tell."""
        written = text[token.start : token.end]
        country = self.countries.get(token.country)
        capital = self.capitals.get(token.country, written)
        name = english_name(written, capital, country) if country else None
        return Place(name, token.country) if name else None


def met_at(
    reading: Reading, frames: list[Frame], gazetteer: Gazetteer, spans: Spans
) -> tuple[Place | None, tuple[Evidence, ...]]:
    """Give where the ministers of some frames met, with the words that tell it."""
    towns = (found for frame in frames for found in _in_town(reading, frame, gazetteer, spans))
    beside = (found for frame in frames for found in _beside(reading, frame, spans))
    place, words = next(chain(towns, beside), (None, None))
    return place, (words,) if words else ()


def _in_town(reading: Reading, frame: Frame, gazetteer: Gazetteer, spans: Spans) -> Iterator[_Found]:
    houses = [t for t in frame.sentence.of("country.metonym") if _is_at(reading, frame, t, gazetteer)]
    for token in sorted(houses, key=lambda t: _apart(t, frame)):
        if place := gazetteer.house(token, reading.scan.text):
            yield place, spans.evidence("place", "place.capital", token.start, token.end)
    if gazetteer.language.names_bend:
        return
    for token in places.of(reading, frame):
        name = _whole_name(reading, frame.sentence, token, gazetteer)
        if name and not frame.sentence.of_within((name.start, name.end), "country", "venue.never"):
            words = spans.evidence("place", "place.town", name.start, name.end)
            if _is_there(frame, name):
                yield Place(words.text), words


def _is_at(reading: Reading, frame: Frame, token: Token, gazetteer: Gazetteer) -> bool:
    """Whether something is in a town or house, not from or of it, and it is the ministers who are there."""
    written = reading.scan.text[token.start : token.end]
    located = gazetteer.language.locative
    inside = written.endswith(located) if located else frame.sentence.is_led(token.start, "venue.at")
    return inside and _is_there(frame, token)


def _is_there(frame: Frame, token: Token) -> bool:
    """Whether a place is nearer to a word of contact than to one of speech, in one clause."""
    sentence = frame.sentence
    clause = sentence.clause(token.start)
    near = [_gap(cue, token) for cue in frame.cues if sentence.clause(cue.start) == clause]
    said = [_gap(t, token) for t in sentence.of_within(sentence.segment(token.start), "speech.verbs")]
    return bool(near) and min(near) <= min([_NEAR, *said])


def _whole_name(reading: Reading, sentence: Sentence, token: Token, gazetteer: Gazetteer) -> Token | None:
    """Give a town's name with all its words; None where a capital after it may belong to it or not."""
    end = token.end
    while (after := _word_after(reading, sentence, end)) and after.start in reading.scan.capitals:
        if _is_known(sentence, after):
            break
        if gazetteer.language.nouns_capitalised:
            return None
        end = after.end
    return Token("place", token.start, end)


def _word_after(reading: Reading, sentence: Sentence, end: int) -> Token | None:
    text, start = reading.scan.text, end + 1
    if text[end:start] != " " or start >= sentence.end:
        return None
    stop = places.word_end(text, start, sentence.end)
    return Token("word", start, stop) if stop > start else None


def _is_known(sentence: Sentence, word: Token) -> bool:
    return any(
        t.start <= word.start < t.end for t in sentence.of("contact", "office", "name", "time", "country")
    )


def _beside(reading: Reading, frame: Frame, spans: Spans) -> Iterator[_Found]:
    """Give what the ministers met beside: "am Rande der Ramstein-Konferenz", as the story writes it."""
    sentence = frame.sentence
    for margin in sentence.of("venue.margin"):
        end = margin.end
        while (after := _word_after(reading, sentence, end)) and after.start in reading.scan.capitals:
            if sentence.of_within((after.start, after.end), "time", "name"):
                break
            end = after.end
        tables = (t.end for t in sentence.of("office.table") if margin.end <= t.start <= end + 1)
        end = max([end, *tables])
        if margin.end < end <= margin.start + _MARGIN and _is_there(frame, margin):
            words = spans.evidence("place", "place.margin", margin.start, end)
            if _ends(reading, sentence, end):
                yield Place(words.text[:1].lower() + words.text[1:]), words


def _ends(reading: Reading, sentence: Sentence, end: int) -> bool:
    """Whether a name ends here: before a sign, or a word that cannot belong to it."""
    after = _word_after(reading, sentence, end)
    kinds = ("grammar.with", "grammar.on", "venue.at", "time", "contact", "status", "name")
    known = {t.start for t in sentence.of(*kinds)}
    if after:
        return after.start in known
    rest = reading.scan.text[end : end + 2]
    return rest in ("", " -", " (") or rest[0] in ",.;:)\n"


def _apart(token: Token, frame: Frame) -> int:
    return min(_gap(cue, token) for cue in frame.cues)


def _gap(one: Token, other: Token) -> int:
    return max(one.start - other.end, other.start - one.end, 0)
