"""Where sentences end, by a closed list of abbreviations and the form of numbers.

It rather joins than splits (RECOGNITION.md §3: 0 plainly wrong splits in 400
real German stories): two ministers torn apart are lost, two sentences in one
seldom harm.
"""

import re

from bot.text.fold import fold

_END = re.compile(
    r"[.!?…]+[\"'”“»«’)\]]*(?=\s+[\"'“„«»‘(\[]*[^\sa-zß-öø-ÿāăąćčċđēęěğģīıķļłńņňőœřśşšťūůűźżžșțа-яёіїєґ])|\n+"
)
_WORD_BEFORE = re.compile(r"[\w.]+$")
_LOOK_BACK = 16
_LONGEST = 2_000  # characters; rules look across a whole sentence, and nobody writes longer ones


def spans(text: str, abbreviations: frozenset[str], *, ordinal_dots: bool) -> list[tuple[int, int]]:
    """Give the spans of the sentences of a text, without the blanks around them.

    With `ordinal_dots` a dot after a number may make it the third ("am 3. Juni").
    """
    result: list[tuple[int, int]] = []
    start = 0
    for end in _END.finditer(text):
        if end[0].strip() == "." and _not_an_end(text, end.start(), abbreviations, ordinal_dots=ordinal_dots):
            continue
        _add(result, text, start, end.end())
        start = end.end()
    _add(result, text, start, len(text))
    return result


def _not_an_end(text: str, dot: int, abbreviations: frozenset[str], *, ordinal_dots: bool) -> bool:
    """Whether the dot belongs to a number, an initial or an abbreviation."""
    match = _WORD_BEFORE.search(text, max(0, dot - _LOOK_BACK), dot)
    if match is None:
        return False
    word = match[0]
    if word.isdigit():
        is_ordinal = text[match.start() - 1 : match.start()] != "-"  # "Il-20." is none
        return ordinal_dots and is_ordinal and len(word) < len("2024")
    return (len(word) == 1 and word.isupper()) or fold(word) in abbreviations


def _add(result: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while end - start > _LONGEST:
        blank = text.rfind(" ", start + 1, start + _LONGEST)
        cut = blank if blank > 0 else start + _LONGEST
        _add(result, text, start, cut)
        start = cut
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    if piece.strip():
        result.append((start + lead, start + len(piece.rstrip())))
