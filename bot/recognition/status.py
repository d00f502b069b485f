"""Whether a contact took place: planned, held, refused, or only remembered.

The words that decide stand in the clause of the cue; a refusal may stand
anywhere in its sentence. Refusal outweighs all, memory outweighs a plan.
"""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from bot.model.claim import Basis
from bot.recognition.dates import Day
from bot.recognition.memories import memories, of_old
from bot.recognition.token import Scan, Sentence, Token

# Further down than title and lead, "trifft er" tells what is still to come.
_LEAD = 1
_ADJECTIVE_REACH = 24  # characters: "geplantes erstes Treffen"
_NEGATION_REACH = 28  # characters: "kein weiteres offizielles Gespräch"
_TAKEN_BACK_REACH = 24  # characters: "contrary to an earlier denial"
_TOPIC_REACH = 48  # characters: "about Russian disinformation and fake news"
_AT_ONCE = 4  # characters between "since" and the subject of its clause: "since the "
_OVER_REACH = 32  # characters: "after long months of silence and refusal"
_SETTING_REACH = 22  # characters: "during their second "
_NOT_AFTER = 24  # characters: "sprach am Freitag nicht"
_TOLD = (".past", ".present")
_SPEECH_REACH = 16  # characters: "did not say", "sagte er nicht"


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
            memories(scan, sentence, cue, clause) or of_old(sentence, clause, days, today),
        ),
        (Standing.PLANNED, _plans(sentence, cue, clause)),
    ):
        if words:
            return Judgement(standing, words[0])
    coming = _still_to_be(sentence, cue, clause)
    if coming:
        return Judgement(Standing.PLANNED, coming[0])
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
    if not _is_setting(sentence, cue):
        said = sentence.of_within(clause, "status.refusal")
        refused += tuple(t for t in said if not _is_over(sentence, cue, t))
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


def _is_over(sentence: Sentence, cue: Token, refusal: Token) -> bool:
    """Whether a contact came after a refusal: "spoke after months of refusal"."""
    span = (max(cue.end, refusal.start - _OVER_REACH), refusal.start)
    return bool(sentence.of_within(span, "grammar.after"))


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


def _still_to_be(sentence: Sentence, cue: Token, clause: tuple[int, int]) -> tuple[Token, ...]:
    """Give the future verb of contact that a noun belongs to: "on the sidelines he will see B"."""
    words = sentence.of_within(clause, "contact")
    if not cue.kind.endswith((".noun", ".adverb")) or any(t.kind.endswith(_TOLD) for t in words):
        return ()
    past = sentence.of_within(
        (clause[0], cue.start), "grammar.after", "status.after_clause", "time.yesterday"
    )
    if past or (cue.kind.endswith(".noun") and _is_setting(sentence, cue)):
        return ()
    return tuple(t for t in words if t.kind.endswith(".future"))


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


def _plans(sentence: Sentence, cue: Token, clause: tuple[int, int]) -> tuple[Token, ...]:
    # Before the verb, or a part of it: "was to have met", "would have met".
    unreal = tuple(t for t in sentence.of("status.unreal") if t.start <= cue.start <= t.end + 1)
    if unreal or cue.kind.endswith(".past"):
        return unreal
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
