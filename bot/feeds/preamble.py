"""What stands before a feed's first entry, without what tells nothing of the entries.

A feed's title, links, categories and picture cost feedparser as much as an
entry, and no story tells of them. What declares names, bases or languages
stays, and so does all that is not known to leave the parser as it was.
"""

import re

# Each leaves feedparser as it found it, whatever the namespace (tests/feeds/test_preamble.py shows it).
PLAIN = (
    "title", "link", "description", "pubDate", "lastBuildDate", "generator", "docs", "copyright",
    "managingEditor", "webMaster", "ttl", "category", "updated", "published", "modified", "id", "logo",
    "icon", "subtitle", "rights", "creator", "publisher", "date", "updatePeriod", "updateFrequency",
    "updateBase", "rating", "site", "cloud", "keywords", "explicit", "totalResults", "startIndex",
    "itemsPerPage",
)  # fmt: skip
BOXES = ("image", "author", "owner")
IN_BOXES = ("url", "title", "link", "width", "height", "description", "name", "email", "uri", "image")

_ATTRIBUTES = rb"(?:\s+[\w:.-]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*+\s*"
_TEXT = rb"(?:[^<]|<!\[CDATA\[(?>.*?\]\]>))*+"


def _either(names: tuple[str, ...]) -> bytes:
    return rb"(?:[\w.-]+:)?+(?:" + "|".join(names).encode() + rb")(?=[\s/>])"


def _element(name: bytes, group: bytes) -> bytes:
    """Match an element that holds nothing but text."""
    named = rb"<(?P<" + group + rb">" + name + rb")" + _ATTRIBUTES
    return named + rb"(?:/>|>" + _TEXT + rb"</(?P=" + group + rb")\s*>)"


_BOX = (
    rb"<(?P<box>" + _either(BOXES) + rb")" + _ATTRIBUTES + rb">\s*"
    rb"(?:" + _element(_either(IN_BOXES), b"inside") + rb"\s*)*</(?P=box)\s*>"
)  # not "*+" around a group: with it Python 3.11.2 finds nothing
_CONTENTS = (
    rb"<items>\s*<rdf:Seq>\s*(?:<rdf:li" + _ATTRIBUTES + rb"(?:/>|></rdf:li>)\s*)*+</rdf:Seq>\s*</items>"
)
_FLAGS = re.DOTALL | re.IGNORECASE
_OPENING = re.compile(rb"<(?:channel|feed)(?=[\s>])" + _ATTRIBUTES + rb">\s*", _FLAGS)
_ASIDE = re.compile(
    rb"(?:" + _element(_either(PLAIN), b"plain") + rb"|" + _BOX + rb"|" + _CONTENTS + rb")\s*", _FLAGS
)
# RSS 1.0 has the picture behind the channel.
_OTHER = re.compile(rb"(?:" + _element(rb"[\w.-]+(?::[\w.-]+)?", b"other") + rb"|</channel\s*>)\s*", _FLAGS)
# These count for what follows; and feedparser looks for an encoding in the whole first line.
_TELLING = re.compile(rb"xmlns|(?:base|lang|encoding)\s*=", re.IGNORECASE)
_SUMMARY = re.compile(rb"<(?:[\w.-]+:)?summary", re.IGNORECASE)
_ASIDES = ((b"<!--", b"-->"), (b"<?", b"?>"))


def lean(head: bytes) -> bytes:
    """Leave out of the head of a well-formed document what tells nothing of its entries.

    >>> lean(b"<rss><channel><title>Blatt</title><language>de</language><ttl>5</ttl>")
    b'<rss><channel><language>de</language>'
    """
    opening = _OPENING.search(head)
    # A summary changes what feedparser makes of the description behind it.
    if opening is None or not _counts(head[: opening.start()]) or _SUMMARY.search(head):
        return head
    pieces, position = [head[: opening.end()]], opening.end()
    while (child := _ASIDE.match(head, position) or _OTHER.match(head, position)) is not None:
        if child.re is _OTHER or (b"=" in child[0] and _TELLING.search(child[0])):
            pieces.append(child[0])
        position = child.end()
    return b"".join((*pieces, head[position:]))


def _counts(before: bytes) -> bool:
    """Say whether a tag behind this is one for sure: in no comment, instruction, declaration or CDATA."""
    plain = before.count(b"<!") == before.count(b"<!--")
    return plain and all(before.rfind(end) >= before.rfind(start) for start, end in _ASIDES)
