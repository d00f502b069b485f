"""One canonical form of text, and the way back to the original's offsets.

Case, accents, compatibility forms and the many dashes and apostrophes are
folded away; words stay words. `fold` is idempotent.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

from bot.text.mend import mended

_COMBINING = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]+")
# Letters that Unicode does not decompose, and punctuation that readers do not tell apart.
_ALIKE = {
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th",
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'",
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‟": '"',
}  # fmt: skip

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `starts` is None where every offset is that of the original.

    Otherwise `starts[i]` is the folded offset at which the original's
    character i begins.
    """

    text: str
    starts: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the original's span for a folded one."""
        if self.starts is None or start >= end:
            return start, end
        first = bisect_right(self.starts, start) - 1
        return first, bisect_right(self.starts, end - 1)


def fold(text: str) -> str:
    """Fold a text without keeping its offsets.

    >>> fold("Władysław, Straße, Choïgou – Бєлоусов")
    'wladyslaw, strasse, choigou - бєлоусов'
    """
    if text.isascii():
        return text.lower()
    # Fifty searches for what is common cost a fourth of decomposing all of a long text.
    plain = _replaced(text.casefold(), _COMMON)
    return plain if _is_plain(plain) else _decomposed(plain)


def _decomposed(text: str) -> str:
    plain = _COMBINING.sub("", unicodedata.normalize("NFKD", text))
    return _replaced(plain, _ALIKE).casefold()


def _replaced(text: str, table: Mapping[str, str]) -> str:
    for sign, letter in table.items():
        if sign in text:
            text = text.replace(sign, letter)
    return text


def _is_plain(text: str) -> bool:
    """Whether nothing is left to decompose and no mark to drop."""
    if text.isascii():
        return True
    encoded = text.encode("utf-8", "surrogatepass")
    # U+0300-U+037F are all that UTF-8 begins with these two bytes.
    if b"\xcc" in encoded or b"\xcd" in encoded or any(sign in text for sign in _INVISIBLE):
        return False
    return unicodedata.is_normalized("NFKD", text)


# Letters of the ten languages that decompose, and signs: each as the slow way folds it.
_LETTERS = "äöüéèêëàâáãåçñíìîïóòôõúùûýćńśźżąęğşșțčšžřйїўё…\u00a0№"
_COMMON = {sign: _decomposed(sign) for sign in (*_ALIKE, *_LETTERS)}


def fold_spans(text: str) -> Folded:
    """Fold a text and keep the way back to its offsets; wrecked letters are folded as what they were.

    Without marks that vanish, every character gives one or more: equal lengths
    then mean that each gave exactly one, and the offsets are the same.
    """
    if (whole := mended(text)) is not None:
        inner = fold_spans(whole[0])
        starts = (*(inner.starts or range(len(whole[0]))), len(inner.text))
        return Folded(inner.text, tuple(starts[at] for at in whole[1]))
    folded = fold(text)
    if len(folded) == len(text) and (text.isascii() or not _COMBINING.search(text)):
        return Folded(folded)
    widths = {character: len(fold(character)) for character in set(text)}
    return Folded(folded, tuple(accumulate((widths[c] for c in text), initial=0))[:-1])
