"""One canonical form of text, and the way back to the original's offsets.

Case, accents, compatibility forms and the many dashes and apostrophes are
folded away; words stay words. `fold` is idempotent.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, islice

from bot.text.mend import mended

_COMBINING = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]+")
# Letters that Unicode does not decompose, and punctuation that readers do not tell apart.
_ALIKE = {
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th",
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'",
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‟": '"',
}  # fmt: skip

# All but letters whose folding holds a sign (¼, ŉ), and signs that fold to letters or to nothing (№).
_UNEVEN = re.compile(
    "[^\\x00-\xac\xae-\xbb\xbf-\u013e\u0141-\u0148\u014a-\u02bb\u02bd-\u02ff\u0370-\u0379\u037b-\u052f"
    "\u05d0-\u05ea\u0627-\u06bf\u1e00-\u1eff\u2000-\u200a\u2010-\u205e\u20aa-\u20bf\u218a-\u2473\u24ea-\u2e7f"
    "\u3000-\u303f\u4e00-\u9fff\uac00-\ud7a3\ufe00-\ufe6f\uff00-\uff9d\U0001f252-\U0001faff]"
)
_FEW = 16  # letters to be sought one after another; Korean has thousands that give several
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
    return text.isascii() or (not _may_have_marks(text) and unicodedata.is_normalized("NFKD", text))


def _has_marks(text: str) -> bool:
    """Whether anything stands in a text that vanishes; looked for twice, as it is rarely there."""
    return _may_have_marks(text) and _COMBINING.search(text) is not None


def _may_have_marks(text: str) -> bool:
    encoded = text.encode("utf-8", "surrogatepass")
    # U+0300-U+037F are all that UTF-8 begins with these two bytes.
    return b"\xcc" in encoded or b"\xcd" in encoded or any(sign in text for sign in _INVISIBLE)


# Letters of the ten languages that decompose, and signs: each as the slow way folds it.
_LETTERS = "äöüéèêëàâáãåçñíìîïóòôõúùûýćńśźżąęğşșțčšžřйїўё…\u00a0№"
_COMMON = {sign: _decomposed(sign) for sign in (*_ALIKE, *_LETTERS)}


def keeps_words(text: str) -> bool:
    """Whether the words of a text, folded one by one, are those of the folded text.

    So it is for nearly all news; of rare letters it is denied without a closer look.
    """
    return text.isascii() or not _UNEVEN.search(text)


def fold_spans(text: str) -> Folded:
    """Fold a text and keep the way back to its offsets; wrecked letters are folded as what they were."""
    if (whole := mended(text)) is not None:
        inner = fold_spans(whole[0])
        starts = (*(inner.starts or range(len(whole[0]))), len(inner.text))
        return Folded(inner.text, tuple(starts[at] for at in whole[1]))
    return fold_as_written(text)


def fold_as_written(text: str) -> Folded:
    """Fold a text and keep the way back to its offsets; wrecked letters stay what they became.

    Without marks that vanish, every character gives one or more: equal lengths
    then mean that each gave exactly one, and the offsets are the same.
    """
    folded = fold(text)
    if len(folded) == len(text) and (text.isascii() or not _has_marks(text)):
        return Folded(folded)
    return Folded(folded, tuple(_starts(text)))


def _starts(text: str) -> Iterable[int]:
    """Give where each character begins when folded.

    Between the few that give none or several, offsets go on one by one: six
    times as fast as adding up the widths of all.
    """
    odd = {character: width for character in set(text) if (width := _width(character)) != 1}
    if len(odd) > _FEW:
        return islice(accumulate((odd.get(c, 1) for c in text), initial=0), len(text))
    places = sorted((at, width - 1) for sign, width in odd.items() for at in _places(sign, text))
    starts: list[int] = []
    shift = begun = 0
    for at, more in places:
        starts += range(begun + shift, at + shift + 1)
        begun, shift = at + 1, shift + more
    starts += range(begun + shift, len(text) + shift)
    return starts


def _places(sign: str, text: str) -> Iterator[int]:
    at = text.find(sign)
    while at >= 0:
        yield at
        at = text.find(sign, at + 1)


@lru_cache(maxsize=1 << 12)
def _width(character: str) -> int:
    return len(fold(character))
