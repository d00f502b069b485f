"""Which watches a story concerns: keywords and queries against the words of the story.

keywords ┐                 ┌ a person's name → all spellings of the person, and the sound of them
queries  ┴→ terms, each one┴ any word        → stems with the endings of the story's language
story    ─ places of all terms → the watches that wait for one of them → exclude → matches
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from bot.matching.places import TermFinder
from bot.matching.query.evaluate import Check, Findings, laid_out
from bot.matching.query.needs import needs
from bot.model.office import Register
from bot.model.query import Kind, Term
from bot.model.story import Story
from bot.model.watchlist import Match, Watch, WatchList

_Told = tuple[int, int, str, str]
"""Start, end, keyword and watch of a match: the order of matches."""


@dataclass(frozen=True, slots=True)
class _Ear:
    """What one watch listens for, by the numbers of terms."""

    watch: str
    keywords: frozenset[int]
    exclude: frozenset[int]
    check: Check | None
    is_open: bool


class Watcher:
    """Says which watches of a watch-list a story concerns, and by which words.

    Pure: the same story gives the same matches, in the same order, whatever
    came before and however the watches are ordered.
    """

    def __init__(self, watchlist: WatchList, register: Register) -> None:
        """Prepare the terms of all watches at once, each only once."""
        self._numbers: dict[Term, int] = {}
        self._ears = [self._ear(watch) for watch in watchlist.watches]
        self._terms = list(self._numbers)
        self._finder = TermFinder(self._terms, register)
        self._open = [ear for ear in self._ears if ear.is_open]
        # A watch is asked only where a term stands without which it cannot be concerned.
        self._waiting: dict[int, list[int]] = defaultdict(list)
        for place, (ear, watch) in enumerate(zip(self._ears, watchlist.watches, strict=True)):
            wanted = needs(watch.query.root, fields=False) if watch.query else None
            for number in {*ear.keywords, *map(self._number, wanted or ())}:
                self._waiting[number].append(place)

    def matches(self, story: Story) -> tuple[Match, ...]:
        """Give one match for each watch and keyword that the story holds, at its first place.

        Of a query that holds, each term that makes it so is one; of NEAR, one
        place where they stand together. A word of `exclude` anywhere in the
        story keeps its watch silent. Spans are offsets into `Story.whole`.
        """
        places = self._finder.find(story)
        if not places and not self._open:
            return ()
        found = Findings(places, story.title, story.whole)
        awake = {place for number in places for place in self._waiting.get(number, ())}
        told: set[_Told] = set()
        for ear in (*(self._ears[place] for place in awake), *self._open):
            if ear.exclude.isdisjoint(found.numbers):
                told.update(self._heard(ear, found))
        return tuple(Match(watch, word, start, end) for start, end, word, watch in sorted(told))

    def _heard(self, ear: _Ear, found: Findings) -> Iterator[_Told]:
        for number in ear.keywords & found.numbers:
            yield (*found.first(number), self._terms[number].text, ear.watch)
        if ear.check is not None and (evidence := ear.check.evidence(found)) is not None:
            for number, span in evidence:
                yield (*span, str(self._terms[number]), ear.watch)
            if not evidence:
                yield 0, 0, "", ear.watch
        elif ear.check is None and not ear.keywords:
            yield 0, 0, "", ear.watch

    def _ear(self, watch: Watch) -> _Ear:
        check = laid_out(watch.query.root, self._number) if watch.query else None
        is_open = not watch.keywords
        if watch.query:
            is_open = needs(watch.query.root, fields=False) is None
        return _Ear(watch.key, self._all(watch.keywords), self._all(watch.exclude), check, is_open)

    def _all(self, words: tuple[str, ...]) -> frozenset[int]:
        return frozenset(self._number(Term(Kind.WORDS, word)) for word in words)

    def _number(self, term: Term) -> int:
        return self._numbers.setdefault(term, len(self._numbers))
