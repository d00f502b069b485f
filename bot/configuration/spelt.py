"""Where a character of a value stands in its file, in whichever of YAML's ways the value is written.

Folding and quoting change blanks, and write signs as several, but keep the order
of all that is no blank: so the signs of the value are counted off in the file.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from bot.configuration.tree import Place, Scalar

_ANCHORS = re.compile(r"(?:[&!]\S*\s+)*")
_HEADER = re.compile(r"[|>][^\r\n]*")
_PIECES = {
    '"': re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)|\S", re.DOTALL),
    "'": re.compile(r"''|\S"),
    "": re.compile(r"\S"),
}
_ESCAPED = {"0": "\0", "a": "\a", "b": "\b", "e": "\x1b"} | dict.fromkeys("tnvfr_NLP", " ")
_LINE_END = re.compile("\r\n|\n|\r")


def places_in(scalar: Scalar, offsets: Iterable[int]) -> list[Place | None]:
    """Give the places of characters of a value, the one behind its end too; None where it is not sure."""
    meant = [(at, sign) for at, sign in enumerate(scalar.text) if not sign.isspace()]
    written = [(at, sign) for at, sign in _signs(scalar.written) if not sign.isspace()][: len(meant)]
    if not scalar.value or not meant:
        return [scalar.place for _ in offsets]
    if [sign for _, sign in meant] != [sign for _, sign in written]:
        return [None for _ in offsets]
    starts = [at for at, _ in meant]
    return [_place(scalar, [at for at, _ in written], starts, offset) for offset in offsets]


def _place(scalar: Scalar, written: list[int], starts: list[int], offset: int) -> Place:
    """Give the place of a sign, of a blank or the end the one behind the sign before it."""
    before = max(0, bisect_right(starts, offset) - 1)
    at = written[before] + (starts[before] < offset)
    *lines, last = _LINE_END.split(scalar.written[:at])
    return Place(scalar.place.line + len(lines), (1 if lines else scalar.place.column) + len(last))


def _signs(written: str) -> Iterator[tuple[int, str]]:
    """Give the signs of a value with their places, as it is written in the file; not all of the blanks."""
    anchors = _ANCHORS.match(written)
    start, stop = anchors.end() if anchors else 0, len(written)
    style = written[start : start + 1]
    if header := _HEADER.match(written, start):
        start = header.end()
    elif style in _PIECES and style:
        start, stop = start + 1, stop - 1
    for piece in _PIECES.get(style, _PIECES[""]).finditer(written, start, stop):
        yield piece.start(), _meant(piece[0])


def _meant(piece: str) -> str:
    if len(piece) == 1 or piece == "''":
        return piece[0]
    code = piece[2:]
    return chr(int(code, 16)) if code else _ESCAPED.get(piece[1], piece[1])
