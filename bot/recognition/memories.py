"""How a sentence tells that a contact was before what it reports: by "last", "had", "since", "days after".

A word of memory counts where it speaks of the contact itself: in "days after
their last call they met" the call is remembered, the meeting is not.
"""

from bisect import bisect_right
from datetime import date, timedelta

from bot.recognition.dates import Day
from bot.recognition.token import Scan, Sentence, Token

_OPENING = 12  # characters at the head of a clause in which its first word stands
_AT_ONCE = 4  # characters between "since" and the subject of its clause: "since the "
_LATELY = timedelta(days=3)
_AFTER_REACH = 28  # characters: "two weeks after what was their "
_DESCRIBED_REACH = 24  # characters: "the previous, much longer, call"
_DESCRIBING = 2  # words: "days after the first call"
_HAVING = 6  # characters: "giorni dopo aver ricevuto"


def memories(scan: Scan, sentence: Sentence, cue: Token, clause: tuple[int, int]) -> tuple[Token, ...]:
    """Give the words of memory that speak of a cue: the first kind that does."""
    if ends_silence(sentence, clause):
        return ()
    return (
        tuple(
            a for a in sentence.of_within(clause, "status.past_anchor") if _speaks_of(scan, sentence, a, cue)
        )
        or tuple(t for t in sentence.of("status.reminder") if t.end <= cue.start)
        or tuple(t for t in sentence.of_within(clause, "status.since") if _opens_since(sentence, t, cue))
        or _pluperfects(sentence, cue, clause)
        or _asides(sentence, clause)
        or _long_before(scan, sentence, cue)
        or tuple(
            t
            for t in sentence.of("status.after_clause")
            if clause[0] <= t.start < cue.start and _opens_clause(scan, sentence, t, cue)
        )
    )


def _pluperfects(sentence: Sentence, cue: Token, clause: tuple[int, int]) -> tuple[Token, ...]:
    past = tuple(
        t
        for t in sentence.of_within(clause, "status.pluperfect")
        if not _plans_between(sentence, t, cue) and not _is_of_talk(sentence, t)
    )
    if any(_had_done(sentence, t, cue) for t in past):
        return past
    told = past and _is_pluperfect(sentence, cue, clause) and not _is_reported(sentence, clause)
    return past if told else ()


def _is_of_talk(sentence: Sentence, had: Token) -> bool:
    """Whether "had" is a verb of contact itself, and helps none into the past: "had talks"."""
    contacts = sentence.of("contact")
    begun = bisect_right(contacts, had.start, key=lambda c: c.start)
    verb = contacts[begun - 1] if begun else None
    return verb is not None and verb.kind.endswith(".past") and not verb.gapped and had.end < verb.end


def _had_done(sentence: Sentence, had: Token, cue: Token) -> bool:
    """Whether "had" and a past form are one verb, "had met", told of by nobody: "he confirmed he had met"."""
    joined = cue.kind.endswith(".past") and 0 <= cue.start - had.end <= 1
    return joined and not any(t.end <= had.start for t in sentence.of("speech.public"))


def _plans_between(sentence: Sentence, memory: Token, cue: Token) -> bool:
    """Whether what is remembered is a plan: "they had been due to meet"."""
    return not cue.kind.endswith(".past") and bool(sentence.of_within((memory.end, cue.start), "status.plan"))


def of_old(
    sentence: Sentence, clause: tuple[int, int], days: tuple[Day, ...], today: date | None
) -> tuple[Token, ...]:
    """Give the day of some time ago in a clause said in passing: ", who met B on 18 December, "."""
    if today is None or not _is_relative(sentence, clause):
        return ()
    here = (d for d in days if clause[0] <= d.start < clause[1])
    return tuple(Token("time.day", d.start, d.end) for d in here if _is_old(d, today))


def _is_old(day: Day, today: date) -> bool:
    if day.day is not None:
        return today - day.day > _LATELY
    return (
        day.month is not None and day.month[0].isdigit() and day.month < today.isoformat()[: len(day.month)]
    )


def _asides(sentence: Sentence, clause: tuple[int, int]) -> tuple[Token, ...]:
    aside = sentence.of_within(clause, "time.past_period", "time.last_year")
    return aside if aside and _is_relative(sentence, clause) else ()


def _long_before(scan: Scan, sentence: Sentence, cue: Token) -> tuple[Token, ...]:
    """Give the words by which something else came long after a contact: "days after hosting B, A said …"."""
    if cue.kind.endswith(".adverb"):
        return ()
    said = (t for t in sentence.of("status.long_after") if _is_next(scan, sentence, t, cue))
    return tuple(said)


def _is_next(scan: Scan, sentence: Sentence, after: Token, cue: Token) -> bool:
    """Whether a contact is the first named behind "days after", or before "günler sonra"."""
    if cue.end <= after.start:
        return after.start - cue.end <= 1
    if cue.start < after.end or "," in scan.gap(after, cue):
        return False
    if cue.kind.endswith(".noun"):
        between = sentence.of_within((after.end, cue.start), "contact", "name")
        return not between and len(scan.gap(after, cue).split()) <= _DESCRIBING
    return cue.start - after.end <= _HAVING


def _speaks_of(scan: Scan, sentence: Sentence, anchor: Token, cue: Token) -> bool:
    """Whether a word of memory is about a cue: in "days after their last call they met" not about "met"."""
    if _plans_between(sentence, anchor, cue):
        return False
    after = [
        t
        for t in sentence.of("grammar.after", "status.since", "status.after_clause")
        if 0 <= anchor.start - t.end <= _AFTER_REACH and not {",", ":"} & {*scan.gap(t, anchor)}
    ]
    if not after:
        return True
    return (
        anchor.start <= cue.end and cue.start - anchor.end <= _DESCRIBED_REACH and cue.kind.endswith(".noun")
    )


def _opens_since(sentence: Sentence, since: Token, cue: Token) -> bool:
    """Whether "since" begins a clause with the contact as its verb: "a month since they spoke"."""
    if cue.start < since.end or cue.kind.endswith((".noun", ".adverb")):
        return False
    people = sentence.of_within((since.end, cue.start), "name", "office")
    return bool(people) and people[0].start - since.end <= _AT_ONCE


def ends_silence(sentence: Sentence, clause: tuple[int, int]) -> bool:
    """Whether a clause tells how long there had been none: "they had not met since March"."""
    return bool(sentence.of_within(clause, "status.since") and sentence.of_within(clause, "status.negation"))


def _is_relative(sentence: Sentence, clause: tuple[int, int]) -> bool:
    """Whether a clause is said in passing of somebody: ", who spoke with his counterpart last week, "."""
    return any(
        t.start - clause[0] <= 1 and clause[0] > sentence.start
        for t in sentence.of_within(clause, "grammar.relative")
    )


def _is_reported(sentence: Sentence, clause: tuple[int, int]) -> bool:
    """Whether the clause is what somebody says: "the ministry said that they had spoken on Tuesday".

    A day must stand in it: without one, what had been may be long ago.
    """
    opens = sentence.of_within(
        (clause[0], clause[0] + _OPENING), "grammar.subordinate", "grammar.clause_opener"
    )
    had = sentence.of_within(clause, "status.pluperfect")
    before = clause[0] + 1 if opens else had[0].start if had else clause[0]
    said = any(t.end <= before for t in sentence.of("speech.public"))
    # "Weeks ago" is of a kind of its own with a number: only "last week" tells these days.
    last_week = any(t.kind == "time.ago.weeks" for t in sentence.of_within(clause, "time.ago.weeks"))
    return said and (last_week or bool(sentence.of_within(clause, "time.weekdays", "time.yesterday")))


def _is_pluperfect(sentence: Sentence, cue: Token, clause: tuple[int, int]) -> bool:
    """Whether "had" belongs to a verb of contact; said of today, it is only reported speech."""
    if cue.kind.endswith(".past") or sentence.of_within(clause, "time.today"):
        return False
    return any(t.kind.endswith(".open") for t in sentence.of_within(clause, "contact"))


def _opens_clause(scan: Scan, sentence: Sentence, after: Token, cue: Token) -> bool:
    """Whether "after" begins a clause with a finite verb of contact: "days after they spoke"."""
    between = scan.text[after.end : cue.start]
    return (
        cue.kind.endswith(".past")
        and "," not in between
        and not _before_a_noun(sentence, after, cue)
        and not sentence.of_within((after.end, cue.start), "speech.verbs")
    )


def _before_a_noun(sentence: Sentence, after: Token, cue: Token) -> bool:
    """Whether "after" stands before a noun of its own: "weeks after their last call they spoke"."""
    nouns = sentence.of_within((after.end, cue.start), "contact")
    return any(n.kind.endswith(".noun") and n.start - after.end <= _AFTER_REACH for n in nouns)
