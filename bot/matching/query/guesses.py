"""Which office is likely meant by words that are none of the query language, for a hint."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bot.model.office import Register, Role
from bot.register.offices import role_in
from bot.text.fold import fold

_WORD = re.compile(r"[^\W_]+")
_SHORTEST_BENT, _LONGEST_ENDING = 4, 3


class Guess(NamedTuple):
    """What of an office can be made out: its country's code, its kind."""

    country: str | None
    role: Role | None


class Guesses:
    """Makes out countries and offices in words of any language."""

    def __init__(self, register: Register) -> None:
        """Take the words for the countries of a register."""
        self._countries = sorted(_countries(register), key=lambda known: -len(known[0]))
        self._codes = frozenset(country.code for country in register.countries)

    def guess(self, text: str) -> Guess:
        """Make out what a text names."""
        said = fold(text)
        words = f" {_plain(said)} "
        named = (code for form, code in self._countries if _stands(form, words))
        # In capitals only: "in" is no India.
        coded = (word for word in _WORD.findall(text) if word in self._codes)
        return Guess(next(named, None) or next(coded, None), role_in(said))


def _countries(register: Register) -> Iterator[tuple[str, str]]:
    """Give each way to name a country, with its code."""
    for country in register.countries:
        for _, told in country.words:
            for form in _forms(told.nouns, told.adjectives, told.titles, told.ministries):
                yield form, country.code


def _forms(*lists: Iterable[str]) -> Iterator[str]:
    for words in lists:
        yield from filter(None, (_plain(fold(word)) for word in words))


def _plain(folded: str) -> str:
    return " ".join(_WORD.findall(folded))


def _stands(form: str, words: str) -> bool:
    """Whether a form stands among words; a longer one with an ending too, as in "deutscher"."""
    at = words.find(f" {form}")
    if at < 0:
        return False
    ending = words[at + 1 + len(form) :].partition(" ")[0]
    return not ending or (len(form) >= _SHORTEST_BENT and len(ending) <= _LONGEST_ENDING)
