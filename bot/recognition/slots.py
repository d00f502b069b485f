"""What a story tells of a contact beyond who, when and how: initiative, topics, statements, place."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.languages import topics
from bot.model.claim import Claim, Evidence, Initiative, Statement
from bot.model.office import Register
from bot.recognition.claims import Spans
from bot.recognition.frames import Frame, Reading
from bot.recognition.ministers import Minister
from bot.recognition.status import Standing
from bot.recognition.token import Sentence, Token
from bot.text.find import Finder

_REACH = 90  # characters between an initiative and the side whose it was
_BESIDE = 2  # characters between an adjective and its ministry
_JOINED = 24  # characters between two ministries that say the same: "des Pentagons und des russischen …"
_NEAR = 3  # sentences after a frame that may still speak of it
_LONGEST, _SHORTEST = 420, 40  # characters of a statement worth quoting


def fill(
    reading: Reading, frames: tuple[Frame, ...], claim: Claim, spans: Spans, register: Register
) -> Claim:
    """Add the slots that the sentences about a claim's contact tell."""
    countries = frozenset(o.country for o in claim.offices)
    mine = [f for f in frames if f.key & countries and f.standing is not Standing.REMEMBERED]
    near = _sentences(reading, mine, frames)
    initiative, words = _initiative(reading, near, countries, spans)
    told, topic_words = _topics(reading, near, spans)
    statements, statement_words = _statements(reading, near, countries, spans, register)
    return replace(
        claim,
        initiative=initiative,
        topics=told,
        statements=statements,
        evidence=(*claim.evidence, *words, *topic_words, *statement_words),
    )


def _sentences(reading: Reading, mine: list[Frame], frames: tuple[Frame, ...]) -> list[Sentence]:
    """Give the sentences that speak of the contact: those of its frames and a few after each."""
    remembered = {f.sentence.number for f in frames if f.standing is Standing.REMEMBERED}
    wanted = {n for f in mine for n in range(f.sentence.number, f.sentence.number + 1 + _NEAR)}
    return [s for s in reading.scan.sentences if s.number in wanted - remembered]


# initiative


def _initiative(
    reading: Reading, near: list[Sentence], countries: frozenset[str], spans: Spans
) -> tuple[Initiative | None, tuple[Evidence, ...]]:
    told = list(_initiatives(reading, near, countries, spans))
    if not told:
        return None, ()
    country = told[0][0].country
    said = next((one for one in told if one[0].country == country and one[0].according_to), told[0])
    return said[0], (said[1],)


def _initiatives(
    reading: Reading, near: list[Sentence], countries: frozenset[str], spans: Spans
) -> Iterator[tuple[Initiative, Evidence]]:
    for sentence in near:
        for cue in sentence.of("initiative.follows", "initiative.precedes"):
            side = _side_of(sentence, cue, countries)
            if side is not None:
                start, end = min(cue.start, side.start), max(cue.end, side.end)
                words = spans.evidence("initiator", cue.kind, start, end)
                yield Initiative(country_of(side), _sayer(reading, sentence, spans)), words


def country_of(token: Token) -> str:
    """Give the country that a token speaks of."""
    return token.country or (token.holders[0].office.country if token.holders else "")


def _side_of(sentence: Sentence, cue: Token, countries: frozenset[str]) -> Token | None:
    """Give the word of the side that took the initiative: after "at the request of", before "initiated"."""
    sides = [t for t in sentence.of("country", "name") if country_of(t) in countries]
    if cue.is_a("initiative.follows"):
        after = [t for t in sides if t.start >= cue.end and t.start - cue.end <= _REACH]
        return after[0] if after else None
    before = [t for t in sides if t.start < cue.end and cue.start - t.end <= _REACH]
    return before[-1] if before else None


def _sayer(reading: Reading, sentence: Sentence, spans: Spans) -> str | None:
    """Give the words that name who tells the sentence, or who told the one before and goes on."""
    for number in (sentence.number, sentence.number - 1):
        spoken = reading.scan.sentences[max(0, number)]
        ministries = [token for token, _ in _ministries(spoken)] if spoken.of("speech") else []
        if ministries:
            first = ministries[0]
            joined = [m for m in ministries[1:] if m.start - first.end <= _JOINED] or [first]
            adjectives = [t for t in spoken.of("country") if 0 <= first.start - t.end <= _BESIDE]
            start = adjectives[-1].start if adjectives else first.start
            return spans.evidence("speaker", "speech", start, joined[-1].end).text
    return None


def _ministries(sentence: Sentence) -> Iterator[tuple[Token, str]]:
    """Give the ministries and capitals of a sentence that can speak, with their countries."""
    for token in sentence.of("country.ministry", "country.metonym"):
        yield token, token.country
    for ministry in sentence.of("office.ministry"):
        adjectives = [
            t for t in sentence.of("country") if t.end <= ministry.start and ministry.start - t.end <= _BESIDE
        ]
        if adjectives:
            yield ministry, adjectives[-1].country


# topics


class _Topics:
    """One finder a language, built when the language is first met."""

    _finders: dict[str, Finder[str]] = {}  # noqa: RUF012 - a cache of immutable values

    @classmethod
    def finder(cls, language: str) -> Finder[str]:
        if language not in cls._finders:
            cls._finders[language] = Finder(topics.phrases(language))
        return cls._finders[language]


def _topics(
    reading: Reading, near: list[Sentence], spans: Spans
) -> tuple[tuple[str, ...], tuple[Evidence, ...]]:
    finder = _Topics.finder(spans.story.language or "")
    found: dict[str, Evidence] = {}
    for sentence in near:
        text = reading.scan.text[sentence.start : sentence.end]
        for hit in finder.find(text):
            words = spans.evidence(
                "topic", f"topic.{hit.value}", sentence.start + hit.start, sentence.start + hit.end
            )
            found.setdefault(hit.value, words)
    return tuple(found), tuple(found.values())


# statements


@dataclass(frozen=True, slots=True)
class _Quote:
    side: str
    speaker: str
    worth: int
    sentence: Sentence


def _statements(
    reading: Reading, near: list[Sentence], countries: frozenset[str], spans: Spans, register: Register
) -> tuple[tuple[Statement, ...], tuple[Evidence, ...]]:
    language = spans.story.language or ""
    best: dict[str, _Quote] = {}
    for sentence in near:
        quote = _quote(reading, sentence, countries, spans, register) if sentence.number else None
        if quote and (quote.side not in best or quote.worth > best[quote.side].worth):
            best[quote.side] = quote
    quotes = sorted(best.values(), key=lambda q: q.sentence.start)
    evidence = tuple(
        spans.evidence("statement", f"speech.{q.side}", q.sentence.start, q.sentence.end) for q in quotes
    )
    return tuple(
        Statement(q.side, q.speaker, e.text, language) for q, e in zip(quotes, evidence, strict=True)
    ), evidence


def _quote(
    reading: Reading, sentence: Sentence, countries: frozenset[str], spans: Spans, register: Register
) -> _Quote | None:
    """Tell whose statement a sentence is, and how much it says of what was spoken about."""
    verbs = sentence.of("speech.verbs", "speech.according")
    length = sentence.end - sentence.start
    if not verbs or not _SHORTEST <= length <= _LONGEST:
        return None
    ministers = [m for m in reading.casts[sentence.number].ministers if m.office.country in countries]
    ministries = [(t, c) for t, c in _ministries(sentence) if c in countries]
    spoken = min(
        [
            (abs(t.start - v.start), c, _ministry_name(spans, register, c))
            for t, c in ministries
            for v in verbs
        ]
        or [(abs(m.start - v.start), m.office.country, "") for m in ministers for v in verbs],
        default=None,
    )
    if spoken is None:
        return None
    said = [m.office.country for m in ministers]
    side = said[0] if len(set(said)) == 1 else spoken[1]
    content = len(sentence.of("grammar.subordinate")) + 2 * len(list(_topic_hits(reading, sentence, spans)))
    about = 1 if ministers else 0
    dull = 2 if sentence.of("initiative") else 0
    name = spoken[2] if spoken[1] == side and spoken[2] else _speaker_name(ministers, side, spans, register)
    return _Quote(side, name, content + about - dull, sentence) if content + about > dull else None


def _topic_hits(reading: Reading, sentence: Sentence, spans: Spans) -> list[str]:
    finder = _Topics.finder(spans.story.language or "")
    return [hit.value for hit in finder.find(reading.scan.text[sentence.start : sentence.end])]


def _ministry_name(spans: Spans, register: Register, country: str) -> str:
    words = register.country(country).in_language(spans.story.language or "")
    return next(iter(words.ministries), country)


def _speaker_name(ministers: list[Minister], side: str, spans: Spans, register: Register) -> str:
    for minister in ministers:
        if minister.holder is not None and minister.office.country == side:
            return minister.holder.name_in(spans.story.language or "")
    return _ministry_name(spans, register, side)
