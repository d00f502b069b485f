"""What a story tells of a contact beyond who, when and how: initiative, topics, statements, place, length."""

from collections.abc import Iterator
from dataclasses import replace

from bot.model.claim import Claim, Duration, Evidence, Initiative, Medium, Place, Status
from bot.recognition.claims import STATUS, Spans
from bot.recognition.frames import Frame
from bot.recognition.lasting import lasted
from bot.recognition.reading import Reading
from bot.recognition.statements import statements_of
from bot.recognition.status import Standing
from bot.recognition.subjects import topics_of
from bot.recognition.token import Sentence, Token
from bot.recognition.venues import Gazetteer, met_at
from bot.recognition.voices import sayer
from bot.text.fold import fold

_CLOSE = 40  # characters: "initiiert hatte das Gespräch Moskau"
_CALLS = "initiative.calls"
_REACH = 90  # characters between an initiative and the side whose it was
_NEAR = 3  # sentences after a frame that may still speak of it


def fill(
    reading: Reading, frames: tuple[Frame, ...], claim: Claim, gazetteer: Gazetteer, spans: Spans
) -> Claim:
    """Add the slots that the sentences about a claim's contact tell."""
    countries = frozenset(o.country for o in claim.offices)
    mine = [f for f in frames if f.key & countries and f.standing is not Standing.REMEMBERED]
    near = _sentences(reading, mine, frames)
    initiative, words = _initiative(reading, near, countries, spans)
    told, topic_words = topics_of(reading, near, spans)
    statements, statement_words = statements_of(reading, near, countries, spans)
    own = [f for f in mine if f.key <= countries and STATUS.get(f.standing) is claim.status]
    place, place_words = _place(reading, own, claim, gazetteer, spans)
    duration, length_words = _duration(reading, own, claim, spans)
    return replace(
        claim,
        initiative=initiative,
        topics=told,
        statements=statements,
        place=place,
        duration=duration,
        evidence=(
            *claim.evidence, *words, *topic_words, *statement_words, *place_words, *length_words,
        ),
    )  # fmt: skip


def _place(
    reading: Reading, own: list[Frame], claim: Claim, gazetteer: Gazetteer, spans: Spans
) -> tuple[Place | None, tuple[Evidence, ...]]:
    """Give where the ministers met or will meet; a call has no place."""
    told = claim.medium is Medium.MEETING and claim.status in (Status.HELD, Status.PLANNED)
    return met_at(reading, own, gazetteer, spans) if told else (None, ())


def _duration(
    reading: Reading, own: list[Frame], claim: Claim, spans: Spans
) -> tuple[Duration | None, tuple[Evidence, ...]]:
    """Give how long a contact lasted that took place; letters do not last."""
    told = claim.status is Status.HELD and claim.medium is not Medium.LETTER
    countries = frozenset(o.country for o in claim.offices)
    return lasted(reading, own, countries, spans) if told else (None, ())


def _sentences(reading: Reading, mine: list[Frame], frames: tuple[Frame, ...]) -> list[Sentence]:
    """Give the sentences that speak of the contact: those of its frames and a few after each."""
    remembered = {f.sentence.number for f in frames if f.standing is Standing.REMEMBERED}
    wanted = {0, 1} | {n for f in mine for n in range(f.sentence.number, f.sentence.number + 1 + _NEAR)}
    return [s for s in reading.scan.sentences if s.number in wanted - remembered]


def _initiative(
    reading: Reading, near: list[Sentence], countries: frozenset[str], spans: Spans
) -> tuple[Initiative | None, tuple[Evidence, ...]]:
    told = list(_initiatives(reading, near, countries, spans))
    asked = [one for one in told if not one[1].rule.endswith(_CALLS)]
    told = asked or told
    if not told:
        return None, ()
    country = told[0][0].country
    said = next((one for one in told if one[0].country == country and one[0].according_to), told[0])
    return said[0], (said[1],)


def _initiatives(
    reading: Reading, near: list[Sentence], countries: frozenset[str], spans: Spans
) -> Iterator[tuple[Initiative, Evidence]]:
    for sentence in near:
        nothing = sentence.of("contact.none")
        sides = [t for t in sentence.of("country", "name") if t.side in countries]
        for cue in (
            t for t in sentence.of("initiative") if not any(t.within(n.start, n.end) for n in nothing)
        ):
            side = _side_of(sentence, cue, sides, reading.scan.text)
            left_open = sentence.of_within(sentence.clause(cue.start), "status.conditional")
            if side is not None and not left_open and not _is_another_talk(reading, sentence, countries):
                start, end = min(cue.start, side.start), max(cue.end, side.end)
                words = spans.evidence("initiator", cue.kind, start, end)
                yield Initiative(side.side, sayer(reading, sentence, (start, end), spans)), words


def _is_another_talk(reading: Reading, sentence: Sentence, countries: frozenset[str]) -> bool:
    """Whether a sentence speaks of holders of other offices, and of none of these ministers."""
    cast = reading.casts[sentence.number]
    return bool(cast.others) and not any(m.office.country in countries for m in cast.ministers)


def _caller(sides: list[Token], cue: Token, text: str) -> Token | None:
    """Give who calls: the side before the word, unless its case shows that he is the one called.

    "A called B", "A hat B angerufen"; but "Андрею Белоусову позвонил Остин".
    """
    before = [t for t in sides if t.end <= cue.start and cue.start - t.end <= _REACH]
    after = [t for t in sides if t.start >= cue.start and t.start - cue.end <= _REACH]
    if not before:
        return None
    after = [t for t in after if t.side != before[-1].side]
    if after:
        called = not _is_nominative(before[-1], text) and _is_nominative(after[0], text)
        return after[0] if called else before[-1]
    return next((t for t in reversed(before) if t.side != before[-1].side), None)


def _is_nominative(token: Token, text: str) -> bool:
    """Whether a name stands as the register spells it, in no other case; other words count as if they did."""
    written = text[token.start : token.end].rpartition(" ")[2]
    return not token.holders or any(
        fold(name).rpartition(" ")[2] == written for holder in token.holders for name in holder.all_names()
    )


def _side_of(sentence: Sentence, cue: Token, sides: list[Token], text: str) -> Token | None:
    """Give which of the sides took the initiative: after "at the request of", before "initiated"."""
    if cue.is_a("initiative.calls"):
        if any(t.start == cue.end + 1 for t in sentence.of("grammar.with")):  # "phoned with" is of both
            return None
        return _caller(sides, cue, text)
    if cue.is_a("initiative.follows"):
        after = [t for t in sides if t.start >= cue.end and t.start - cue.end <= _REACH]
        close = [t for t in sides if t.end <= cue.start and cue.start - t.end <= _CLOSE]
        return after[0] if after else close[-1] if close else None
    inside = [t for t in sides if cue.start < t.end and t.start < cue.end]
    if cue.is_a("initiative.within"):
        return next(iter(inside), None)
    before = [t for t in sides if t.end <= cue.start and cue.start - t.end <= _REACH]
    after = [t for t in sides if t.start >= cue.end and t.start - cue.end <= _CLOSE]
    return next(iter([*reversed(before), *inside, *after]), None)
