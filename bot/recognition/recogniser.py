"""A story in, what it says of contacts out: pure, the same on any machine."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from bot.languages.detect import detect
from bot.languages.load import codes, load
from bot.model.claim import Recognition, Status, Verdict
from bot.model.office import Register
from bot.model.story import Story
from bot.model.trace import NearMiss, Trace
from bot.recognition import claims, slots
from bot.recognition.bystanders import Bystanders, without
from bot.recognition.claims import Seats, Spans
from bot.recognition.context import standing_frames
from bot.recognition.dates import days_of
from bot.recognition.earlier import earlier_of
from bot.recognition.frames import Frame, frames
from bot.recognition.lexicon import Lexicon
from bot.recognition.ministers import casts
from bot.recognition.persons import Persons
from bot.recognition.reading import Reading
from bot.recognition.strangers import Stranger, strangers
from bot.recognition.token import Scan
from bot.recognition.trace import trace_of, unread
from bot.recognition.venues import Gazetteer
from bot.text.fold import Folded, fold, fold_spans

# A contact is told early in a story; what stands further down is not read.
_LONGEST = 20_000
_HEAD = 1_000  # who is new in office is called by it at once


class Recogniser:
    """Reads stories in every language that has a file, against one register."""

    def __init__(self, register: Register) -> None:
        """Keep the register; languages are built when the first story needs them."""
        self._register = register
        self._persons = Persons(register)
        self._bystanders = Bystanders(register)
        self._countries = {country.code: country for country in register.countries}
        self._lexicons: dict[str, Lexicon] = {}

    def read(self, story: Story) -> Recognition:
        """Tell everything that a story says of contacts; never raises for any text."""
        language = _language_of(story)
        if language not in codes():
            return Recognition(Verdict.NONE, reasons=(f"no language file reads {language or 'this text'}",))
        return self._read(_beginning(story, language), language)

    def trace(self, story: Story) -> Trace:
        """Tell how `read` comes to its verdict, step by step, and what came near; never raises."""
        language = _language_of(story)
        if language not in codes():
            return unread(language, codes(), blank=not story.whole.strip())
        told, lexicon = _beginning(story, language), self._lexicon(language)
        admitted = lexicon.may_concern(fold(told.whole), self._persons)
        reading, spans = self._reading(told, lexicon)
        verdict = self._read(told, language).verdict
        return trace_of(reading, spans, verdict, admitted=admitted, declared=story.language == language)

    def nearness(self, story: Story) -> tuple[NearMiss, ...]:
        """Tell what all but made a story tell a contact, nothing of one about something else."""
        language = _language_of(story)
        if language not in codes():
            return ()
        told, lexicon = _beginning(story, language), self._lexicon(language)
        if not lexicon.may_concern(fold(told.whole), self._persons):
            return ()
        return self.trace(story).near_misses

    def strangers(self, story: Story) -> tuple[Stranger, ...]:
        """Give everyone whom the head of a story calls a defence minister and the register does not know."""
        language = _language_of(story)
        if language not in codes():
            return ()
        told = replace(story, text=story.text[:_HEAD])
        folded = fold_spans(told.whole)
        scan = self._scan(told, folded, self._lexicon(language))
        return tuple(strangers(scan, told.whole, folded, self._register))

    def _read(self, story: Story, language: str) -> Recognition:
        lexicon = self._lexicon(language)
        text = fold(story.whole)
        if not lexicon.may_concern(text, self._persons):
            return Recognition(Verdict.NONE, reasons=("no word of a defence minister",))
        reading, spans = self._reading(story, lexicon)
        bent = lexicon.language.names_bend
        strange = () if bent else tuple(strangers(reading.scan, story.whole, spans.folded, self._register))
        found = standing_frames(reading, frames(reading))
        told = claims.claims_of(reading, found, Seats(self._register, strange), spans)
        verdict = claims.verdict_of(told, found)
        gazetteer = Gazetteer(lexicon.language, lexicon.capitals, self._countries)
        news = tuple(slots.fill(reading, found, claim, gazetteer, spans) for claim in told)
        main = next((c for c in news if c.status is Status.HELD), news[0] if news else None)
        return Recognition(verdict, news, earlier_of(found, reading, main, spans), _reasons(found, spans))

    def _reading(self, story: Story, lexicon: Lexicon) -> tuple[Reading, Spans]:
        folded, today = fold_spans(story.whole), _today(story)
        scan = self._scan(story, folded, lexicon)
        return Reading(scan, casts(scan, today), days_of(scan, today), today), Spans(story, folded)

    def _scan(self, story: Story, folded: Folded, lexicon: Lexicon) -> Scan:
        bystanders = self._bystanders.named(story.whole, folded, _today(story))
        names = [*bystanders, *without(self._persons.named(story.whole, folded), bystanders)]
        names += self._persons.heard(story.whole, folded, names)
        return lexicon.scan(story.whole, folded, names)

    def _lexicon(self, language: str) -> Lexicon:
        if language not in self._lexicons:
            with _uncollected():
                self._lexicons[language] = Lexicon(load(language), self._register.countries)
        return self._lexicons[language]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the collector from walking through a language's phrases while they are read: saves a tenth."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _language_of(story: Story) -> str | None:
    return story.language if story.language in codes() else detect(story.whole[:_LONGEST])


def _beginning(story: Story, language: str) -> Story:
    """Give what is read of a story; a title that is a text itself leaves nothing of the text behind it."""
    text = story.text[:_LONGEST] if len(story.title) <= _LONGEST else ""
    return replace(story, language=language, title=story.title[:_LONGEST], text=text)


def _today(story: Story) -> date | None:
    """Give the day that a story's words count from; None where nobody told it."""
    return story.day if story.dated else None


def _reasons(found: tuple[Frame, ...], spans: Spans) -> tuple[str, ...]:
    """Say for each frame which words make it what it is."""
    if not found:
        return ("no sentence brings two defence ministers and a contact together",)
    return tuple(_reason(frame, spans) for frame in found)


def _reason(frame: Frame, spans: Spans) -> str:
    cue, word = frame.cues[0], frame.judgement.word
    text = (
        f"{'-'.join(sorted(frame.key))} {frame.standing.name.lower()}: “{_words(spans, cue.start, cue.end)}”"
    )
    return text + (f" with “{_words(spans, word.start, word.end)}”" if word else "")


def _words(spans: Spans, start: int, end: int) -> str:
    first, last = spans.folded.span(start, end)
    return spans.story.whole[first:last]
