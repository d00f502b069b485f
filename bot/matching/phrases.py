"""Many inflected phrases found in one pass over a folded text.

An automaton finds the stems at the beginnings of words; what follows to the
word's end must be an ending that the stem allows. Words make phrases along a
trie. The time is linear in the text and does not grow with the phrases: no
ending is expanded, and no phrase is tried by itself.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from ahocorasick_rs import AhoCorasick, Implementation

from bot.matching.inflection import Endings, Stem
from bot.text.find import Hit

T = TypeVar("T")

Word = tuple[Stem, ...]
Phrase = tuple[Word, ...]

# Words by where they start: where they end, and their number.
_Words = dict[int, list[tuple[int, int]]]

_WIDEST_GAP = 3
_SIGN = re.compile(r"[^\w ]|_")


class PhraseFinder(Generic[T]):
    """Finds phrases of words, each word by any of its stems with an allowed ending."""

    def __init__(self, phrases: Iterable[tuple[Phrase, T]]) -> None:
        """Build automaton and trie from pairs of a phrase and what it stands for."""
        self._words: dict[Word, int] = {}
        self._next: list[dict[int, int]] = [{}]
        self._values: list[list[T]] = [[]]
        for phrase, value in phrases:
            if phrase:
                self._values[self._node(phrase)].append(value)
        stems = self._stems()
        self._uses = list(stems.values())
        self._automaton = (
            AhoCorasick([f" {stem}" for stem in stems], implementation=Implementation.ContiguousNFA)
            if stems
            else None
        )

    def find(self, text: str, endings: Endings) -> list[Hit[T]]:
        """Give every phrase of a folded text, with the endings of its language, in order of its start."""
        words = self._find_words(text, endings)
        return [hit for start in sorted(words) for hit in self._walk(text, words, start)]

    def _node(self, phrase: Phrase) -> int:
        node = 0
        for word in phrase:
            number = self._words.setdefault(word, len(self._words))
            if number not in self._next[node]:
                self._next[node][number] = len(self._next)
                self._next.append({})
                self._values.append([])
            node = self._next[node][number]
        return node

    def _stems(self) -> dict[str, list[tuple[str, int]]]:
        stems: dict[str, list[tuple[str, int]]] = {}
        for word, number in self._words.items():
            for stem in word:
                stems.setdefault(stem.text, []).append((stem.rule, number))
        return stems

    def _find_words(self, text: str, endings: Endings) -> _Words:
        """Give the known words by where they start: their ends and numbers.

        Signs are made blanks and stems sought behind a blank, so that the
        automaton passes over the insides of words by itself (twice as fast).
        """
        words: _Words = {}
        if self._automaton is None:
            return words
        reach, rules_of = endings.longest + 1, endings.rules.get
        marked = f" {_SIGN.sub(' ', text)} "
        for stem, start, end in self._automaton.find_matches_as_indexes(marked, overlapping=True):
            stop = marked.find(" ", end, end + reach)
            if stop < 0 or (rules := rules_of(marked[end:stop])) is None:
                continue
            for rule, number in self._uses[stem]:
                if rule in rules:
                    words.setdefault(start, []).append((stop - 1, number))
        return words

    def _walk(self, text: str, words: _Words, start: int) -> Iterator[Hit[T]]:
        """Follow the trie from a word to the words beside it."""
        ahead = [(start, 0)]
        while ahead:
            place, node = ahead.pop()
            for stop, number in words.get(place, ()):
                if (following := self._next[node].get(number)) is None:
                    continue
                for value in self._values[following]:
                    yield Hit(start, stop, value)
                if self._next[following] and (after := _after_gap(text, stop)) is not None:
                    ahead.append((after, following))


def _after_gap(text: str, stop: int) -> int | None:
    """Where the next word begins; None where more than blanks and signs, or a paragraph, lie between."""
    start = stop
    while start < len(text) and not text[start].isalnum():
        start += 1
        if start - stop > _WIDEST_GAP:
            return None
    return None if "\n\n" in text[stop:start] else start
