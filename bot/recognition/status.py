"""Whether a contact took place: planned, held, refused, or only remembered.

The words that decide stand in the clause of the cue; a refusal may stand
anywhere in its sentence. Refusal outweighs all, memory outweighs a plan.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from bot.model.claim import Basis
from bot.recognition.dates import Day
from bot.recognition.token import Scan, Sentence, Token

# Further down than title and lead, "trifft er" tells what is still to come.
_LEAD = 1
_OPENING = 12  # characters at the head of a clause in which its first word stands
_ADJECTIVE_REACH = 24  # characters: "geplantes erstes Treffen"
_NEGATION_REACH = 28  # characters: "kein weiteres offizielles Gespräch"
_TAKEN_BACK_REACH = 24  # characters: "contrary to an earlier denial"
_TOPIC_REACH = 48  # characters: "about Russian disinformation and fake news"
_AT_ONCE = 4  # characters between "since" and the subject of its clause: "since the "
_SETTING_REACH = 22  # characters: "during their second "
_NOT_AFTER = 24  # characters: "sprach am Freitag nicht"
_LATELY = timedelta(days=3)
_SPEECH_REACH = 16  # characters: "did not say", "sagte er nicht"
_AFTER_REACH = 28  # characters: "two weeks after what was their "
_DESCRIBED_REACH = 24  # characters: "the previous, much longer, call"


class Standing(IntEnum):
    """How a cue stands to what happened; a higher one outweighs a lower one in its sentence."""

    PLANNED = 0
    REMEMBERED = 1
    HELD = 2
    CANCELLED = 3
    DENIED = 4


@dataclass(frozen=True, slots=True)
class Judgement:
    """A standing and the word that it rests on (None where none had to be said)."""

    standing: Standing
    word: Token | None = None


def judge(scan: Scan, sentence: Sentence, cue: Token, days: tuple[Day, ...], today: date | None) -> Judgement:
    """Judge one cue of a sentence."""
    clause = sentence.clause(cue.start)
    for standing, words in (
        (Standing.DENIED, _refusals(scan, sentence, cue, clause)),
        (Standing.CANCELLED, _cancellations(sentence, cue, clause)),
        (
            Standing.REMEMBERED,
            _memories(scan, sentence, cue, clause) or _of_old(sentence, clause, days, today),
        ),
        (Standing.PLANNED, _plans(sentence, cue, clause)),
    ):
        if words:
            return Judgement(standing, words[0])
    if cue.kind.endswith(".future") or (cue.kind.endswith(".present") and sentence.number > _LEAD):
        return Judgement(Standing.PLANNED, cue)
    named = [d for d in days if d.basis is Basis.WEEKDAY and clause[0] <= d.start < clause[1]]
    if named and named[0].day != today and _in_the_present(sentence, clause):
        return Judgement(Standing.PLANNED, Token("time.weekdays", named[0].start, named[0].end))
    ahead = [d for d in days if d.day and today and d.day > today and clause[0] <= d.start < clause[1]]
    if ahead and not cue.kind.endswith(".past"):
        return Judgement(Standing.PLANNED, Token("time.day", ahead[0].start, ahead[0].end))
    return Judgement(Standing.HELD)


def _cancellations(sentence: Sentence, cue: Token, clause: tuple[int, int]) -> tuple[Token, ...]:
    """Give the words that call a contact off, not another before it: "meet after scrapped trip"."""
    after = [t for t in sentence.of("grammar.after", "status.after_clause") if t.start >= cue.end]
    return tuple(
        t
        for t in sentence.of_within(clause, "status.cancellation")
        if not any(0 <= t.start - a.end <= _AT_ONCE for a in after)
    )


def _refusals(scan: Scan, sentence: Sentence, cue: Token, clause: tuple[int, int]) -> tuple[Token, ...]:
    told = denials(sentence)
    refused = tuple(t for t in told if t.within(*clause))
    refused += () if _is_setting(sentence, cue) else sentence.of_within(clause, "status.refusal")
    denied = tuple(t for t in told if t.end <= cue.start)
    neither = tuple(t for t in sentence.of_within(clause, "status.neither") if '"' not in scan.gap(t, cue))
    if refused or denied or neither:
        return refused or denied or neither
    negations = tuple(n for n in sentence.of_within(clause, "status.negation") if not _of_speech(sentence, n))
    since = sentence.of_within(clause, "status.since", "status.past_anchor")
    if since:
        return ()
    if cue.kind.endswith(".noun"):
        return tuple(
            n
            for n in negations
            if cue.within(n.start, n.end)
            or (0 <= cue.start - n.end <= _NEGATION_REACH and "," not in scan.gap(n, cue))
        )
    if cue.is_a("contact.weak"):  # "tells him not to" is no refusal to tell
        negations = tuple(n for n in negations if n.end <= cue.start)
    negations = tuple(n for n in negations if n.start < cue.end or n.start - cue.end <= _NOT_AFTER)
    negations = tuple(n for n in negations if n.start < cue.end or "," not in scan.gap(cue, n))
    return tuple(n for n in negations if abs(cue.start - n.end) <= _NEGATION_REACH * 2)


def denials(sentence: Sentence) -> tuple[Token, ...]:
    """Give the words of a sentence that deny, now and for good."""
    return tuple(
        t
        for t in sentence.of("status.denial")
        if not _is_negated(sentence, t) and not _is_taken_back(sentence, t) and not _is_topic(sentence, t)
    )


def _is_topic(sentence: Sentence, denial: Token) -> bool:
    """Whether a lie is what was spoken about: "about disinformation and fake news"."""
    if sentence.is_led(denial.start, "grammar.about"):
        return True
    before = (max(denial.start - _TOPIC_REACH, sentence.segment(denial.start)[0]), denial.start)
    listed = sentence.is_led(denial.start, "grammar.list_and")
    return listed and bool(sentence.of_within(before, "grammar.about"))


def _is_taken_back(sentence: Sentence, denial: Token) -> bool:
    """Whether a denial was given up: "after a first denial", "at first denied"."""
    before = (denial.start - _TAKEN_BACK_REACH, denial.start)
    beside = (before[0], denial.end + _TAKEN_BACK_REACH)
    at_first = sentence.of_within(beside, "status.at_first")
    return bool(at_first) or bool(sentence.of_within(before, "status.despite"))


def _is_negated(sentence: Sentence, denial: Token) -> bool:
    """Whether a denial is none: "he does not deny that they met"."""
    return any(0 <= denial.start - n.end <= 1 for n in sentence.of("status.negation"))


def _is_setting(sentence: Sentence, cue: Token) -> bool:
    """Whether a contact is only where something was said: "rejected the charge in a call"."""
    near = sentence.of_within((cue.start - _SETTING_REACH, cue.start), "grammar.setting")
    return cue.kind.endswith(".noun") and bool(near)


def _in_the_present(sentence: Sentence, clause: tuple[int, int]) -> bool:
    """Whether the verb of a clause tells what goes on or will: "receives"."""
    kinds = [t.kind for t in sentence.of_within(clause, "contact")]
    return any(k.endswith(".present") for k in kinds) and not any(k.endswith(".past") for k in kinds)


def _of_speech(sentence: Sentence, negation: Token) -> bool:
    """Whether a negation belongs to a word of speech or plan: "he did not say where", "is not planned"."""
    near = (negation.start - _SPEECH_REACH, negation.end + _SPEECH_REACH)
    return bool(sentence.of_within(near, "speech.verbs", "status.plan")) and not sentence.of_within(
        near, "contact"
    )


def _memories(scan: Scan, sentence: Sentence, cue: Token, clause: tuple[int, int]) -> tuple[Token, ...]:
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
    return any(
        c.kind.endswith(".past") and not c.gapped and c.start <= had.start and had.end < c.end
        for c in sentence.of("contact")
    )


def _had_done(sentence: Sentence, had: Token, cue: Token) -> bool:
    """Whether "had" and a past form are one verb, "had met", told of by nobody: "he confirmed he had met"."""
    joined = cue.kind.endswith(".past") and 0 <= cue.start - had.end <= 1
    return joined and not any(t.end <= had.start for t in sentence.of("speech.public"))


def _plans_between(sentence: Sentence, memory: Token, cue: Token) -> bool:
    """Whether what is remembered is a plan: "they had been due to meet"."""
    return not cue.kind.endswith(".past") and bool(sentence.of_within((memory.end, cue.start), "status.plan"))


def _of_old(
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
    return said and bool(sentence.of_within(clause, "time.weekdays", "time.yesterday"))


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


def _plans(sentence: Sentence, cue: Token, clause: tuple[int, int]) -> tuple[Token, ...]:
    if cue.kind.endswith(".past"):
        return ()
    plans = sentence.of_within(clause, "status.plan", "status.conditional", "status.time_future")
    if _is_setting(sentence, cue):  # "offered him engineers in a call"
        plans = tuple(p for p in plans if not (p.gapped and cue.within(p.start, p.end)))
    if cue.is_a("contact.weak"):  # "told him that it will": what is told may be ahead, not the telling
        plans = tuple(p for p in plans if p.end <= cue.start)
    begun = sentence.of_within(clause, "initiative")
    plans = tuple(p for p in plans if not any(p.within(t.start, t.end) for t in (cue, *begun)))
    described = [
        t for t in sentence.of("status.plan_adjective") if 0 <= cue.start - t.end <= _ADJECTIVE_REACH
    ]
    if described and cue.kind.endswith(".noun"):
        return tuple(described)
    reported = sentence.of_within(clause, "status.reported")
    return () if reported and reported[-1].start > cue.start else plans
