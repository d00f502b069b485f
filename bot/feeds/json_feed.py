"""JSON Feed (jsonfeed.org, versions 1 and 1.1) → the entries that any feed tells.

Bounded before it is parsed: a value of two bytes takes Python sixty, and one
inside another takes a frame of the stack.
"""

import html
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from bot.feeds.entry import LONGEST_TEXT, LONGEST_TITLE, Entry, WrittenDate, web_url
from bot.feeds.languages import language_of
from bot.feeds.markup import one_line, plain
from bot.feeds.page import Page
from bot.feeds.reading import BEYOND, BROKEN, CUT_OFF, MOST_ENTRIES, Reading, told
from bot.feeds.wishes import wishes_of
from bot.model.fetch import Failed, Refusal

# Two thousand items of thirty values have 60,000; commas within texts count, too.
MOST_VALUES = 500_000
# JSON can write characters that no XML can hold, and that no database takes.
_NO_LETTERS = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
# Numbers stay as written, for an id is a name and some have thousands of digits.
_READER = json.JSONDecoder(strict=False, parse_int=str, parse_float=str, parse_constant=str)
_ITEMS = re.compile(r'"items"\s*:\s*\[')
_GAP = re.compile(r"[\s,]*")
# What only a feed's items have.
_TELLING = frozenset({"content_html", "content_text", "date_published", "external_url"})

Members = Mapping[str, object]


def looks_like_json(body: bytes) -> bool:
    """Say whether a body begins as a JSON document."""
    return body[:100].lstrip(b"\xef\xbb\xbf \t\r\n\x00").startswith((b"{", b"["))


def read_json_feed(page: Page, body: bytes) -> Reading | Failed:
    """Read a JSON Feed (`body` is in UTF-8); refuse JSON that is none, or is too much of it."""
    if sum(map(body.count, (b"{", b"[", b","))) > MOST_VALUES:
        return Failed(Refusal.TOO_LARGE, f"{page.url} has more JSON values than a feed may have")
    text = body.decode(errors="replace").lstrip("\ufeff")
    try:
        document, whole = _document(text)
    except RecursionError:
        return Failed(Refusal.TOO_LARGE, f"{page.url} is JSON nested deeper than any feed")
    except ValueError as fault:
        if not page.whole:
            return Failed(Refusal.TRUNCATED, f"{page.url} breaks off before its first entry is complete")
        return Failed(Refusal.NOT_A_FEED, f"{page.url} is damaged JSON, not a feed: {fault}")
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(document, dict) or not isinstance(items, list) or not _a_feed(document, items, page):
        return Failed(Refusal.NOT_A_FEED, f"{page.url} is JSON, not a feed")
    skipped: Counter[str] = Counter({BEYOND: max(0, len(items) - MOST_ENTRIES), CUT_OFF: int(not whole)})
    entries = tuple(_entries(items[:MOST_ENTRIES], page.url, skipped))
    return Reading(
        entries=entries,
        language=_words(document, "language"),
        wishes=wishes_of(b"", b"", page.fresh_for),
        skipped=tuple((+skipped).items()),
        count=len(items),
        whole=whole,
    )


def _document(text: str) -> tuple[object, bool]:
    """Parse a document, or what stands before its first damaged item; say whether it is whole."""
    try:
        return _READER.decode(text), True
    except ValueError:
        items = _ITEMS.search(text)
        end = _last_sound(text, items.end()) if items else 0
        if not items or end == items.end():
            raise
        return _READER.decode(f"{text[:end]}]}}"), False


def _last_sound(text: str, start: int) -> int:
    """Find where the last sound item of a list ends."""
    end = start
    with suppress(ValueError):
        while (gap := _GAP.match(text, end)) is not None:
            _, end = _READER.raw_decode(text, gap.end())
    return end


def _a_feed(document: Members, items: Sequence[object], page: Page) -> bool:
    named = "jsonfeed.org" in _words(document, "version").lower() or "feed_url" in document
    return (
        named
        or "feed+json" in page.content_type.lower()
        or any(isinstance(item, dict) and not _TELLING.isdisjoint(item) for item in items)
    )


def _entries(items: Sequence[object], base: str, skipped: Counter[str]) -> Iterator[Entry]:
    for item in items:
        if not isinstance(item, dict):
            skipped[BROKEN] += 1
        elif told(entry := _entry(item, base), skipped):
            yield entry


def _entry(item: Members, base: str) -> Entry:
    texts = (
        plain(_words(item, "content_html"), LONGEST_TEXT),
        plain(html.escape(_words(item, "content_text"), quote=False), LONGEST_TEXT),
        plain(_words(item, "summary"), LONGEST_TEXT),
    )
    dates = (_name(item, "date_published"), _name(item, "date_modified"))
    return Entry(
        guid=_name(item, "id"),
        url=web_url(_name(item, "url"), base) or web_url(_name(item, "external_url"), base),
        title=one_line(_words(item, "title"), LONGEST_TITLE),
        text=max(texts, key=len),
        dates=tuple(WrittenDate(written) for written in dates if written),
        language=language_of(_words(item, "language")),
    )


def _name(members: Members, name: str) -> str:
    return _NO_LETTERS.sub("", _words(members, name)).strip()


def _words(members: Members, name: str) -> str:
    value = members.get(name)
    return value if isinstance(value, str) else ""
