"""RSS, RDF and Atom through feedparser → the entries of a document, those seen before left out."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import feedparser

from bot.feeds.cut import Blocks, Span, blocks_of
from bot.feeds.entry import Entry, Raw, read_entry
from bot.feeds.identity import apart_from
from bot.feeds.page import Page
from bot.feeds.parser import TooManyTagsError, parsed
from bot.feeds.preamble import lean
from bot.feeds.reading import BEYOND, BROKEN, CUT_OFF, MOST_ENTRIES, Reading, told
from bot.feeds.refusals import refused_after_reading
from bot.feeds.repair import (
    Document,
    around_entries,
    cut_off,
    well_formed,
    with_most_entries,
    without_impossible_references,
)
from bot.feeds.wishes import wishes_of
from bot.model.fetch import Failed, Refusal

# Each is compared with each other block; with more, a whole reading costs no more.
_MOST_FRESH = 100
_BASE = re.compile(rb"base\s*=\s*[\"']([^\"']{0,2000})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Parsed:
    entries: tuple[Raw, ...]
    version: str
    language: str
    fault: Exception | None


def read_syndicated(page: Page, document: Document, seen: bytes, feed: str) -> Reading | Failed:
    """Read a document; `seen` are the digests of the blocks that need not be read, `feed` is its URL."""
    blocks = blocks_of(document.body, MOST_ENTRIES) if page.whole else None
    try:
        reading = _news(page, document, blocks, seen, feed) if blocks and seen else None
        return reading or _whole(page, document, blocks)
    except TooManyTagsError:
        return Failed(Refusal.TOO_LARGE, f"{page.url} has more tags than a feed may have")
    except Exception as fault:  # noqa: BLE001 -- feedparser lets faults of any class through; one feed's must stay its own
        return Failed(Refusal.NOT_A_FEED, f"{page.url} cannot be parsed: {type(fault).__name__}")


def _news(page: Page, document: Document, blocks: Blocks, seen: bytes, feed: str) -> Reading | None:
    """Read the unseen blocks; None where what they tell could depend on the others."""
    fresh = blocks.unseen(seen)
    if not fresh:
        return _reading(page, (), "", Counter(), blocks)
    if len(fresh) == len(blocks.spans) or len(fresh) > _MOST_FRESH:
        return None
    cut = _cut(document, blocks, fresh)
    if cut is None or len((read := _parse(cut)).entries) != len(fresh):
        return None
    skipped: Counter[str] = Counter()
    entries = tuple(_readable(read.entries, page.url, skipped))
    bases = b" ".join((page.url.encode(errors="replace"), *_BASE.findall(blocks.head)))
    if not apart_from(blocks.others(fresh), bases.lower(), entries, feed):
        return None
    return _reading(page, entries, read.language, skipped, blocks)


def _cut(document: Document, blocks: Blocks, fresh: tuple[Span, ...]) -> Document | None:
    """Leave fresh blocks of a document; None where feedparser would read them otherwise.

    Its loose parser reads sound items, too, a little differently, and takes what a
    torn item leaves open into the next one.
    """
    if well_formed(document):
        return Document(blocks.only(fresh, lean(blocks.head)), document.content_type)
    cut = Document(blocks.only(fresh, blocks.head), document.content_type)
    return cut if well_formed(document, but_for_entities=True) and not well_formed(cut) else None


def _whole(page: Page, document: Document, blocks: Blocks | None) -> Reading | Failed:
    body, beyond = (document.body, 0) if blocks else with_most_entries(document.body, MOST_ENTRIES)
    read = _parse(Document(body, document.content_type))
    severed = (read.fault is not None or not page.whole) and not blocks and cut_off(page.body)
    raw = read.entries[:-1] if severed else read.entries
    if not raw and (refusal := refused_after_reading(page, read.version, read.fault)) is not None:
        return refusal
    skipped = Counter({CUT_OFF: int(severed), BEYOND: beyond})
    entries = tuple(_readable(raw, page.url, skipped))
    if blocks and len(blocks.spans) == len(raw):
        return _reading(page, entries, read.language, skipped, blocks)
    head, tail = around_entries(document.body)
    return Reading(
        entries,
        read.language,
        wishes_of(head, tail, page.fresh_for),
        tuple((+skipped).items()),
        count=len(raw) + beyond,
        whole=not severed,
    )


def _reading(
    page: Page, entries: tuple[Entry, ...], language: str, skipped: Counter[str], blocks: Blocks
) -> Reading:
    return Reading(
        entries,
        language,
        wishes_of(blocks.head, blocks.tail, page.fresh_for),
        tuple((+skipped).items()),
        count=len(blocks.spans),
        blocks=b"".join(blocks.marks),
    )


def _parse(document: Document) -> _Parsed:
    try:
        result = parsed(document.body, document.content_type)
    except (ValueError, OverflowError):
        result = parsed(without_impossible_references(document.body), document.content_type)
    fault = result.get("bozo_exception") if result.get("bozo") else None
    return _Parsed(
        entries=tuple(result.entries),
        version=result.get("version") or "",
        language=str(dict.get(result.feed, "language") or ""),
        fault=fault if isinstance(fault, Exception) and not _harmless(fault) else None,
    )


def _harmless(fault: Exception) -> bool:
    return isinstance(fault, feedparser.NonXMLContentType | feedparser.CharacterEncodingOverride)


def _readable(raw: Sequence[Raw], base: str, skipped: Counter[str]) -> Iterator[Entry]:
    for one in raw:
        try:
            entry = read_entry(one, base)
        except (ValueError, TypeError, LookupError, AttributeError, OverflowError):
            skipped[BROKEN] += 1
            continue
        if told(entry, skipped):
            yield entry
