"""What a feed says of itself, for a person who chooses among feeds."""

import json
import re
from dataclasses import dataclass
from datetime import datetime

from bot.feeds.languages import language_of
from bot.feeds.markup import one_line
from bot.feeds.page import Page
from bot.feeds.parser import parsed
from bot.feeds.repair import document
from bot.model.fetch import Modified

_HEAD = 65_536  # bytes; what a feed says of itself stands before its entries
_LONGEST_TITLE = 200
_NEWS_NAME = re.compile(rb"<news:name>\s*([^<]{1,200})")


@dataclass(frozen=True, slots=True)
class Portrait:
    """A feed's title ("" where it has none), how much it holds, its latest date, its declared language."""

    title: str
    entries: int
    newest: datetime | None
    language: str | None


def portrait(page: Page, read: Modified) -> Portrait:
    """Describe a feed that was read."""
    title, declared = _json_head(page) if page.body.lstrip()[:1] == b"{" else _xml_head(page)
    dated = [story.instant for story in read.stories if story.dated]
    languages = [story.language for story in read.stories if story.language]
    return Portrait(
        title=one_line(title, _LONGEST_TITLE),
        entries=read.entries or len(read.stories),
        newest=read.newest or max(dated, default=None),
        language=language_of(declared) or next(iter(languages), None),
    )


def _xml_head(page: Page) -> tuple[str, str]:
    doc = document(page.body[:_HEAD], page.content_type)
    try:
        feed = parsed(doc.body, doc.content_type).feed
    except Exception:  # noqa: BLE001 -- feedparser lets faults of any class through, and the feed was read already
        return "", ""
    news = _NEWS_NAME.search(page.body[:_HEAD])
    title = str(dict.get(feed, "title") or "") or (news[1].decode(errors="replace") if news else "")
    return title, str(dict.get(feed, "language") or "")


def _json_head(page: Page) -> tuple[str, str]:
    try:
        told = json.loads(page.body)
    except (ValueError, RecursionError):
        return "", ""
    return (
        (str(told.get("title") or ""), str(told.get("language") or ""))
        if isinstance(told, dict)
        else ("", "")
    )
