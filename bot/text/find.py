"""Many phrases found in one pass over a folded text, at word boundaries."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from ahocorasick_rs import AhoCorasick, Implementation

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A phrase found: its folded offsets and what it stands for."""

    start: int
    end: int
    value: T


class Finder(Generic[T]):
    """Finds folded phrases that stand as whole words; overlaps are all given.

    A phrase may stand for several values. Time is linear in the text, however
    many phrases there are (ContiguousNFA: 27-79 MB/s, FEEDS.md §4).
    """

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        """Build the automaton from pairs of a folded phrase and its value."""
        pairs = [pair for pair in phrases if pair[0]]
        # A phrase of several values stands in it several times: a list for each phrase weighs more.
        self._values = [value for _, value in pairs]
        self._automaton = (
            AhoCorasick([phrase for phrase, _ in pairs], implementation=Implementation.ContiguousNFA)
            if pairs
            else None
        )

    def find(self, text: str) -> list[Hit[T]]:
        """Give every phrase of a folded text, in order of its end."""
        return [
            Hit(start, end, self._values[index])
            for index, start, end in self._begun(text)
            if is_word(text, start, end)
        ]

    def begun(self, text: str) -> list[Hit[T]]:
        """Give every phrase at whose start a word begins, wherever in a word it ends."""
        return [Hit(start, end, self._values[index]) for index, start, end in self._begun(text)]

    def _begun(self, text: str) -> list[tuple[int, int, int]]:
        if self._automaton is None:
            return []
        found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        # Most matches lie inside longer words: one look at the letter before spares them the rest.
        return [
            hit for hit in found if not (hit[1] and text[hit[1] - 1].isalnum() and text[hit[1]].isalnum())
        ]


def is_word(text: str, start: int, end: int) -> bool:
    """Whether a span begins and ends at a word's edge (letters and digits make words)."""
    before = start > 0 and text[start].isalnum() and text[start - 1].isalnum()
    after = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    return not before and not after
