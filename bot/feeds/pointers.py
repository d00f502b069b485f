"""What a web page and its site point to that may be a feed. Pure: nothing is asked here.

page of HTML → declared (<link rel="alternate">) · linked (<a href>)
its host     → the usual places · robots.txt → news sitemaps
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from lxml import etree, html

from bot.feeds.links import without_feed_scheme
from bot.feeds.page import Page
from bot.text.hosts import host_of

TELEGRAM = "Telegram's channel previews are web pages for people, which Draht does not scrape"
_TELEGRAM_HOSTS = frozenset({"t.me", "telegram.me", "telegram.dog"})

_LARGEST_PAGE = 2_000_000  # bytes read of a page: links to feeds stand in its head or its foot
_MOST_ELEMENTS = 20_000
_LARGEST_ROBOTS = 500_000  # bytes, Google's own limit
_LONGEST_URL = 2_000
_MOST_SITEMAPS = 3

_FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"}
)
# Types that other things have too: what is declared so must look like a feed besides.
_VAGUE_TYPES = frozenset({"application/xml", "text/xml", "application/json"})
_FEED_WORD = re.compile(r"(?<![a-z])(?:rss\d{0,2}|atom|feeds?|rdf)(?![a-z])", re.IGNORECASE)
_FEED_HOST = re.compile(r"(?:feeds?|rss)\d?\.", re.IGNORECASE)
_NO_FEED = re.compile(r"\.(?:html?|png|jpe?g|gif|svg|ico|css|m?js|pdf|mp3|mp4|zip)$", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_NEWS = re.compile(r"news", re.IGNORECASE)
_ROBOT = "Draht"

# The addresses that publishing systems give their feeds: WordPress, Drupal, Ghost, Jekyll, Hugo, Pelican.
_USUAL = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feeds/all.atom.xml")
_USUAL_SITEMAP = "/news-sitemap.xml"


class Origin(StrEnum):
    """Why an address may be a feed; the words appear in `draht feeds discover --json`."""

    ASKED = "asked for"
    DECLARED = "declared"
    LINKED = "linked"
    USUAL = "usual place"
    SITEMAP = "news sitemap"


@dataclass(frozen=True, slots=True)
class Pointer:
    """An address that may be a feed."""

    url: str
    origin: Origin


def is_telegram(url: str) -> bool:
    """Whether an address is one of Telegram's own pages about channels (t.me/s/…)."""
    return host_of(url).removeprefix("www.") in _TELEGRAM_HOSTS


def pointers(page: Page) -> tuple[Pointer, ...]:
    """Give what a page of HTML declares or links as a feed, declared first, each address once."""
    root = _root(page)
    if root is None:
        return ()
    base = _base(root, page.url)
    found = [*_declared(root, base), *_linked(root, base, host_of(page.url))]
    unique: dict[str, Pointer] = {}
    for pointer in found:
        if not is_telegram(pointer.url):
            unique.setdefault(pointer.url, pointer)
    return tuple(unique.values())


def usual_places(url: str) -> tuple[Pointer, ...]:
    """Give where feeds usually are on the host of a page."""
    return tuple(Pointer(urljoin(url, path), Origin.USUAL) for path in _USUAL)


@dataclass(frozen=True, slots=True)
class Robots:
    """What a site's robots.txt says; one that cannot be had allows everything and names nothing."""

    rules: RobotFileParser

    @classmethod
    def of(cls, page: Page | None) -> "Robots":
        """Read robots.txt as it came."""
        lines = page.body[:_LARGEST_ROBOTS].decode("utf-8-sig", errors="replace").splitlines() if page else []
        try:
            rules = RobotFileParser()
            rules.parse(lines)
        except ValueError:
            rules = RobotFileParser()
            rules.parse([])
        return cls(rules)

    def allow(self, url: str) -> bool:
        """Say whether an address that nobody gave may be tried."""
        return self.rules.can_fetch(_ROBOT, url)

    def news_sitemaps(self, url: str) -> tuple[Pointer, ...]:
        """Give the sitemaps for news that are named, else the usual place on the host of a page."""
        named = [
            address
            for address in dict.fromkeys(self.rules.site_maps() or ())
            if _NEWS.search(urlsplit_path(address)) and _address(url, address)
        ]
        addresses = named[:_MOST_SITEMAPS] or [urljoin(url, _USUAL_SITEMAP)]
        return tuple(Pointer(address, Origin.SITEMAP) for address in addresses)


def urlsplit_path(url: str) -> str:
    """Give path and query of an address; "" of what is none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _root(page: Page) -> html.HtmlElement | None:
    charset, body = _CHARSET.search(page.content_type), page.body[:_LARGEST_PAGE]
    for encoding in ("utf-8" if _proves_utf_8(body) else charset[1] if charset else None, None):
        try:
            parser = html.HTMLParser(encoding=encoding, no_network=True, remove_comments=True)
            root: html.HtmlElement | None = html.document_fromstring(body, parser)
        except (etree.ParserError, etree.XMLSyntaxError, LookupError, ValueError):
            continue
        return root
    return None


def _proves_utf_8(body: bytes) -> bool:
    try:
        return not body.isascii() and bool(body.decode())
    except UnicodeDecodeError:
        return False


def _base(root: html.HtmlElement, url: str) -> str:
    """Give what relative addresses count from; a <base> may itself be relative."""
    written = next((str(base.get("href")) for base in root.iter("base") if base.get("href")), "")
    return _address(url, written) or url


def _declared(root: html.HtmlElement, base: str) -> Iterator[Pointer]:
    for element in _first(root, "link"):
        relations = str(element.get("rel") or "").lower().split()
        kind = str(element.get("type") or "").partition(";")[0].strip().lower()
        url = _address(base, str(element.get("href") or ""))
        if url is None or not {"alternate", "feed"} & set(relations):
            continue
        if kind in _FEED_TYPES or (kind in _VAGUE_TYPES and _looks_like_feed(url)):
            yield Pointer(url, Origin.DECLARED)


def _linked(root: html.HtmlElement, base: str, host: str) -> Iterator[Pointer]:
    for element in _first(root, "a"):
        url = _address(base, str(element.get("href") or ""))
        if url is not None and _same_site(host, host_of(url)) and _looks_like_feed(url):
            yield Pointer(url, Origin.LINKED)


def _first(root: html.HtmlElement, tag: str) -> Iterator[html.HtmlElement]:
    for number, element in enumerate(root.iter(tag)):
        if number >= _MOST_ELEMENTS:
            return
        yield element


def _address(base: str, written: str) -> str | None:
    """Give an address of the web in full and without its fragment; None for anything else."""
    try:
        address = without_feed_scheme(written.strip())
        url = urljoin(base, address).partition("#")[0] if address else ""
    except ValueError:
        return None
    fits = url.lower().startswith(("http://", "https://")) and len(url) <= _LONGEST_URL
    return url if fits and host_of(url) and not re.search(r"\s", url) else None


def _looks_like_feed(url: str) -> bool:
    path = urlsplit_path(url)
    if _NO_FEED.search(path.partition("?")[0]):
        return False
    return bool(_FEED_WORD.search(path) or _FEED_HOST.match(host_of(url)))


def _same_site(one: str, other: str) -> bool:
    """Whether two hosts belong together, by their last two labels: other sites' feeds are theirs."""
    if one == other:
        return True
    labels = one.split(".")[-2:]
    return not labels[-1].isdigit() and other.split(".")[-2:] == labels
