"""Many inflected phrases found in one pass over a text.

A text is cut into its words, and each word looked up among those already met.
New ones are folded and go through one automaton of all stems; what follows a
stem to the word's end must be an ending that it allows in the text's language.
Words make phrases along a trie. The time is linear in the text and does not
grow with the phrases: no ending is expanded, and no phrase is tried by itself.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import compress
from typing import Generic, NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick, Implementation

from bot.matching.inflection import EXACT, PREFIX, Endings, Stem, endings_of
from bot.text.fold import fold

T = TypeVar("T")

Word = tuple[Stem, ...]
Phrase = tuple[Word, ...]
Found = tuple[int, int, T]
"""Where a phrase begins and ends, and what it stands for."""

_WIDEST_GAP = 3
# Words of all languages together, about 8 MB: half the table of one word more than 87,381. In 5 MB the
# 82,661 words of ../shared/feeds have no room, and a second pass over them would take 1.7 times as long.
_MEMORY, _LETTERS = 87_000, 1_500_000
# All but the letters of most alphabets: asking of each letter whether it is one takes six times as long.
_UNUSUAL = re.compile(
    "[^\\x00-\x7f\xc0-\xd6\xd8-\xf6\xf8-\u02c1\u0391-\u03a1\u03a3-\u03ce\u0400-\u0481\u048a-\u052f\u05d0-\u05ea"
    "\u0621-\u063a\u0641-\u064a\u1e00-\u1eff\u4e00-\u9fff\uac00-\ud7a3]"
)
_ASCII_SIGNS = bytes(code if chr(code).isalnum() else ord(" ") for code in range(128)) + bytes(
    range(128, 256)
)
_TOO_LONG = " "
_NOTHING: frozenset[str] = frozenset()


class _Form(NamedTuple):
    """A word of phrases that a word of a text is a form of, where its language allows the ending."""

    number: int
    rule: str
    ending: str


# A word that was taken for another reason than a phrase.
_TAKEN = _Form(-1, EXACT, "")


def _no_words(words: Iterable[str]) -> Collection[str]:  # noqa: ARG001 -- none is taken
    return ()


class _Read(NamedTuple):
    """A text with blanks for its signs, its words, and what each of them is a form of."""

    text: str
    marked: str
    words: list[str]
    forms: list[tuple[_Form, ...]]


class PhraseFinder(Generic[T]):
    """Finds phrases of words, each word by any of its stems with an allowed ending.

    It remembers the words that it met, which makes it twice as fast; what it
    finds does not depend on that.
    """

    def __init__(
        self,
        phrases: Iterable[tuple[Phrase, T]],
        taken: Callable[[Iterable[str]], Collection[str]] = _no_words,
        folding: Callable[[str], str] = fold,
    ) -> None:
        """Build automaton and trie from pairs of a phrase and what it stands for.

        Words that `taken` picks of those as written are found too, as None.
        Phrases that are not folded need a `folding` that leaves words as they are.
        """
        self._words: dict[Word, int] = {}
        self._next: dict[int, dict[int, int]] = {0: {}}  # only of nodes that something follows
        self._values: list[list[T]] = [[]]
        for phrase, value in phrases:
            if phrase:
                self._values[self._node(phrase)].append(value)
        stems = self._stems()
        self._uses = list(stems.values())
        self._automaton = AhoCorasick(
            [f" {stem}" for stem in stems], implementation=Implementation.ContiguousNFA
        )
        self._taken, self._folding = taken, folding
        self._met: dict[str, tuple[_Form, ...]] = {}
        self._letters = 0  # of the words met

    def find(self, text: str, endings: Endings) -> list[Found[T | None]]:
        """Give every phrase of a text, with the endings of its language, in order of its start.

        The text is folded, or such that folding keeps its words (`bot.text.fold.keeps_words`).
        """
        # Between blanks every word can be sought as a whole, the first and the last too.
        marked = f" {_blanked(text)} "
        words = marked.split()
        if len(self._met) > _MEMORY or self._letters > _LETTERS:
            self._met.clear()
            self._letters = 0
        try:
            forms = [*map(self._met.__getitem__, words), ()]  # behind the last word there is none
        except KeyError:  # asking each word first whether it was met would cost as much as all else
            self._meet([word for word in words if word not in self._met])
            forms = [*map(self._met.__getitem__, words), ()]
        return self._hits(_Read(text, marked, words, forms), endings.rules)

    def _hits(self, read: "_Read", rules: Mapping[str, frozenset[str]]) -> list[Found[T | None]]:
        hits: list[Found[T | None]] = []
        root, (_, marked, words, forms), start = self._next[0], read, 0
        for at in compress(range(len(words)), forms):
            word = words[at]
            start = marked.index(f" {word} ", start)
            stop = start + len(word)
            for number, rule, ending in forms[at]:
                if number < 0:
                    hits.append((start, stop, None))
                elif rule in rules.get(ending, _NOTHING) and (node := root.get(number)):
                    for value in self._values[node]:
                        hits.append((start, stop, value))  # noqa: PERF401 -- twice as fast for the one there is
                    if forms[at + 1] and node in self._next:
                        hits += ((start, end, v) for end, v in self._walk(read, (at, stop, node), rules))
            start = stop
        return hits

    def _walk(
        self, read: "_Read", begun: tuple[int, int, int], rules: Mapping[str, frozenset[str]]
    ) -> Iterator[tuple[int, T]]:
        """Follow the trie from a word, which ends somewhere, to the words beside it."""
        ahead = [begun]
        while ahead:
            at, stop, node = ahead.pop()
            if not read.forms[at + 1] or (after := _after_gap(read.text, stop)) is None:
                continue
            end = after + len(read.words[at + 1])
            for number, rule, ending in read.forms[at + 1]:
                following = self._next[node].get(number)
                if following is None or rule not in rules.get(ending, _NOTHING):
                    continue
                for value in self._values[following]:
                    yield end, value
                if following in self._next:
                    ahead.append((at + 1, end, following))

    def _meet(self, words: list[str]) -> None:
        """Learn of words what they are forms of; most are of nothing."""
        new = list(dict.fromkeys(words))
        joined = "\n".join(new)
        self._letters += len(joined)
        folded = self._folding(joined).split("\n")
        self._met.update(dict.fromkeys(new, ()))
        forms = self._forms(f" {' '.join(dict.fromkeys(folded))} ")
        if forms:
            for word, letters in zip(new, folded, strict=True):
                if letters in forms:
                    self._met[word] = tuple(forms[letters])
        for word in self._taken(new):
            self._met[word] = (*self._met[word], _TAKEN)

    def _forms(self, marked: str) -> dict[str, dict[_Form, None]]:
        """Give the words between blanks that are forms of known ones, in any language.

        Stems are sought behind a blank, so that the automaton passes over the
        insides of words by itself (twice as fast).
        """
        forms: dict[str, dict[_Form, None]] = defaultdict(dict)
        stop, word, every = 0, "", endings_of(None)
        for stem, start, end in self._automaton.find_matches_as_indexes(marked, overlapping=True):
            if start >= stop:
                stop = marked.index(" ", end)
                word = marked[start + 1 : stop]
            ending = marked[end:stop] if stop - end <= every.longest else _TOO_LONG
            rules = every.rules.get(ending, _NOTHING)
            for rule, number in self._uses[stem]:
                if rule == PREFIX:
                    forms[word][_Form(number, PREFIX, "")] = None
                elif rule in rules:
                    forms[word][_Form(number, rule, ending)] = None
        return forms

    def _node(self, phrase: Phrase) -> int:
        node = 0
        for word in phrase:
            number = self._words.setdefault(word, len(self._words))
            if node not in self._next:
                self._next[node] = {}
            children = self._next[node]
            if number not in children:
                children[number] = len(self._values)
                self._values.append([])
            node = children[number]
        return node

    def _stems(self) -> dict[str, list[tuple[str, int]]]:
        stems: dict[str, list[tuple[str, int]]] = {}
        for word, number in self._words.items():
            for stem in word:
                stems.setdefault(stem.text, []).append((stem.rule, number))
        return stems


def _blanked(text: str) -> str:
    """Give the text with a blank for each sign: those of ASCII all at once, of others there are few."""
    blanked = text.encode("utf-8", "surrogatepass").translate(_ASCII_SIGNS).decode("utf-8", "surrogatepass")
    return blanked if text.isascii() else _UNUSUAL.sub(_letter_or_blank, blanked)


def _letter_or_blank(found: re.Match[str]) -> str:
    return found[0] if found[0].isalnum() else " "


def _after_gap(text: str, stop: int) -> int | None:
    """Where the next word begins; None where more than blanks and signs, or a paragraph, lie between."""
    start = stop
    while start < len(text) and not text[start].isalnum():
        start += 1
        if start - stop > _WIDEST_GAP:
            return None
    gap = text[stop:start]
    if start == len(text) or "\n\n" in gap or len(fold(gap)) > _WIDEST_GAP:
        return None
    return start
