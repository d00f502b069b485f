"""Phrases with a number in them: "vor drei Tagen", "two weeks earlier", "за 15 месяцев"."""

import re
from collections.abc import Iterator

from bot.languages.language import Language
from bot.recognition.token import Token
from bot.text.find import is_word

_DIGITS = r"\d{1,3}"


class Counts:
    """Finds the counted phrases of a language; the number ends the token's kind ("time.ago.days.3").

    A phrase written out for every number would be a thousand phrases a language.
    """

    def __init__(self, language: Language) -> None:
        """Keep the phrases; the pattern of the numbers is made when the first story needs it."""
        self._phrases = language.counted
        self._numbers = dict(language.numbers)
        self._pattern: re.Pattern[str] | None = None

    def find(self, text: str) -> Iterator[Token]:
        """Give the counted phrases of a folded text."""
        for number in self._numbers_in(text):
            start, end = number.span()
            count = self._numbers.get(number[0]) or int(number[0])
            for kind, before, after in self._phrases:
                if text.startswith(after, end) and text.endswith(before, 0, start):
                    first, last = start - len(before), end + len(after)
                    if is_word(text, first, last):
                        yield Token(f"{kind}.{count}", first, last)

    def _numbers_in(self, text: str) -> Iterator[re.Match[str]]:
        if self._pattern is None:
            words = sorted(self._numbers, key=len, reverse=True)
            self._pattern = re.compile(rf"(?<!\w)(?:{_DIGITS}|{'|'.join(map(re.escape, words))})(?!\w)")
        return self._pattern.finditer(text)
