"""What was spoken about, by the vocabulary of topics."""

from functools import cache

from bot.languages import topics
from bot.model.claim import Evidence
from bot.recognition.claims import Spans
from bot.recognition.reading import Reading
from bot.recognition.token import Sentence
from bot.text.find import Finder, Hit


def topics_of(
    reading: Reading, near: list[Sentence], spans: Spans
) -> tuple[tuple[str, ...], tuple[Evidence, ...]]:
    """Give the topics of some sentences, each with the first words that tell it."""
    found: dict[str, Evidence] = {}
    for sentence in near:
        for hit in topics_in(reading, sentence, spans):
            start, end = sentence.start + hit.start, sentence.start + hit.end
            found.setdefault(hit.value, spans.evidence("topic", f"topic.{hit.value}", start, end))
    return tuple(found), tuple(found.values())


def topics_in(reading: Reading, sentence: Sentence, spans: Spans) -> list[Hit[str]]:
    """Find the topics of one sentence; offsets are those inside it."""
    return _finder(spans.story.language or "").find(reading.scan.text[sentence.start : sentence.end])


@cache
def _finder(language: str) -> Finder[str]:
    return Finder(topics.phrases(language))
