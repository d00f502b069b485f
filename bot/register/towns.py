"""Which capital or house a story means, in whatever language and case it writes it."""

from collections.abc import Iterable

from bot.model.office import Country
from bot.register.sound import sound_key

_VOWELS = str.maketrans("", "", "aeiouy '")
_LONGEST_ENDING = 2  # consonants that a case adds: "Waszyngtonem", "Ankara'da"
_SHORTEST = 3  # consonants by which an unfinished word is known: "Кремль", "Kremlin"


def english_name(written: str, own_capital: str, country: Country) -> str | None:
    """Name in English the capital or house of a country; None for one that the register lacks.

    `own_capital` is the capital as the language of the words has it in the nominative.
    """
    metonyms = country.in_language("en").metonyms
    if metonyms and alike(written, own_capital):
        return metonyms[0]
    named = called(written, metonyms)
    return metonyms[0] if named and alike(named, metonyms[0]) else named


def called(written: str, names: Iterable[str]) -> str | None:
    """Give the first of some names that a word is, by how it sounds."""
    return next((name for name in names if alike(written, name)), None)


def alike(written: str, name: str) -> bool:
    """Whether a word is a name in some case or another language: "Москве", "Moscow".

    Vowels change with both; the consonants stay, but for those that an ending adds.
    """
    mine, other = _skeleton(written), _skeleton(name)
    short, long = sorted((mine, other), key=len)
    if not short or not long.startswith(short):
        return False
    return len(long) - len(short) <= (_LONGEST_ENDING if len(short) >= _SHORTEST else 1)


def _skeleton(word: str) -> str:
    return sound_key(word).translate(_VOWELS)
