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
class _Asking:
    """A watch with a query, and the query laid out."""

    watch: str
    check: Check


class Watcher:
    """Says which watches of a watch-list a story concerns, and by which words.

    Pure: the same story gives the same matches, in the same order, whatever
    came before and however the watches are ordered.
    """

    def __init__(self, watchlist: WatchList, register: Register) -> None:
        """Prepare the terms of all watches at once, each only once."""
        self._numbers: dict[Term, int] = {}
        # By the number of a term: what it tells, whom it silences, and who needs it to be concerned.
        self._tells: dict[int, list[tuple[str, str]]] = defaultdict(list)
        self._silences: dict[int, list[str]] = defaultdict(list)
        self._waiting: dict[int, list[_Asking]] = defaultdict(list)
        self._asking: list[_Asking] = []
        for watch in watchlist.watches:
            self._listen(watch, watch.key)
        self._open = frozenset(w.key for w in watchlist.watches if not w.keywords and w.query is None)
        self._written = list(map(str, self._numbers))
        self._finder = TermFinder(list(self._numbers), register)

    def matches(self, story: Story) -> tuple[Match, ...]:
        """Give one match for each watch and keyword that the story holds, at its first place.

        Of a query that holds, each term that makes it so is one; of NEAR, one
        place where they stand together. A word of `exclude` anywhere in the
        story keeps its watch silent. Spans are offsets into `Story.whole`.
        """
        places = self._finder.find(story)
        told: set[_Told] = {(0, 0, "", watch) for watch in self._open}
        told.update(
            (*min(spans), word, watch)
            for number, spans in places.items()
            for watch, word in self._tells.get(number, ())
        )
        if self._waiting or self._asking:
            told.update(self._answers(Findings(places, story.title, story.whole)))
        silent = {watch for number in places for watch in self._silences.get(number, ())}
        return tuple(
            Match(watch, word, start, end) for start, end, word, watch in sorted(told) if watch not in silent
        )

    def _answers(self, found: Findings) -> Iterator[_Told]:
        """Tell what makes queries true, of those that can be."""
        waiting = {id(one): one for n in found.places for one in self._waiting.get(n, ())}
        for asking in (*self._asking, *waiting.values()):
            evidence = asking.check.evidence(found)
            for number, span in evidence or ():
                yield (*span, self._written[number], asking.watch)
            if evidence == ():
                yield 0, 0, "", asking.watch

    def _listen(self, watch: Watch, key: str) -> None:
        for word in watch.keywords:
            self._tells[self._number(Term(Kind.WORDS, word))].append((key, word))
        for word in watch.exclude:
            self._silences[self._number(Term(Kind.WORDS, word))].append(key)
        if watch.query is None:
            return
        asking = _Asking(key, laid_out(watch.query.root, self._number))
        wanted = needs(watch.query.root, fields=False)
        if wanted is None:
            self._asking.append(asking)
        for term in wanted or ():
            self._waiting[self._number(term)].append(asking)

    def _number(self, term: Term) -> int:
        return self._numbers.setdefault(term, len(self._numbers))
