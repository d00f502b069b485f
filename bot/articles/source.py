"""The port `ArticleSource` over HTTP: robots.txt, the page, what it says.

URL → may we? → page → (wall?) → article → Visit
"""

import asyncio
import codecs
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from urllib.parse import urlsplit

from bot.articles.article import extract, is_readable
from bot.articles.head import declared
from bot.articles.robots import Leave, Robots
from bot.articles.walls import wall
from bot.feeds.addresses import AddressPolicy
from bot.feeds.fetch import DEFAULT_LIMITS, Fetcher, Limits
from bot.feeds.page import Ask, Page, shown
from bot.feeds.source import user_agent
from bot.model.article import Article, PageOutcome, Visit
from bot.model.fetch import Failed, Refusal, Unchanged
from bot.text.hosts import host_of

WORKERS = 20
_HTML = ("text/html", "application/xhtml+xml", "")
_LONGEST_TITLE, _LONGEST_TEXT = 1_000, 100_000  # characters, as for the stories of a feed
# Python knows them as encodings of text; ten megabytes of punycode take it hours.
_NO_CHARSETS = frozenset({"punycode", "idna"})
# A fault of the server's or of the network may pass; these will not.
_LASTING = frozenset(
    {
        Refusal.PRIVATE_ADDRESS,
        Refusal.BAD_ADDRESS,
        Refusal.TOO_LARGE,
        Refusal.TOO_MANY_REDIRECTS,
        Refusal.GONE,
    }
)
_SAID = {
    PageOutcome.PAYWALL: "is behind a paywall",
    PageOutcome.CONSENT: "asks for consent in place of the article",
    PageOutcome.CHALLENGE: "takes Draht for a bot",
    PageOutcome.NO_ARTICLE: "is an error page",
}


class _Way:
    """A way to pages: who asks for them, and what their sites' robots.txt say."""

    def __init__(self, allow_private: Sequence[str], limits: Limits) -> None:
        self.fetcher = Fetcher(WORKERS, user_agent(), AddressPolicy.of(allow_private), limits)
        self.robots = Robots(self.fetcher)


class HttpArticleSource:
    """Reads pages over HTTP with the limits of feeds; build it once and close it at the end.

    The networks of `allow_private` are for feeds: of pages only those reach them
    that lie on their own feed's host. Elsewhere a hostile feed names the address.
    """

    def __init__(self, allow_private: Sequence[str] = (), limits: Limits = DEFAULT_LIMITS) -> None:
        self._abroad = _Way((), limits)
        self._at_home = _Way(allow_private, limits)
        # A thread of its own: however wild its pages, the reading of stories waits for none of them.
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="pages")

    async def close(self) -> None:
        """Close all connections."""
        self._reader.shutdown(wait=False, cancel_futures=True)
        await self._abroad.fetcher.close()
        await self._at_home.fetcher.close()

    async def visit(self, url: str, now: datetime, feed: str) -> Visit:
        """Read a page that a feed names once; every fault comes back as a `Visit`, none is raised."""
        way = self._at_home if host_of(url) == host_of(feed) else self._abroad
        try:
            return await self._visit(url, now, way)
        except Exception as fault:  # noqa: BLE001 -- a fault of Draht's own in one page must not stop the others
            return Visit(
                PageOutcome.FAILED, f"{shown(url)} could not be read: {type(fault).__name__} inside Draht"
            )

    async def _visit(self, url: str, now: datetime, way: _Way) -> Visit:
        if (leave := await way.robots.leave(url, now)) is not Leave.GIVEN:
            return _without_leave(url, leave)
        match await way.fetcher.get(Ask(url, now)):
            case Page() as page:
                return await self._read(page, url, now, way)
            case Failed() as failed:
                return _failed(failed)
            case Unchanged():
                return Visit(PageOutcome.FAILED, f"{shown(url)} answered 304 without being asked")

    async def _read(self, page: Page, url: str, now: datetime, way: _Way) -> Visit:
        """Read a page, if the site where redirects led to lets it be read as well."""
        moved = page.url != shown(url)
        if moved and (leave := await way.robots.leave(page.url, now)) is not Leave.GIVEN:
            return _without_leave(page.url, leave)
        return await asyncio.get_running_loop().run_in_executor(self._reader, read, page, url)


def _without_leave(url: str, leave: Leave) -> Visit:
    if leave is Leave.UNKNOWN:
        detail = f"{shown(url)} was not asked for: the robots.txt of its site cannot be read"
        return Visit(PageOutcome.FAILED, detail, again=True)
    return Visit(PageOutcome.ROBOTS, f"{shown(url)} may not be read by programs, its site's robots.txt says")


_WALLS = {Refusal.BLOCKED: PageOutcome.CHALLENGE, Refusal.CONSENT: PageOutcome.CONSENT}


def _failed(failed: Failed) -> Visit:
    if (standing := _WALLS.get(failed.refusal)) is not None:
        return Visit(standing, failed.detail)
    again = failed.refusal not in _LASTING and not (failed.status and _is_for_good(failed.status))
    return Visit(
        PageOutcome.FAILED, failed.detail, again=again, retry_after=failed.retry_after, busy=failed.busy
    )


def _is_for_good(status: int) -> bool:
    """Whether a status will be the same next time: a client's fault, but for "later" and "too many"."""
    return 400 <= status < 500 and status not in {408, 425, 429}  # noqa: PLR2004  HTTP's own numbers


def read(page: Page, asked: str) -> Visit:
    """Say what a page is and what it says; takes up to some seconds."""
    where = page.url
    if page.content_type.partition(";")[0].strip().lower() not in _HTML:
        return Visit(PageOutcome.NO_ARTICLE, f"{where} is no page but {page.content_type[:60]}")
    if not is_readable(page.body):
        return Visit(PageOutcome.NO_ARTICLE, f"{where} is built too wildly to be read")
    head = declared(page.body)
    article = extract(_decoded(page, head.charset), where)
    if (standing := wall(where, page.body, head, article)) is not None:
        return Visit(standing, f"{where} {_SAID[standing]}")
    if _is_front_page(where) and not _is_front_page(asked):
        return Visit(
            PageOutcome.ELSEWHERE, f"{shown(asked)} leads to the front page of {urlsplit(where).netloc}"
        )
    if article is None or not article.text:
        return Visit(PageOutcome.NO_ARTICLE, f"{where} holds no article that can be found")
    text = article.text[:_LONGEST_TEXT]
    return Visit(
        PageOutcome.READ,
        article=Article(article.title[:_LONGEST_TITLE], text, article.published, article.language),
    )


def _decoded(page: Page, declared_charset: str | None) -> bytes | str:
    """Decode as UTF-8 where it is, else as server or page says; trafilatura guesses where neither is true.

    Servers call whatever they have by the charset that they were set up with.
    """
    told = page.content_type.partition("charset=")[2].split(";")[0].strip(" \"'")
    proven = () if page.body.isascii() else ("utf-8",)
    for charset in filter(None, (*proven, told, declared_charset)):
        try:
            if codecs.lookup(charset).name not in _NO_CHARSETS:
                return page.body.decode(charset)
        except (LookupError, UnicodeError):
            continue
    return page.body


def _is_front_page(url: str) -> bool:
    path = urlsplit(url).path.strip("/").lower()
    return (
        path in {"", "index.html", "index.htm", "index.php", "home", "en", "de"} and not urlsplit(url).query
    )
