"""Names in spellings that nobody foresaw, found by their sound.

Only words with a capital letter are heard; what a word sounds like is worked
out once, for the same words come again in every story.
"""

import re
from collections.abc import Iterable
from typing import Generic, TypeVar

from bot.register.sound import sound_key
from bot.text.find import Hit

T = TypeVar("T")

# A capital of the Latin, Greek or Cyrillic script and at least three more letters.
_NAME = re.compile("(?<![^\\W_])[A-ZÀ-ÖØ-ÞĀ-ɏΑ-ΫЀ-ЯҐ][^\\W\\d_]{3,}")
_MEMORY = 200_000


class SoundFinder(Generic[T]):
    """Finds single words by their sound key (`bot.register.sound`)."""

    def __init__(self, keys: Iterable[tuple[str, T]]) -> None:
        """Take pairs of a sound key of one word and what it stands for."""
        self._values: dict[str, list[T]] = {}
        for key, value in keys:
            self._values.setdefault(key, []).append(value)
        self._heard: set[str] = set()
        self._known: dict[str, list[T]] = {}

    def find(self, text: str) -> list[Hit[T]]:
        """Give the first place of every word of a text, as written, that sounds like one sought."""
        if not self._values:
            return []
        words = set(_NAME.findall(text))
        self._listen(words)
        return [
            Hit(start, start + len(word), value)
            for word in sorted(words & self._known.keys())
            for start in (_place(word, text),)
            for value in self._known[word]
        ]

    def _listen(self, words: set[str]) -> None:
        if len(self._heard) > _MEMORY:
            self._heard.clear()
        for word in words - self._heard:
            if values := self._values.get(sound_key(word)):
                self._known[word] = values
        self._heard |= words


def _place(word: str, text: str) -> int:
    return next(found.start() for found in _NAME.finditer(text) if found.group() == word)
