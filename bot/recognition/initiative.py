"""Whose initiative a contact was: who asked for it, who dialled, who wrote."""

from collections.abc import Iterator
from dataclasses import replace

from bot.model.claim import Claim, Evidence, Initiative, Medium
from bot.recognition.claims import Spans
from bot.recognition.reading import Reading
from bot.recognition.token import Sentence, Token
from bot.recognition.voices import sayer
from bot.text.fold import fold

_CLOSE = 40  # characters: "initiiert hatte das Gespräch Moskau"
_REACH = 90  # characters between an initiative and the side whose it was
_OBJECT = 24  # characters between "called" and "his counterpart"
_WITH = 16  # characters: "belde vrijdag met"
_TALK_BEFORE, _TALK_AFTER = 60, 30  # characters: "the call, which … asked for", "asked for a new call"
_BESIDE = 1
_PAIR = 2
# Who dialled or wrote counts only where nobody is said to have asked.
_DONE = ("initiative.calls", "initiative.dials", "initiative.receives", "contact.letter")
_ADDRESSED = "initiative.addressed"
_NO_CUES = (_ADDRESSED, "initiative.loose", "initiative.none", "initiative.happened")
_SHORT = 48  # characters: "It came at the request of the Ukrainian side."
_MUTUAL = "contact.letter.mutual"


def initiative_of(
    reading: Reading, near: list[Sentence], claim: Claim, spans: Spans
) -> tuple[Initiative | None, tuple[Evidence, ...]]:
    """Give whose initiative a claim's contact was, as the sentences near it tell; None where they do not.

    Of several who tell the same the first that names its source counts.
    """
    countries = frozenset(o.country for o in claim.offices)
    told = list(_told(reading, near, countries, spans))
    if claim.medium is Medium.LETTER:
        told += _written(reading, near, countries, spans)
    asked = [one for one in told if not one[1].rule.endswith(_DONE)]
    told = asked or told
    if not told:
        return None, ()
    country = told[0][0].country
    said = next((one for one in told if one[0].country == country and one[0].according_to), told[0])
    return said[0], (said[1],)


def _told(
    reading: Reading, near: list[Sentence], countries: frozenset[str], spans: Spans
) -> Iterator[tuple[Initiative, Evidence]]:
    for sentence in near:
        nothing = sentence.of("contact.none")
        sides = [t for t in sentence.of("country", "name") if t.side in countries]
        for cue in (t for t in sentence.of("initiative") if t.kind not in _NO_CUES):
            if any(cue.within(n.start, n.end) for n in nothing) or _is_of_else(sentence, cue):
                continue
            side = _side_of(sentence, cue, sides, reading.scan.text)
            if side is not None and cue.is_a("initiative.receives"):
                side = _other(side, sides, countries)
            left_open = sentence.of_within(sentence.clause(cue.start), "status.conditional")
            if side is not None and not left_open and not _is_another_talk(reading, sentence, countries):
                yield _initiative(reading, sentence, cue, side, spans)


def _initiative(
    reading: Reading, sentence: Sentence, cue: Token, side: Token, spans: Spans
) -> tuple[Initiative, Evidence]:
    start, end = min(cue.start, side.start), max(cue.end, side.end)
    words = spans.evidence("initiator", cue.kind, start, end)
    return Initiative(side.side, sayer(reading, sentence, (start, end), spans)), words


def _is_of_else(sentence: Sentence, cue: Token) -> bool:
    """Whether something else than a contact is asked for: "had asked for missiles", "sent at Kyiv's request".

    A short sentence goes on about the contact: "It was at the request of Kyiv."
    """
    told = tuple(t for t in sentence.of("contact") if not t.is_a("contact.none"))
    if cue.is_a("initiative.asks"):
        near = (cue.start - _TALK_BEFORE, cue.end + _TALK_AFTER)
        return not any(t.kind.endswith(".noun") and t.within(*near) for t in told)
    loose = any(t.start == cue.start for t in sentence.of("initiative.loose"))
    told = told or sentence.of("initiative.happened", "scene")
    return loose and not told and sentence.end - sentence.start > _SHORT


def _is_another_talk(reading: Reading, sentence: Sentence, countries: frozenset[str]) -> bool:
    """Whether a sentence speaks of holders of other offices, and of none of these ministers."""
    cast = reading.casts[sentence.number]
    return bool(cast.others) and not any(m.office.country in countries for m in cast.ministers)


def _other(side: Token, sides: list[Token], countries: frozenset[str]) -> Token | None:
    """Give the other of two sides, by the words that name it or those that name the first."""
    others = countries - {side.side}
    if len(others) != 1:
        return None
    named = [t for t in sides if t.side in others]
    return named[0] if named else replace(side, country=next(iter(others)), holders=())


def _side_of(sentence: Sentence, cue: Token, sides: list[Token], text: str) -> Token | None:
    """Give which of the sides took the initiative: after "at the request of", before "initiated".

    Of who was called or written to, it gives him.
    """
    before = [t for t in sides if t.end <= cue.start and cue.start - t.end <= _REACH]
    inside = [t for t in sides if cue.start < t.end and t.start < cue.end]
    if cue.is_a("initiative.calls"):
        return _caller(sentence, cue, sides, text)
    if cue.is_a("initiative.dials") or cue.is_a("initiative.receives"):
        return next(iter([*reversed(before), *inside]), None)
    if not cue.is_a("initiative.within") and before and _is_himself(sentence, cue, before[-1]):
        return next(t for t in sides if t.end <= cue.start)
    if cue.is_a("initiative.follows"):
        after = [t for t in sides if t.start >= cue.end and t.start - cue.end <= _REACH]
        close = [t for t in sides if t.end <= cue.start and cue.start - t.end <= _CLOSE]
        return after[0] if after else close[-1] if close else None
    if cue.is_a("initiative.within"):
        return next(iter(inside), None)
    after = [t for t in sides if t.start >= cue.end and t.start - cue.end <= _CLOSE]
    return next(iter([*reversed(before), *inside, *after]), None)


def _is_himself(sentence: Sentence, cue: Token, nearest: Token) -> bool:
    """Whether a pronoun asks: "A after a talk with B, which he himself had requested"."""
    between = sentence.of_within((nearest.end, cue.end), "office.pronoun")
    relative = sentence.of("grammar.relative")
    opened = [r for r in relative if r.start >= nearest.end]
    return any(p.within(r.start, r.end) or 0 <= p.start - r.end <= _BESIDE for p in between for r in opened)


def _caller(sentence: Sentence, cue: Token, sides: list[Token], text: str) -> Token | None:
    """Give who calls: the side before the word, unless its case shows that he is the one called.

    "A called B", "A hat B angerufen", "am Dienstag rief A B an"; but "Андрею
    Белоусову позвонил Остин". Of one side alone it is known where a
    counterpart is called. "Phoned with" is of both.
    """
    before = [t for t in sides if t.end <= cue.start and cue.start - t.end <= _REACH]
    after = [t for t in sides if t.start >= cue.start and t.start - cue.end <= _REACH]
    after = [t for t in after if t.kind != "country.noun" or t.start < cue.end]  # "called Ukraine a partner"
    if any(0 <= t.start - cue.end <= _reach_of_with(after, cue) for t in sentence.of("grammar.with")):
        return None
    if not before:
        first = after[0] if cue.gapped and after and after[0].start < cue.end else None
        return first if first and _is_nominative(first, text) else None
    after = [t for t in after if t.side != before[-1].side]
    if after:
        called = not _is_nominative(before[-1], text) and _is_nominative(after[0], text)
        return after[0] if called else before[-1]
    other = next((t for t in reversed(before) if t.side != before[-1].side), None)
    if other is not None:
        both = sentence.of_within((other.end, before[-1].start), "grammar.list_and", "grammar.with")
        return None if both else other
    alone = _is_nominative(before[-1], text) and _calls_a_counterpart(sentence, cue, before[-1])
    return before[-1] if alone else None


def _reach_of_with(after: list[Token], cue: Token) -> int:
    return _WITH if after and not cue.gapped else _BESIDE


def _calls_a_counterpart(sentence: Sentence, cue: Token, caller: Token) -> bool:
    """Whether the one called is only a counterpart: "called his counterpart", "hat Kollegen angerufen"."""
    called = sentence.of_within((caller.end, cue.end + _OBJECT), "office.counterpart")
    return any(t.end <= cue.start or 0 <= t.start - cue.end <= _OBJECT for t in called)


def _is_nominative(token: Token, text: str) -> bool:
    """Whether a name stands as the register spells it, in no other case; other words count as if they did."""
    written = text[token.start : token.end].rpartition(" ")[2]
    return not token.holders or any(
        fold(name).rpartition(" ")[2] == written for holder in token.holders for name in holder.all_names()
    )


def _written(
    reading: Reading, near: list[Sentence], countries: frozenset[str], spans: Spans
) -> Iterator[tuple[Initiative, Evidence]]:
    """Give whose letter it is: the first who is named, but not whom the letter is addressed to."""
    if any(sentence.of(_MUTUAL) for sentence in near):
        return
    for sentence in near:
        letters = sentence.of("contact.letter")
        if not letters:
            continue
        sides = [t for t in sentence.of("country", "name") if t.side in countries]
        writer = _writer(sentence, sides, countries, reading.scan.text)
        if writer is not None:
            yield _initiative(reading, sentence, replace(letters[0], kind="contact.letter"), writer, spans)


def _writer(sentence: Sentence, sides: list[Token], countries: frozenset[str], text: str) -> Token | None:
    for cue in sentence.of(_ADDRESSED):
        reader = next((t for t in sides if 0 <= t.start - cue.end <= _CLOSE), None)
        if reader is not None:
            return _other(reader, sides, countries) if len(countries) == _PAIR else None
    people = [t for t in sides if t.holders and _is_nominative(t, text)]
    return next(iter([*people, *sides]), None)
