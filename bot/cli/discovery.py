"""What was found at an address, in words and as JSON."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bot.cli.wording import count, shortened
from bot.feeds.discover import Discovery, FoundFeed
from bot.feeds.page import shown
from bot.feeds.pointers import Origin
from bot.model.fetch import Failed

_LONGEST_TITLE = 74  # characters: with its margin a title keeps to a line of 80
_MINUTES = "%Y-%m-%d %H:%M UTC"
_NAMED = frozenset({Origin.DECLARED, Origin.LINKED})
_UNNAMED = frozenset({Origin.USUAL, Origin.SITEMAP})


def lines(url: str, found: Discovery) -> Iterator[str]:
    """Say what was found: each feed in two lines, then what the page itself calls a feed and is none."""
    if found.itself:
        yield f"{shown(url)} is a feed:"
        yield f"  {described(found.feeds[0])}"
        return
    if found.feeds:
        yield f"{shown(url)} is a page with {count(len(found.feeds), 'feed')}:"
    for feed in found.feeds:
        yield f"  {shown(feed.url)}"
        yield f"      {described(feed)}"
    for refused in found.refused if found.feeds else ():
        if refused.origin in _NAMED:
            yield f"  no feed, but {refused.origin}: {refused.reason}"
    if found.unasked:
        yield f"  {count(found.unasked, 'more address', 'more addresses')} on the page not asked"


def described(feed: FoundFeed) -> str:
    """Describe a feed in a line."""
    told = feed.portrait
    title = f"“{shortened(told.title, _LONGEST_TITLE - 40)}”, " if told.title else ""
    newest = f", newest {told.newest.strftime(_MINUTES)}" if told.newest else ", undated" * bool(told.entries)
    language = f", {told.language}" if told.language else ""
    where = f" ({feed.origin})" if feed.origin in _UNNAMED else ""
    return f"{title}{count(told.entries, 'entry', 'entries')}{newest}{language}{where}"


def nothing(url: str, found: Discovery) -> str:
    """Say that there is no feed, and what was tried."""
    tried = "".join(f"\n  {one.origin}: {one.reason}" for one in found.refused)
    return f"{shown(url)} is a page, and no feed of it was found{'; tried:' if tried else ''}{tried}"


def answer(url: str, found: Discovery | Failed) -> dict[str, Any]:
    """Shape what was found as `--json` prints it."""
    if isinstance(found, Failed):
        refused = [{"url": shown(url), "origin": Origin.ASKED.value, "reason": found.detail}]
        return {"url": shown(url), "is_feed": False, "feeds": [], "refused": refused, "unasked": 0}
    return {
        "url": shown(url),
        "is_feed": found.itself,
        "feeds": [_feed(feed) for feed in found.feeds],
        "refused": [
            {"url": one.url, "origin": one.origin.value, "reason": one.reason} for one in found.refused
        ],
        "unasked": found.unasked,
    }


def _feed(feed: FoundFeed) -> dict[str, Any]:
    newest: datetime | None = feed.portrait.newest
    return {
        "url": shown(feed.url),
        "origin": feed.origin.value,
        "title": feed.portrait.title,
        "entries": feed.portrait.entries,
        "newest": newest.isoformat() if newest else None,
        "language": feed.portrait.language,
    }
