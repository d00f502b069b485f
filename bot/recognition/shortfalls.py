"""What all but made a contact: why a sentence with some of its ingredients tells none, in plain words.

Nothing here decides. A shortfall says which of three things is missing, two
ministers, a word of contact, or that it took place, and names the words that
came nearest.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.model.claim import Verdict
from bot.model.office import Holder
from bot.model.trace import NearMiss
from bot.recognition.anaphora import spoken_about
from bot.recognition.belief import serving
from bot.recognition.bystanders import PERSON
from bot.recognition.claims import Spans
from bot.recognition.frames import STRONG, Frame, cues_of
from bot.recognition.ministers import Cast, Minister
from bot.recognition.reading import Reading
from bot.recognition.status import Standing
from bot.recognition.token import Sentence, Token
from bot.recognition.when import day_told
from bot.register.names import Strength, spellings

_PAIR = 2
_MOST, _MOST_ALIKE = 5, 2  # near misses told of a story, and of one kind
_ONCE = "other offices only"  # much is said of heads of state
_TELLING = 5  # letters from which a doubtful surname is worth a word where nobody speaks to anybody
_SHOWN = 2  # people named in one sentence of ours
_DEFENCE = ("office.defence", "office.defence_plural")

# The kinds of near miss inside a sentence, the nearest first.
_NEAREST_FIRST = (
    "not between them", "no word of contact", "never together", "another office", "out of office",
    "counterpart unknown", "no second minister", "interview", "office without country", "name alone",
    "other offices only", "ministers only",
)  # fmt: skip
_STANDINGS = {
    Standing.PLANNED: "the contact is only planned{by}; it rings once a story tells that it took place",
    Standing.DENIED: "the contact is refused or denied{by}; only one that took place rings",
    Standing.CANCELLED: "the contact was called off{by}; only one that took place rings",
    Standing.REMEMBERED: "the contact is only remembered{by}; it is not what the story reports",
}
_OF_VERDICT = {Verdict.PLANNED: Standing.PLANNED, Verdict.BACKGROUND: Standing.REMEMBERED}


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with its people and its words of contact."""

    reading: Reading
    sentence: Sentence
    spans: Spans

    @property
    def cast(self) -> Cast:
        """The people of the sentence."""
        return self.reading.casts[self.sentence.number]

    @property
    def cues(self) -> tuple[Token, ...]:
        """The words that may tell a contact."""
        return cues_of(self.reading, self.sentence)

    @property
    def alone(self) -> Minister | None:
        """The only minister of the sentence."""
        return self.cast.ministers[0] if len(self.cast.ministers) == 1 else None

    def words(self, token: Token) -> str:
        """Quote the story's own words, which may be written over two lines."""
        text = self.spans.evidence("", "", token.start, token.end).text
        return f"“{' '.join(text.split())}”"

    @property
    def contact(self) -> str:
        """Speak of the first word of contact."""
        return f"a word of contact ({self.words(self.cues[0])})"


def shortfall(scene: Scene) -> NearMiss | None:
    """Say why a sentence that tells no contact tells none; None where nothing in it comes near."""
    for kind, tell in _TELLERS:
        if text := tell(scene):
            return NearMiss(kind, text)
    return None


def nearest(
    reading: Reading, frames: Iterable[Frame], short: Iterable[NearMiss], verdict: Verdict, spans: Spans
) -> tuple[NearMiss, ...]:
    """Give what came nearest to a contact, the nearest first; nothing where the story tells one.

    A contact that stands otherwise than held is nearer than any sentence that tells none.
    """
    if verdict is Verdict.CONTACT:
        return ()
    wanted = _OF_VERDICT.get(verdict, Standing.DENIED)
    ordered = sorted(frames, key=lambda frame: frame.standing is not wanted)
    found = {
        (frame.key, frame.standing): _as_it_stands(Scene(reading, frame.sentence, spans), frame)
        for frame in reversed(ordered)
        if frame.standing in _STANDINGS
    }
    if found:
        return tuple(reversed(found.values()))[:_MOST]
    told = dict.fromkeys((*_never_together(reading), *short)) or dict.fromkeys(_ministers_only(reading))
    return tuple(_few_alike(sorted(told, key=lambda miss: _NEAREST_FIRST.index(miss.kind))))[:_MOST]


def _called(minister: Minister) -> str:
    """Speak of a minister: by his name where the story names him."""
    country = minister.office.country
    return f"{minister.holder.person} ({country})" if minister.holder else f"the minister of {country}"


def _as_it_stands(scene: Scene, frame: Frame) -> NearMiss:
    word, day, today = frame.judgement.word, day_told(frame), scene.reading.today
    by = f" ({scene.words(word)})" if word else ""
    text = _STANDINGS[frame.standing].format(by=by)
    if frame.standing is Standing.REMEMBERED and not word and day and today and day.iso:
        # No word says so: what tells a memory is that the story is younger.
        old = day.iso < today.isoformat()
        text = f"the contact is of {day.iso}, too old to be the news of {today.isoformat()}" if old else text
    return NearMiss(frame.standing.name.lower(), f"{_listed(map(_called, frame.ministers))}: {text}")


def _few_alike(misses: Iterable[NearMiss]) -> Iterator[NearMiss]:
    counts: dict[str, int] = {}
    for miss in misses:
        counts[miss.kind] = counts.get(miss.kind, 0) + 1
        if counts[miss.kind] <= (1 if miss.kind == _ONCE else _MOST_ALIKE):
            yield miss


def _never_together(reading: Reading) -> Iterator[NearMiss]:
    """Tell of ministers of two countries whom no single sentence names."""
    seen = {m.office.country: m for cast in reversed(reading.casts) for m in reversed(cast.ministers)}
    apart = all(len(cast.ministers) < _PAIR for cast in reading.casts)
    if apart and len(seen) >= _PAIR:
        people = _inside(list(seen.values())[::-1])
        yield NearMiss("never together", f"two ministers ({people}), but no sentence joins them in a contact")


def _ministers_only(reading: Reading) -> Iterator[NearMiss]:
    """Tell of the ministers of a story in which nobody speaks to anybody."""
    named = [minister for cast in reading.casts for minister in cast.ministers]
    if named:
        text = f"{_count(named[:1])}, but neither a second one nor a word of contact beside"
        yield NearMiss("ministers only", text)


def _not_between_them(scene: Scene) -> str:
    ministers, cues = scene.cast.ministers, scene.cues
    if len(ministers) < _PAIR or not cues:
        return ""
    head = f"{_count(ministers)} and {scene.contact}, but "
    about = next((m for m in ministers if spoken_about(scene.reading, scene.sentence, m, cues)), None)
    if about is not None:
        return f"{head}{_called(about)} is only spoken about"
    if scene.cast.others:
        return f"{head}it joins people in other offices: {_offices(scene)}"
    return f"{head}it does not join them"


def _another_office(scene: Scene) -> str:
    if scene.alone is None or not scene.cues or not scene.cast.others:
        return ""
    return f"{_count([scene.alone])} and {scene.contact}, but no second defence minister: {_offices(scene)}"


def _out_of_office(scene: Scene) -> str:
    today, former = scene.reading.today, scene.cast.former
    if not former or not scene.cues or today is None or former[0].holder is None:
        return ""
    return f"{scene.contact}, but {_term(former[0].holder, today)}"


def _counterpart_unknown(scene: Scene) -> str:
    offices = (*scene.sentence.of("office.counterpart"), *scene.sentence.of(*_DEFENCE))
    counterpart = next(iter(offices), None)
    if scene.alone is None or not scene.cues or not scene.cast.open or counterpart is None:
        return ""
    told = f"the country of {scene.words(counterpart)} is not told"
    return f"{_count([scene.alone])} and {scene.contact}, but {told}"


def _no_second(scene: Scene) -> str:
    if scene.alone is None or not scene.cues:
        return ""
    return f"{_count([scene.alone])} and {scene.contact}, but no second defence minister"


def _interview(scene: Scene) -> str:
    talk = scene.sentence.of(*STRONG)
    if scene.cues or not talk or not scene.cast.ministers:
        return ""
    return f"{_count(scene.cast.ministers)}, but {scene.words(talk[0])} is talk with the press"


def _no_word(scene: Scene) -> str:
    if len(scene.cast.ministers) < _PAIR or scene.cues:
        return ""
    return f"{_count(scene.cast.ministers)} but no word of contact"


def _without_country(scene: Scene) -> str:
    offices = scene.sentence.of(*_DEFENCE)
    if not scene.cues or not scene.cast.open or not offices:
        return ""
    return f"{scene.contact} and a defence office ({scene.words(offices[0])}), but no country of it"


def _others_only(scene: Scene) -> str:
    if not scene.cues or not scene.cast.others:
        return ""
    return f"{scene.contact}, but only people in other offices: {_offices(scene)}"


def _name_alone(scene: Scene) -> str:
    """Tell of a name of the register that was not believed; one that only sounds alike needs a contact."""
    present = {m.office for m in (*scene.cast.ministers, *scene.cast.former)}
    others = {other.start for other in scene.cast.others}
    for token in scene.sentence.of("name"):
        if token.start in others or any(holder.office in present for holder in token.holders):
            continue
        spelt = _is_spelt(scene, token)
        telling = spelt and (token.trust > Strength.WEAK or token.end - token.start >= _TELLING)
        if scene.cues or telling:
            return _unbelieved(scene, token, spelt=spelt)
    return ""


def _unbelieved(scene: Scene, token: Token, *, spelt: bool) -> str:
    words, today = scene.words(token), scene.reading.today
    holder = _likeliest(token, today)
    person = f"{holder.person}, {holder.office.country}"
    if not spelt:
        return f"a name that sounds like {person} ({words}), but no office beside it"
    if today is None:
        return f"a name ({words}; {person}), but no day by which to tell who was in office"
    if not serving(holder, today):
        return f"a name ({words}), but {_term(holder, today)}"
    kind = "a name" if token.full else "a surname alone"
    return f"{kind} ({words}; {person}) without an office, a counterpart or another minister"


def _is_spelt(scene: Scene, token: Token) -> bool:
    written = scene.reading.scan.text[token.start : token.end]
    return any(written == known.text for holder in token.holders for known in spellings(holder))


def _likeliest(token: Token, today: date | None) -> Holder:
    """Give whom a name may mean: who serves, else the latest."""
    choices = [h for h in token.holders if serving(h, today)] or list(token.holders)
    return max(choices, key=lambda h: h.start or date.min)


def _term(holder: Holder, today: date) -> str:
    """Say that somebody is not in office that day, and when he was."""
    who = f"{holder.person} ({holder.office.country})"
    if holder.start is not None and holder.start > today:
        return f"{who} is {holder.office.role} only from {holder.start.isoformat()} on"
    until = f" until {holder.end.isoformat()}" if holder.end else ""
    return f"{who} was {holder.office.role}{until}, no longer on {today.isoformat()}"


def _offices(scene: Scene) -> str:
    """Say who is in which other office: by name where one is known, else by the title."""
    people = [t for t in scene.cast.others if t.is_a(PERSON) and t.holders]
    if not people:
        titles = dict.fromkeys(scene.words(t) for t in scene.cast.others)
        return f"{_listed(list(titles)[:_SHOWN])} is another office"
    held = {t.holders[0].person: t.holders[0].office for t in people}
    told = [f"{person} ({office})" for person, office in held.items()][:_SHOWN]
    return f"{_listed(told)} {'holds another office' if len(told) == 1 else 'hold other offices'}"


def _count(ministers: Sequence[Minister]) -> str:
    number = {1: "one minister", 2: "two ministers"}.get(len(ministers), f"{len(ministers)} ministers")
    return f"{number} ({_inside(ministers)})"


def _inside(ministers: Sequence[Minister]) -> str:
    """Name ministers inside brackets: "Boris Pistorius, DE; PL"."""
    told = [f"{m.holder.person}, {m.office.country}" if m.holder else m.office.country for m in ministers]
    return "; ".join([*told[:_SHOWN], *("…" for _ in told[_SHOWN : _SHOWN + 1])])


def _listed(texts: Iterable[str]) -> str:
    return " and ".join(texts)


# The first that has something to say speaks for the sentence.
_TELLERS: tuple[tuple[str, Callable[[Scene], str]], ...] = (
    ("not between them", _not_between_them),
    ("another office", _another_office),
    ("out of office", _out_of_office),
    ("counterpart unknown", _counterpart_unknown),
    ("no second minister", _no_second),
    ("interview", _interview),
    ("no word of contact", _no_word),
    ("office without country", _without_country),
    ("other offices only", _others_only),
    ("name alone", _name_alone),
)
