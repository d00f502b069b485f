"""feedparser, kept from what a feed could make it do.

Given bytes, it tries them as a file's name first: a body "/dev/zero" would be
read without end. The attributes of a tag, the length of an author and the
categories of an entry cost it the square of their number (200 kB take minutes),
and each tag 50 µs. Found by feeding it 10,000, 20,000 and 40,000 of everything.
"""

import io
from copy import deepcopy
from typing import Any
from xml.sax.expatreader import ExpatParser
from xml.sax.xmlreader import AttributesNSImpl

import feedparser
from feedparser import api, mixin
from feedparser.util import FeedParserDict

MOST_TAGS = 50_000
"""The richest real feed known here has 2,100; two thousand entries of 25 tags are as many."""
MOST_ATTRIBUTES = 100
MOST_NAMESPACES = 100
_OF_AN_ENTRY = (
    "hasContent", "incontent", "inimage", "intextinput", "inauthor", "incontributor", "inpublisher",
    "insource", "svgOK",
)  # fmt: skip
# The names, in whatever namespace, of what no story tells; a quarter of the elements of real entries.
UNTOLD = frozenset((
    "author", "category", "channelId", "comments", "commentRss", "community", "contributor", "creator",
    "credit", "duration", "email", "enclosure", "episode", "episodeType", "explicit", "keywords", "point",
    "polygon", "rating", "season", "starRating", "statistics", "subject", "thumbnail", "total", "videoId",
))  # fmt: skip
# What it raises over a <width> or <textinput> in a wrong place; the tag is passed over, not the feed.
_OF_A_TAG = (KeyError, IndexError, TypeError)


class TooManyTagsError(Exception):
    """A document has more tags than a feed can need."""


class _Bounded:
    """What both of feedparser's parsers are kept from."""

    _tags = 0
    _around: tuple[int, dict[str | None, str], dict[str, str]] | None = None

    def unknown_starttag(self, tag: str, attrs: list[tuple[str, str]]) -> None:
        """Take an element that begins; feedparser's own name for it."""
        self._tags += 1
        if self._tags > MOST_TAGS:
            raise TooManyTagsError
        try:  # noqa: SIM105 -- at each tag, contextlib.suppress is a tenth of a small document
            super().unknown_starttag(tag, attrs[:MOST_ATTRIBUTES])  # type: ignore[misc]  # the parser's
        except _OF_A_TAG:
            pass

    def unknown_endtag(self, tag: str) -> None:
        """Take an element that ends."""
        try:  # noqa: SIM105 -- as above
            super().unknown_endtag(tag)  # type: ignore[misc]  # the parser's
        except _OF_A_TAG:
            pass

    def track_namespace(self, prefix: str | None, uri: str) -> None:
        """Take a namespace; feedparser runs through all of them at every tag."""
        known = self.namespaces_in_use
        if len(known) < MOST_NAMESPACES or (prefix or "") in known:
            super().track_namespace(prefix, uri)  # type: ignore[misc]  # the parser's

    def _start_item(self: Any, attrs_d: dict[str, str]) -> None:
        """Begin an entry as if it were the first and stood alone.

        feedparser takes over into the next ones what an odd one, or the head, leaves behind: a
        base, a language, a prefix, that there was content. A picture's parts are the picture's.
        """
        self._around = len(self.basestack), self.namespacemap.copy(), self.namespaces_in_use.copy()
        self.feeddata.setdefault("image", FeedParserDict())
        for state in _OF_AN_ENTRY:
            setattr(self, state, 0)
        self._summaryKey = None
        self.contentparams.clear()
        self.sourcedata.clear()
        super()._start_item(attrs_d)  # type: ignore[misc]  # the parser's

    _start_entry = _start_item

    def _end_item(self: Any) -> None:
        """End an entry, and what it declared."""
        super()._end_item()  # type: ignore[misc]  # the parser's
        if self._around is not None:
            depth, self.namespacemap, self.namespaces_in_use = self._around
            del self.basestack[depth:], self.langstack[depth:]
            self.baseuri = self.basestack[-2] if depth > 1 else self.baseuri
            self._around = None

    _end_entry = _end_item

    def _sync_author_detail(self, *_: str) -> None:
        """Look for no mail address in an author: no story tells one."""

    def _add_tag(self, *_: str | None) -> None:
        """Keep no category, but the list where feedparser looks for them: no story tells one."""
        self._get_context().setdefault("tags", [])  # type: ignore[attr-defined]  # the parser's


class _Strict(_Bounded, api.StrictFeedParser):  # type: ignore[misc]  # it has no types
    """Passes over what an entry tells and no story does, with all that stands in it."""

    _passing = 0  # elements begun and not ended, from one that is passed over

    def startElementNS(self, name: Any, qname: Any, attrs: Any) -> None:  # noqa: ANN401, N802  SAX's name
        if self._passing:
            self._passing += 1
            return
        if name[-1] in UNTOLD and self.inentry and not self.incontent:
            self._passing = 1
            self.decls: dict[str, str] = {}
            self.elementstack.append(["", 0, []])  # takes the words
            return
        few = attrs if len(attrs) <= MOST_ATTRIBUTES else AttributesNSImpl({}, {})
        super().startElementNS(_of_two(name), qname, few)

    def endElementNS(self, name: Any, qname: Any) -> None:  # noqa: ANN401, N802  SAX's name
        if not self._passing:
            super().endElementNS(_of_two(name), qname)
            return
        self._passing -= 1
        if not self._passing:
            self.elementstack.pop()


def _of_two(name: tuple[str | None, ...]) -> tuple[str | None, str | None]:
    """Give namespace and name; SAX makes more parts of a namespace that holds blanks."""
    return (name[0], name[1]) if len(name) == 2 else (None, name[-1])  # noqa: PLR2004 -- namespace and name


class _Loose(_Bounded, api.LooseFeedParser):  # type: ignore[misc]  # it has no types
    pass


class _Reader(ExpatParser):
    """Hands words over in one piece, where feedparser does not look at the pieces: everywhere but in Atom."""

    _parser: Any  # expat's own; typeshed does not know of it

    def reset(self) -> None:
        """Begin a document."""
        super().reset()
        self._parser.StartElementHandler = self._start_root

    def _start_root(self, name: str, attrs: dict[str, str]) -> None:
        self._parser.StartElementHandler = self.start_element_ns
        self.start_element_ns(name, attrs)
        feed: Any = self.getContentHandler()
        if feed.version.startswith("rss"):
            self._parser.buffer_text = True


def create_parser() -> _Reader:
    """Make the reader of one document (the name under which `xml.sax` looks for it)."""
    return _Reader()


# `parse` looks its parsers up by these names; there is no other door.
api.StrictFeedParser, api.LooseFeedParser = _Strict, _Loose


# A dictionary's keys for which feedparser gives more than what stands there.
_OF_TWO_NAMES = frozenset(FeedParserDict.keymap) | {
    "category", "enclosures", "license", "updated", "updated_parsed",
}  # fmt: skip
_get_by_any_name = FeedParserDict.get
_join = mixin._urljoin  # noqa: SLF001


def _get(self: dict[str, Any], key: str, default: object = None) -> object:
    """Give a value as feedparser does, which asks three times, and raises and catches an error for none."""
    return _get_by_any_name(self, key, default) if key in _OF_TWO_NAMES else dict.get(self, key, default)


def _copied(self: dict[str, Any], memo: dict[int, Any]) -> FeedParserDict:
    """Copy as `copy.deepcopy` does, which goes by way of pickling where it is not told how."""
    copied = FeedParserDict()
    for key, value in self.items():
        copied[key] = value if isinstance(value, str) else deepcopy(value, memo)
    return copied


def _joined(base: str, uri: str) -> str:
    """Join addresses as feedparser does at each tag, mostly none to none."""
    return _join(base, uri) if base or uri else ""


# Known to give the same (tests/feeds/test_parser.py), and nearly half of the time of a small document.
FeedParserDict.get, FeedParserDict.__deepcopy__, mixin._urljoin = _get, _copied, _joined  # noqa: SLF001
# As a list, since a sign that a dictionary lacks costs an error; the scripts behind it are few.
mixin._cp1252 = [mixin._cp1252.get(sign, sign) for sign in range(0x3000)]  # noqa: SLF001
# The one that it prefers is not installed; looking for it at every document is a fifth of a small one.
api.PREFERRED_XML_PARSERS = [__name__]


def parsed(body: bytes, content_type: str) -> feedparser.FeedParserDict:
    """Parse a document; raises whatever feedparser raises, and `TooManyTagsError`."""
    declared = body.partition(b">")[0].lower() + content_type.lower().encode(errors="replace")
    if b"punycode" in declared:
        # Python knows it as an encoding of documents, too, and takes hours for ten megabytes.
        raise LookupError("punycode")
    # No content-location: with it, feedparser joins URLs at every tag (a fifth of the
    # time). Both flags cost half of the time: markup is dropped by Draht anyway.
    headers = {"content-type": content_type}
    document = io.BytesIO(body)
    return feedparser.parse(
        document, response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
