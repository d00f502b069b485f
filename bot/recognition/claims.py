"""The frames of a story put together: its claims, what it remembers, its verdict."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.model.claim import Basis, Claim, Evidence, Medium, Participant, Status, Verdict
from bot.model.office import Office, Register
from bot.model.story import Story
from bot.recognition import places, when
from bot.recognition.frames import Frame, Reading
from bot.recognition.ministers import Minister
from bot.recognition.status import Judgement, Standing
from bot.recognition.token import Sentence, Token
from bot.text.fold import Folded

_STATUS = {
    Standing.HELD: Status.HELD,
    Standing.PLANNED: Status.PLANNED,
    Standing.DENIED: Status.DENIED,
    Standing.CANCELLED: Status.CANCELLED,
}
_MEDIA = (Medium.VIDEO, Medium.PHONE, Medium.MEETING, Medium.LETTER)
# A contact dated this much before its story, in a story that tells of a fresher one, is remembered.
_FRESH = timedelta(days=7)
_AT_ONE_TABLE = ("contact.meeting.adverb", "contact.meeting.past")
# "These days": a report may begin with what had happened so lately, so early in its text.
_THESE_DAYS, _OPENING = timedelta(days=3), 2
_CALLED_OFF = "status.cancellation"
_REFUSED = ("status.refusal", "status.denial", "status.cancellation")
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Spans:
    """Turns folded offsets into evidence: the words as the story writes them."""

    story: Story
    folded: Folded

    def evidence(self, slot: str, rule: str, start: int, end: int) -> Evidence:
        """Give the words of a folded span as evidence for a slot."""
        first, last = self.folded.span(start, end)
        return Evidence(slot, f"{self.story.language}.{rule}", self.story.whole[first:last], first, last)


def verdict_of(claims: Iterable[Claim], frames: Iterable[Frame]) -> Verdict:
    """Tell what a story is by how its contacts stand.

    A contact that was held is news; else a refusal is, else a plan; a story
    that only remembers one tells background.
    """
    told = {claim.status for claim in claims}
    for status, verdict in (
        (Status.HELD, Verdict.CONTACT),
        (Status.DENIED, Verdict.DENIED),
        (Status.CANCELLED, Verdict.DENIED),
        (Status.PLANNED, Verdict.PLANNED),
    ):
        if status in told:
            return verdict
    remembered = any(frame.standing is Standing.REMEMBERED for frame in frames)
    return Verdict.BACKGROUND if remembered else Verdict.NONE


def standing_frames(
    frames: tuple[Frame, ...], title: Sentence | None, today: date | None
) -> tuple[Frame, ...]:
    """See each frame in the light of the whole story.

    A title that tells of a refusal turns what seems held into refused. A
    later frame of an older day is remembered, not news: the first contact
    that a story tells is its news, however late, unless the story is about a
    refusal.
    """
    named = title is None or any(f.sentence is title for f in frames)
    refusal = () if named or title is None else title.of(*_REFUSED)
    refused = bool(refusal) or any(f.standing >= Standing.CANCELLED for f in frames)
    lead = None if refused else next((f for f in frames if f.standing is Standing.HELD and f.own), None)
    plan = next((f for f in frames if f.own and not _is_present(f)), None)
    plan = plan if plan and plan.standing is Standing.PLANNED else None
    known = tuple(_before_the_plan(f, plan, today) for f in frames)
    early = frozenset(f.key for f in known if f.sentence.number < _OPENING)
    dated = tuple(_remembered(f, lead, _lead_day(lead, known), today, f.key in early) for f in known)
    first = {f.key: f for f in reversed(dated) if f.own and f.standing is not Standing.REMEMBERED}
    judged = tuple(_in_light_of(f, refusal or _denial(first.get(f.key))) for f in dated)
    judged = tuple(_told_again(f, judged) for f in judged)
    judged = tuple(_still_to_come(f, judged) for f in judged)
    return _promoted(judged, today)


def _told_again(frame: Frame, frames: tuple[Frame, ...]) -> Frame:
    """See as a memory what another sentence remembers: the title's "they spoke in May", "on 13 May" below."""
    if frame.standing is not Standing.HELD or when.day_told(frame) is not None:
        return frame
    months = {d.month for d in frame.days if d.month and not when.in_since(frame.sentence, d)}
    memories = (f for f in frames if f.key == frame.key and f.standing is Standing.REMEMBERED)
    days = [d.iso or "" for f in memories for d in f.days]
    return _as_memory(frame) if any(day.startswith(m) for day in days for m in months if m) else frame


def _promoted(frames: tuple[Frame, ...], today: date | None) -> tuple[Frame, ...]:
    """See the first contact of a story that only seems to be remembered as news where it was in these days.

    "On Wednesday A had called B for the first time in years", a report begins,
    and goes on about that call, told by no other sentence with another day.
    """
    lead = next((f for f in frames if f.own and f.standing is Standing.REMEMBERED), None)
    if lead is None or today is None or lead.sentence.number > _OPENING or not _is_lately(lead, today):
        return frames
    mine = [f for f in frames if f is not lead and f.key == lead.key and f.standing is not Standing.REMEMBERED]
    others = [f for f in frames if f.key != lead.key and f.own and f.standing is not Standing.REMEMBERED]
    if not mine or others or any(f.standing is not Standing.HELD or when.day_told(f) for f in mine):
        return frames
    news = replace(lead, judgement=replace(lead.judgement, standing=Standing.HELD, word=None))
    return tuple(news if f is lead else f for f in frames)


def _is_lately(frame: Frame, today: date) -> bool:
    """Whether "had" with a day of the last days is all that makes a memory of a contact."""
    word, day = frame.judgement.word, when.day_told(frame)
    if word is None or not word.is_a("status.pluperfect") or day is None or day.day is None:
        return False
    return timedelta(0) <= today - day.day <= _THESE_DAYS


def _still_to_come(frame: Frame, frames: tuple[Frame, ...]) -> Frame:
    """See what is told in the present tense as a plan where all else about it is one.

    "X receives Y", says the title, and the text: "on 15 May he will welcome him".
    """
    if not _is_present(frame) and not _is_bare_title(frame):
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


def _is_bare_title(frame: Frame) -> bool:
    """Whether a title tells no tense: "meeting with B possible", "talks in Berlin"."""
    past = any(c.kind.endswith(".past") for c in frame.cues)
    return frame.standing is Standing.HELD and frame.sentence.number == 0 and not past


def _is_present(frame: Frame) -> bool:
    return frame.standing is Standing.HELD and all(c.kind.endswith(".present") for c in frame.cues)


def _denial(first: Frame | None) -> tuple[Token, ...]:
    """Give the word by which a story begins with a denial: what it then tells is what is denied."""
    if first is None or first.standing is not Standing.DENIED or first.judgement.word is None:
        return ()
    return (first.judgement.word,) if first.judgement.word.is_a("status") else ()


def _in_light_of(frame: Frame, refusal: tuple[Token, ...]) -> Frame:
    asked = bool(refusal) and frame.standing is Standing.PLANNED and not refusal[0].is_a(_CALLED_OFF)
    if not refusal or not (asked or frame.standing is Standing.HELD):
        return frame
    return replace(frame, judgement=Judgement(Standing.DENIED, refusal[0]))


def _lead_day(lead: Frame | None, frames: tuple[Frame, ...]) -> date | None:
    """Give the day of the story's news: the lead's own, else the first told of the same pair."""
    if lead is None:
        return None
    own = when.day_told(lead) or when.day_said(lead)
    days = (own, *(when.day_told(f) for f in frames if f.key == lead.key and f.standing is Standing.HELD))
    return next((d.day for d in days if d is not None and d.day is not None), None)


def _remembered(
    frame: Frame, lead: Frame | None, lead_day: date | None, today: date | None, is_news: bool
) -> Frame:
    if frame.standing is not Standing.HELD or today is None:
        return frame
    told = when.day_told(frame)
    if told is None or told.day is None:
        return _as_memory(frame) if _long_ago(frame, today, is_news) else frame
    same = lead is not None and frame.key == lead.key and lead_day is not None
    newest, grace = (lead_day, _ONE_DAY) if same and lead_day else (today, _FRESH)
    return _as_memory(frame) if frame is not lead and newest - told.day > grace else frame


def _before_the_plan(frame: Frame, plan: Frame | None, today: date | None) -> Frame:
    """See a dated meeting as a memory where the story's news is that its ministers will meet again."""
    if plan is None or frame.key != plan.key or frame.standing is not Standing.HELD:
        return frame
    told = when.day_told(frame)
    if told is None:
        month = next((d.month for d in frame.days if d.month and not d.aside), None)
        past = month is not None and today is not None and month < today.isoformat()[: len(month)]
        return _as_memory(frame) if past else frame
    old = told.day is None or (today is not None and today - told.day > _FRESH)
    return _as_memory(frame) if old else frame


def _as_memory(frame: Frame) -> Frame:
    return replace(frame, judgement=replace(frame.judgement, standing=Standing.REMEMBERED))


def _long_ago(frame: Frame, today: date, is_news: bool) -> bool:
    """Whether a contact is told of a month gone by: "in October they spoke".

    What a story begins with may have been last month, and be its news.
    """
    months = [
        d.month
        for d in frame.days
        if d.month and d.month[0].isdigit() and not d.aside and not when.in_since(frame.sentence, d)
    ]
    newest = today.replace(day=1) - _ONE_DAY if is_news else today
    return bool(months) and frame.own and max(months) < newest.isoformat()[: len(max(months))]


def claims_of(
    reading: Reading, frames: tuple[Frame, ...], register: Register, spans: Spans
) -> tuple[Claim, ...]:
    """Give one claim for each set of offices that the story tells a contact of."""
    groups: dict[frozenset[str], list[Frame]] = {}
    for frame in frames:
        if frame.standing is not Standing.REMEMBERED:
            groups.setdefault(_table_of(frame, frames), []).append(frame)
    claims = [
        _claim(reading, group, frames, register, spans)
        for group in groups.values()
        if any(f.own for f in group)
    ]
    return tuple(sorted(claims, key=lambda c: c.evidence[0].start))


def _table_of(frame: Frame, frames: tuple[Frame, ...]) -> frozenset[str]:
    """Give the table that a frame belongs to: the largest of three or more that holds its pair."""
    tables = [f.key for f in frames if len(f.key) > 2 and f.key >= frame.key and f.standing is frame.standing]  # noqa: PLR2004 - more than a pair
    return max(tables, key=len, default=frame.key)


def _claim(
    reading: Reading, group: list[Frame], frames: tuple[Frame, ...], register: Register, spans: Spans
) -> Claim:
    standing = _standing_of([f for f in group if f.own])
    mine = [f for f in group if f.standing is standing]
    ministers = _ministers(mine)
    told = when.day_of(reading, mine, frames)
    day = when.settled(told, ministers, spans.story.day) if told else None
    if day and standing is Standing.HELD and day > spans.story.day + timedelta(days=1):
        day = None
    by = day or when.latest(mine, spans.story.day)
    medium, cue = _medium(reading, mine)
    evidence = [spans.evidence("contact", cue.kind, cue.start, cue.end)]
    evidence += [spans.evidence("participant", m.rule, m.start, m.end) for m in ministers]
    if day and told:
        evidence.append(spans.evidence("date", f"time.{told.basis}", told.start, told.end))
    word = next((f.judgement.word for f in mine if f.judgement.word), None)
    if word:
        evidence.append(spans.evidence("status", word.kind, word.start, word.end))
    return Claim(
        status=_STATUS[standing],
        participants=tuple(sorted(_participant(m, by, register) for m in ministers)),
        day=day,
        by=by,
        medium=medium,
        basis=told.basis if day and told else Basis.NONE,
        repeat=any(_repeats(f) for f in mine),
        evidence=tuple(evidence),
    )


def _standing_of(frames: list[Frame]) -> Standing:
    """Tell how a contact stands by the frames that name it: held, unless as many say that it never was."""
    held = [f for f in frames if f.standing is Standing.HELD]
    never = [f for f in frames if f.standing is Standing.DENIED and _is_denial(f.judgement.word)]
    if held and len(never) < len(held):
        return Standing.HELD
    return max(f.standing for f in never or frames)


def _is_denial(word: Token | None) -> bool:
    return word is not None and word.is_a("status.denial")


def _ministers(frames: list[Frame]) -> tuple[Minister, ...]:
    found: dict[Office, Minister] = {}
    for minister in (m for f in frames for m in f.ministers):
        known = found.get(minister.office)
        if known is None or (known.holder is None and minister.holder is not None):
            found[minister.office] = minister
    return tuple(found.values())


def _participant(minister: Minister, day: date, register: Register) -> Participant:
    holder = minister.holder or register.holder_on(minister.office, day)
    return Participant(minister.office, holder.person if holder else None)


def _medium(reading: Reading, frames: list[Frame]) -> tuple[Medium, Token]:
    """Choose the medium: a clearer word outweighs ("trifft sich" of a phone call is a phone call).

    Where a story speaks both of a call and of sitting at one table, its first word counts.
    """
    cues = [cue for frame in frames for cue in frame.cues]
    first: dict[Medium, Token] = {}
    for cue in cues:
        medium = _medium_of(cue)
        if medium is not None:
            first.setdefault(medium, cue)
    table = next((c for c in cues if c.kind in _AT_ONE_TABLE), None)
    phone = first.get(Medium.PHONE)
    if phone and table and Medium.VIDEO not in first and first[Medium.MEETING].start < phone.start:
        return Medium.MEETING, first[Medium.MEETING]
    chosen = next((medium for medium in _MEDIA if medium in first), None)
    if chosen:
        return chosen, first[chosen]
    place = next((p for frame in frames if frame.own for p in places.of(reading, frame)), None)
    place = place or _journey(reading, frames)
    return (Medium.MEETING, place) if place else (Medium.UNKNOWN, cues[0])


def _journey(reading: Reading, frames: list[Frame]) -> Token | None:
    """Give the word of a journey or visit in a frame's sentence or beside it: who talks there has met."""
    for frame in (f for f in frames if f.own):
        number = frame.sentence.number
        for sentence in reading.scan.sentences[max(0, number - 1) : number + 2]:
            offices = {m.office for m in frame.ministers} & set(reading.casts[sentence.number].offices)
            words = sentence.of("scene")
            if words and (offices or sentence is frame.sentence):
                return words[0]
    return None


def _medium_of(cue: Token) -> Medium | None:
    kind = cue.kind.removeprefix("contact.").removeprefix("weak.").partition(".")[0]
    return Medium(kind) if kind in _MEDIA else None


def _repeats(frame: Frame) -> bool:
    return bool(frame.sentence.of("status.repeat")) and bool(frame.sentence.of("time.today"))
