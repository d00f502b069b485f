"""Which watches a story concerns: its keywords against the words of the story.

keywords ─ a person's name → all spellings of the person, and the sound of them
         └ any word        → stems with the endings of the story's language
story    ─ fold → words → phrases → exclude → one match for each watch and keyword
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.matching.hearing import SoundFinder
from bot.matching.inflection import endings_of, exact, stems
from bot.matching.phrases import Found, Phrase, PhraseFinder
from bot.model.office import Holder, Register
from bot.model.story import Story
from bot.model.watchlist import Match, Watch, WatchList
from bot.register.names import Strength, sound_keys, spellings
from bot.register.people import NameIndex
from bot.text.fold import Folded, fold, fold_spans, keeps_words

_WORD = re.compile(r"[^\W_]+")
# Five letters sound alike by chance: "Ganze" like Gantz, "Haufen" like Goffin.
_SHORTEST_HEARD = 6
# Shorter surnames that are not sure (Kim, Dong) mean the person only to who asks for just them.
_SHORTEST_DOUBTFUL = 5


@dataclass(frozen=True, slots=True)
class _Term:
    """A keyword, or a word of `exclude`, of one watch."""

    watch: str
    word: str
    excludes: bool


class Watcher:
    """Says which watches of a watch-list a story concerns, and by which words.

    Pure: the same story gives the same matches, in the same order, whatever
    came before and however the watches are ordered.
    """

    def __init__(self, watchlist: WatchList, register: Register) -> None:
        """Prepare all keywords and excludes of all watches at once."""
        names = NameIndex(register)
        terms = {term: names.find(term.word) for watch in watchlist.watches for term in _terms(watch)}
        self._open = {watch.key for watch in watchlist.watches if not watch.keywords}
        self._sounds = SoundFinder(
            (key, term) for term, holders in terms.items() for key in _sounds(term.word, holders)
        )
        self._phrases = PhraseFinder(
            ((phrase, term) for term, holders in terms.items() for phrase in _phrases(term.word, holders)),
            taken=self._sounds.may_begin,
        )

    def matches(self, story: Story) -> tuple[Match, ...]:
        """Give one match for each watch and keyword that the story holds, at its first place.

        A word of `exclude` anywhere in the story keeps its watch silent.
        Spans are offsets into `Story.whole`.
        """
        found = self._first_places(story)
        excluded = {term.watch for term in found if term.excludes}
        held = {
            Match(term.watch, term.word, *place)
            for term, place in found.items()
            if not term.excludes and term.watch not in excluded
        }
        held |= {Match(watch, "", 0, 0) for watch in self._open - excluded}
        return tuple(sorted(held, key=lambda match: (match.start, match.end, match.keyword, match.watch)))

    def _first_places(self, story: Story) -> dict[_Term, tuple[int, int]]:
        """Give where each term stands first, in the story's own offsets."""
        whole = story.whole
        plain = keeps_words(whole)
        folded = Folded(whole) if plain else fold_spans(whole)
        places: dict[_Term, tuple[int, int]] = {}
        hits = self._phrases.find(folded.text, endings_of(story.language))
        _note(places, ((*folded.span(start, end), term) for start, end, term in hits if term))
        # Folded, a text no longer shows which words may begin a name.
        if not plain or any(term is None for _, _, term in hits):
            _note(places, self._sounds.find(whole))
        return places


def _note(places: dict[_Term, tuple[int, int]], hits: Iterable[Found[_Term]]) -> None:
    for start, end, term in hits:
        place = start, end
        places[term] = min(place, places.get(term, place))


def _terms(watch: Watch) -> Iterator[_Term]:
    key = watch.key
    for word in watch.keywords:
        yield _Term(key, word, excludes=False)
    for word in watch.exclude:
        yield _Term(key, word, excludes=True)


def _phrases(word: str, holders: Iterable[Holder]) -> set[Phrase]:
    """Give a word's own inflection, and all spellings of the persons that it names."""
    own = tuple(
        stems(part, acronym=written.isupper() and len(written) > 1)
        for written in _WORD.findall(word)
        for part in _WORD.findall(fold(written))
    )
    persons = {
        tuple(exact(part) for part in _WORD.findall(spelling.text))
        for holder in holders
        for floor in (_floor(word, holder),)
        for spelling in spellings(holder)
        if spelling.strength >= floor or len(spelling.text) >= _SHORTEST_DOUBTFUL
    }
    return {own, *persons}


def _sounds(word: str, holders: Iterable[Holder]) -> set[str]:
    return {
        key
        for holder in holders
        for key in sound_keys(holder, floor=_floor(word, holder), bent=True)
        if len(key) >= _SHORTEST_HEARD
    }


def _floor(word: str, holder: Holder) -> Strength:
    """How sure spellings have to be: as sure as the one asked for, at most as a surname."""
    folded = fold(word)
    return min((Strength.SURNAME, *(s.strength for s in spellings(holder) if s.text == folded)))
