"""What `draht explain` is asked about: an address, a file or standard input → stories."""

import asyncio
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from html import unescape
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.articles import Article, extract
from bot.assembly import configured, fetched, watching
from bot.cli.findings import existing
from bot.cli.jsonl import StoryFile
from bot.configuration import Watching
from bot.errors import InputError, StateError, UsageError
from bot.model.feed import Feed, FeedList
from bot.model.fetch import Failed, Modified, Refusal
from bot.model.story import Story, derived_id
from bot.settings import Settings
from bot.storage import Reading
from bot.text.hosts import host_of, site_of

LARGEST = 10_000_000  # bytes, as for a feed (DESIGN.md §6)
# Characters, as for the stories of a feed.
_LONGEST_TITLE, _LONGEST_TEXT = 1_000, 100_000
# A text may begin with a brace or an angle bracket too.
_JSON = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*["}]')
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<[!?a-zA-Z]")
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Asking:
    """Under which watch-list, beside which feeds and when something is asked."""

    watching: Watching
    feeds: FeedList
    now: datetime

    @property
    def zone(self) -> ZoneInfo:
        """The watch-list's zone."""
        return ZoneInfo(self.watching.watchlist.timezone)


def asking_about(subject: str, settings: Settings, now: datetime) -> Asking:
    """Read the configuration that a question needs: feeds.yaml only for an address."""
    if _is_address(subject):
        configuration = configured(settings)
        return Asking(configuration, configuration.feeds, now)
    return Asking(watching(settings), FeedList(()), now)


def recalled(subject: str, settings: Settings) -> Reading | None:
    """Give what the store knows of the story with this address or id; None where it knows nothing."""
    try:
        with existing(settings) as store:
            return store.history.reading(subject)
    except StateError:
        return None


def stories(subject: str, asking: Asking) -> Iterable[Story]:
    """Give the stories to explain: of a page, a feed, JSON lines, HTML or plain text.

    Any text is one, an empty one too; raises `InputError` where an address has none,
    and behind the good stories of JSON lines where others are bad.
    """
    if not subject:
        raise UsageError("there is nothing to explain: name an address, a file or -")
    found = _from_address(subject, asking) if _is_address(subject) else _from_content(subject, asking)
    if not found:
        raise InputError(f"{subject} holds no story")
    return found


def _is_address(subject: str) -> bool:
    return subject.lower().startswith(("http://", "https://"))


def _from_content(subject: str, asking: Asking) -> Iterable[Story]:
    content = _read(subject)
    if _JSON.match(content):
        return _from_json(subject, content, asking)
    article = extract(content) if _MARKUP.match(content) else None
    return (_story(article or _as_text(content), subject, None, asking),)


def _from_address(url: str, asking: Asking) -> tuple[Story, ...]:
    known = next((feed for feed in asking.feeds.feeds if feed.url == url), None)
    feed = known or Feed(url, host_of(url) or url)
    page, found = asyncio.run(fetched(feed, asking.feeds.allow_private, asking.zone.key))
    match found:
        case Modified():
            return found.stories
        case Failed(refusal=Refusal.HTML) if page is not None:
            return _from_page(page, url, url, asking)
        case Failed():
            raise InputError(found.detail)
    raise InputError(f"{url} has nothing to read")


def _read(path: str) -> bytes:
    try:
        if path == "-":
            return sys.stdin.buffer.read(LARGEST)
        with Path(path).open("rb") as file:
            return file.read(LARGEST)
    except OSError as error:
        hint = "" if Path(path).exists() else "; an address begins with http:// or https://"
        raise InputError(f"{path} cannot be read: {error.strerror}{hint}") from error


def _from_json(path: str, content: bytes, asking: Asking) -> Iterator[Story]:
    file = StoryFile(path, asking.zone, asking.now, content)
    yield from (record.story for record in file)
    file.raise_faults()


def _from_page(content: bytes, name: str, url: str | None, asking: Asking) -> tuple[Story, ...]:
    article = extract(content, url)
    if article is None:
        raise InputError(f"{name} holds no article that can be found")
    return (_story(article, name, url, asking),)


def _as_text(content: bytes) -> Article:
    """Take content as it stands, without tags: the first line is the title, unless it is a text by itself."""
    whole = content.decode("utf-8", errors="replace").removeprefix("\ufeff")
    if _MARKUP.match(content):
        whole = unescape(_TAG.sub(" ", whole))
    whole = whole.strip()
    title, _, text = whole.partition("\n")
    return (
        Article("", whole, None)
        if len(title) > _LONGEST_TITLE
        else Article(title.strip(), text.strip(), None)
    )


def _story(article: Article, name: str, url: str | None, asking: Asking) -> Story:
    """Make a story of an article; one that tells no day counts as published now."""
    day = article.published or asking.now.astimezone(asking.zone).date()
    return Story(
        id=derived_id("explained", name),
        feed=name,
        source=site_of(url) or name,
        url=url,
        title=article.title[:_LONGEST_TITLE],
        text=article.text[:_LONGEST_TEXT],
        language=article.language,
        country=None,
        instant=datetime.combine(day, time(12), UTC) if article.published else asking.now,
        day=day,
    )
