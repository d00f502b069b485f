"""Cut, then parse: the items that were seen as they are now need not be read again.

A feed that has one new item of fifty costs feedparser fifty. So the raw blocks
of its items are found and digested here, those seen before are dropped, and
head, new blocks and tail are parsed: what the kept items say is what they say
in the whole document. Wherever that could be otherwise there are no `Blocks`
and the document is read whole.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

# 2,000 items of 2⁻⁶⁴ each: no two are mixed up in the lifetime of the sun.
MARK = 8
_BOUNDARY = re.compile(rb"<(?:(item|entry)[\s>/]|/(item|entry)\s*>)")
_PREFIXED = re.compile(rb"<[\w.-]+:(?:item|entry)[\s>/]")
_DECLARATION = re.compile(rb"\sxmlns[^\s=]*\s*=\s*(?:\"[^\"<]*\"|'[^'<]*')")
_PAIRS = ((b"<![cdata[", b"]]>"), (b"<!--", b"-->"))

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Blocks:
    """Where the item blocks of a document stand and their digests, of `MARK` bytes each.

    `low` is the body in small letters.
    """

    body: bytes
    low: bytes
    spans: tuple[Span, ...]
    marks: tuple[bytes, ...]

    @property
    def head(self) -> bytes:
        """Give what stands before the first block."""
        return self.body[: self.spans[0][0]]

    @property
    def tail(self) -> bytes:
        """Give what stands behind the last block."""
        return self.body[self.spans[-1][1] :]

    def unseen(self, seen: bytes) -> tuple[Span, ...]:
        """Give the blocks whose digests are not among those of `seen`."""
        known = {seen[start : start + MARK] for start in range(0, len(seen), MARK)}
        return tuple(span for span, mark in zip(self.spans, self.marks, strict=True) if mark not in known)

    def only(self, kept: tuple[Span, ...], head: bytes) -> bytes:
        """Give the document under this head and without all other blocks; words between them stay."""
        pieces, position = [head], self.spans[0][0]
        for start, end in self._dropped(kept):
            between = self.body[position:start]
            pieces += [between] if not between.isspace() else []
            position = end
        return b"".join((*pieces, self.body[position:]))

    def others(self, kept: tuple[Span, ...]) -> tuple[bytes, ...]:
        """Give all other blocks, in small letters."""
        return tuple(self.low[start:end] for start, end in self._dropped(kept))

    def _dropped(self, kept: tuple[Span, ...]) -> Iterator[Span]:
        keep = frozenset(kept)
        return (span for span in self.spans if span not in keep)


def blocks_of(body: bytes, most: int) -> Blocks | None:
    """Find the item blocks of a document whose encoding is settled; None where they cannot be told for sure.

    That is where items are nested, unbalanced, prefixed, of two kinds, more than
    `most`, or declare namespaces that not all of them declare, and where a
    comment or a CDATA section may begin in one block and end in another.
    """
    low = body.lower()
    if (b":item" in low or b":entry" in low) and _PREFIXED.search(low):
        return None
    spans = _spans(low, most)
    if not spans or not _apart(body, low, spans):
        return None
    marks = tuple(blake2b(body[start:end], digest_size=MARK).digest() for start, end in spans)
    return Blocks(body, low, spans, marks)


def _spans(low: bytes, most: int) -> tuple[Span, ...]:
    """Pair the boundaries: opening, closing, opening, closing …, all of one name."""
    found = list(_BOUNDARY.finditer(low))
    openings, closings = found[::2], found[1::2]
    names = {boundary[1] for boundary in openings} | {boundary[2] for boundary in closings}
    if len(openings) != len(closings) or len(names) != 1 or len(openings) > most:
        return ()
    return tuple(
        (opening.start(), closing.end()) for opening, closing in zip(openings, closings, strict=True)
    )


def _apart(body: bytes, low: bytes, spans: tuple[Span, ...]) -> bool:
    """Say whether no block reaches into another, or speaks for it."""
    if b"xmlns" in low and not _declare_alike(body, low, spans):
        return False
    edges = (0, *(edge for span in spans for edge in span), len(low))
    told = [(start, end) for start, end in pairwise(edges) if not low[start:end].isspace()]
    return all(
        low.count(opening, start, end) == low.count(closing, start, end)
        for opening, closing in _PAIRS
        if opening in low
        for start, end in told
    )


def _declare_alike(body: bytes, low: bytes, spans: tuple[Span, ...]) -> bool:
    """Say whether all blocks declare the same namespaces: feedparser forgets none, so each counts for all."""
    tags = [(start, low.find(b">", start)) for start, _ in spans]
    if not any(b"xmlns" in low[start:end] for start, end in tags):
        return True
    told = {tuple(_DECLARATION.findall(body, start, end)) for start, end in tags}
    return len(told) == 1 and () not in told
