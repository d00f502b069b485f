"""What a story tells of a contact beyond who, when and how: initiative, topics, statements, place, length."""

from dataclasses import replace

from bot.model.claim import Claim, Duration, Evidence, Medium, Place, Status
from bot.recognition.claims import STATUS, Spans
from bot.recognition.frames import Frame
from bot.recognition.initiative import initiative_of
from bot.recognition.lasting import lasted
from bot.recognition.reading import Reading
from bot.recognition.statements import statements_of
from bot.recognition.status import Standing
from bot.recognition.subjects import topics_of
from bot.recognition.tellers import tellers_of
from bot.recognition.token import Sentence
from bot.recognition.venues import Gazetteer, met_at

_NEAR = 3  # sentences after a frame that may still speak of it


def fill(
    reading: Reading, frames: tuple[Frame, ...], claim: Claim, gazetteer: Gazetteer, spans: Spans
) -> Claim:
    """Add the slots that the sentences about a claim's contact tell."""
    countries = frozenset(o.country for o in claim.offices)
    mine = [f for f in frames if f.key & countries and f.standing is not Standing.REMEMBERED]
    near = _sentences(reading, mine, frames)
    initiative, words = initiative_of(reading, near, claim, spans)
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
        told_by=tellers_of(reading, near, own, claim, spans),
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
