"""Names in spellings that nobody foresaw, found by their sound.

Only words that begin with a capital letter are heard. What a word sounds like
is worked out once: the same words come again in every story, and sets of known
words are compared much faster than words are listened to.
"""

import re
from collections.abc import Iterable
from typing import Generic, TypeVar

from bot.register.sound import sound_key
from bot.text.find import Hit

T = TypeVar("T")

# The name in a piece of text without blanks: signs before it, and what an apostrophe adds, are not of it.
_NAME = re.compile(r"\W*([^\W\d_][\w-]{2,}\w)")
_MEMORY = 200_000


class SoundFinder(Generic[T]):
    """Finds words, also hyphenated ones, by their sound key (`bot.register.sound`)."""

    def __init__(self, keys: Iterable[tuple[str, T]]) -> None:
        """Take pairs of a sound key and what it stands for."""
        self._values: dict[str, list[T]] = {}
        for key, value in keys:
            self._values.setdefault(key, []).append(value)
        self._heard: set[str] = set()
        self._known: dict[str, list[T]] = {}

    def find(self, text: str) -> list[Hit[T]]:
        """Give the first place of every word of a text, as written, that sounds like one sought."""
        if not self._values:
            return []
        pieces = set(text.split())
        self._listen(pieces)
        hits: list[Hit[T]] = []
        for piece in sorted(pieces & self._known.keys()):
            start, end = _place(piece, text)
            hits += (Hit(start, end, value) for value in self._known[piece])
        return hits

    def _listen(self, pieces: set[str]) -> None:
        """Learn what new pieces of text sound like."""
        if len(self._heard) > _MEMORY:
            self._heard.clear()
        for piece in pieces - self._heard:
            name = _NAME.match(piece)
            if name and name[1][0].isupper() and (values := self._values.get(sound_key(name[1]))):
                self._known[piece] = values
        self._heard |= pieces


def _place(piece: str, text: str) -> tuple[int, int]:
    """Where the name in a piece stands, the piece being set off by blanks."""
    start = next(found.start() for found in re.finditer(r"\S+", text) if found.group() == piece)
    name = _NAME.match(piece)
    return (start + name.start(1), start + name.end(1)) if name else (start, start + len(piece))
