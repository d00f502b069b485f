"""How a name sounds, whatever alphabet and whichever romanisation it is written in.

    Beloussow, Belousov, Biełousow, Белоусов  ->  belusov
    Schoigu, Shoigu, Choïgou, Шойгу           ->  soihu

Sibilants fall together (s z sh sch sz cz tsch c before e and i), so do g, h and
kh, v and w, the glide before a vowel and doubled letters. The rules are made
for names of two syllables and more: shorter ones fall together by chance.
"""

import re
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
_RULES: tuple[tuple[str, str], ...] = (
    ("schtsch|shch|szcz", "s"),
    ("dzh|dsch|dj(?=o)", "ds"),
    ("tsch|tch|cz|sch|zh|sh|sz|ts|tz", "s"),
    (r"(?<=i)ch?\b", "s"),
    (r"ch(?=[aeiouy])", "s"),
    ("kh|ch|gh", "h"),
    ("c(?=[eiy])", "s"),
    ("ck|c|q", "k"),
    ("th", "t"),
    ("ph", "f"),
    ("x", "ks"),
    ("w", "v"),
    ("z", "s"),
    ("g", "h"),
    ("o?ou|oo|ue", "u"),
    ("ae", "a"),
    ("[jyi]+(?=[aeou])", ""),
    ("[jy]", "i"),
    ("au", "o"),
    (r"(.)\1+", r"\1"),
)
_COMPILED = tuple((re.compile(pattern), by) for pattern, by in _RULES)


@lru_cache(maxsize=1 << 16)
def sound_key(name: str) -> str:
    """Give the key that all spellings of a name should share; words stay words.

    >>> sound_key("Andrej Beloussow") == sound_key("Андрей Бєлоусов")
    True
    """
    key = fold(name.casefold().translate(_CYRILLIC))
    for pattern, by in _COMPILED:
        key = pattern.sub(by, key)
    return key
