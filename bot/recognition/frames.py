"""Sentences in which ministers and a cue of contact come together."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from bot.recognition.apart import as_minister, met_another
from bot.recognition.dates import Day
from bot.recognition.ministers import Cast, Minister
from bot.recognition.status import Judgement, Standing, ends_silence, judge
from bot.recognition.token import Scan, Sentence, Token

STRONG = ("contact.phone", "contact.video", "contact.meeting", "contact.letter", "contact.talk")
# Nouns that name an event, not just talk.
_EVENTS = ("contact.phone.noun", "contact.video.noun", "contact.meeting.noun")
_WEAK = "contact.weak"
_PAIR, _MOST_APART = 2, 3
_GOES_ON = 3  # sentences after which "the talks" are somebody else's
_SEATED = 3  # sentences after a table in which its guests are named
_LONG_BACK = 6  # sentences in which those may have been named whom a third joins
_LOOK_BACK = 3  # sentences in which "the two" may have been named
_TITLED = 2  # characters between a title and its holder's name
_JOINED = 60  # characters between two who are met together: "President A B and with Defence Minister "
_ABOUT_REACH = 12  # characters from "about" to the one spoken about: "über seinen "
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


@dataclass(frozen=True, slots=True)
class Reading:
    """What frames are read from: the scan with the people and days of each sentence."""

    scan: Scan
    casts: tuple[Cast, ...]
    days: tuple[tuple[Day, ...], ...]
    today: date | None


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
    cues = _cues(reading, sentence)
    if not cues:
        return
    cast = reading.casts[sentence.number]
    present = tuple(m for m in cast.ministers if not _spoken_about(reading, sentence, m, cues))
    if len(present) > 1:
        for ministers, near in _groups(sentence, present, cues):
            if not _others_only(sentence, cast, near) and not met_another(reading.scan, sentence, cast, near):
                yield from _told(reading, sentence, ministers, near, own=True)
        return
    pair = (
        _joined_by(reading, sentence, cast)
        or _partner(reading, cast)
        or _referred(reading, sentence, cast, cues)
        or _all_named(reading, sentence)
        or _just_named(reading, sentence, cast, cues)
    )
    if pair:
        yield from _told(reading, sentence, pair, cues, own=True)
    elif once := _once(reading, sentence, present):
        yield from _remembered(reading, sentence, once, cues)
    elif earlier and not cast.others and _goes_on(sentence, cast, cues, earlier[-1]):
        yield from _told(reading, sentence, earlier[-1].ministers, cues, own=False)


def _once(reading: Reading, sentence: Sentence, present: tuple[Minister, ...]) -> tuple[Minister, ...]:
    """Give the pair of a minister with one of another country who is out of office by now."""
    if len(present) != 1:
        return ()
    cast, days = reading.casts[sentence.number], reading.days[sentence.number]
    former = [m for m in cast.former if m.office.country != present[0].office.country]
    then = [m for m in former if as_minister(sentence, cast, m, days)]
    return (present[0], then[0]) if then else ()


def _remembered(
    reading: Reading, sentence: Sentence, pair: tuple[Minister, ...], cues: tuple[Token, ...]
) -> Iterator[Frame]:
    """Give the frame of what cannot be news, since one of the two holds no office any more."""
    for frame in _told(reading, sentence, pair, cues, own=True):
        if frame.standing in (Standing.HELD, Standing.REMEMBERED):
            yield replace(frame, judgement=Judgement(Standing.REMEMBERED, frame.judgement.word))


def _goes_on(sentence: Sentence, cast: Cast, cues: tuple[Token, ...], last: Frame) -> bool:
    """Whether "the talks" of a sentence are those of the last frame.

    They are where it stands near, or names one of its ministers or both countries.
    """
    if not any(c.kind.endswith(".noun") for c in cues) and not sentence.of("office.both"):
        return False
    if any(m.office.country not in last.key for m in cast.ministers):
        return False
    named = {t.country for t in sentence.of("country")}
    near = sentence.number - last.sentence.number <= _GOES_ON
    return near or bool(cast.ministers) or last.key <= named


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
    for group in (news, memories):
        if group:
            judgement = max((j for _, j in group), key=lambda j: j.standing)
            cued = tuple(c for c, _ in group)
            rivals = tuple(c for c, _ in (memories if group is news else news))
            near = _days_near(sentence, days, cued, rivals) if rivals else days
            alone = own and not any(ends_silence(sentence, sentence.clause(c.start)) for c in cued)
            yield Frame(sentence, ministers, cued, judgement, near, alone)


def _days_near(
    sentence: Sentence, days: tuple[Day, ...], cues: tuple[Token, ...], rivals: tuple[Token, ...]
) -> tuple[Day, ...]:
    """Give the days that stand in the clauses of these cues, and there nearer to them than to their rivals."""
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


def _cues(reading: Reading, sentence: Sentence) -> tuple[Token, ...]:
    strong = sentence.of(*STRONG)
    ministers = reading.casts[sentence.number].ministers
    weak = tuple(t for t in sentence.of(_WEAK) if any(0 <= m.start - t.end <= _WEAK_REACH for m in ministers))
    strong = tuple(t for t in strong if not _is_interview(sentence, t))
    verbs = tuple(t for t in strong if not t.kind.endswith(".adverb"))
    return strong if verbs else (*strong, *weak)


def _is_interview(sentence: Sentence, cue: Token) -> bool:
    """Whether talk is talk with a newspaper: "told the daily in conversation"."""
    spoken = cue.kind in ("contact.talk.noun", "contact.talk.adverb")
    return spoken and bool(sentence.of_within(sentence.clause(cue.start), "grammar.media_partner"))


def _groups(
    sentence: Sentence, ministers: tuple[Minister, ...], cues: tuple[Token, ...]
) -> list[tuple[tuple[Minister, ...], tuple[Token, ...]]]:
    """Tell who of several ministers is in contact with whom.

    Two are a pair; a list ("the ministers of A, B and C"), a table word or
    four and more are one table; else each cue joins its neighbours.
    """
    if rung := _rung_up(sentence, ministers, cues):
        return rung
    if _is_one_list(sentence, ministers, cues):
        return [(ministers, cues)]
    if (
        len(ministers) == _PAIR
        or len(ministers) > _MOST_APART
        or any(m.listed for m in ministers)
        or sentence.of("office.table")
    ):
        return [(ministers, cues)]
    pairs: dict[frozenset[str], tuple[tuple[Minister, ...], tuple[Token, ...]]] = {}
    for cue in cues:
        left = [m for m in ministers if m.start < cue.start]
        right = [m for m in ministers if m.start > cue.start]
        pair = (left[-1], right[0]) if left and right else tuple((left or right)[-2:] if left else right[:2])
        key = frozenset(m.office.country for m in pair)
        pairs[key] = (pair, (*pairs.get(key, (pair, ()))[1], cue))
    return list(pairs.values())


def _rung_up(
    sentence: Sentence, ministers: tuple[Minister, ...], cues: tuple[Token, ...]
) -> list[tuple[tuple[Minister, ...], tuple[Token, ...]]]:
    """Tell one who called several from a table: "A telephoned with B and C" are two calls.

    So they are unless a word says that all were on one line ("a three-way call").
    """
    if len(ministers) <= _PAIR or any(not c.is_a("contact.phone") for c in cues if not c.is_a("contact.talk")):
        return []
    if not any(c.is_a("contact.phone") for c in cues) or sentence.of("office.table", "office.three"):
        return []
    caller, called = ministers[0], ministers[1:]
    reached = [t.start for t in (*sentence.of("grammar.with"), *cues) if caller.end <= t.start < called[0].start]
    joined = sentence.of_within((caller.end, called[0].start), "grammar.list_and")
    return [((caller, one), cues) for one in called] if reached and not joined else []


def _is_one_list(sentence: Sentence, ministers: tuple[Minister, ...], cues: tuple[Token, ...]) -> bool:
    """Whether all stand on one side of every cue of a verb: "A, B and C have met"."""
    verbs = [c for c in cues if not c.kind.endswith((".noun", ".adverb"))]
    first, last = ministers[0].start, ministers[-1].end
    joined = sentence.of_within((first, last), "grammar.list_and")
    return bool(verbs and joined) and all(c.end <= first or c.start >= last for c in cues)


def _others_only(sentence: Sentence, cast: Cast, cues: tuple[Token, ...]) -> bool:
    """Whether every cue stands between holders of other offices, not between ministers."""
    if not cast.others:
        return False
    people = sorted(
        [(m.start, m.end, True) for m in cast.ministers] + [(o.start, o.end, False) for o in cast.others]
    )
    return all(not _between_ministers(sentence, people, cue) for cue in cues)


def _between_ministers(sentence: Sentence, people: list[tuple[int, int, bool]], cue: Token) -> bool:
    """Whether a minister stands next to a cue; after "talks with" only who follows counts."""
    left = [minister for start, _, minister in people if start < cue.start]
    right = [person for person in people if person[0] > cue.start]
    follows = bool(right) and (right[0][2] or _joined_to_minister(sentence, right))
    if right and any(0 <= t.start - cue.end <= 1 for t in sentence.of("grammar.with")):
        return follows
    return follows or bool(left and left[-1])


def _joined_to_minister(sentence: Sentence, people: list[tuple[int, int, bool]]) -> bool:
    """Whether the next person is met together with a minister: "with President A and with B"."""
    for (_, end, known), (start, _, minister) in pairwise(people):
        if not (known or minister) and start - end <= _TITLED:  # "President" and his name
            continue
        if start - end > _JOINED or not sentence.of_within((end, start), "grammar.list_and"):
            return False
        if minister:
            return True
    return False


def _beside_another(sentence: Sentence, cast: Cast, cues: tuple[Token, ...]) -> bool:
    """Whether somebody of another office is the partner: not so in "he met the president and minister B"."""
    if not cast.others:
        return False
    minister, other = cast.ministers[0], cast.others[0]
    left, right = (minister, other) if minister.start < other.start else (other, minister)
    between = (left.end, right.start)
    joined = sentence.of_within(between, "grammar.list_and") or any(left.end <= c < right.start for c in sentence.commas)
    apart = [c for c in cues if left.end <= c.start and c.end <= right.start]
    return not joined or bool(apart) or right.start - left.end > _JOINED


def _spoken_about(reading: Reading, sentence: Sentence, minister: Minister, cues: tuple[Token, ...]) -> bool:
    """Whether a minister is a subject of talk, not a partner: "spoke with respect about him"."""
    about = [
        t
        for t in sentence.of("grammar.about")
        if 0 < minister.start - t.end <= _ABOUT_REACH and _is_possessive(reading, sentence, t, minister)
    ]
    talked = [c for c in cues if c.end <= minister.start and not c.kind.endswith(".noun")]
    if not about or not talked:
        return False
    return not any(c.start > talked[-1].start for c in cues if c is not talked[-1])


def _is_possessive(reading: Reading, sentence: Sentence, about: Token, minister: Minister) -> bool:
    """Whether nothing but "his" stands between "about" and a minister."""
    between = (about.end, minister.start)
    told = sum(t.end - t.start for t in sentence.of_within(between, "office.pronoun", "grammar.article"))
    return len(reading.scan.text[slice(*between)].replace(" ", "")) <= told


def _referred(
    reading: Reading, sentence: Sentence, cast: Cast, cues: tuple[Token, ...]
) -> tuple[Minister, ...]:
    """Give the pair where one minister is named and the other is "he", or "his" of a counterpart.

    He is the last minister of another country named before; of two in one
    sentence the first, who mostly is its subject.
    """
    if len(cast.ministers) != 1 or not cast.refers or _beside_another(sentence, cast, cues):
        return ()
    mine = cast.ministers[0]
    for earlier in reversed(reading.casts[max(0, sentence.number - _LOOK_BACK) : sentence.number]):
        partners = [m for m in earlier.ministers if m.office.country != mine.office.country]
        if partners:
            return (partners[0], mine)
    return ()


def _joined_by(reading: Reading, sentence: Sentence, cast: Cast) -> tuple[Minister, ...]:
    """Give the three where "the two" sat down with a third: "the two were joined by C"."""
    if len(cast.ministers) != 1 or not sentence.of("office.both") or cast.others:
        return ()
    third = cast.ministers[0]
    named: dict[str, Minister] = {}
    for earlier in reversed(reading.casts[max(0, sentence.number - _LONG_BACK) : sentence.number]):
        for minister in earlier.ministers:
            named.setdefault(minister.office.country, minister)
        if len(named) >= _PAIR:
            break
    if len(named) != _PAIR or third.office.country in named:
        return ()
    return (*named.values(), third)


def _partner(reading: Reading, cast: Cast) -> tuple[Minister, ...]:
    """Give the pair where one minister speaks with a counterpart whose country is left open."""
    if not cast.open or len(cast.ministers) != 1:
        return ()
    mine = cast.ministers[0]
    others = {
        m.office: m
        for other in reading.casts
        for m in other.ministers
        if m.office.country != mine.office.country
    }
    return (mine, *others.values()) if len(others) == 1 else ()


def _just_named(
    reading: Reading, sentence: Sentence, cast: Cast, cues: tuple[Token, ...]
) -> tuple[Minister, ...]:
    """Give the pair that the sentence right before named, where "the meeting", "a call" follows."""
    if cast.others or not sentence.number or not any(c.kind in _EVENTS for c in cues):
        return ()
    before = reading.casts[sentence.number - 1]
    named = {m.office for m in before.ministers}
    if len(named) != _PAIR or before.others or not set(cast.offices) <= named:
        return ()
    return before.ministers


def _all_named(reading: Reading, sentence: Sentence) -> tuple[Minister, ...]:
    """Give those whom "the two", "both ministers" or "the three" means: the last so many named before."""
    three = bool(sentence.of("office.three"))
    if not three and not sentence.of("office.both") and not reading.casts[sentence.number].several:
        return ()
    number = _PAIR + three
    named: dict[str, Minister] = {}
    for cast in reversed(reading.casts[max(0, sentence.number - _LOOK_BACK) : sentence.number + 1]):
        if cast.others:
            return ()
        for minister in cast.ministers:
            named.setdefault(minister.office.country, minister)
        if len(named) >= number:
            break
    return tuple(named.values()) if len(named) == number else ()
