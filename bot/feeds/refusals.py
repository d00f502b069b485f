"""Why a body is not a feed: the true reason, for the operator."""

import re

from bot.feeds.markup import one_line
from bot.feeds.page import Page
from bot.feeds.repair import cut_off
from bot.model.fetch import Failed, Refusal

_HEAD = 4_000
_LONGEST_TITLE = 200
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_TITLE = re.compile(rb"<title[^>]*>([^<]{1,200})", re.IGNORECASE)
_ROOT = re.compile(rb"<([A-Za-z_][\w:.-]{0,60})")


def refused_before_reading(page: Page) -> Failed | None:
    """Refuse what no reader need look at."""
    head = page.body[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    if not head and not page.whole:
        return Failed(Refusal.TRUNCATED, f"{page.url} broke off before anything could be read")
    if not head:
        return Failed(Refusal.EMPTY, f"{page.url} answered with an empty body")
    return None


def refused_after_reading(page: Page, version: str, fault: Exception | None) -> Failed | None:
    """Say why a document without entries is no feed; None where it is a feed without news.

    `version` is the feed format that feedparser recognised, `fault` what it stumbled over.
    """
    if type(fault).__name__ == "CharacterEncodingUnknown":
        return Failed(Refusal.BAD_ENCODING, f"{page.url} is in no encoding that can be read")
    if not page.whole or (version and cut_off(page.body)):
        return Failed(Refusal.TRUNCATED, f"{page.url} breaks off before its first entry is complete")
    if version:
        return (
            Failed(Refusal.NO_ENTRIES, f"{page.url} is damaged and holds no entry: {fault}")
            if fault
            else None
        )
    if _HTML.search(page.body[:_HEAD]):
        return Failed(Refusal.HTML, f"{page.url} is a web page{_titled(page.body)}, not a feed")
    root = _ROOT.search(page.body[:_HEAD])
    kind = f"a document of <{root[1].decode('ascii')}>" if root else "not XML"
    return Failed(Refusal.NOT_A_FEED, f"{page.url} is {kind}, not a feed")


def _titled(body: bytes) -> str:
    title = _TITLE.search(body[: 10 * _HEAD])
    words = one_line(title[1].decode(errors="replace"), _LONGEST_TITLE) if title else ""
    return f" (“{words}”)" if words else ""
