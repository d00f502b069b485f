"""When two entries are one story: guid, else canonical link, else title and day.

A guid or link that one document gives to entries with different titles
identifies nothing and is passed over.
"""

import re
from collections.abc import Sequence
from datetime import date
from urllib.parse import unquote

from bot.feeds.entry import Entry
from bot.feeds.links import canonical_link, google_news_target
from bot.model.story import derived_id
from bot.text.fold import fold

_UUID = re.compile(
    r"(?:urn:uuid:)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})", re.IGNORECASE
)
_WORLDWIDE = re.compile(r"(?:tag|urn):\S+", re.IGNORECASE)
_GOOGLE_NEWS = re.compile(r"CBM[\w-]{20,}={0,2}")
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)
_TITLE_OF_UNTITLED = 200
# Words survive every way of writing an address: escaped, relative, within another one.
_WORD = re.compile(r"[a-z0-9_-]+")
_MOST_WORDS = 12

Key = tuple[str, ...]


def identities(entries: Sequence[Entry], days: Sequence[date | None], feed: str) -> tuple[str, ...]:
    """Give each entry's identity; `days` are the days that the entries tell, `feed` is its URL."""
    guids, links = _keys(entries, feed)
    telling_guids, telling_links = _telling(entries, guids), _telling(entries, links)

    def key(entry: Entry, day: date | None, guid: Key, link: Key) -> Key:
        if guid in telling_guids:
            return guid
        if link in telling_links:
            return link
        return "title", feed, _name(entry), day.isoformat() if day else ""

    told = map(key, entries, days, guids, links)
    return tuple(derived_id("story", *one) for one in told)


def apart_from(others: Sequence[bytes], around: bytes, entries: Sequence[Entry], feed: str) -> bool:
    """Say whether entries have the identities that they would have beside those of other raw blocks.

    `others` is markup in small letters, `around` what its relative links count
    from. An identity is another one beside them where one of them has the same
    guid or link, and so holds every word of it that is not already `around`.
    """
    guids, links = _keys(entries, feed)
    telling_guids, telling_links = _telling(entries, guids), _telling(entries, links)
    together = b"\n".join(others)
    # Signs of a word that need no escape, and some give one; one sign is sought faster than three.
    if b"%" in together and (b"%2d" in together or b"%5f" in together):
        others = [block.replace(b"%2d", b"-").replace(b"%5f", b"_") for block in others]
        together = b"\n".join(others)
    for entry, guid, link in zip(entries, guids, links, strict=True):
        needed = [guid] if guid in telling_guids else [guid, link] if link in telling_links else []
        if needed and _GOOGLE_NEWS.fullmatch(entry.guid):
            needed.append(("guid", entry.guid))  # no block spells out the address within it
        if not needed or any(key and _may_hold(_words(key, around), others, together) for key in needed):
            return False
    return True


def _words(key: Key, around: bytes) -> list[bytes]:
    words = sorted(set(_WORD.findall(unquote(key[-1]).lower())), key=_telltale, reverse=True)
    return [needle for word in words if (needle := word.encode()) not in around][:_MOST_WORDS]


def _may_hold(needles: Sequence[bytes], blocks: Sequence[bytes], together: bytes) -> bool:
    if needles and needles[0] not in together:
        return False
    return any(all(needle in block for needle in needles) for block in blocks)


def _telltale(word: str) -> tuple[bool, int]:
    """Order words by how few other addresses hold them: numbers and long ones first."""
    return any(map(str.isdigit, word)), len(word)


def _keys(entries: Sequence[Entry], feed: str) -> tuple[list[Key], list[Key]]:
    """Give what the guids and the links of entries stand for."""
    return [_guid_key(entry.guid, feed) for entry in entries], [_link_key(entry) for entry in entries]


def _telling(entries: Sequence[Entry], keys: Sequence[Key]) -> frozenset[Key]:
    """Give the keys that stand for one title each, the empty key left out."""
    names: dict[Key, str] = {}
    ambiguous: set[Key] = set()
    for entry, key in zip(entries, keys, strict=True):
        name = _name(entry)
        if names.setdefault(key, name) != name:
            ambiguous.add(key)
    return frozenset(names) - ambiguous - {()}


def _guid_key(guid: str, feed: str) -> Key:
    """Tell a guid of worldwide form, the same in every feed, from one that counts only in its own."""
    if _WEB.fullmatch(guid):
        return "link", canonical_link(guid)
    if _GOOGLE_NEWS.fullmatch(guid) is not None:
        return "link", canonical_link(google_news_target(guid) or f"https://news.google.com/articles/{guid}")
    if (uuid := _UUID.fullmatch(guid)) is not None:
        return "uuid", uuid[1].lower()
    if _WORLDWIDE.fullmatch(guid):
        return "guid", guid
    return ("guid", feed, guid) if guid else ()


def _link_key(entry: Entry) -> Key:
    return ("link", canonical_link(entry.url)) if entry.url else ()


def _name(entry: Entry) -> str:
    return fold(entry.title or entry.text[:_TITLE_OF_UNTITLED])
