"""How the frames of a story stand in the light of its other sentences.

A title waits for what the text says, a refusal told first is what all is
about, what one sentence remembers is no news in another.
"""

from dataclasses import replace
from datetime import date, timedelta

from bot.recognition import when
from bot.recognition.frames import Frame
from bot.recognition.reading import Reading
from bot.recognition.retracted import is_only_wished, retracted
from bot.recognition.status import Judgement, Standing
from bot.recognition.strays import in_since
from bot.recognition.token import Sentence, Token

# A contact dated this much before its story, in a story that tells of a fresher one, is remembered.
_FRESH = timedelta(days=7)
# "These days": a report may begin with what had happened so lately, so early in its text.
_THESE_DAYS, _OPENING = timedelta(days=3), 2
_BEFORE = ("status.pluperfect", "status.past_anchor")
_CALLED_OFF = "status.cancellation"
_REFUSED = ("status.refusal", "status.denial", "status.cancellation")
_DESCRIBED = 16  # characters: "another, much longer, call"
_CLAIM_REACH = 24  # characters: "had earlier claimed"
_ONE_DAY = timedelta(days=1)
_PAIR = 2


def standing_frames(reading: Reading, frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
    """See each frame in the light of the whole story.

    A title that tells of a refusal turns what seems held into refused. A
    later frame of an older day is remembered, not news: the contact that a
    story begins with is its news, however late, unless the story is about a
    refusal; what it tells of old further down is not.
    """
    frames = retracted(reading, tuple(f for f in frames if not _parted(reading, f)))
    frames = tuple(f for f in frames if not is_only_wished(f, frames))
    title, today = reading.scan.title, reading.today
    named = title is None or any(f.sentence is title for f in frames)
    refusal = () if named or title is None else _refused_in(title)
    refused = bool(refusal) or any(f.standing >= Standing.CANCELLED for f in frames)
    lead = None if refused else next((f for f in frames if f.standing is Standing.HELD and f.own), None)
    plan = next((f for f in frames if f.own and not _is_present(f)), None)
    plan = plan if plan and plan.standing is Standing.PLANNED else None
    known = tuple(_before_the_plan(f, plan, today) for f in frames)
    early = frozenset(f.key for f in known if f.sentence.number < _OPENING)
    lead_day = _lead_day(lead, known)
    dated = tuple(_remembered(f, lead, lead_day, today, is_news=f.key in early) for f in known)
    first = {f.key: f for f in reversed(dated) if f.own and f.standing is not Standing.REMEMBERED}
    judged = tuple(_in_light_of(f, refusal or _denial(first.get(f.key))) for f in dated)
    judged = tuple(_told_again(f, judged) for f in judged)
    judged = tuple(_still_to_come(f, judged) for f in judged)
    judged = _without_pictures(tuple(_as_memory(f) if _is_habit(f) else f for f in judged))
    judged = tuple(_but_greeted(f, judged) for f in judged)
    return _promoted(reading, judged)


def _parted(reading: Reading, frame: Frame) -> bool:
    """Whether a semicolon parts who spoke from somebody else: "A spoke of threats; B replied"."""
    text = reading.scan.text
    marks = [at for at in frame.sentence.commas if text[at] == ";"]
    if not marks or not frame.own or len(frame.ministers) != _PAIR:
        return False
    first, second = sorted(frame.ministers, key=lambda m: m.start)
    between = [at for at in marks if first.end <= at < second.start]
    led = frame.sentence.is_led(second.start, "grammar.with")
    return (
        bool(between) and not led and all(c.is_a("contact.talk") and c.end <= between[0] for c in frame.cues)
    )


def _refused_in(title: Sentence) -> tuple[Token, ...]:
    """Give the words of a title that refuse a contact; called off may be anything ("his holiday")."""
    return tuple(t for t in title.of(*_REFUSED) if title.of("contact") or not t.is_a(_CALLED_OFF))


def _told_again(frame: Frame, frames: tuple[Frame, ...]) -> Frame:
    """See as a memory what another sentence remembers: the title's "they spoke in May", "on 13 May" below."""
    if frame.standing is not Standing.HELD or when.day_told(frame) is not None:
        return frame
    months = {d.month for d in frame.days if d.month and not in_since(frame.sentence, d)}
    if not months:
        return frame
    memories = (f for f in frames if f.standing is Standing.REMEMBERED and f.key == frame.key)
    days = [d.iso or "" for f in memories for d in f.days]
    return _as_memory(frame) if any(day.startswith(m) for day in days for m in months if m) else frame


def _promoted(reading: Reading, frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
    """See the first contact of a story that only seems to be remembered as news where it was in these days.

    "On Wednesday A had called B for the first time in years", a report begins,
    and goes on about that call, told by no other sentence with another day.
    """
    lead = next((f for f in frames if f.own and f.standing is Standing.REMEMBERED), None)
    if lead is None or lead.sentence.number > _OPENING or not _is_lately(reading, lead):
        return frames
    mine = [
        f for f in frames if f is not lead and f.key == lead.key and f.standing is not Standing.REMEMBERED
    ]
    others = [f for f in frames if f.key != lead.key and f.own and f.standing is not Standing.REMEMBERED]
    if not mine or others or any(f.standing is not Standing.HELD or when.day_told(f) for f in mine):
        return frames
    news = replace(lead, judgement=replace(lead.judgement, standing=Standing.HELD, word=None))
    return tuple(news if f is lead else f for f in frames)


def _is_lately(reading: Reading, frame: Frame) -> bool:
    """Whether "had" with a day of the last days, or "before that" after one, is all that makes a memory."""
    word, day = frame.judgement.word, when.day_told(frame)
    if word is None or reading.today is None or word.kind not in _BEFORE:
        return False
    if day is None and word.is_a("status.past_anchor"):
        told = (d for d in reading.days[max(0, frame.sentence.number - 1)] if not d.dateline)
        day = next(told, None) if not frame.days else None
    return day is not None and day.day is not None and timedelta(0) <= reading.today - day.day <= _THESE_DAYS


def _still_to_come(frame: Frame, frames: tuple[Frame, ...]) -> Frame:
    """See what is told in the present tense as a plan where all else about it is one.

    "X receives Y", says the title, and the text: "on 15 May he will welcome him".
    """
    if not _is_present(frame) and not _is_bare_title(frame) and not _is_untensed(frame):
        return frame
    rest = [
        f
        for f in frames
        if f is not frame
        and f.key == frame.key
        and f.own
        and f.standing is not Standing.REMEMBERED
        and not _is_present(f)
    ]
    if not rest or any(f.standing is not Standing.PLANNED for f in rest):
        return frame
    return replace(frame, judgement=rest[0].judgement)


def _is_habit(frame: Frame) -> bool:
    """Whether ministers are only said to speak time and again, on no day: "almost daily since the attack"."""
    if frame.standing is not Standing.HELD or when.day_told(frame) or when.day_said(frame):
        return False
    told = [c for c in frame.cues if not c.kind.endswith((".noun", ".adverb"))] or [frame.cues[0]]
    sentence, cue = frame.sentence, told[0]
    habits = sentence.of_within(sentence.segment(cue.start), "status.habit")
    return len(told) == 1 and any(not _is_spoken_of(sentence, cue, t) for t in habits)


def _is_spoken_of(sentence: Sentence, cue: Token, habit: Token) -> bool:
    """Whether a habit is what a contact was about: "spoke about the daily attacks"."""
    return bool(sentence.of_within((cue.end, habit.start), "grammar.about"))


def _but_greeted(frame: Frame, frames: tuple[Frame, ...]) -> Frame:
    """See a greeting as no contact where the story also denies that there were talks.

    "They shook hands. No talks took place." A handshake by itself is a meeting.
    """
    if frame.standing is not Standing.HELD or not _greets(frame):
        return frame
    mine = [f for f in frames if f.key == frame.key]
    denied = next((f.judgement for f in mine if f.standing is Standing.DENIED), None)
    if denied is None or not all(_greets(f) for f in mine if f.standing is Standing.HELD):
        return frame
    return replace(frame, judgement=denied)


def _without_pictures(frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
    """See as a memory what only a picture shows, and leave it out beside news: "Caption: A and B met"."""
    told = {
        f.key for f in frames if f.standing is Standing.HELD and not _greets(f) and not _is_under_a_picture(f)
    }
    kept = (f for f in frames if not (_is_under_a_picture(f) and f.key in told))
    return tuple(_as_memory(f) if _is_under_a_picture(f) else f for f in kept)


def _is_under_a_picture(frame: Frame) -> bool:
    return any(t.start - frame.sentence.start <= 1 for t in frame.sentence.of("grammar.caption"))


def _greets(frame: Frame) -> bool:
    """Whether a sentence tells a greeting, and no verb of contact beside it."""
    greetings = frame.sentence.of("status.greeting")
    return bool(greetings) and all(
        cue.kind.endswith((".noun", ".adverb"))
        or any(g.start < cue.end and cue.start < g.end for g in greetings)
        for cue in frame.cues
    )


def _is_bare_title(frame: Frame) -> bool:
    """Whether a title tells no tense: "meeting with B possible", "talks in Berlin"."""
    past = any(c.kind.endswith(".past") for c in frame.cues)
    return frame.standing is Standing.HELD and frame.sentence.number == 0 and not past


def _is_untensed(frame: Frame) -> bool:
    """Whether a sentence names a contact, its ministers and day told before: "the meeting is uncertain"."""
    return (
        frame.standing is Standing.HELD
        and all(c.kind.endswith((".noun", ".adverb")) for c in frame.cues)
        and not frame.sentence.of("name", "office")
        and when.day_told(frame) is None
    )


def _is_present(frame: Frame) -> bool:
    return frame.standing is Standing.HELD and all(c.kind.endswith(".present") for c in frame.cues)


def _denial(first: Frame | None) -> tuple[Token, ...]:
    """Give the word by which a story begins with a denial: what it then tells is what is denied."""
    if first is None or first.standing is not Standing.DENIED or first.judgement.word is None:
        return ()
    return (first.judgement.word,) if first.judgement.word.is_a("status") else ()


def _in_light_of(frame: Frame, refusal: tuple[Token, ...]) -> Frame:
    asked = bool(refusal) and frame.standing is Standing.PLANNED and not refusal[0].is_a(_CALLED_OFF)
    asked = asked or (bool(refusal) and refusal[0].is_a("status.denial") and _is_an_old_claim(frame))
    if not refusal or not (asked or frame.standing is Standing.HELD):
        return frame
    return replace(frame, judgement=Judgement(Standing.DENIED, refusal[0]))


def _is_an_old_claim(frame: Frame) -> bool:
    """Whether what a frame remembers is but a claim: "a channel had earlier claimed that they spoke"."""
    word = frame.judgement.word
    if frame.standing is not Standing.REMEMBERED or word is None or word.kind not in _BEFORE:
        return False
    said = frame.sentence.of("speech.verbs", "status.alleged")
    return any(0 <= t.start - word.end <= _CLAIM_REACH for t in said)


def _lead_day(lead: Frame | None, frames: tuple[Frame, ...]) -> date | None:
    """Give the day of the story's news: the lead's own, else the first told of the same pair."""
    if lead is None:
        return None
    own = when.day_told(lead) or when.day_said(lead)
    days = (own, *(when.day_told(f) for f in frames if f.key == lead.key and f.standing is Standing.HELD))
    return next((d.day for d in days if d is not None and d.day is not None), None)


def _remembered(
    frame: Frame, lead: Frame | None, lead_day: date | None, today: date | None, *, is_news: bool
) -> Frame:
    if frame.standing is not Standing.HELD or today is None:
        return frame
    told = when.day_told(frame)
    if told is None or told.day is None:
        newest = lead_day if frame is not lead and lead is not None and frame.key == lead.key else None
        newest = newest or (_month_before(today) if is_news else today)
        aside = lead_day is not None and not is_news and _some_time_ago(frame)
        return _as_memory(frame) if aside or _long_ago(frame, newest) else frame
    old = today - told.day > _FRESH
    if old and (not is_news or (frame is not lead and _is_another(frame))):
        return _as_memory(frame)
    same = lead is not None and frame.key == lead.key and lead_day is not None
    newest, grace = (lead_day, _ONE_DAY) if same and lead_day else (today, _FRESH)
    return _as_memory(frame) if frame is not lead and newest - told.day > grace else frame


def _is_another(frame: Frame) -> bool:
    """Whether a contact is called another than the one told of: "a further call was on 25 June"."""
    words = frame.sentence.of("status.another")
    return any(0 <= cue.start - t.end <= _DESCRIBED for t in words for cue in frame.cues)


def _before_the_plan(frame: Frame, plan: Frame | None, today: date | None) -> Frame:
    """See a dated meeting as a memory where the story's news is that its ministers will meet again."""
    if plan is None or frame.key != plan.key or frame.standing is not Standing.HELD:
        return frame
    told = when.day_told(frame)
    if told is None:
        month = next((d.month for d in frame.days if d.month and not d.aside), None)
        past = month is not None and today is not None and month < today.isoformat()[: len(month)]
        return _as_memory(frame) if past or _some_time_ago(frame) else frame
    old = told.day is None or (today is not None and today - told.day > _FRESH)
    return _as_memory(frame) if old else frame


def _as_memory(frame: Frame) -> Frame:
    return replace(frame, judgement=replace(frame.judgement, standing=Standing.REMEMBERED))


def _some_time_ago(frame: Frame) -> bool:
    """Whether a sentence tells its contact of last week or before: beside news with a day it is none."""
    clauses = {frame.sentence.clause(cue.start) for cue in frame.cues}
    return any(frame.sentence.clause(t.start) in clauses for t in frame.sentence.of("time.past_period"))


def _month_before(today: date) -> date:
    """Give a day of the month before: what a story begins with may have been then, and be its news."""
    return today.replace(day=1) - _ONE_DAY


def _long_ago(frame: Frame, newest: date) -> bool:
    """Whether a contact is told of a month before that of the newest it can be: "in October they spoke"."""
    months = [
        d.month
        for d in frame.days
        if d.month and d.month[0].isdigit() and not d.aside and not in_since(frame.sentence, d)
    ]
    return bool(months) and frame.own and max(months) < newest.isoformat()[: len(max(months))]
