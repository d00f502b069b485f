"""What each side says was said, in a sentence of the story."""

from dataclasses import dataclass

from bot.model.claim import Evidence, Statement
from bot.recognition.claims import Spans
from bot.recognition.ministers import Minister
from bot.recognition.reading import Reading
from bot.recognition.subjects import topics_in
from bot.recognition.token import Sentence
from bot.recognition.voices import ministries, written

_LONGEST, _SHORTEST = 420, 40  # characters of a sentence worth quoting
_PARTNER = 40  # characters of "mit seinem russischen Amtskollegen Andrej Beloussow" before the name
_TOPIC, _OWN_INITIATIVE = 2, 2  # what a topic adds to a sentence's worth, what telling the initiative takes


@dataclass(frozen=True, slots=True)
class _Quote:
    side: str
    speaker: str
    worth: int
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class _Voice:
    """Who may be speaking: how far from a word of speech, for which country, by which name."""

    distance: int
    country: str
    name: str


def statements_of(
    reading: Reading, near: list[Sentence], countries: frozenset[str], spans: Spans
) -> tuple[tuple[Statement, ...], tuple[Evidence, ...]]:
    """Give the most telling sentence of each side, with who speaks."""
    best: dict[str, _Quote] = {}
    for sentence in (s for s in near if s.number):
        quote = _quote(reading, sentence, countries, spans)
        if quote and (quote.side not in best or quote.worth > best[quote.side].worth):
            best[quote.side] = quote
    quotes = sorted(best.values(), key=lambda q: q.sentence.start)
    evidence = [
        spans.evidence("statement", f"speech.{q.side}", q.sentence.start, q.sentence.end) for q in quotes
    ]
    language = spans.story.language or ""
    told = (Statement(q.side, q.speaker, e.text, language) for q, e in zip(quotes, evidence, strict=True))
    return tuple(told), tuple(evidence)


def _quote(reading: Reading, sentence: Sentence, countries: frozenset[str], spans: Spans) -> _Quote | None:
    """Tell whose statement a sentence is, and how much it says of what was spoken about.

    A sentence about one minister is his side's, whoever tells it.
    """
    if not _SHORTEST <= sentence.end - sentence.start <= _LONGEST:
        return None
    ministers = [m for m in reading.casts[sentence.number].ministers if m.office.country in countries]
    voices = _voices(sentence, ministers, countries, spans)
    if not voices:
        return None
    voice = min(voices, key=lambda v: v.distance)
    sides = {m.office.country for m in ministers}
    side = next(iter(sides)) if len(sides) == 1 else voice.country
    name = voice.name if voice.country == side else _name_of(ministers, side, spans)
    worth = len(sentence.of("grammar.subordinate")) + _TOPIC * len(topics_in(reading, sentence, spans))
    if not worth:
        return None
    worth += bool(ministers) - _OWN_INITIATIVE * bool(sentence.of("initiative"))
    return _Quote(side, name, worth, sentence) if worth > 0 else None


def _voices(
    sentence: Sentence, ministers: list[Minister], countries: frozenset[str], spans: Spans
) -> list[_Voice]:
    """Give the ministries that may speak here, or the minister whom the sentence is about."""
    asked = sentence.of("initiative")
    verbs = [
        v
        for v in sentence.of("speech.verbs", "speech.according")
        if not any(v.start < a.end and a.start < v.end for a in asked)
    ]
    houses = [(t, c) for t, c in ministries(sentence) if c in countries]
    spoken = [
        _Voice(abs(t.start - v.start), c, written(sentence, t, t, spans)) for t, c in houses for v in verbs
    ]
    if spoken or not verbs or not ministers:
        return spoken
    subject = _subject(sentence, ministers)
    if _is_joined(sentence, subject, ministers):
        return []
    country = subject.office.country
    return [_Voice(0, country, _name_of(ministers, country, spans))]


def _subject(sentence: Sentence, ministers: list[Minister]) -> Minister:
    """Give the minister whom a sentence is about: the first who is not the one spoken with.

    The other one is named as the partner ("told", "in a call with"), however near the verb he stands.
    """
    in_order = sorted(ministers, key=lambda m: m.start)
    partners = {
        next((m.start for m in in_order if 0 <= m.start - t.end <= _PARTNER), None)
        for t in sentence.of("grammar.with")
    }
    return next((m for m in in_order if m.start not in partners), in_order[0])


def _is_joined(sentence: Sentence, subject: Minister, ministers: list[Minister]) -> bool:
    """Whether a sentence is about both ministers at once, so that neither speaks: "A and B agreed"."""
    after = next((m for m in sorted(ministers, key=lambda m: m.start) if m.start >= subject.end), None)
    if after is None or after.office.country == subject.office.country:
        return False
    between = (subject.end, after.start)
    apart = sentence.of_within(between, "speech.verbs", "speech.according", "contact", "grammar.with")
    return (
        after.start - subject.end <= _PARTNER
        and bool(sentence.of_within(between, "grammar.list_and"))
        and not apart
    )


def _name_of(ministers: list[Minister], side: str, spans: Spans) -> str:
    """Name a side by its minister where he is known, else by its country's code."""
    language = spans.story.language or ""
    holders = (m.holder for m in ministers if m.holder is not None and m.office.country == side)
    return next((holder.name_in(language) for holder in holders), side)
