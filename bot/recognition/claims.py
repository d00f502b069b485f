"""The frames of a story put together: its claims and its verdict."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.model.claim import Basis, Claim, Evidence, Medium, Participant, Status, Verdict
from bot.model.office import Holder, Office, Register
from bot.model.story import Story
from bot.recognition import places, when
from bot.recognition.frames import Frame
from bot.recognition.ministers import Minister
from bot.recognition.reading import Reading
from bot.recognition.status import Standing
from bot.recognition.strangers import Stranger
from bot.recognition.tallies import tally_of
from bot.recognition.token import Token
from bot.recognition.yearless import settled
from bot.register.sound import sound_key
from bot.text.fold import Folded

STATUS = {
    Standing.HELD: Status.HELD,
    Standing.PLANNED: Status.PLANNED,
    Standing.DENIED: Status.DENIED,
    Standing.CANCELLED: Status.CANCELLED,
}
_PAIR = 2
_MEDIA = (Medium.VIDEO, Medium.PHONE, Medium.MEETING, Medium.LETTER)
_AT_ONE_TABLE = ("contact.meeting.adverb", "contact.meeting.past")


@dataclass(frozen=True, slots=True)
class Spans:
    """Turns folded offsets into evidence: the words as the story writes them."""

    story: Story
    folded: Folded

    def evidence(self, slot: str, rule: str, start: int, end: int) -> Evidence:
        """Give the words of a folded span as evidence for a slot."""
        first, last = self.folded.span(start, end)
        return Evidence(slot, f"{self.story.language}.{rule}", self.story.whole[first:last], first, last)


@dataclass(frozen=True, slots=True)
class Seats:
    """Who sits where: the register, and whom the story itself calls a minister that the register lacks."""

    register: Register
    strangers: tuple[Stranger, ...] = ()

    def taken_by(self, minister: Minister, day: date) -> Participant:
        """Give the office with its person: named by a name, named by the story, or known for the day."""
        if minister.holder is not None:
            return Participant(minister.office, minister.holder.person)
        known = self.register.holder_on(minister.office, day)
        told = (one.name for one in self.strangers if one.country == minister.office.country)
        named = next((name for name in told if known is None or not _may_be(known, name)), None)
        return Participant(minister.office, named or (known.person if known else None))


def _may_be(holder: Holder, name: str) -> bool:
    """Whether a part of a name sounds like one of the holder's: "Chalid", "Khalid"."""
    heard = {sound_key(word) for word in name.split()}
    return any(sound_key(word) in heard for known in holder.all_names() for word in known.split())


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


def claims_of(reading: Reading, frames: tuple[Frame, ...], seats: Seats, spans: Spans) -> tuple[Claim, ...]:
    """Give one claim for each set of offices that the story tells a contact of."""
    groups: dict[frozenset[str], list[Frame]] = {}
    frames = tuple(f for f in frames if not _is_told_apart(f, frames))
    tables = tuple(f for f in frames if len(f.key) > _PAIR)
    for frame in frames:
        if frame.standing is not Standing.REMEMBERED:
            groups.setdefault(_table_of(frame, tables), []).append(frame)
    claims = [
        _claim(reading, group, frames, seats, spans) for group in groups.values() if any(f.own for f in group)
    ]
    return tuple(sorted(claims, key=lambda c: c.evidence[0].start))


def _is_told_apart(frame: Frame, frames: tuple[Frame, ...]) -> bool:
    """Whether a title lists those whom the text tells one by one: "A speaks with B and C"."""
    if frame.sentence.number or len(frame.key) <= _PAIR:
        return False
    told = {f.key for f in frames if f.own and f.sentence.number and f.standing is frame.standing}
    return frame.key not in told and len([key for key in told if key < frame.key]) > 1


def _table_of(frame: Frame, tables: tuple[Frame, ...]) -> frozenset[str]:
    """Give the table that a frame belongs to: the largest of three or more that holds its pair on its day."""
    fitting = [
        f.key
        for f in tables
        if len(f.key) >= len(frame.key)
        and f.key >= frame.key
        and f.standing is frame.standing
        and _may_be_one(f, frame)
    ]
    return max(fitting, key=len, default=frame.key)


def _may_be_one(table: Frame, frame: Frame) -> bool:
    """Whether no days told part two frames: a meeting of three on the eve is another one."""
    at_table, mine = when.day_told(table), when.day_told(frame)
    if table is frame or at_table is None or at_table.day is None:
        return True
    if mine is None or mine.day is None:
        return table.sentence.number <= frame.sentence.number
    return at_table.day == mine.day


def _claim(
    reading: Reading, group: list[Frame], frames: tuple[Frame, ...], seats: Seats, spans: Spans
) -> Claim:
    standing = _standing_of([f for f in group if f.own])
    mine = [f for f in group if f.standing is standing]
    ministers = _ministers(mine)
    medium, cue = _medium(reading, mine)
    told = when.day_of(reading, mine, frames)
    if told is None and medium is Medium.MEETING:
        told = when.assumed(reading, mine)
    day = settled(told, ministers, spans.story.day) if told else None
    if day and standing is Standing.HELD and day > spans.story.day + timedelta(days=1):
        day = None
    since, by = (None, day) if day else when.span(mine, spans.story.day)
    evidence = [spans.evidence("contact", cue.kind, cue.start, cue.end)]
    evidence += [spans.evidence("participant", m.rule, m.start, m.end) for m in ministers]
    if day and told:
        evidence.append(spans.evidence("date", f"time.{told.basis}", told.start, told.end))
    word = next((f.judgement.word for f in mine if f.judgement.word), None)
    if word:
        evidence.append(spans.evidence("status", word.kind, word.start, word.end))
    counted = tally_of(reading, mine)
    if counted:
        evidence.append(spans.evidence("tally", counted[1].kind, counted[1].start, counted[1].end))
    return Claim(
        status=STATUS[standing],
        participants=tuple(sorted(seats.taken_by(m, by) for m in ministers)),
        day=day,
        by=by,
        since=since,
        medium=medium,
        basis=told.basis if day and told else Basis.NONE,
        repeat=any(_repeats(f) for f in mine),
        tally=counted[0] if counted else None,
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


def _medium(reading: Reading, frames: list[Frame]) -> tuple[Medium, Token]:
    """Choose the medium: a clearer word outweighs ("trifft sich" of a phone call is a phone call).

    Where a story speaks both of a call and of sitting at one table, its first word counts.
    """
    cues = [cue for frame in frames for cue in frame.cues]
    if len(frames[0].key) > _PAIR:  # one who joins a table by video makes no video conference of it
        cues = [c for c in cues if c.kind != "contact.video.adverb"] or cues
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
