"""On which day a contact was, as far as a story tells it.

A day beside the words of contact outweighs the day on which somebody spoke of
it; the end of a silence ("since March") and the head of a page are neither.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.model.claim import Basis
from bot.recognition.dates import Day
from bot.recognition.frames import Frame
from bot.recognition.letters import dated
from bot.recognition.reading import Reading
from bot.recognition.status import Standing
from bot.recognition.strays import in_passing, in_since, own_days
from bot.recognition.token import Sentence, Token

_AT_ONCE = 2  # characters between a noun and the clause about it: "the talks, which on Wednesday …"
_WEEK = timedelta(days=6)
_ONE_DAY = timedelta(days=1)
_LATELY = timedelta(days=3)  # what a story that tells no day may speak of anyhow
# Words of some time ago: where one stands, no day told elsewhere is meant.
_VAGUE = ("time.past_period", "time.ago", "time.last_month")
_BESIDE = (
    32  # characters: "im heutigen, mehr als einstündigen Telefonat", "los contactos telefónicos de ayer"
)
# What bears a day for a contact: itself, a journey to it, a day of the week ("am heutigen Dienstag").
_DAY_BEARERS = ("contact", "scene", "office.table", "time.weekdays")
_LEAD = 2  # sentences in which a story tells its news; a dateline may be one of them
_GOES_ON = 2  # sentences before in which the day of a series of talks may be told


def day_told(frame: Frame | None) -> Day | None:
    """Give the first day that a frame itself tells of its contact."""
    return next((d for d, said in _days(frame) if not said), None) if frame else None


def day_said(frame: Frame) -> Day | None:
    """Give the first day on which somebody spoke of a frame's contact, as the frame tells it."""
    return next((d for d, said in _days(frame) if said), None)


def day_of(reading: Reading, frames: list[Frame], story: tuple[Frame, ...] = ()) -> Day | None:
    """Give the day of a contact by its frames; `story` are those of all contacts of its story.

    In this order: the date that a letter bears, a day of the contact, the day
    of a statement about it, the day of a scene that leads to a meeting, the day
    of the ministry's word next to it, the day of another contact of the same
    minister told just before, and the story's own day where it tells what goes on.
    """
    ordered = sorted(frames, key=lambda f: not f.own)
    if (letter := dated(reading, ordered)) is not None:
        return letter
    told = [(d, said) for f in ordered for d, said in _days(f) if not _is_ahead(d, f, reading.today)]
    own = next((d for d, said in told if not said), None)
    if own is not None:
        return to_come(own, ordered, reading.today)
    statement = next((d for d, said in told if said), None)
    if statement is not None:
        return replace(statement, basis=Basis.STATEMENT)
    return (
        _together(reading, ordered)
        or _scene(reading, ordered)
        or _word_after(reading, ordered)
        or _carried(reading, ordered, story)
        or _of_writing(reading, ordered)
    )


def to_come(day: Day, frames: Sequence[Frame], today: date | None) -> Day:
    """Put the weekday of a plan where it lies: ahead."""
    planned = all(f.standing is Standing.PLANNED for f in frames)
    if planned and day.basis is Basis.WEEKDAY and day.day and today and day.day < today:
        return replace(day, day=day.day + timedelta(days=7))
    return day


def _is_ahead(day: Day, frame: Frame, today: date | None) -> bool:
    """Whether a day lies ahead of the story: what was held was not held then."""
    return bool(frame.standing is Standing.HELD and today and day.day and day.day > today)


def _scene(reading: Reading, frames: list[Frame]) -> Day | None:
    """Give the day of the sentence before a meeting, or of an earlier one about its ministers.

    "Am Dienstag ist er nach Kiew gefahren. Dort traf er …": who meets is there.
    """
    if reading.today is None or not any(_face_to_face(reading, f) for f in frames):
        return None
    first = min((f.sentence.number for f in frames if f.sentence.number), default=0)
    for number in range(first - 1, 0, -1):
        offices = set(reading.casts[number].offices) & {m.office for m in frames[0].ministers}
        for day in reading.days[number]:
            sentence = reading.scan.sentences[number]
            recent = day.day is not None and timedelta(0) <= reading.today - day.day <= _WEEK
            plain = not day.dateline and not in_since(sentence, day) and not sentence.of("status.past_anchor")
            if recent and plain and (offices or number == first - 1):
                return day
    return None


def _face_to_face(reading: Reading, frame: Frame) -> bool:
    """Whether a frame tells of a meeting, or of talks right after a journey."""
    if any(c.is_a("contact.meeting") for c in frame.cues):
        return True
    if any(c.is_a("contact.phone") or c.is_a("contact.video") for c in frame.cues):
        return False
    near = reading.scan.sentences[max(0, frame.sentence.number - 1) : frame.sentence.number + 1]
    return any(s.of("scene") for s in near)


def _carried(reading: Reading, frames: list[Frame], story: tuple[Frame, ...]) -> Day | None:
    """Give the day of the sentence before which also tells of talks of one of the ministers.

    "On Thursday he called A. He also spoke with B.", "On 18 March he had two calls."
    """
    first = next((f for f in frames if f.sentence.number), None)
    if first is None or first.standing is not Standing.HELD or first.sentence.of(*_VAGUE):
        return None
    offices = {m.office for m in first.ministers}
    spoken = {f.sentence.number for f in frames}
    for number in range(first.sentence.number, max(0, first.sentence.number - 1 - _GOES_ON), -1):
        sentence = reading.scan.sentences[number]
        others = [f for f in story if f.sentence is sentence and f.key != first.key]
        if any(f.standing is not Standing.HELD for f in others) or not sentence.of("contact"):
            continue
        if number in spoken and not others:
            continue
        if offices & set(reading.casts[number].offices):
            for day in reading.days[number]:
                plain = not day.dateline and not in_since(sentence, day)
                if day.day and plain and not _is_ahead(day, first, reading.today):
                    return day
    return None


def _of_writing(reading: Reading, frames: list[Frame]) -> Day | None:
    """Give the story's own day where its lead tells what goes on, or a dateline heads a meeting just held.

    A call is mostly told of the day after, and in another time zone.
    """
    lead = next((f for f in frames if f.own and 1 <= f.sentence.number <= _LEAD), None)
    if lead is None or lead.standing is not Standing.HELD or reading.today is None:
        return None
    if any(f.sentence.of(*_VAGUE) for f in frames):
        return None
    heads = reading.days[1] if _face_to_face(reading, lead) else ()
    head = next((d for d in heads if d.dateline and not d.stamp and d.day), None)
    if head is not None and head.day and timedelta(0) <= reading.today - head.day <= _ONE_DAY:
        return replace(head, basis=Basis.RELATIVE)
    if all(c.kind.endswith(".present") for c in lead.cues if not c.kind.endswith((".noun", ".adverb"))):
        verbs = [c for c in lead.cues if c.kind.endswith(".present") and not c.is_a("contact.talk")]
        if verbs:
            return Day(verbs[0].start, verbs[0].end, Basis.RELATIVE, day=reading.today)
    return None


def assumed(reading: Reading, frames: list[Frame]) -> Day | None:
    """Give the story's day as that of a meeting which its lead reports, where nothing tells another."""
    lead = next((f for f in frames if f.own and f.sentence.number <= _LEAD), None)
    if lead is None or lead.standing is not Standing.HELD or reading.today is None:
        return None
    if span(frames, reading.today) != (None, reading.today):
        return None
    return Day(lead.cues[0].start, lead.cues[0].end, Basis.PUBLICATION, day=reading.today)


def _together(reading: Reading, frames: list[Frame]) -> Day | None:
    """Give the day of a sentence that names the ministers together, without a word of contact."""
    spoken = {f.sentence.number for f in frames}
    offices = {m.office for m in frames[0].ministers}
    for sentence in reading.scan.sentences[1:]:
        if sentence.number not in spoken and offices <= set(reading.casts[sentence.number].offices):
            for day in reading.days[sentence.number]:
                plain = (
                    not day.dateline and not in_since(sentence, day) and not sentence.of("status.past_anchor")
                )
                if plain and day.day and reading.today and day.day <= reading.today:
                    return day
    return None


def _word_after(reading: Reading, frames: list[Frame]) -> Day | None:
    """Give the day of their word in the sentence after a frame: "laut Mitteilung vom Mittwoch"."""
    for frame in frames:
        number = frame.sentence.number + 1
        if number < len(reading.scan.sentences):
            sentence = reading.scan.sentences[number]
            days = [d for d in reading.days[number] if d.day and not d.dateline and not in_since(sentence, d)]
            theirs = {m.office for m in frame.ministers} & set(reading.casts[number].offices)
            told = theirs or sentence.of(
                "country.ministry", "office.ministry", "office.minister", "speech.of_it"
            )
            segment = sentence.segment(days[0].start) if days else (0, 0)
            past = sentence.of_within(segment, "status.past_anchor", "status.plan", "status.time_future")
            if days and told and not past and not _is_ahead(days[0], frame, reading.today):
                return replace(days[0], basis=Basis.STATEMENT)
    return None


def _days(frame: Frame) -> Iterator[tuple[Day, bool]]:
    """Give the days that a frame may have happened on, and whether one is only that of a statement."""
    own = own_days(frame.sentence, frame.days) if len(frame.days) > 1 else frame.days
    for day in sorted(own, key=lambda d: not _is_beside_a_cue(frame, d)):
        told = day.day or (day.month or "").startswith("--")
        if (
            told
            and not day.dateline
            and not in_since(frame.sentence, day)
            and not in_passing(frame.sentence, frame.cues, day)
            and not _is_outdone(frame, day)
        ):
            yield day, _is_statement(frame, day)


def _is_beside_a_cue(frame: Frame, day: Day) -> bool:
    """Whether no comma parts a day from the contact, as one does in "arrivée lundi, y a rencontré mardi"."""
    segment = frame.sentence.segment(day.start)
    return any(segment[0] <= c.start < segment[1] for c in frame.cues)


def _is_outdone(frame: Frame, day: Day) -> bool:
    """Whether a vaguer word is told of the contact: "last week they spoke, says today's paper"."""
    vague = frame.sentence.of(*_VAGUE)
    if vague and _is_of_a_thing(frame.sentence, day):
        return True
    said = _is_today(frame, day) or _is_statement(frame, day)
    if not vague or not said or any(t.start == day.start for t in vague):
        return False
    return any(_is_of_cue(frame.sentence, cue, t) for cue in frame.cues for t in vague)


def _is_of_cue(sentence: Sentence, cue: Token, told: Token) -> bool:
    """Whether a time is in a contact's clause, or in the one about it: "a call that was last week"."""
    clause = sentence.clause(told.start)
    return sentence.clause(cue.start) == clause or 0 <= clause[0] - cue.end <= _AT_ONCE


def _is_today(frame: Frame, day: Day) -> bool:
    """Whether a day is told by a word such as "today", alone or before its weekday: "am heutigen Montag"."""
    return day.basis is Basis.RELATIVE or any(
        d.basis is Basis.RELATIVE and d.day == day.day and 0 < day.start - d.end <= _AT_ONCE
        for d in frame.days
    )


def _is_statement(frame: Frame, day: Day) -> bool:
    """Whether a day belongs to the word that tells, not to the contact: "sagte er am Dienstag"."""
    sentence = frame.sentence
    if _is_of_a_thing(sentence, day):
        return True
    # "Said on Friday that the day before …"
    if any(t.start == day.start for t in sentence.of("time.earlier")):
        return False
    segment = sentence.segment(day.start)
    spoken = sentence.of_within(segment, "speech.public")
    met = [c for c in frame.cues if segment[0] <= c.start < segment[1]]
    if not spoken:
        return False
    return not met or min(_apart(t, day) for t in spoken) < min(_apart(t, day) for t in met)


def _is_of_a_thing(sentence: Sentence, day: Day) -> bool:
    """Whether a day is that of a thing beside it, no contact: "in today's paper"."""
    return any(
        t.start < day.end and day.start < t.end and not sentence.of_within(_beside(t), *_DAY_BEARERS)
        for t in sentence.of("time.of_a_thing")
    )


def _beside(token: Token) -> tuple[int, int]:
    return token.start - _BESIDE, token.end + _BESIDE


def _apart(token: Token, day: Day) -> tuple[int, bool]:
    """Tell how far a day is from a word; at the same distance it belongs to the word before it."""
    return min(abs(token.start - day.end), abs(day.start - token.end)), token.start > day.start


def span(frames: list[Frame], today: date) -> tuple[date | None, date]:
    """Give the earliest and the latest day that a contact without a day can have been on.

    "Last week" is the one that ended with the last Sunday before the story,
    "earlier this month" began with the first, "this week" with its Monday, and longer ago ended with that
    Sunday; None where nothing tells the earliest.
    """
    own = [f for f in frames if f.own]
    sunday = today - timedelta(days=today.isoweekday())
    weeks = next((t for f in own for t in f.sentence.of("time.ago.weeks")), None)
    if weeks is not None:
        return _weeks_ago(weeks, sunday)
    month = next((d.month for f in own for d in f.days if _is_month(f, d)), None)
    if month is not None:
        first = date.fromisoformat(f"{month}-01")
        return first, min(today, first.replace(day=monthrange(first.year, first.month)[1]))
    if any(f.sentence.of("time.this_month") for f in own):
        return today.replace(day=1), today
    if today - sunday > _LATELY and any(f.sentence.of("tally.this.week") for f in own):
        return sunday + _ONE_DAY, today
    return None, sunday if any(f.sentence.of("time.past_period") for f in own) else today


def _weeks_ago(told: Token, sunday: date) -> tuple[date, date]:
    """Give the week that ended with the last Sunday; weeks ago, one so much earlier, a week around it."""
    number = told.kind.removeprefix("time.ago.weeks").strip(".")
    more = timedelta(weeks=int(number or 1) - 1)
    return (sunday - more - 2 * _WEEK, sunday - more + _WEEK) if more else (sunday - _WEEK, sunday)


def _is_month(frame: Frame, day: Day) -> bool:
    """Whether a contact is told to have been in a month."""
    told = day.month is not None and len(day.month) == len("2024-06") and day.month[0].isdigit()
    before = frame.sentence.of_within(frame.sentence.segment(day.start), "status.past_anchor")
    return told and not before and not day.aside and not day.dateline and not in_since(frame.sentence, day)
