"""How a name sounds, whatever alphabet and whichever romanisation it is written in.

    Beloussow, Belousov, Biełousow, Белоусов  ->  belusov
    Schoigu, Shoigu, Choïgou, Шойгу           ->  soihu

Sibilants fall together (s z sh sch sz cz tsch c before e and i), so do g, h and
kh, v and w, the glide before a vowel and doubled letters. The rules are made
for names of two syllables and more: shorter ones fall together by chance.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from bot.text.fold import fold

# Cyrillic before folding, which would take й for и and ї for і.
_CYRILLIC = str.maketrans({
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "h", "д": "d", "е": "e", "ё": "e", "є": "e", "ж": "s",
    "з": "s", "и": "i", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o",
    "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "s", "ч": "s", "ш": "s",
    "щ": "s", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "u", "я": "a",
    "č": "s", "ć": "s", "ç": "s", "š": "s", "ş": "s", "ș": "s", "ž": "s", "ț": "ts", "ţ": "ts", "ğ": "h",
    "-": " ", "'": "", "’": "",
})  # fmt: skip
# In order, longer before shorter. Replacing plain strings is five times as fast as patterns.
_SIBILANTS = (
    ("schtsch", "s"), ("shch", "s"), ("szcz", "s"), ("dzh", "ds"), ("dsch", "ds"), ("djo", "dso"),
    ("tsch", "s"), ("tch", "s"), ("cz", "s"), ("sch", "s"), ("zh", "s"), ("sh", "s"), ("sz", "s"),
    ("ts", "s"), ("tz", "s"),
)  # fmt: skip
# Begun with its letter, a pattern is sought ten times as fast.
_SOFT_C = re.compile(r"c(?:(?<=ic)h?\b|h(?=[aeiouy])|(?=[eiy]))")
_LETTERS = (
    ("kh", "h"), ("ch", "h"), ("gh", "h"), ("ck", "k"), ("c", "k"), ("q", "k"), ("th", "t"), ("ph", "f"),
    ("x", "ks"), ("w", "v"), ("z", "s"), ("g", "h"), ("oou", "u"), ("ou", "u"), ("oo", "u"), ("ue", "u"),
    ("ae", "a"),
)  # fmt: skip
_GLIDE = re.compile("[jyi]+(?=[aeou])")
_VOWELS = (("j", "i"), ("y", "i"), ("au", "o"))
_DOUBLE = re.compile(r"(.)(?=\1)")


@lru_cache(maxsize=1 << 14)
def sound_key(name: str) -> str:
    """Give the key that all spellings of a name should share; words stay words.

    >>> sound_key("Andrej Beloussow") == sound_key("Андрей Бєлоусов")
    True
    """
    return _key(name)


def keys_of(names: Iterable[str]) -> list[str]:
    """Give the keys of many names of one line each: all at once, which is five times as fast.

    >>> keys_of(["Chen", "Lloyd Austin"]) == [sound_key("Chen"), sound_key("Lloyd Austin")]
    True
    """
    return _key("\n".join(names)).split("\n")


def _key(name: str) -> str:
    key = _replace(fold(name.casefold().translate(_CYRILLIC)), _SIBILANTS)
    key = _replace(_SOFT_C.sub("s", key), _LETTERS)
    key = _replace(_GLIDE.sub("", key), _VOWELS)
    return _DOUBLE.sub("", key)


def _replace(key: str, rules: tuple[tuple[str, str], ...]) -> str:
    for sought, by in rules:
        key = key.replace(sought, by)
    return key
