"""What each side says was said, in a sentence of the story."""

from dataclasses import dataclass

from bot.model.claim import Evidence, Statement
from bot.recognition.claims import Spans
from bot.recognition.ministers import Minister
from bot.recognition.reading import Reading
from bot.recognition.subjects import topics_in
from bot.recognition.tellers import houses_telling, is_right_before
from bot.recognition.token import Sentence, Token
from bot.recognition.voices import heard_in

_LONGEST, _SHORTEST = 420, 40  # characters of a sentence worth quoting
_PARTNER = 40  # characters of "mit seinem russischen Amtskollegen Andrej Beloussow" before the name
_BESIDE = 2  # characters between a verb and the minister behind it
_TOPIC, _OWN_INITIATIVE = 2, 2  # what a topic adds to a sentence's worth, what telling the initiative takes


@dataclass(frozen=True, slots=True)
class _Quote:
    side: str
    speaker: str
    worth: int
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class _Voice:
    """Who speaks: for which country, by which name."""

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

    What one side tells of the other one's minister is neither's: no quotation is better than a wrong one.
    """
    if not _SHORTEST <= sentence.end - sentence.start <= _LONGEST:
        return None
    ministers = [m for m in reading.casts[sentence.number].ministers if m.office.country in countries]
    voice = _voice(reading, sentence, ministers, countries, spans)
    sides = {m.office.country for m in ministers}
    if voice is None or (len(sides) == 1 and voice.country not in sides):
        return None
    topics = len(topics_in(reading, sentence, spans))
    if not topics and not _is_of_contact(sentence, voice.country, countries):
        return None
    worth = len(sentence.of("grammar.subordinate")) + _TOPIC * topics
    if not worth:
        return None
    worth += bool(ministers) - _OWN_INITIATIVE * bool(sentence.of("initiative"))
    return _Quote(voice.country, voice.name, worth, sentence) if worth > 0 else None


def _voice(
    reading: Reading, sentence: Sentence, ministers: list[Minister], countries: frozenset[str], spans: Spans
) -> _Voice | None:
    """Give the one ministry that speaks here, or else the minister whom the sentence is about."""
    asked = sentence.of("initiative")
    verbs = [
        v
        for v in sentence.of("speech.verbs", "speech.according")
        if not any(v.start < a.end and a.start < v.end for a in asked)
    ]
    if not verbs:
        return None
    telling = houses_telling(reading.scan, sentence, verbs, spans, cited=True)
    spoken = {one.side: _Voice(one.side, one.name) for one in telling if one.side in countries}
    if spoken or not ministers:
        return next(iter(spoken.values())) if len(spoken) == 1 else None
    subject = _subject(sentence, ministers)
    heard = any(country in countries for _, country in heard_in(sentence))
    if heard and not any(is_right_before(sentence, subject, v) for v in verbs):
        return None
    if _is_joined(sentence, subject, ministers) or not _has_verb(subject, verbs):
        return None
    country = subject.office.country
    return _Voice(country, _name_of(ministers, country, spans))


def _has_verb(subject: Minister, verbs: list[Token]) -> bool:
    """Whether a word of speech may be a minister's: behind him, or right before ("warnte Beloussow")."""
    told = (t for t in verbs if t.is_a("speech.verbs"))
    return any(t.end > subject.start or subject.start - t.end <= _BESIDE for t in told)


def _is_of_contact(sentence: Sentence, side: str, countries: frozenset[str]) -> bool:
    """Whether a sentence without a topic speaks of the contact: by a word for it, or of the other side.

    Or it tells what a readout says that a minister stressed: two words of speech.
    """
    others = {t.side for t in sentence.of("name", "country")} & countries - {side}
    retold = len({t.start for t in sentence.of("speech.verbs")}) > 1
    return bool(others or retold or sentence.of("contact", "office.counterpart"))


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
    if subject.listed:
        return True
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
