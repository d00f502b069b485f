"""A sitemap for news (Google's `news:news`) → the entries that any feed tells.

lxml reads it piece by piece: no entity is expanded, nothing is loaded, and
each address is forgotten once it is read.
"""

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.feeds.entry import LONGEST_TITLE, Entry, WrittenDate, web_url
from bot.feeds.languages import language_of
from bot.feeds.markup import one_line
from bot.feeds.page import Page
from bot.feeds.reading import BEYOND, MOST_ENTRIES, Reading, told
from bot.feeds.repair import Document
from bot.feeds.wishes import wishes_of
from bot.model.fetch import Failed, Refusal

if TYPE_CHECKING:
    from lxml import etree

_HEAD = 4_000
_PROLOGUE = re.compile(rb"<\?.*?\?>|<!--.*?-->", re.DOTALL)
_ROOT = re.compile(rb"<(?:[\w-]+:)?(urlset|sitemapindex)[\s>/]", re.IGNORECASE)
_FIRST_TAG = re.compile(rb"<[A-Za-z_]")
_ADDRESS = re.compile(rb"<(?:[\w-]+:)?url\s*>", re.IGNORECASE)
_DECLARED = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding=[\"']([A-Za-z][\w.:-]{0,40})")
_UTF_8 = frozenset({"utf-8", "utf8"})
_WIDE = re.compile(r"utf-?(?:16|32)|ucs-?[24]|iso-10646", re.IGNORECASE)
_CHARSET = re.compile(r"charset=[\"']?([\w.:-]+)")


def root_of_sitemap(body: bytes) -> str | None:
    """Give `urlset` or `sitemapindex` where that is a document's root."""
    head = body[:_HEAD]
    if b"urlset" not in head and b"sitemapindex" not in head:
        return None
    opening = _FIRST_TAG.search(head := _PROLOGUE.sub(b"", head))
    root = _ROOT.match(head, opening.start()) if opening else None
    return root[1].decode("ascii").lower() if root else None


def read_sitemap(page: Page, document: Document) -> Reading | Failed:
    """Read the news of a sitemap; one without news is refused.

    The publication that it names is the one whose site it is on: the editor named that better.
    """
    from lxml import etree  # noqa: PLC0415  4 MB that few installations need

    if root_of_sitemap(document.body) == "sitemapindex":
        return Failed(Refusal.NOT_A_FEED, f"{page.url} is an index of sitemaps, not a feed; name one of them")
    if not page.whole:
        document = Document(document.body[: document.body.rfind(b"</url>") + 6], document.content_type)
    count = len(_ADDRESS.findall(document.body))
    skipped: Counter[str] = Counter({BEYOND: max(0, count - MOST_ENTRIES)})
    try:
        found = tuple(_news(document, page.url))
    except (etree.LxmlError, LookupError, ValueError) as fault:
        reason = f"{page.url} is a sitemap that cannot be parsed: {type(fault).__name__}"
        return Failed(Refusal.NOT_A_FEED, reason)
    if not found and not page.whole:
        return Failed(Refusal.TRUNCATED, f"{page.url} breaks off before its first entry is complete")
    if not found and count:
        return Failed(Refusal.NOT_A_FEED, f"{page.url} is a sitemap without news, not a feed")
    return Reading(
        entries=tuple(entry for entry in found if told(entry, skipped)),
        wishes=wishes_of(b"", b"", page.fresh_for),
        skipped=tuple((+skipped).items()),
        count=count,
        whole=page.whole,
    )


def _news(document: Document, base: str) -> Iterator[Entry]:
    from lxml import etree  # noqa: PLC0415

    # What a DOCTYPE declares is no news.
    root = _ROOT.search(document.body)
    addresses = etree.iterparse(
        io.BytesIO(document.body[root.start() if root else 0 :]), events=("end",), tag="{*}url",
        encoding=_encoding(document), recover=True, resolve_entities=False, no_network=True, load_dtd=False,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    for number, (_, address) in enumerate(addresses):
        if number == MOST_ENTRIES:
            return
        if (news := address.find("{*}news")) is not None:
            yield _entry(address, news, base)
        address.clear()
        while address.getprevious() is not None:
            del address.getparent()[0]


def _encoding(document: Document) -> str | None:
    """Give what the header calls it, else the document; a header's "utf-8" counts where it is true."""
    header, own = _CHARSET.search(document.content_type), _DECLARED.match(document.body)
    if header is not None and not (header[1].lower() in _UTF_8 and _is_other(document.body)):
        return header[1]
    declared = own[1].decode("ascii") if own else None
    # Wide letters are no more here: what is still called so is not.
    return "utf-8" if declared and _WIDE.match(declared) else declared


def _is_other(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return True
    return False


def _entry(address: "etree._Element", news: "etree._Element", base: str) -> Entry:
    dates = (_words(news, "publication_date"), _words(address, "lastmod"))
    return Entry(
        guid="",
        url=web_url(_words(address, "loc"), base),
        title=one_line(_words(news, "title"), LONGEST_TITLE),
        text="",
        dates=tuple(WrittenDate(written) for written in dates if written),
        language=language_of(_words(news, "publication/{*}language")),
    )


def _words(element: "etree._Element", path: str) -> str:
    found = element.find(f"{{*}}{path}")
    return "".join(found.itertext()).strip() if found is not None else ""
