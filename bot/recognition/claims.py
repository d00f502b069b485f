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
    dated = tuple(_remembered(f, lead, _lead_day(lead, known), today) for f in known)
    first = {f.key: f for f in reversed(dated) if f.own and f.standing is not Standing.REMEMBERED}
    judged = tuple(_in_light_of(f, refusal or _denial(first.get(f.key))) for f in dated)
    return tuple(_still_to_come(f, judged) for f in judged)


def _still_to_come(frame: Frame, frames: tuple[Frame, ...]) -> Frame:
    """See what is told in the present tense as a plan where all else about it is one.

    "X receives Y", says the title, and the text: "on 15 May he will welcome him".
    """
    if not _is_present(frame):
        return frame
    rest = [f for f in frames if f.key == frame.key and f.standing is not Standing.REMEMBERED and not _is_present(f)]
    if not rest or any(f.standing is not Standing.PLANNED for f in rest):
        return frame
    return replace(frame, judgement=rest[0].judgement)


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


def _remembered(frame: Frame, lead: Frame | None, lead_day: date | None, today: date | None) -> Frame:
    if frame.standing is not Standing.HELD or today is None:
        return frame
    told = when.day_told(frame)
    if told is None or told.day is None:
        return _as_memory(frame) if _long_ago(frame, today) else frame
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


def _long_ago(frame: Frame, today: date) -> bool:
    """Whether a contact is told of a month before the last one: "in October 2022 they spoke"."""
    months = [
        d.month
        for d in frame.days
        if d.month and d.month[0].isdigit() and not d.aside and not when.in_since(frame.sentence, d)
    ]
    last_month = (today.replace(day=1) - _ONE_DAY).isoformat()[: len("2024-06")]
    return bool(months) and frame.own and max(months) < last_month


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
    standing = max((f.standing for f in group if f.own), key=lambda s: (s is Standing.HELD, s))
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
