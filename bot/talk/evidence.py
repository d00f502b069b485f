"""What a contact rests on: for every slot who says so, and the words."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.alerts.budget import clip
from bot.alerts.markup import Bold, Line, Piece, Plain
from bot.alerts.sources import source_name
from bot.model.contact import Contact, Report
from bot.register.load import first_day
from bot.talk.answer import line, linked
from bot.talk.paper import Paper

SLOTS = (
    "contact", "status", "participant", "date", "initiator", "topic", "place", "duration", "statement",
    "previous",
)  # fmt: skip
_DAY = len("2024-07-12")
MOST_VOICES = 3
LONGEST_WORDS = 60
LONGEST_VALUE = 160
# A contact has these in any case; that they are not told needs no word.
_ALWAYS = frozenset({"contact", "participant", "status", "statement", "previous"})


@dataclass(frozen=True, slots=True)
class Voice:
    """A source that tells a value, where, and the words it rests on ("" where none are kept)."""

    source: str
    url: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A value of a slot as readers see it ("" where the words say all), and who tells it, in order."""

    slot: str
    value: str
    voices: tuple[Voice, ...]


def facts(contact: Contact, paper: Paper) -> tuple[Fact, ...]:
    """Give every value of every slot that a report tells, each with its sources."""
    found: dict[tuple[str, str], dict[str, Voice]] = {}
    for slot in SLOTS:
        for report in contact.reports:
            told = _told(slot, report, paper)
            if told is not None:
                value, words = told
                voices = found.setdefault((slot, value), {})
                voices.setdefault(source_name(report), Voice(source_name(report), report.url, words))
    return tuple(Fact(slot, value, tuple(voices.values())) for (slot, value), voices in found.items())


def evidence_lines(contact: Contact, paper: Paper) -> Iterator[Line]:
    """Write the facts, one line each, then what nobody tells."""
    known = facts(contact, paper)
    for fact in known:
        yield Line((Bold(f"{_label(fact.slot, paper)}:"), Plain(" "), *_pieces(fact, paper)))
    told = {fact.slot for fact in known} | _ALWAYS
    missing = [_label(slot, paper) for slot in SLOTS if slot not in told]
    if missing:
        yield line(paper.words.facts.open.format(slots=paper.press.words.listed(missing)))


def _pieces(fact: Fact, paper: Paper) -> Iterable[Piece]:
    if fact.value:
        yield Plain(f"{clip(fact.value, LONGEST_VALUE)} – ")
    for index, voice in enumerate(fact.voices[:MOST_VOICES]):
        yield Plain("; " if index else "")
        yield linked(voice.source, voice.url)
        if voice.words:
            quoted = paper.words.facts.words.format(words=clip(voice.words, LONGEST_WORDS))
            yield Plain(f" {quoted}")
    if len(fact.voices) > MOST_VOICES:
        yield Plain(f" {paper.words.facts.more.format(count=len(fact.voices) - MOST_VOICES)}")


def _label(slot: str, paper: Paper) -> str:
    return str(getattr(paper.words.facts, slot))


def _told(slot: str, report: Report, paper: Paper) -> tuple[str, str] | None:
    """Give a report's value of a slot and its words; None where it tells none."""
    words = [one.text for one in report.claim.evidence if one.slot == slot]
    value = _VALUES[slot](report, paper) if slot in _VALUES else ""
    if value is None or not (value or words):
        return None
    return value, " … ".join(dict.fromkeys(words))


def _participants(report: Report, paper: Paper) -> str:
    return ", ".join(sorted(map(paper.name, report.claim.participants)))


def _date(report: Report, paper: Paper) -> str | None:
    return paper.day(report.claim.day) if report.claim.day else None


def _initiator(report: Report, paper: Paper) -> str | None:
    told = report.claim.initiative
    return paper.press.country(told.country) if told else None


def _topics(report: Report, paper: Paper) -> str | None:
    code = paper.press.words.code
    return ", ".join(paper.press.topic_label(one, code) for one in report.claim.topics) or None


def _place(report: Report, paper: Paper) -> str | None:
    told = report.claim.place
    return (paper.press.place(told) or told.name) if told else None


def _duration(report: Report, paper: Paper) -> str | None:
    told = report.claim.duration
    return paper.press.words.length(told) if told else None


def _statement(report: Report, paper: Paper) -> str | None:
    return ", ".join(dict.fromkeys(paper.press.country(one.side) for one in report.claim.statements)) or None


def _previous(report: Report, paper: Paper) -> str | None:
    words = paper.press.words
    days = (first_day(one) for one in report.earlier)
    told = zip(report.earlier, days, strict=True)
    return ", ".join(words.long_day(d) if len(one) == _DAY else words.month(d) for one, d in told) or None


_VALUES: Mapping[str, Callable[[Report, Paper], str | None]] = {
    "contact": lambda report, paper: paper.press.words.medium(report.claim.medium).noun,
    "participant": _participants,
    "date": _date,
    "initiator": _initiator,
    "topic": _topics,
    "place": _place,
    "duration": _duration,
    "statement": _statement,
    "previous": _previous,
}
