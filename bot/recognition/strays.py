"""Days in a sentence of contact that are not the contact's: ends of silences, days of other events."""

from bot.recognition.dates import Day
from bot.recognition.token import Sentence, Token

_SINCE_REACH = 14  # characters: "seit dem ", "since last "
_SINCE_PHRASE = 60  # characters: "since his appointment to the office on "
_DESCRIBED = 16  # characters: "Monday's half-hour call"
_EVENT = 48  # characters from "after" to the day of what was before: "after the attack on the port on Monday"
_AT_ONCE = 2  # characters between a noun and the clause about it: "the talks, which on Wednesday …"


def is_since(sentence: Sentence, day: Day) -> bool:
    """Whether a day is the end of a silence ("seit März 2023"), not the day of a contact."""
    if any(day.start - t.end == 1 for t in sentence.of("status.since_day")):
        return True
    if any(0 <= t.start - day.end <= _SINCE_REACH for t in sentence.of("status.since_after")):
        return True
    since = [t for t in sentence.of("status.since") if t.end <= day.start]
    if not since:
        return False
    between = [t for t in sentence.tokens if since[-1].end <= t.start and t.end <= day.start]
    return day.start - since[-1].end <= _SINCE_REACH and not any(
        t.is_a("name") or t.is_a("contact") for t in between
    )


def in_since(sentence: Sentence, day: Day) -> bool:
    """Whether a day stands anywhere in a phrase of since: "the first since he took office on 12 May"."""
    if is_since(sentence, day):
        return True
    since = [t for t in sentence.of("status.since") if t.end <= day.start]
    if not since or day.start - since[-1].end > _SINCE_PHRASE:
        return False
    one_clause = sentence.clause(since[-1].start) == sentence.clause(day.start)
    return one_clause and not sentence.of_within((since[-1].end, day.start), "contact")


def in_passing(sentence: Sentence, cues: tuple[Token, ...], day: Day) -> bool:
    """Whether a day stands in a relative clause that speaks of something else: "who took office on 1 May"."""
    clause = sentence.clause(day.start)
    if any(clause[0] - _AT_ONCE <= cue.end < clause[1] for cue in cues):
        return False
    return any(t.start - clause[0] <= 1 for t in sentence.of_within(clause, "grammar.relative"))


def own_days(sentence: Sentence, days: tuple[Day, ...]) -> tuple[Day, ...]:
    """Give a sentence's days but another event's: "after Monday's raid … on Friday"; all if none is left."""
    own = tuple(d for d in days if not _is_anothers(sentence, d))
    return own if any(d.day and not d.dateline for d in own) else days


def _is_anothers(sentence: Sentence, day: Day) -> bool:
    return _is_beside_an_event(sentence, day) or _is_attribute(sentence, day)


def _is_beside_an_event(sentence: Sentence, day: Day) -> bool:
    """Whether a day stands in a phrase of "after" that speaks of no contact, or in one of "before"."""
    ahead = [t for t in sentence.of("grammar.before") if t.end <= day.start]
    led = [t for t in sentence.of("grammar.after", "status.after_clause") if t.end <= day.start]
    behind = [t for t in sentence.of("grammar.after_behind") if t.start >= day.end]
    return (
        (bool(ahead) and _joins(sentence, (ahead[-1].end, day.start), "time"))
        or (bool(led) and _joins(sentence, (led[-1].end, day.start), "time", "contact"))
        or (bool(behind) and _joins(sentence, (day.end, behind[0].start), "time", "contact"))
    )


def _joins(sentence: Sentence, between: tuple[int, int], *but: str) -> bool:
    """Whether words are one phrase, without a comma and words of some kinds."""
    start, end = between
    parted = any(start <= comma < end for comma in sentence.commas)
    return end - start <= _EVENT and not parted and not sentence.of_within(between, *but)


def _is_attribute(sentence: Sentence, day: Day) -> bool:
    """Whether a day describes a noun that is no contact: "Monday's strike", "den Angriff vom Montag"."""
    contacts = sentence.of("contact")
    if any(t.start == day.start for t in sentence.of("grammar.day_owns")):
        return not any(0 <= t.start - day.end <= _DESCRIBED for t in contacts)
    led = [t for t in sentence.of("grammar.of_day") if t.end + 1 == day.start]
    return bool(led) and not any(
        0 <= led[0].start - t.end <= _AT_ONCE for t in (*contacts, *sentence.of("time"))
    )
