"""feedparser's own test documents through the decoder; they are not part of Draht.

DRAHT_FEEDPARSER_TESTS names the `tests` folder of a copy of its repository.
"""

import io
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest

from bot.feeds.decode import Circumstances, decode
from bot.feeds.entry import LONGEST_TEXT, LONGEST_TITLE, web_url
from bot.feeds.markup import one_line, plain
from bot.feeds.page import Page
from bot.model.feed import Feed
from bot.model.fetch import Failed, Modified

NOW = datetime(2026, 1, 1, tzinfo=UTC)
URL = "https://blatt.example/rss"
HEADER = re.compile(r"^Header:\s+([^:]+):(.*)$", re.MULTILINE)
# Why Draht tells other entries of these than feedparser.
TOLD_OTHERWISE = {
    "rss_incomplete_cdata.xml": "its only entry breaks off",
    "entry_content_xml_lang_blank_3.xml": "the same entry twice",
    "atom10_title.xml": "the same entry twice",
    "item_description_not_a_doctype.xml": "its only entry tells nothing but a declaration",
    "entry_title_crazy.xml": "the script's text is left out by other rules",
}


@pytest.fixture
def documents() -> Path:
    """Give the folder, or skip by name."""
    folder = os.environ.get("DRAHT_FEEDPARSER_TESTS")  # noqa: TID251 -- a test's own material
    if folder is None:
        pytest.skip("DRAHT_FEEDPARSER_TESTS names no folder")
    return Path(folder)


def told_by_feedparser(page: Page) -> Iterator[tuple[str, str | None]]:
    """Give title and link of each entry that tells anything, markup and blanks as Draht reads them."""
    headers = {"content-type": page.content_type or "application/xml", "content-location": page.url}
    for entry in feedparser.parse(io.BytesIO(page.body), response_headers=headers).entries:
        title = one_line(dict.get(entry, "title") or "", LONGEST_TITLE)
        texts = [
            dict.get(entry, "summary") or "",
            *(part.value or "" for part in dict.get(entry, "content", ())),
        ]
        if title or any(plain(text, LONGEST_TEXT) for text in texts):
            link = dict.get(entry, "feedburner_origlink") or dict.get(entry, "link") or ""
            yield title, web_url(link, page.url)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_titles_and_links_are_those_that_feedparser_reads(documents: Path) -> None:
    """No document, well-formed or not, raises; each refusal has a reason, each story is feedparser's."""
    read, refused = 0, 0
    for path in sorted(documents.rglob("*.xml")):
        body = path.read_bytes()
        said = {name.lower(): value.strip() for name, value in HEADER.findall(body.decode(errors="ignore"))}
        page = Page(said.get("content-location", URL), body, said.get("content-type", ""))
        found = decode(page, Feed(URL, "Blatt"), Circumstances(NOW))
        read, refused = read + isinstance(found, Modified), refused + isinstance(found, Failed)
        if path.name in TOLD_OTHERWISE:
            continue
        expected = list(told_by_feedparser(page))
        if isinstance(found, Failed):
            assert (found.detail.startswith(page.url), expected) == (True, []), path
        else:
            assert [(story.title, story.url) for story in found.stories] == expected, path
    assert read > 1_800
    assert refused < 280
