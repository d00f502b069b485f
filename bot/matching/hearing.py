"""Names in spellings that nobody foresaw, found by their sound.

Only words that begin with a capital letter are heard. What a word sounds like
is worked out once: the same words come again in every story, and sets of known
words are compared much faster than words are listened to.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from bot.register.sound import keys_of, sound_key

T = TypeVar("T")

# The name in a piece of text without blanks: signs before it, and what an apostrophe adds, are not of it.
_NAME = re.compile(r"\W*([^\W\d_][\w-]{2,}\w)")
_PIECE = re.compile(r"\S+")
# Pieces, and letters of them, about 5 MB; only texts of rare letters or likely names are heard.
_MEMORY, _LETTERS = 50_000, 1_000_000


class SoundFinder(Generic[T]):
    """Finds words, also hyphenated ones, by their sound key (`bot.register.sound`)."""

    def __init__(self, keys: Iterable[tuple[str, T]]) -> None:
        """Take pairs of a sound key and what it stands for."""
        self._values: dict[str, list[T]] = {}
        for key, value in keys:
            self._values.setdefault(key, []).append(value)
        self._beginnings = frozenset(key.partition(" ")[0] for key in self._values)
        self._letters = 0  # of the pieces heard
        self._heard: set[str] = set()
        self._known: dict[str, list[T]] = {}

    def beginnings(self, words: Iterable[str]) -> set[str]:
        """Give the words, as written, that may begin a name that is heard: without one there is none."""
        names = [word for word in words if word[0].isupper()] if self._values else []
        keys = keys_of(names) if names else []
        return {name for name, key in zip(names, keys, strict=True) if key in self._beginnings}

    def may_be_heard(self, text: str, start: int, end: int) -> bool:
        """Whether a beginning that stands in a text is a name by itself, or a hyphen goes on with it."""
        return text[end : end + 1] == "-" or sound_key(text[start:end]) in self._values

    def find(self, text: str) -> list[tuple[int, int, T]]:
        """Give every place of a word of a text, as written, that sounds like one sought."""
        if not self._values:
            return []
        pieces = set(text.split())
        if fresh := pieces - self._heard:
            self._listen(fresh)
        sounding = pieces & self._known.keys()
        return list(self._places(text, sounding)) if sounding else []

    def _places(self, text: str, sounding: set[str]) -> Iterator[tuple[int, int, T]]:
        """Give where the names in pieces stand, the pieces being set off by blanks."""
        for found in _PIECE.finditer(text):
            if (piece := found[0]) in sounding and (name := _NAME.match(piece)):
                start, end = found.start() + name.start(1), found.start() + name.end(1)
                yield from ((start, end, value) for value in self._known[piece])

    def _listen(self, pieces: set[str]) -> None:
        """Learn what new pieces of text sound like."""
        if len(self._heard) > _MEMORY or self._letters > _LETTERS:
            self._heard.clear()
            self._known.clear()
            self._letters = 0
        for piece in pieces:
            name = _NAME.match(piece)
            if name and name[1][0].isupper() and (values := self._values.get(sound_key(name[1]))):
                self._known[piece] = values
        self._heard |= pieces
        self._letters += sum(map(len, pieces))
