"""Whom stories call a defence minister and the register does not know.

A register grows old: a minister whom several outlets name in full beside the
office, and it has nobody of that name, is most likely its new holder.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from bot.model.office import Newcomer, Office, Register
from bot.model.story import Story
from bot.recognition.belonging import countries_of, is_anothers
from bot.recognition.ministers import unseated
from bot.recognition.persons import NAME
from bot.recognition.token import Scan, Sentence, Token
from bot.register.names import Strength, sound_keys
from bot.register.sound import sound_key
from bot.text.fold import Folded
from bot.text.hosts import site_of

# One outlet may be wrong, and copies of one wire story are many.
_STORIES, _OUTLETS = 3, 2
_SHORTEST, _LONGEST = 2, 4  # words of a full name, particles too
_ABBREVIATED = 3  # letters before a full stop that ends no sentence: "Gen.", "Дж."
_PARTICLES = frozenset({
    "al", "bin", "da", "de", "del", "den", "der", "di", "dos", "el", "la", "le", "ter", "van", "von",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stranger:
    """Somebody whom one story calls the defence minister of a country, as it spells him."""

    country: str
    name: str


def strangers(scan: Scan, whole: str, folded: Folded, register: Register) -> Iterator[Stranger]:
    """Give everyone whom a story's text names in full right after the office, and whom the register lacks.

    Titles are left out: where every word has a capital, a name has no end.
    Whoever sounds like a minister of that country is one in a new spelling.
    """
    found = _called_minister(scan, whole, folded)
    return (one for one in dict.fromkeys(found) if not _sounds_known(one, register))


def _called_minister(scan: Scan, whole: str, folded: Folded) -> Iterator[Stranger]:
    for sentence in scan.sentences[1:]:
        for office in sentence.of("office.defence", "country.title"):
            if unseated(scan, sentence, office):
                continue
            countries = _countries(scan, sentence, office)
            if len({c.country for c in countries}) == 1:
                after = max(office.end, *(c.end for c in countries))
                yield from _named(sentence, countries[0].country, after, whole, folded)


def _sounds_known(stranger: Stranger, register: Register) -> bool:
    heard = {sound_key(word) for word in stranger.name.split()}
    known = register.holders_of(Office(stranger.country))
    return any(heard & sound_keys(holder, floor=Strength.WEAK, bent=True) for holder in known)


def newcomers(read: Iterable[tuple[Story, Iterable[Stranger]]]) -> tuple[Newcomer, ...]:
    """Decide who of the strangers of some stories is a new minister, in order of country.

    That takes three stories and two outlets; spellings that sound alike are one person.
    """
    told: dict[tuple[str, str], list[tuple[Story, str]]] = defaultdict(list)
    for story, found in read:
        for stranger in found:
            told[stranger.country, sound_key(stranger.name)].append((story, stranger.name))
    known = (_newcomer(country, sightings) for (country, _), sightings in sorted(told.items()))
    return tuple(one for one in known if one.stories >= _STORIES and one.outlets >= _OUTLETS)


def _newcomer(country: str, sightings: list[tuple[Story, str]]) -> Newcomer:
    names = Counter(name for _, name in sightings)
    best = max(sorted(names), key=lambda name: (_is_latin(name), names[name]))
    outlets = {site_of(story.url) or story.source for story, _ in sightings}
    return Newcomer(country, best, len({story.id for story, _ in sightings}), len(outlets))


def _is_latin(name: str) -> bool:
    return name[0].casefold() <= "ž"


def _countries(scan: Scan, sentence: Sentence, office: Token) -> list[Token]:
    if office.country:
        return [] if is_anothers(scan, sentence, office) else [office]
    return countries_of(scan, sentence, office)


def _named(sentence: Sentence, country: str, at: int, whole: str, folded: Folded) -> Iterator[Stranger]:
    """Give the name that stands at an offset, unless it is one of the register."""
    words = list(islice(_words(sentence, at, folded.text[at : sentence.end], whole, folded), _LONGEST))
    while words and words[-1] in _PARTICLES:
        words.pop()
    name = " ".join(words)
    if len(words) >= _SHORTEST and not _is_known(sentence, country, at, at + len(name) + 1):
        yield Stranger(country, name)


def _words(sentence: Sentence, at: int, text: str, whole: str, folded: Folded) -> Iterator[str]:
    """Give the words of a name as the story writes them, up to the first that is none."""
    others = {t.start for t in sentence.tokens if not t.holders}
    place = at
    for word in text.split(" ")[1:]:
        place = folded.text.index(word, place)
        bare = word.rstrip(",.;:!?\"')")
        first, last = folded.span(place, place + len(bare))
        written = whole[first:last]
        if word == f"{bare}." and len(bare) <= _ABBREVIATED:
            return
        is_name = written[:1].isupper() and place not in others and _is_word(bare)
        if not is_name and (bare not in _PARTICLES or place == at + 1):
            return
        yield written
        if bare != word:
            return
        place += len(word)


def _is_word(text: str) -> bool:
    return len(text) > 1 and text.replace("-", "").replace("'", "").isalpha()


def _is_known(sentence: Sentence, country: str, start: int, end: int) -> bool:
    """Whether a name of the register lies here: a full one, or any of the country's ministers."""
    names = [t for t in sentence.of(NAME) if t.start < end and start < t.end]
    return any(t.full or any(h.office.country == country for h in t.holders) for t in names)
