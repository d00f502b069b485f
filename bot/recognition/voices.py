"""Who speaks in a sentence: a ministry, a capital, a spokesperson of either."""

from collections.abc import Iterator

from bot.recognition.claims import Spans
from bot.recognition.reading import Reading
from bot.recognition.token import Sentence, Token

_AND = 5  # characters: "US and Ukrainian ministries"
_BESIDE = 2  # characters between an adjective and its ministry
_JOINED = 24  # characters between two that say the same: "des Pentagons und des russischen …"


def sayer(reading: Reading, sentence: Sentence, but: tuple[int, int], spans: Spans) -> str | None:
    """Give the words that name who tells the sentence, or who told the one before and goes on.

    What lies inside `but` is told, not telling.
    """
    for number in (sentence.number, sentence.number - 1):
        spoken = reading.scan.sentences[max(0, number)]
        if not spoken.of("speech"):
            continue
        told = [t for t, _ in ministries(spoken) if t.end <= but[0] or t.start >= but[1]]
        if told:
            last = told[1] if len(told) > 1 and _joined(spoken, told[0], told[1]) else told[0]
            return written(spoken, told[0], last, spans)
    return None


def _joined(sentence: Sentence, left: Token, right: Token) -> bool:
    """Whether two ministries say the same: "des Pentagons und des russischen Ministeriums"."""
    between = sentence.of_within((left.end, right.start), "grammar.list_and")
    return bool(between) and right.start - left.end <= _JOINED


def ministries(sentence: Sentence) -> Iterator[tuple[Token, str]]:
    """Give the ministries and capitals of a sentence that can speak, with their countries."""
    for token in sentence.of("country.ministry", "country.metonym"):
        yield token, token.country
    for ministry in sentence.of("office.ministry"):
        owners = _owners(sentence, ministry)
        if len(owners) == 1:
            yield ministry, owners.pop()


def joint(sentence: Sentence) -> Iterator[tuple[Token, str]]:
    """Give the ministries that a sentence tells of together, once for each of their countries."""
    for ministry in sentence.of("office.ministry"):
        owners = _owners(sentence, ministry)
        if len(owners) > 1:
            yield from ((ministry, country) for country in sorted(owners))


def _owners(sentence: Sentence, ministry: Token) -> set[str]:
    """Give whose ministry it is; "the US and Ukrainian ministries" are of two.

    "Russian Ministry", "Ministry of Russia", and inside "ministère russe de la Défense".
    """
    words = sentence.of("country")
    before = [t for t in words if t.end <= ministry.start and ministry.start - t.end <= _BESIDE]
    after = [t for t in words if 0 < t.start - ministry.end <= _BESIDE]
    inside = [t for t in words if ministry.gapped and t.within(ministry.start, ministry.end)]
    owners = {t.country for t in (inside or before or after)[-1:]}
    listed = [t for t in words for owner in before[-1:] if 0 < owner.start - t.end <= _AND]
    joined = [t for t in listed if sentence.of_within((t.end, before[-1].start), "grammar.list_and")]
    return owners | {t.country for t in joined if not inside}


def heard_in(sentence: Sentence) -> Iterator[tuple[Token, str]]:
    """Give the ministries and capitals of a sentence in which anybody speaks: one of them may be who does."""
    if sentence.of("speech"):
        yield from ministries(sentence)
        yield from joint(sentence)


def written(sentence: Sentence, first: Token, last: Token, spans: Spans) -> str:
    """Give the words from one ministry to another as they stand, with an adjective before them."""
    adjectives = [t for t in sentence.of("country") if 0 <= first.start - t.end <= _BESIDE]
    start = adjectives[-1].start if adjectives else first.start
    return spans.evidence("speaker", "speech", start, last.end).text
