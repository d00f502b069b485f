"""Bodies as servers send them → bytes that feedparser reads as they were meant.

feedparser believes the header, then the declaration, then guesses for the
whole document; one false byte then turns every umlaut of a feed into two
letters. UTF-8 proves itself, so it is looked for first.
"""

import re
from dataclasses import dataclass
from itertools import islice
from json import detect_encoding
from xml.parsers import expat

# UTF-16 and UTF-32: by a mark at the beginning, or by a zero beside a sign that a feed begins with.
_WIDE = re.compile(rb"\xff\xfe|\xfe\xff|\x00\x00|[<{\[ \t\r\n]\x00|\x00[<{\[ \t\r\n]")
_XML_UTF8 = "application/xml; charset=utf-8"
# One damaged sequence in ten is a damaged UTF-8 text; more is another encoding.
_DAMAGE = 10
_OPENING = re.compile(rb"<(?:[\w-]+:)?(?:item|entry)[\s/>]", re.IGNORECASE)
_CLOSING = re.compile(rb"</(?:[\w-]+:)?(?:item|entry)\s*>", re.IGNORECASE)
_REFERENCE = re.compile(rb"&#(?:[xX]([0-9a-fA-F]*)|([0-9]*));?")
_HEAD = 200
_LAST_CHARACTER = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes to parse and the content type that is true of them."""

    body: bytes
    content_type: str


def document(body: bytes, content_type: str) -> Document:
    """Settle the encoding where the bytes prove it, else leave it to the header and feedparser."""
    if _WIDE.match(body):
        return _wide(body, content_type)
    # A blank before the declaration would cost the whole feed the strict parser.
    clean = (body.translate(None, b"\x00") if b"\x00" in body else body).lstrip()
    if clean.isascii():
        return Document(clean, content_type)
    try:
        clean.decode()
    except UnicodeDecodeError:
        return _damaged(clean, content_type)
    return Document(clean, _XML_UTF8)


def _wide(body: bytes, content_type: str) -> Document:
    """Make UTF-8 of UTF-16 and UTF-32; the rules for telling them apart are JSON's and XML's alike."""
    try:
        return Document(body.decode(detect_encoding(body)).encode(), _XML_UTF8)
    except UnicodeDecodeError:
        return Document(body, content_type)


def _damaged(body: bytes, content_type: str) -> Document:
    text = body.decode(errors="replace")
    false = text.count("\ufffd")
    true = sum(map(len, re.findall(r"[^\x00-\x7f\ufffd]+", text)))
    return Document(text.encode(), _XML_UTF8) if false * _DAMAGE <= true else Document(body, content_type)


def well_formed(document: Document, *, but_for_entities: bool = False) -> bool:
    """Say whether a document is whole XML, as feedparser's strict parser wants it; 2 µs a kilobyte.

    `but_for_entities` forgives names of entities that nobody declared (`&nbsp;`).
    """
    parser = expat.ParserCreate("utf-8" if document.content_type == _XML_UTF8 else None, " ")
    parser.UseForeignDTD(but_for_entities)
    try:
        parser.Parse(document.body, True)  # noqa: FBT003 -- expat's way to say that this is all
    except (expat.ExpatError, ValueError, LookupError):
        return False
    return True


def cut_off(body: bytes) -> bool:
    """Say whether the last entry begins and never ends."""
    opening = max((found.start() for found in _OPENING.finditer(body)), default=-1)
    closing = max((found.start() for found in _CLOSING.finditer(body)), default=-1)
    return opening > closing


def around_entries(body: bytes) -> tuple[bytes, bytes]:
    """Give what stands before the first entry and behind the last one."""
    first = _OPENING.search(body)
    if first is None:
        return body, b""
    end = max((found.end() for found in _CLOSING.finditer(body)), default=len(body))
    return body[: first.start()], body[end:]


def with_most_entries(body: bytes, most: int) -> tuple[bytes, int]:
    """Keep the first `most` entries and what stands behind the last one; say how many were left out.

    feedparser takes 2 kB and 0.1 ms or more for each; ten megabytes of empty
    ones would take gigabytes.
    """
    beyond = [found.start() for found in islice(_OPENING.finditer(body), most, None)]
    if not beyond:
        return body, 0
    end = max((found.end() for found in _CLOSING.finditer(body, beyond[0])), default=len(body))
    return body[: beyond[0]] + body[end:], len(beyond)


def without_impossible_references(body: bytes) -> bytes:
    """Replace references to characters that do not exist, and leave out a declaration that is no text.

    feedparser gives up the whole feed for one. It looks for the encoding in the
    whole first line, where more may stand than the declaration.
    """
    declaration, end, rest = body.partition(b"?>")
    lines = (declaration + end + b"\n" if declaration[:_HEAD].isascii() else b"") + rest if end else body
    return _REFERENCE.sub(_possible, lines)


def _possible(reference: re.Match[bytes]) -> bytes:
    digits, base = (reference[1], 16) if reference[1] is not None else (reference[2], 10)
    number = int(digits[:9], base) if digits else _LAST_CHARACTER + 1
    possible = 0 < number <= _LAST_CHARACTER and number not in _SURROGATES
    return reference[0] if possible else b"&#xfffd;"
