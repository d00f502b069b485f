"""Letters that were written as UTF-8 and read as something else: "GesprÃ¤ch", "GesprĂ€ch", "ÐœÐ¾ÑÐºÐ²Ð°".

What stands for one letter then are two or three, which no language writes in
a row; the story's text itself is left as it came.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

# How UTF-8 is mostly misread in feeds; what two read as different letters is left alone.
_MISREADINGS = ("cp1252", "latin-1", "iso8859-16", "cp1250", "iso8859-2", "mac-roman")
_LETTERS = (
    "äöüÄÖÜßéèêëàâáãåçñíìîïóòôõúùûýÿœæøÉÈÊËÀÂÁÃÅÇÑÍÎÓÔÚœčćšžČĆŠŽąęłńśźżĄĘŁŃŚŹŻğışĞİŞőűășț"
    "„“”‚‘’–—…«»"
    "абвгдежзийклмнопрстуфхцчшщъыьэюяёєіїґАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЭЮЯЄІЇ"
)
_HINT = re.compile("[ÃÂĂĹÄĐÑÐâ√‚][\\u0080-\\u2122]")
_FEWEST = 2  # one alone may be meant


def mended(text: str) -> tuple[str, tuple[int, ...]] | None:
    """Give a text with its letters put right, and for each letter of the old one where it is in the new.

    None where nothing is to be mended.

    >>> mended("Gespräch"), mended("GesprÃ¤ch im BÃ¼ro")[0]
    (None, 'Gespräch im Büro')
    """
    if text.isascii() or not _HINT.search(text):
        return None
    pattern, letters = _wrecks()
    found = list(pattern.finditer(text))
    if len(found) < _FEWEST:
        return None
    whole = pattern.sub(lambda wreck: letters[wreck[0]], text)
    starts: list[int] = []
    shift = at = 0
    for wreck in found:
        starts += range(at - shift, wreck.start() - shift + 1)
        starts += [wreck.start() - shift + 1] * (len(wreck[0]) - 1)
        shift += len(wreck[0]) - 1
        at = wreck.end()
    starts += range(at - shift, len(text) - shift)
    return whole, tuple(starts)


@cache
def _wrecks() -> tuple[re.Pattern[str], dict[str, str]]:
    meanings: dict[str, list[str]] = {}
    for letter, wreck in _misread():
        meanings.setdefault(wreck, []).append(letter)
    letters = {wreck: ways[0] for wreck, ways in meanings.items() if len(set(map(_base, ways))) == 1}
    longest = sorted(letters, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest))), letters


def _base(letter: str) -> str:
    """Give the letter without its marks: two readings that agree in it are read alike."""
    return unicodedata.normalize("NFKD", letter)[0].casefold()


def _misread() -> Iterator[tuple[str, str]]:
    for letter in _LETTERS:
        for reading in _MISREADINGS:
            wreck = letter.encode().decode(reading, errors="ignore")
            if len(wreck) == len(letter.encode()):
                yield letter, wreck
