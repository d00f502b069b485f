"""Which side somebody speaks for, and what readers call it.

Stories cite in every language and case ("Angaben des Pentagons", "Минобороны
РФ"); a post names the side as its own readers do: by the house in its capital
where the words name it, else by the capital.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from bot.alerts.budget import clean, clip
from bot.alerts.press import LONGEST_COUNTRY, Press
from bot.model.office import Country
from bot.text.find import Finder
from bot.text.fold import fold

# A shorter stem of an adjective, or a name without its last letter, begins other words too.
SHORTEST_STEM = 4
SHORTEST_BENT = 5
_WORD = re.compile(r"\w+")
# After these a capital or a house is where somebody spoke, unless nobody else is named.
_AT = frozenset(map(fold, ("in", "im", "at", "en", "w", "в", "во", "у")))


def voices(written: str, countries: Iterable[str], press: Press) -> tuple[tuple[str, str], ...]:
    """Give the sides that the words cite, in their order: ("US", "Pentagon"), ("RU", "Moskau").

    A country in the words decides ("russisches Ministerium"), or its bare code;
    without one, whose ministry fits best ("Минобороны"). A place does where no
    other side is named ("Ministerium in Moskau"). Empty where none does.
    """
    sides = tuple(countries)
    if written in sides:
        return ((written, press.capital(written) or press.country(written)),)
    folded = fold(clean(written))
    places = {code: _place(folded, press.register.country(code)) for code in sides}
    named = sorted((*place, code) for code, place in places.items() if place is not None)
    speaking = [code for at_place, _, code in named if not at_place]
    codes = speaking or [code for *_, code in named] or _by_ministry(folded, sides, press)
    return tuple((code, house(written, code, press) or press.country(code)) for code in codes)


def house(written: str, country: str, press: Press) -> str | None:
    """Name the house of a country that the words name ("Pentagon"), else its capital; None if unknown.

    Houses of several words are left out: they would have to be inflected.
    """
    words = _WORD.findall(fold(clean(written)))
    for name in press.country_words(country).metonyms:
        if " " not in name and any(_is_form(word, fold(name)) for word in words):
            return clip(name, LONGEST_COUNTRY)
    return press.capital(country)


def names_ministry(folded: str, country: Country) -> int:
    """Say how much of the folded words is the name of a country's ministry, in characters."""
    names = tuple(name for _, words in country.words for name in words.ministries)
    return max((hit.end - hit.start for hit in _finder(names).find(folded)), default=0)


def _by_ministry(folded: str, sides: Iterable[str], press: Press) -> list[str]:
    """Give the one side whose ministry fits better than all others'."""
    fitting = {code: names_ministry(folded, press.register.country(code)) for code in sides}
    longest = max(fitting.values(), default=0)
    best = [code for code, length in fitting.items() if length == longest]
    return best if longest and len(best) == 1 else []


def _place(folded: str, country: Country) -> tuple[bool, int] | None:
    """Find where the words first name a country, in whatever case, and whether but as a place.

    None where they do not.
    """
    stems, names = _words_for(country)
    found, before = [], ""
    for match in _WORD.finditer(folded):
        word = match[0]
        named = any(_is_form(word, name) for name in names)
        if named or word.startswith(stems):
            found.append((named and before in _AT, match.start()))
        before = word
    return min(found, default=None)


@lru_cache(maxsize=256)
def _words_for(country: Country) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Fold a country's adjectives, and its names and houses of one word."""
    every = [words for _, words in country.words]
    stems = tuple(fold(stem) for words in every for stem in words.adjectives if len(stem) >= SHORTEST_STEM)
    names = (fold(name) for words in every for name in (*words.metonyms, *words.nouns))
    return stems, tuple(name for name in names if _WORD.fullmatch(name))


def _is_form(word: str, name: str) -> bool:
    """Whether a word is a name in one of its cases: "pentagons", "москвы", "россии"."""
    bent = len(name) >= SHORTEST_BENT and word.startswith(name[:-1]) and len(word) <= len(name) + 2
    return bent or word in {name, f"{name}s"}


@lru_cache(maxsize=512)
def _finder(phrases: tuple[str, ...]) -> Finder[str]:
    """Keep what finds a country's ministries: hundreds of reports ask for the same few."""
    return Finder((fold(phrase), phrase) for phrase in phrases)
