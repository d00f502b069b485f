"""Where terms stand in a story: one pass for the terms of all watches together.

story ─ words as written (folded, where letters are rare) → phrases → names by their sound
      └ outlet and language
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.languages.detect import language_of
from bot.matching.hearing import SoundFinder
from bot.matching.inflection import endings_of
from bot.matching.meaning import Meaning, cased, meanings
from bot.matching.phrases import Found, PhraseFinder
from bot.matching.query.subjects import Subjects
from bot.model.office import Holder, Register
from bot.model.query import Kind, Term
from bot.model.story import Story
from bot.text.fold import Folded, fold, fold_as_written, keeps_words
from bot.text.hosts import host_of

Span = tuple[int, int]
"""Where something begins and ends in `Story.whole`."""

NOWHERE: Span = (0, 0)
"""The place of what holds for a story as a whole."""


class _Use(NamedTuple):
    """For which term something stands, and whose name it is where it counts only in a term of office."""

    number: int
    holder: Holder | None


class TermFinder:
    """Finds the terms that it was made for; their numbers are their places in the list.

    Pure: what it finds does not depend on what came before.
    """

    def __init__(self, terms: Sequence[Term], register: Register) -> None:
        """Prepare all terms at once."""
        subjects = Subjects(register)
        subjects.look_up([term.text for term in terms if term.kind is Kind.WORDS])
        meant = [(n, meaning) for n, term in enumerate(terms) for meaning in meanings(term, subjects)]
        self._sounds = SoundFinder((key, use) for use, meaning in _uses(meant) for key in meaning.sounds)
        self._phrases = PhraseFinder(
            ((phrase, use) for use, meaning in _uses(meant) for phrase in meaning.phrases),
            taken=self._sounds.beginnings,
        )
        written = [(cased(term), n) for n, term in enumerate(terms) if term.kind is Kind.CASED]
        self._written = PhraseFinder(written, folding=str) if written else None
        self._of_title = frozenset(n for n, term in enumerate(terms) if term.title)
        self._languages = _numbered(terms, Kind.LANGUAGE)
        self._outlets = _numbered(terms, Kind.SOURCE)

    def find(self, story: Story) -> dict[int, list[Span]]:
        """Give where each term stands that the story holds, by its number."""
        places = self._in_text(story, story.whole)
        for start, end, number in self._as_written(story):
            places[number].append((start, end))
        for number in self._of_title & places.keys():
            places[number] = [span for span in places[number] if span[1] <= len(story.title)]
        for number in self._fields(story):
            places[number].append(NOWHERE)
        return {number: spans for number, spans in places.items() if spans} if self._of_title else places

    def _as_written(self, story: Story) -> Iterator[Found[int]]:
        if self._written:
            hits = self._written.find(story.whole, endings_of(story.language))
            yield from ((start, end, number) for start, end, number in hits if number is not None)

    def _in_text(self, story: Story, whole: str) -> dict[int, list[Span]]:
        places: dict[int, list[Span]] = defaultdict(list)
        heard = not (plain := keeps_words(whole))
        folded = Folded(whole) if plain else fold_as_written(whole)
        for start, end, use in self._phrases.find(folded.text, endings_of(story.language)):
            if use is None:
                heard = heard or self._sounds.may_be_heard(whole, start, end)
            elif use[1] is None or use[1].held_on(story.day):
                places[use[0]].append((start, end) if plain else folded.span(start, end))
        # Folded, a text no longer shows which words may begin a name.
        for start, end, use in self._sounds.find(whole) if heard else ():
            if use[1] is None or use[1].held_on(story.day):
                places[use[0]].append((start, end))
        return places

    def _fields(self, story: Story) -> Iterator[int]:
        if self._languages and (language := language_of(story)):
            yield from self._languages.get(language, ())
        if self._outlets:
            for name in _names_of_outlet(story):
                yield from self._outlets.get(name, ())


def _uses(meant: Iterable[tuple[int, Meaning]]) -> Iterator[tuple[_Use, Meaning]]:
    return ((_Use(number, meaning.holder), meaning) for number, meaning in meant)


def _numbered(terms: Sequence[Term], kind: Kind) -> Mapping[str, Sequence[int]]:
    numbered: dict[str, list[int]] = {}
    for number, term in enumerate(terms):
        if term.kind is kind:
            numbered.setdefault(fold(term.text), []).append(number)
    return numbered


def _names_of_outlet(story: Story) -> Iterable[str]:
    """Give the names by which an outlet may be asked for: its own, its host, and the domains around that."""
    labels = host_of(story.url).split(".")
    domains = (".".join(labels[at:]) for at in range(len(labels) - 1))
    return dict.fromkeys((fold(story.source), *domains))
