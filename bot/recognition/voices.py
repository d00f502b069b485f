"""Who speaks in a sentence: a ministry, a capital, a spokesperson of either."""

from collections.abc import Iterator

from bot.recognition.claims import Spans
from bot.recognition.reading import Reading
from bot.recognition.token import Sentence, Token

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
        adjectives = [
            t for t in sentence.of("country") if t.end <= ministry.start and ministry.start - t.end <= _BESIDE
        ]
        after = [t for t in sentence.of("country") if 0 < t.start - ministry.end <= _BESIDE]
        if adjectives or after:
            yield ministry, (adjectives or after)[-1].country


def written(sentence: Sentence, first: Token, last: Token, spans: Spans) -> str:
    """Give the words from one ministry to another as they stand, with an adjective before them."""
    adjectives = [t for t in sentence.of("country") if 0 <= first.start - t.end <= _BESIDE]
    start = adjectives[-1].start if adjectives else first.start
    return spans.evidence("speaker", "speech", start, last.end).text
