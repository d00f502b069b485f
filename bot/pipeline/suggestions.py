"""What the watch-list and the register lack, as stories of late show: each suggestion with its evidence.

    told stories ─┬─ held by no watch ─▶ words that would have found most of them
                  ├─ a minister whom the register does not know ─▶ a new holder
                  └─ a minister in a spelling that it does not know ─▶ a spelling

It is pure; what was refused once is left out.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date

from bot.matching.parties import fits
from bot.matching.watch import Watcher
from bot.model.change import AddHolder, AddSpelling, AddWords, Change, Part
from bot.model.claim import Claim, Participant, Status
from bot.model.office import Holder, Newcomer, Register
from bot.model.story import Story, derived_id
from bot.model.watchlist import Ring, Watch, WatchList
from bot.recognition.strangers import Stranger, newcomers
from bot.register.names import sound_keys, spellings
from bot.register.sound import sound_key
from bot.text.fold import fold
from bot.text.hosts import site_of

FEWEST = 3
"""Stories that a suggestion takes: one or two may be anything."""
MOST_WORDS = 3
"""Words suggested for one watch."""
_OUTLETS = 2
_READ = 600  # characters of a story in which words are looked for
_WORD = re.compile(r"[^\W\d_][\w-]{3,}\w")
_CANDIDATES = 60
# What stands in half of all stories of contacts tells none of them from the others: "minister".
_COMMON = 0.5


@dataclass(frozen=True, slots=True)
class Told:
    """A story that tells of accepted contacts, and what it says of them."""

    story: Story
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A word that would have found so many of the stories that a watch missed; `titles` are some of them."""

    watch: int
    name: str
    word: str
    found: int
    missed: int
    titles: tuple[str, ...]

    @property
    def id(self) -> str:
        """Name the suggestion, today and tomorrow."""
        return derived_id("suggestion", "word", fold(self.name), fold(self.word))

    @property
    def change(self) -> Change:
        """What is done where it is accepted."""
        return AddWords(self.watch, Part.KEYWORDS, (self.word,))


@dataclass(frozen=True, slots=True)
class NewHolder:
    """Somebody whom stories call a new minister since a day."""

    newcomer: Newcomer
    since: date

    @property
    def id(self) -> str:
        """Name the suggestion, today and tomorrow."""
        return derived_id("suggestion", "holder", self.newcomer.country, fold(self.newcomer.name))

    @property
    def change(self) -> Change:
        """What is done where it is accepted."""
        return AddHolder(self.newcomer.country, self.newcomer.name, self.since)


@dataclass(frozen=True, slots=True)
class Spelling:
    """A minister's name in a spelling that is known by its sound only, as so many stories have it."""

    country: str
    person: str
    spelling: str
    stories: int
    outlets: int

    @property
    def id(self) -> str:
        """Name the suggestion, today and tomorrow."""
        return derived_id("suggestion", "spelling", self.country, self.person, fold(self.spelling))

    @property
    def change(self) -> Change:
        """What is done where it is accepted."""
        return AddSpelling(self.country, self.person, self.spelling)


Suggestion = Word | NewHolder | Spelling


@dataclass(frozen=True, slots=True)
class Evidence:
    """What suggestions are made of: stories of accepted contacts, strangers called ministers."""

    told: Sequence[Told]
    strangers: Sequence[tuple[Story, Sequence[Stranger]]] = ()


def suggestions(
    evidence: Evidence, watchlist: WatchList, register: Register, vetoed: frozenset[str]
) -> tuple[Suggestion, ...]:
    """Give what may be wanted: words by watch, then new holders, then spellings; nothing that was refused."""
    every: Iterator[Suggestion] = iter(
        (
            *missing_words(evidence.told, watchlist, register, vetoed),
            *new_holders(evidence.strangers),
            *seen_spellings(evidence.told, register),
        )
    )
    return tuple(one for one in every if one.id not in vetoed)


def missing_words(
    told: Sequence[Told], watchlist: WatchList, register: Register, vetoed: frozenset[str] = frozenset()
) -> Iterator[Word]:
    """Give for each watch the words that find most of the stories that hold no term of any watch.

    Only stories of contacts that the watch asks for count, and only where they
    hold none of its excluded words. One word is chosen after another, each the
    one that finds most of what the others leave; names of ministers before other words.
    """
    watcher = Watcher(watchlist, register)
    unheard = [one for one in told if not watcher.matches(one.story)]
    common = _common(told)
    for place, watch in enumerate(watchlist.watches):
        missed = _missed(watch, unheard, register)
        if len(missed) >= FEWEST:
            names = _spelt(missed, register)
            known = common | {fold(word) for word in (*watch.keywords, *watch.exclude)}
            every = _candidates(missed, known, names)
            words = [word for word in every if _name(watch, word) not in vetoed]
            yield from _chosen(place, watch, missed, _finds(words, missed, register))


def new_holders(strangers: Iterable[tuple[Story, Sequence[Stranger]]]) -> Iterator[NewHolder]:
    """Give whom several outlets call a minister, since the day of the first story that does."""
    read = list(strangers)
    for one in newcomers(read):
        sound = sound_key(one.name)
        days = [
            story.day
            for story, found in read
            for stranger in found
            if stranger.country == one.country and sound_key(stranger.name) == sound
        ]
        yield NewHolder(one, min(days))


def seen_spellings(told: Sequence[Told], register: Register) -> Iterator[Spelling]:
    """Give the spellings of ministers at the table that were only known by their sound."""
    seen: dict[tuple[Holder, str], list[tuple[Story, str]]] = defaultdict(list)
    for one in told:
        for holder in _holders(one, register):
            for word in _unknown(one.story, holder):
                seen[holder, fold(word)].append((one.story, word))
    for (holder, _), sightings in sorted(seen.items(), key=lambda one: (one[0][0].person, one[0][1])):
        stories = {story.id for story, _ in sightings}
        outlets = {site_of(story.url) or story.source for story, _ in sightings}
        if len(stories) >= FEWEST and len(outlets) >= _OUTLETS:
            word = _most(Counter(word for _, word in sightings))[0][0]
            yield Spelling(holder.office.country, holder.person, word, len(stories), len(outlets))


def _missed(watch: Watch, unheard: Sequence[Told], register: Register) -> list[Told]:
    """Give the stories that a watch would want and has no word for."""
    if watch.ring is not Ring.CONTACTS or not (watch.keywords or watch.query):
        return []
    wanted = [one for one in unheard if any(_is_wanted(watch, claim) for claim in one.claims)]
    if not watch.exclude:
        return wanted
    barred = replace(watch, keywords=watch.exclude, exclude=(), query=None)
    listening = Watcher(WatchList((barred,)), register)
    return [one for one in wanted if not listening.matches(one.story)]


def _is_wanted(watch: Watch, claim: Claim) -> bool:
    return claim.status is Status.HELD and fits(watch, claim.participants, claim.medium)


def _common(told: Sequence[Told]) -> frozenset[str]:
    """Give the words that stand in most stories of contacts, whatever they are about."""
    counts = Counter(word for one in told for word in _words(one.story))
    return frozenset(word for word, count in counts.items() if count > _COMMON * len(told))


def _candidates(missed: Sequence[Told], known: AbstractSet[str], names: AbstractSet[str]) -> list[str]:
    """Give persons at the table, then other words with a capital letter, those of most stories first.

    A person is told by the full name, which finds every spelling; `names` are
    all of them, which are no words of their own. What begins with a small letter is hardly ever a subject.
    """
    persons = Counter(person for one in missed for person in {p.person for p in _table(one) if p.person})
    counts = Counter(word for one in missed for word in _words(one.story))
    written = {fold(word): word for one in missed for word in _capitals(one.story)}
    words = [word for word, count in _most(counts) if word in written and count >= FEWEST]
    named = [person for person, _ in _most(persons) if fold(person) not in known]
    return [*named, *(written[word] for word in words if word not in known and word not in names)][
        :_CANDIDATES
    ]


def _most(counts: Counter[str]) -> list[tuple[str, int]]:
    """Give what was counted, the most first; of equals the first of the alphabet, on any machine."""
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


def _table(told: Told) -> frozenset[Participant]:
    return frozenset(one for claim in told.claims for one in claim.participants)


def _spelt(told: Sequence[Told], register: Register) -> frozenset[str]:
    """Give every spelling of those at the table."""
    every = {holder for one in told for holder in _holders(one, register)}
    return frozenset(spelling.text for holder in every for spelling in spellings(holder))


def _capitals(story: Story) -> Iterator[str]:
    return (word for word in _WORD.findall(story.whole[:_READ]) if word[0].isupper())


def _words(story: Story) -> frozenset[str]:
    """Give the words of a story's beginning, folded."""
    return frozenset(map(fold, _WORD.findall(story.whole[:_READ])))


def _finds(words: Sequence[str], missed: Sequence[Told], register: Register) -> Mapping[str, frozenset[int]]:
    """Say which stories each word would find, as a keyword finds them."""
    if not words:
        return {}
    listening = Watcher(WatchList((Watch("", keywords=tuple(words)),)), register)
    found: dict[str, set[int]] = {word: set() for word in words}
    for number, one in enumerate(missed):
        for match in listening.matches(one.story):
            found[match.keyword].add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def _chosen(
    place: int, watch: Watch, missed: Sequence[Told], finds: Mapping[str, frozenset[int]]
) -> Iterator[Word]:
    """Choose word after word, the one first that finds most of what is left; of equals the first."""
    left = frozenset(range(len(missed)))
    for _ in range(MOST_WORDS):
        best = max(finds, key=lambda word: len(finds[word] & left), default=None)
        if best is None or len(finds[best] & left) < FEWEST:
            return
        titles = tuple(missed[number].story.title for number in sorted(finds[best] & left)[:FEWEST])
        yield Word(place, watch.name, best, len(finds[best]), len(missed), titles)
        left -= finds[best]


def _name(watch: Watch, word: str) -> str:
    return Word(0, watch.name, word, 0, 0, ()).id


def _holders(told: Told, register: Register) -> frozenset[Holder]:
    """Give the terms in office of those at the table whom the register knows."""
    return frozenset(
        holder
        for one in _table(told)
        for holder in register.holders_of(one.office)
        if holder.person == one.person
    )


def _unknown(story: Story, holder: Holder) -> Iterator[str]:
    """Give the words of a story that sound like a name and are none of its spellings."""
    sounds = sound_keys(holder)
    known = {spelling.text for spelling in spellings(holder)}
    for word in dict.fromkeys(_capitals(story)):
        if sound_key(word) in sounds and fold(word) not in known:
            yield word
