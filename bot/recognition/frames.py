"""Sentences in which ministers and a cue of contact come together."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.recognition.anaphora import he_with, meant, of_both_countries, represented, spoken_about
from bot.recognition.apart import as_minister, met_another
from bot.recognition.belonging import STOP
from bot.recognition.dates import Day
from bot.recognition.groups import groups, others_only
from bot.recognition.memories import ends_silence
from bot.recognition.ministers import Cast, Minister
from bot.recognition.reading import Reading
from bot.recognition.status import Judgement, Standing, judge
from bot.recognition.token import Sentence, Token

STRONG = ("contact.phone", "contact.video", "contact.meeting", "contact.letter", "contact.talk")
_WEAK = "contact.weak"
_PAIR = 2
_GOES_ON = 3  # sentences after which "the talks" are somebody else's
_SEATED = 3  # sentences after a table in which its guests are named
_ITS = 12  # characters between "days after" and its noun: " their first "
_DONE = (".past", ".present")
_WEAK_REACH = 24  # characters from a weak cue to the minister it needs


@dataclass(frozen=True, slots=True)
class Frame:
    """Ministers in contact, as one sentence tells it.

    `own` tells that the sentence names the pair itself; otherwise it goes on
    about the contact of an earlier sentence ("the call", "the two").
    """

    sentence: Sentence
    ministers: tuple[Minister, ...]
    cues: tuple[Token, ...]
    judgement: Judgement
    days: tuple[Day, ...]
    own: bool

    @property
    def standing(self) -> Standing:
        """How the contact stands, by this sentence."""
        return self.judgement.standing

    @property
    def key(self) -> frozenset[str]:
        """The countries in contact."""
        return frozenset(m.office.country for m in self.ministers)


def frames(reading: Reading) -> tuple[Frame, ...]:
    """Give the frames of a story in order."""
    found: list[Frame] = []
    for sentence in reading.scan.sentences:
        told = list(_frames_of(reading, sentence, found))
        found.extend(told)
        if not any(len(f.key) > _PAIR for f in told):
            found.extend(_table(reading, sentence))
    return tuple(found)


def _table(reading: Reading, sentence: Sentence) -> Iterator[Frame]:
    """Give the frame of a table whose guests the next sentences name one by one.

    "The defence ministers of the group met on Tuesday. A led the meeting. B and
    C joined by video."
    """
    cast, cues = reading.casts[sentence.number], sentence.of(*STRONG)
    if not cues or not (cast.several or sentence.of("office.table")) or len(cast.ministers) >= _PAIR:
        return
    guests: dict[str, Minister] = {m.office.country: m for m in cast.ministers}
    for later in reading.casts[sentence.number + 1 : sentence.number + 1 + _SEATED]:
        if later.others and not later.ministers:
            break
        for minister in later.ministers:
            guests.setdefault(minister.office.country, minister)
    if len(guests) > _PAIR:
        yield from (
            frame
            for frame in _told(reading, sentence, tuple(guests.values()), cues, own=True)
            if frame.standing is Standing.HELD
        )


def _frames_of(reading: Reading, sentence: Sentence, earlier: list[Frame]) -> Iterator[Frame]:
    cues = cues_of(reading, sentence)
    if not cues:
        return
    cast = reading.casts[sentence.number]
    present = tuple(
        m
        for m in cast.ministers
        if not spoken_about(reading, sentence, m, cues) and not represented(reading, sentence, m)
    )
    present = he_with(reading, sentence, present, cues)
    if len(present) > 1 and not all(_is_with(sentence, m) for m in present):
        for ministers, near in groups(sentence, present, cues):
            if not others_only(sentence, cast, near) and not met_another(reading.scan, sentence, cast, near):
                yield from _told(reading, sentence, ministers, near, own=True)
        return
    if told := tuple(_of_those_meant(reading, sentence, present, cues)):
        yield from told
    elif earlier and not cast.others and _goes_on(sentence, cast, cues, earlier):
        yield from _told(reading, sentence, earlier[-1].ministers, cues, own=False)


def _of_those_meant(
    reading: Reading, sentence: Sentence, present: tuple[Minister, ...], cues: tuple[Token, ...]
) -> Iterator[Frame]:
    """Give the frame of ministers whom a sentence means though it does not name both.

    "The defence ministers of both countries" are no news of a story about others.
    """
    cast = reading.casts[sentence.number]
    parties = replace(cast, ministers=tuple(m for m in cast.ministers if m in present))
    both = of_both_countries(reading, sentence, parties)
    of_others = any(c.others and not c.ministers for c in reading.casts[: sentence.number])
    pair = both or meant(reading, sentence, parties, cues)
    if pair and not (both and of_others):
        yield from _told(reading, sentence, pair, cues, own=True)
    elif once := both or _once(reading, sentence, present):
        yield from _remembered(reading, sentence, once, cues)


def _is_with(sentence: Sentence, minister: Minister) -> bool:
    """Whether a minister is one whom another spoke with: "with A he discussed the war, with B the grain"."""
    before = [t for t in sentence.of("grammar.with") if t.end < minister.start]
    if not before:
        return False
    words = sentence.of_within((before[-1].end, minister.start), "office.minister", "office.pronoun")
    return minister.start - before[-1].end - sum(t.end - t.start + 1 for t in words) <= 1


def _once(reading: Reading, sentence: Sentence, present: tuple[Minister, ...]) -> tuple[Minister, ...]:
    """Give the pair of a minister with one of another country who is out of office by now, or of two such."""
    if len(present) > 1:
        return ()
    cast, days = reading.casts[sentence.number], reading.days[sentence.number]
    here = {m.office.country for m in present}
    former = [m for m in cast.former if m.office.country not in here]
    then = {m.office.country: m for m in reversed(former) if as_minister(sentence, cast, m, days)}
    pair = (*present, *sorted(then.values(), key=lambda m: m.start))[:_PAIR]
    return pair if len(pair) == _PAIR and (present or _both_served(pair, days)) else ()


def _both_served(pair: tuple[Minister, ...], days: tuple[Day, ...]) -> bool:
    """Whether a sentence tells a day on which both were ministers: of two private persons it tells none."""
    terms = [
        (h.start.isoformat() if h.start else "", h.end.isoformat() if h.end else "9")
        for m in pair
        if (h := m.holder)
    ]
    told = [d.iso for d in days if d.iso]
    return any(all(first[: len(day)] <= day <= last for first, last in terms) for day in told)


def _remembered(
    reading: Reading, sentence: Sentence, pair: tuple[Minister, ...], cues: tuple[Token, ...]
) -> Iterator[Frame]:
    """Give the frame of what cannot be news, since one of the two holds no office any more."""
    for frame in _told(reading, sentence, pair, cues, own=True):
        if frame.standing in (Standing.HELD, Standing.REMEMBERED):
            yield replace(frame, judgement=Judgement(Standing.REMEMBERED, frame.judgement.word))


def _goes_on(sentence: Sentence, cast: Cast, cues: tuple[Token, ...], earlier: list[Frame]) -> bool:
    """Whether "the talks" of a sentence are those of the last frame.

    They are where it stands near, or names one of its ministers or both
    countries; "the two had met" are in any place the only two of a story.
    """
    last = earlier[-1]
    if not any(c.kind.endswith(".noun") for c in cues) and not sentence.of("office.both"):
        return _is_theirs(sentence, cast, cues, last)
    if any(m.office.country not in last.key for m in cast.ministers):
        return False
    named = {t.country for t in sentence.of("country")}
    near = sentence.number - last.sentence.number <= _GOES_ON
    alone = len({f.key for f in earlier}) == 1 and bool(sentence.of("office.both"))
    remembers = alone and bool(sentence.of("status.past_anchor", "status.pluperfect"))
    return near or remembers or bool(cast.ministers) or last.key <= named


def _is_theirs(sentence: Sentence, cast: Cast, cues: tuple[Token, ...], last: Frame) -> bool:
    """Whether a verb without anybody named remembers the pair just told of: "rozmawiali już w marcu"."""
    told = sentence.of("status.past_anchor", "status.pluperfect") and not (cast.ministers or cast.former)
    verbs = any(c.kind.endswith((".past", ".open")) for c in cues)
    alone = bool(told) and not sentence.of("name") and sentence.number - last.sentence.number == 1
    return alone and verbs and bool(sentence.of("time.months"))


def _told(
    reading: Reading,
    sentence: Sentence,
    ministers: tuple[Minister, ...],
    cues: tuple[Token, ...],
    *,
    own: bool,
) -> Iterator[Frame]:
    """Give the frame of a sentence; what another clause of it remembers is a frame of its own."""
    days = reading.days[sentence.number]
    judged = [(cue, judge(reading.scan, sentence, cue, days, reading.today)) for cue in cues]
    memories = [(c, j) for c, j in judged if j.standing is Standing.REMEMBERED]
    news = [(c, j) for c, j in judged if j.standing is not Standing.REMEMBERED]
    if _met_only_then(sentence, ministers, [c for c, _ in memories], [c for c, _ in news]):
        news = []
    for group in (news, memories):
        if group:
            told = [(c, j) for c, j in group if not c.kind.endswith(".adverb")] or group
            judgement = max((j for _, j in told), key=lambda j: j.standing)
            cued = tuple(c for c, _ in group)
            rivals = tuple(c for c, _ in (memories if group is news else news))
            near = _days_near(sentence, days, cued, rivals) if rivals else days
            alone = own and not any(ends_silence(sentence, sentence.clause(c.start)) for c in cued)
            yield Frame(sentence, ministers, cued, judgement, near, alone)


def _met_only_then(
    sentence: Sentence, ministers: tuple[Minister, ...], then: list[Token], now: list[Token]
) -> bool:
    """Whether a partner stands only in a clause that remembers: "a review by A, who in May met B"."""
    told = any(c.kind.endswith((".past", ".present")) for c in now)
    clauses = {sentence.clause(c.start) for c in then} - {sentence.clause(c.start) for c in now}
    return not told and any(m.start >= start and m.end <= end for m in ministers for start, end in clauses)


def _days_near(
    sentence: Sentence, days: tuple[Day, ...], cues: tuple[Token, ...], rivals: tuple[Token, ...]
) -> tuple[Day, ...]:
    """Give the days in the clauses of these cues that are nearer to them than to their rivals."""
    return tuple(
        d
        for d in days
        if (mine := _apart(sentence, d, cues)) is not None
        and ((theirs := _apart(sentence, d, rivals)) is None or mine <= theirs)
    )


def _apart(sentence: Sentence, day: Day, cues: tuple[Token, ...]) -> int | None:
    """Give the characters between a day and the nearest cue of its clause; None where there is none."""
    clause = sentence.clause(day.start)
    near = [c for c in cues if sentence.clause(c.start) == clause]
    return min((max(c.start - day.end, day.start - c.end) for c in near), default=None)


def cues_of(reading: Reading, sentence: Sentence) -> tuple[Token, ...]:
    """Give the words of a sentence that may tell a contact."""
    strong = sentence.of(*STRONG)
    ministers = reading.casts[sentence.number].ministers
    weak = tuple(t for t in sentence.of(_WEAK) if any(_reaches(reading, t, m) for m in ministers))
    strong = tuple(t for t in strong if not _is_interview(sentence, t))
    verbs = tuple(t for t in strong if not t.kind.endswith(".adverb") and not _is_of_before(sentence, t))
    if verbs and not all(t.kind == "contact.talk.noun" for t in verbs):
        return strong
    # "In a readout the ministry said he called B": the call is the contact, the readout tells of it;
    # so it is in "days after a meeting in Oslo he called B".
    return (*strong, *(t for t in weak if not verbs or t.is_a("contact.weak.phone")))


def _is_of_before(sentence: Sentence, cue: Token) -> bool:
    """Whether a noun tells what something else came days after."""
    after = sentence.of("status.long_after")
    return not cue.kind.endswith(_DONE) and any(0 <= cue.start - t.end <= _ITS for t in after)


def _reaches(reading: Reading, weak: Token, minister: Minister) -> bool:
    near = 0 <= minister.start - weak.end <= _WEAK_REACH
    return near and not STOP.search(reading.scan.text[weak.end : minister.start])


def _is_interview(sentence: Sentence, cue: Token) -> bool:
    """Whether talk is talk with a newspaper: "told the daily in conversation"."""
    spoken = cue.kind in ("contact.talk.noun", "contact.talk.adverb")
    return spoken and bool(sentence.of_within(sentence.clause(cue.start), "grammar.media_partner"))
