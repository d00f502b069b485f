"""Earlier contacts that a story mentions in passing."""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.model.claim import Basis, Claim, Earlier
from bot.model.office import Office
from bot.recognition.bystanders import PERSON
from bot.recognition.claims import Spans
from bot.recognition.dates import Day, stepped
from bot.recognition.frames import Frame
from bot.recognition.reading import Reading
from bot.recognition.status import Standing
from bot.recognition.strays import in_passing, in_since, is_since
from bot.recognition.token import Sentence, Token

_DESCRIBED = 48  # characters between "the first", its call and "in eighteen months"
_THESE_DAYS, _LONG_AGO = timedelta(days=3), timedelta(days=7)
_ADJECTIVE = 16  # characters between "their" and its noun: "ihr letztes "
_HEAD = 16  # characters at the head of a clause: "de quoi ", "worüber "
_PERSON_REACH = 24  # characters from "the first" to "minister": "der erste türkische Verteidigungsminister"
_VERBS = (".past", ".open")
_APPOSED = 8  # characters between "a week earlier" and its day
_LISTED = 24  # characters between the days of a list: "on 14 and then again on 19 August"
_REACH = 90  # characters from "the last time" to its day


def earlier_of(
    frames: tuple[Frame, ...], reading: Reading, news: Claim | None, spans: Spans
) -> tuple[Earlier, ...]:
    """Give the earlier contacts that a story mentions, each told as exactly as the story does.

    They are what its frames remember, what a word such as "zuletzt" stands
    beside, and the ends of silences ("the first since March 2023"). The
    contact that is the story's news is none of them.
    """
    main = news.offices if news else frozenset()
    found: list[Earlier] = []
    for frame in (f for f in frames if f.standing is Standing.REMEMBERED):
        days = _days_of(frame)
        if days or _is_surely_one(frame):
            offices = frozenset(m.office for m in frame.ministers) if frame.own else main
            evidence = spans.evidence("previous", "remembered", frame.sentence.start, frame.sentence.end)
            found += [Earlier(day, offices, (evidence,)) for day in days or (None,)]
    if main:
        for sentence in reading.scan.sentences:
            if _is_of_others(reading, sentence, main):
                continue
            told = reading.days[sentence.number]
            back = _references(sentence, told, news, reading.today)
            for rule, day in (*_recollections(sentence, told), *_ended_silences(sentence, told), *back):
                found.append(Earlier(day.iso, main, (spans.evidence("previous", rule, day.start, day.end),)))
    exact = _exactest([e for e in found if not _is_told(e, news, reading.today)])
    if not main or any(e.offices == main for e in exact):
        return exact
    return (*exact, *_counted(frames, main, reading.today, spans))


def _is_told(earlier: Earlier, news: Claim | None, today: date | None) -> bool:
    """Whether what seems remembered is the news itself, since it was on the same day of these days."""
    if news is None or news.day is None or today is None or today - news.day > _THESE_DAYS:
        return False
    return earlier.offices == news.offices and earlier.when == news.day.isoformat()


def _is_of_others(reading: Reading, sentence: Sentence, main: frozenset[Office]) -> bool:
    """Whether a sentence remembers what one of these ministers had with a holder of another office."""
    cast = reading.casts[sentence.number]
    # Whom only his name bars may have been minister then.
    titled = any(not t.is_a(PERSON) for t in cast.others)
    return titled and not main <= set(cast.offices) and not sentence.of("office.both")


def _counted(
    frames: tuple[Frame, ...], main: frozenset[Office], today: date | None, spans: Spans
) -> Iterator[Earlier]:
    """Give the earlier contact that a number tells of: "for the second time", "the first call in a year"."""
    countries = frozenset(o.country for o in main)
    for frame in frames:
        if frame.key != countries or frame.standing is not Standing.HELD:
            continue
        ordinal = frame.sentence.of("status.counted") or _broken_silence(frame)
        if ordinal:
            evidence = spans.evidence("previous", "counted", ordinal[0].start, ordinal[-1].end)
            yield Earlier(_ended(ordinal[-1], today), main, (evidence,))
            return


def _ended(silence: Token, today: date | None) -> str | None:
    """Give the year or month in which a silence of so many months began, as far as it is sure."""
    if today is None or not silence.is_a("status.silent"):
        return None
    *_, unit, number = silence.kind.split(".")
    began = stepped((silence.start, silence.end), today, unit, -int(number))
    return next((day.iso for day in began), None)


def _broken_silence(frame: Frame) -> tuple[Token, ...]:
    """Give the words of "the first call in eighteen months"; a first visit may be the first of anybody."""
    for first in frame.sentence.of("status.first"):
        talk = [
            c for c in frame.cues if 0 <= c.start - first.end <= _DESCRIBED and not c.is_a("contact.meeting")
        ]
        for silence in frame.sentence.of("status.silence", "status.silent"):
            if talk and 0 <= silence.start - talk[0].end <= _DESCRIBED:
                return (first, silence)
    return ()


def _days_of(frame: Frame) -> tuple[str, ...]:
    """Give the days that a frame remembers: its first, and what is listed with it."""
    sentence = frame.sentence
    days = [d for d in _exact_days(frame.days, sentence) if not in_passing(sentence, frame.cues, d)]
    days = [d for d in days if not any(_explains(other, d) for other in days)]
    clauses = {sentence.clause(c.start) for c in frame.cues}
    days = [d for d in days if sentence.clause(d.start) in clauses] or days
    told = _listed(sentence, days)
    for day in days:
        if told and day.start > told[-1].end and _is_another(frame, told[-1], day):
            told.append(day)
    return tuple(d.iso for d in told if d.iso)


def _explains(exact: Day, vague: Day) -> bool:
    """Whether a day tells the one before it more exactly: "a week earlier, on 10 June"."""
    beside = 0 <= exact.start - vague.end <= _APPOSED
    return beside and exact.day is not None and vague.day is None and exact.iso != vague.iso


def _is_another(frame: Frame, one: Day, other: Day) -> bool:
    """Whether a later day has a contact of its own: "phoned in March and met in February"."""
    between = (one.end, other.start)
    joined = frame.sentence.of_within(between, "grammar.list_and")
    verbs = [c for c in frame.cues if c.kind.endswith(_VERBS)]
    if not joined or (one.day is None) != (other.day is None) or other.basis is Basis.RELATIVE:
        return False
    return verbs[0].start < joined[-1].start < verbs[-1].start if verbs else False


def _listed(sentence: Sentence, days: list[Day]) -> list[Day]:
    """Give the first of some days with those joined to it: "on 14 and 19 August", "in March and in May"."""
    listed = days[:1]
    for day in days[1:]:
        joined = sentence.of_within((listed[-1].end, day.start), "grammar.list_and")
        alike = (day.day is None) == (listed[-1].day is None)
        if not (joined and alike and day.start - listed[-1].end <= _LISTED):
            break
        listed.append(day)
    return listed


def _is_surely_one(frame: Frame) -> bool:
    """Whether a contact remembered without a day is one.

    The sentence must name its ministers, or a word of memory must stand beside
    the talk itself: not "earlier a paper had written of the call", nor one called off.
    """
    sentence = frame.sentence
    if sentence.of("status.cancellation") or _is_asked(frame):
        return False
    if frame.own:
        return True
    clause = sentence.clause(frame.cues[0].start)
    told = sentence.of_within(clause, "status.past_anchor")
    return bool(told) and not sentence.of_within(clause, "speech.public")


def _is_asked(frame: Frame) -> bool:
    """Whether a frame takes the contact told for granted: "what the two had spoken about he did not say"."""
    sentence = frame.sentence
    clause = sentence.clause(frame.cues[0].start)
    asked = sentence.of_within((clause[0], clause[0] + _HEAD), "grammar.asking")
    return bool(asked) and bool(sentence.of_within(clause, "office.both", "office.pronoun"))


def _exact_days(days: tuple[Day, ...], sentence: Sentence) -> list[Day]:
    return [
        d
        for d in days
        if d.iso
        and not d.dateline
        and not d.aside
        and not (d.month or "").startswith("--")
        and not in_since(sentence, d)
    ]


def _recollections(sentence: Sentence, days: tuple[Day, ...]) -> Iterator[tuple[str, Day]]:
    """Give the day that follows each word of memory beside a word of contact: "zuletzt … am 4. Februar"."""
    if not sentence.of("contact"):
        return
    told = [d for d in _exact_days(days, sentence) if not in_passing(sentence, sentence.of("contact"), d)]
    for anchor in sentence.of("status.past_anchor"):
        after = [d for d in told if d.start >= anchor.end]
        if after and after[0].start - anchor.end <= _REACH and not _another(days, anchor, after[0]):
            yield from (("past_anchor", day) for day in _listed(sentence, after))


def _references(
    sentence: Sentence, days: tuple[Day, ...], news: Claim | None, today: date | None
) -> Iterator[tuple[str, Day]]:
    """Give the older day of what is called theirs: "their talk in March", "their first call was on 3 May"."""
    nouns = [c for c in sentence.of("contact") if c.kind.endswith(".noun")]
    for cue in (c for c in nouns if _is_theirs(sentence, c)):
        day = next((d for d in _exact_days(days, sentence) if d.start >= cue.end), None)
        if day and day.start - cue.end <= _LISTED and _is_older(day, news, today):
            yield "reference", day


def _is_theirs(sentence: Sentence, cue: Token) -> bool:
    words = sentence.of("office.pronoun", "status.first")
    return any(0 <= cue.start - t.end <= _ADJECTIVE for t in words)


def _is_older(day: Day, news: Claim | None, today: date | None) -> bool:
    """Whether a day is some time before the story and not that of its news."""
    if today is None or day.iso is None or (news and news.day and news.day.isoformat().startswith(day.iso)):
        return False
    return day.iso < (today - _LONG_AGO).isoformat()[: len(day.iso)]


def _another(days: tuple[Day, ...], anchor: Token, day: Day) -> bool:
    return any(anchor.end <= d.start < day.start for d in days)


def _ended_silences(sentence: Sentence, days: tuple[Day, ...]) -> Iterator[tuple[str, Day]]:
    first = _first_contacts(sentence)
    for day in days:
        clause = sentence.clause(day.start)
        told = first or sentence.of_within(clause, "status.negation")
        if told and day.iso and not (day.month or "").startswith("--") and is_since(sentence, day):
            yield "since", day


def _first_contacts(sentence: Sentence) -> tuple[Token, ...]:
    """Give the words of "first" but those of people and visits: "the first minister in Paris since 2018"."""
    return tuple(f for f in sentence.of("status.first") if not _is_of_a_person(sentence, f))


def _is_of_a_person(sentence: Sentence, first: Token) -> bool:
    if any(first.within(t.start, t.end) for t in sentence.of("status.first_time")):
        return False
    if any(0 <= t.start - first.end <= _PERSON_REACH for t in sentence.of("status.visit")):
        return True
    people = sentence.of("office.defence", "office.minister", "country.title")
    near = [t for t in people if 0 <= t.start - first.end <= _PERSON_REACH]
    return bool(near) and not sentence.of_within((first.end, near[0].start), "contact")


def _exactest(found: list[Earlier]) -> tuple[Earlier, ...]:
    """Drop what another mention tells more exactly: None, then a month whose day is told."""
    kept: list[Earlier] = []
    for one in sorted(found, key=lambda e: -len(e.when or "")):
        if not any(k.offices == one.offices and (k.when or "").startswith(one.when or "") for k in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda e: e.evidence[0].start))
