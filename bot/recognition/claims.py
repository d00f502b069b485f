"""The frames of a story put together: its claims, what it remembers, its verdict."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.model.claim import Basis, Claim, Earlier, Evidence, Medium, Participant, Status, Verdict
from bot.model.office import Office, Register
from bot.model.story import Story
from bot.recognition.dates import Day
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
_ONE_DAY = timedelta(days=1)
_SINCE_REACH = 14  # characters: "seit dem ", "since last "


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
    if title is not None and not any(f.sentence is title for f in frames):
        frames = tuple(_in_light_of(f, title) for f in frames)
    refused = any(f.standing >= Standing.CANCELLED for f in frames)
    lead = None if refused else next((f for f in frames if f.standing is Standing.HELD and f.own), None)
    return tuple(_remembered(f, lead, _lead_day(lead, frames), today) for f in frames)


def _in_light_of(frame: Frame, title: Sentence) -> Frame:
    words = title.of("status.refusal", "status.denial", "status.cancellation")
    if not words or frame.standing is not Standing.HELD:
        return frame
    return replace(frame, judgement=Judgement(Standing.DENIED, words[0]))


def _lead_day(lead: Frame | None, frames: tuple[Frame, ...]) -> date | None:
    """Give the day of the story's news: the lead's own, else the first told of the same pair."""
    if lead is None:
        return None
    days = (_day_told(f) for f in frames if f.key == lead.key and f.standing is Standing.HELD)
    return next((d.day for d in days if d is not None and d.day is not None), None)


def _remembered(frame: Frame, lead: Frame | None, lead_day: date | None, today: date | None) -> Frame:
    told = _day_told(frame)
    if (
        frame is lead
        or frame.standing is not Standing.HELD
        or told is None
        or told.day is None
        or today is None
    ):
        return frame
    same = lead is not None and frame.key == lead.key and lead_day is not None
    newest, grace = (lead_day, _ONE_DAY) if same and lead_day else (today, _FRESH)
    if newest - told.day > grace:
        return replace(frame, judgement=replace(frame.judgement, standing=Standing.REMEMBERED))
    return frame


def claims_of(frames: tuple[Frame, ...], register: Register, spans: Spans) -> tuple[Claim, ...]:
    """Give one claim for each set of offices that the story tells a contact of."""
    groups: dict[frozenset[str], list[Frame]] = {}
    for frame in frames:
        if frame.standing is not Standing.REMEMBERED:
            groups.setdefault(_table_of(frame, frames), []).append(frame)
    claims = [_claim(group, register, spans) for group in groups.values() if any(f.own for f in group)]
    return tuple(sorted(claims, key=lambda c: c.evidence[0].start))


def _table_of(frame: Frame, frames: tuple[Frame, ...]) -> frozenset[str]:
    """Give the table that a frame belongs to: the largest of three or more that holds its pair."""
    tables = [f.key for f in frames if len(f.key) > 2 and f.key >= frame.key and f.standing is frame.standing]  # noqa: PLR2004 - more than a pair
    return max(tables, key=len, default=frame.key)


def _claim(group: list[Frame], register: Register, spans: Spans) -> Claim:
    standing = max((f.standing for f in group if f.own), key=lambda s: (s is Standing.HELD, s))
    mine = [f for f in group if f.standing is standing]
    ministers = _ministers(mine)
    told = _day_of(mine)
    day = _settled(told, ministers, spans.story.day) if told else None
    if day and standing is Standing.HELD and day > spans.story.day + timedelta(days=1):
        day = None
    by = day or spans.story.day
    medium, cue = _medium(mine)
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


def _medium(frames: list[Frame]) -> tuple[Medium, Token]:
    """Choose the medium: what tells most outweighs ("trifft sich" of a phone call is a phone call)."""
    cues = [cue for frame in frames for cue in frame.cues]
    for medium in _MEDIA:
        for cue in cues:
            if cue.is_a(f"contact.{medium}") or cue.kind == f"contact.weak.{medium}":
                return medium, cue
    return Medium.UNKNOWN, cues[0]


def _repeats(frame: Frame) -> bool:
    return bool(frame.sentence.of("status.repeat")) and bool(frame.sentence.of("time.today"))


def _day_told(frame: Frame | None) -> Day | None:
    return next((d for d, said in _days(frame) if not said), None) if frame else None


def _day_of(frames: list[Frame]) -> Day | None:
    """Give the day of a contact: a day of its own before the day of a statement about it."""
    ordered = sorted(frames, key=lambda f: not f.own)
    told = [(d, said) for f in ordered for d, said in _days(f)]
    own = next((d for d, said in told if not said), None)
    if own is not None:
        return own
    statement = next((d for d, said in told if said), None)
    return replace(statement, basis=Basis.STATEMENT) if statement else None


def _days(frame: Frame) -> Iterator[tuple[Day, bool]]:
    """Give the days that a frame may have happened on, and whether one is only that of a statement."""
    for day in frame.days:
        told = day.day or (day.month or "").startswith("--")
        if told and not day.dateline and not is_since(frame.sentence, day):
            yield day, _is_statement(frame, day)


def is_since(sentence: Sentence, day: Day) -> bool:
    """Whether a day is the end of a silence ("seit März 2023"), not the day of a contact."""
    since = [t for t in sentence.of("status.since") if t.end <= day.start]
    if not since:
        return False
    between = [t for t in sentence.tokens if since[-1].end <= t.start and t.end <= day.start]
    return day.start - since[-1].end <= _SINCE_REACH and not any(
        t.is_a("name") or t.is_a("contact") for t in between
    )


def _is_statement(frame: Frame, day: Day) -> bool:
    """Whether a day belongs to the word that tells, not to the contact: "sagte er am Dienstag"."""
    sentence = frame.sentence
    segment = sentence.segment(day.start)
    spoken = sentence.of_within(segment, "speech.public")
    met = [c for c in frame.cues if segment[0] <= c.start < segment[1]]
    if not spoken:
        return False
    return not met or min(_apart(t, day) for t in spoken) < min(_apart(t, day) for t in met)


def _apart(token: Token, day: Day) -> int:
    return min(abs(token.start - day.end), abs(day.start - token.end))


def _settled(told: Day, ministers: tuple[Minister, ...], today: date) -> date | None:
    """Give a yearless day of an undated story the latest year in which all persons held office."""
    if told.day is not None or told.month is None:
        return told.day
    month, number = map(int, told.month.removeprefix("--").split("-"))
    holders = [m.holder for m in ministers if m.holder is not None]
    for year in range(today.year, today.year - 12, -1):
        try:
            day = date(year, month, number)
        except ValueError:
            continue
        if day <= today and len(holders) > 1 and all(h.held_on(day) for h in holders):
            return day
    return None


def earlier_of(
    frames: tuple[Frame, ...], reading: Reading, main: frozenset[Office], spans: Spans
) -> tuple[Earlier, ...]:
    """Give the earlier contacts that a story mentions, each told as exactly as the story does."""
    found: list[Earlier] = []
    for frame in frames:
        offices = frozenset(m.office for m in frame.ministers) if frame.own else main
        if frame.standing is Standing.REMEMBERED:
            days = [d for d in frame.days if d.iso and not (d.month or "").startswith("--")]
            day = days[0] if days else None
            evidence = spans.evidence("previous", "remembered", frame.sentence.start, frame.sentence.end)
            found.append(Earlier(day.iso if day else None, offices, (evidence,)))
    for sentence in reading.scan.sentences:
        found += _ended_silences(reading, sentence, main, spans)
    return _exactest(found)


def _ended_silences(
    reading: Reading, sentence: Sentence, main: frozenset[Office], spans: Spans
) -> Iterator[Earlier]:
    if not main or not sentence.of("status.first", "status.past_anchor", "contact", "status.negation"):
        return
    for day in reading.days[sentence.number]:
        if day.iso and not (day.month or "").startswith("--") and is_since(sentence, day):
            yield Earlier(day.iso, main, (spans.evidence("previous", "since", day.start, day.end),))


def _exactest(found: list[Earlier]) -> tuple[Earlier, ...]:
    """Drop what another mention tells more exactly: None, then a month whose day is told."""
    kept: list[Earlier] = []
    for one in sorted(found, key=lambda e: -len(e.when or "")):
        if not any(k.offices == one.offices and (k.when or "").startswith(one.when or "") for k in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda e: e.evidence[0].start))
