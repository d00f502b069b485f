"""A sitemap for news is a feed; any other sitemap is refused by its name."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.feeds.decode import Circumstances, decode
from bot.feeds.page import Page
from bot.feeds.reading import BEYOND, MOST_ENTRIES, NO_WORDS
from bot.model.feed import Feed
from bot.model.fetch import Failed, Modified, Refusal

NOW = datetime(2024, 7, 13, 9, 0, tzinfo=UTC)
URL = "https://blatt.example/sitemap-news.xml"
SITEMAP = """<?xml version="1.0" encoding="UTF-8"?><!-- built by <a> machine -->
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">{}</urlset>"""
ADDRESS = """<url><loc>https://blatt.example/a1</loc><lastmod>2024-07-13</lastmod>
<image:image><image:title>Ein Bild</image:title></image:image>
<n:news><n:publication><n:name>Das Blatt</n:name><n:language>de</n:language></n:publication>
<n:publication_date>2024-07-12T18:30:00+02:00</n:publication_date>
<n:title>Minister f&#xFC;r <![CDATA[Größe & Maß]]></n:title></n:news></url>"""


def look(body: str | bytes, content_type: str = "", *, whole: bool = True) -> Modified | Failed:
    """Decode a body that came from the feed's address."""
    sent = body if isinstance(body, bytes) else body.encode()
    return decode(
        Page(URL, sent, content_type, etag='"1"', whole=whole), Feed(URL, "Blatt"), Circumstances(NOW)
    )


def read(body: str | bytes, content_type: str = "", *, whole: bool = True) -> Modified:
    """Decode a body that has to be read."""
    found = look(body, content_type, whole=whole)
    assert isinstance(found, Modified), found
    return found


def test_an_address_with_news_is_a_story() -> None:
    """Title, address, instant and language arrive as told; the feed's name is the editor's."""
    found = read(SITEMAP.format(ADDRESS))
    (story,) = found.stories
    assert (story.title, story.url) == ("Minister für Größe & Maß", "https://blatt.example/a1")
    assert (story.instant, story.language) == (datetime(2024, 7, 12, 16, 30, tzinfo=UTC), "de")
    assert (story.source, found.entries, found.newest) == ("Blatt", 1, story.instant)


def test_the_same_article_in_feed_and_sitemap_is_one_story() -> None:
    """The sitemap is only another way to hear of it."""
    link = "https://www.blatt.example/a1"
    rss = f"<rss version='2.0'><channel><item><title>T</title><link>{link}</link></item></channel></rss>"
    assert read(rss).stories[0].id == read(SITEMAP.format(ADDRESS)).stories[0].id


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (SITEMAP.format(ADDRESS).encode("utf-16"), ""),
        (SITEMAP.format(ADDRESS).replace("UTF-8", "iso-8859-1").encode("iso-8859-1"), ""),
        (SITEMAP.format(ADDRESS).encode("iso-8859-1"), "application/xml; charset=iso-8859-1"),
        (SITEMAP.format(ADDRESS).encode(), "application/xml; charset=iso-8859-1"),
        (SITEMAP.format(ADDRESS).replace("UTF-8", "x-nowhere").encode(), ""),
        (SITEMAP.format(ADDRESS).encode(), "text/xml; charset=utf8mb4"),
    ],
    ids=["utf-16", "by declaration", "by header", "header lies", "none declared so", "no such header"],
)
def test_a_sitemap_in_any_encoding_is_read(body: bytes, content_type: str) -> None:
    """As other feeds are."""
    assert read(body, content_type).stories[0].title == "Minister für Größe & Maß"


def test_a_sitemap_is_in_the_encoding_that_it_declares_where_its_server_calls_all_utf_8() -> None:
    """Bytes that are no UTF-8 prove such a header wrong; plain ones under a wide name are what they are."""
    russian = SITEMAP.format(ADDRESS.replace("Größe & Maß", "Министр")).replace("UTF-8", "windows-1251")
    named = read(russian.encode("cp1251"), "application/xml; charset=utf-8")
    assert named.stories[0].title == "Minister für Министр"
    plain = SITEMAP.format(ADDRESS.replace("Größe & Maß", "x")).replace("UTF-8", "utf-16")
    assert read(plain.encode("ascii"), "").stories[0].title == "Minister für x"


def test_addresses_without_news_are_no_entries() -> None:
    """They stand in the same file on some sites."""
    plain, silent = "<url><loc>https://blatt.example/</loc></url>", "<url><n:news/></url>"
    found = read(SITEMAP.format(plain + ADDRESS + silent))
    assert len(found.stories) == 1
    assert found.skipped == ((NO_WORDS, 1),)


def test_damage_costs_only_what_is_damaged() -> None:
    """An unknown entity or an open tag leaves the other stories."""
    other = ADDRESS.replace("a1", "a2").replace("Minister", "Gespr&auml;ch & mehr")
    assert {story.url for story in read(SITEMAP.format(other + ADDRESS)).stories} >= {
        "https://blatt.example/a1"
    }
    severed = read(SITEMAP.format(ADDRESS + ADDRESS.replace("a1", "a2"))[:-250], whole=False)
    assert [story.url for story in severed.stories] == ["https://blatt.example/a1"]
    assert severed.validators.etag is None


def test_only_the_first_addresses_are_read() -> None:
    """As many as entries of any other feed."""
    found = read(SITEMAP.format("".join(ADDRESS.replace("a1", f"a{n}") for n in range(MOST_ENTRIES + 7))))
    assert len(found.stories) == MOST_ENTRIES
    assert found.skipped == ((BEYOND, 7),)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (SITEMAP.format("<url><loc>https://blatt.example/</loc></url>"), "a sitemap without news"),
        ("<sitemapindex><sitemap><loc>x</loc></sitemap></sitemapindex>", "an index of sitemaps"),
    ],
    ids=["plain", "index"],
)
def test_a_sitemap_without_news_is_refused_by_its_name(body: str, reason: str) -> None:
    """The operator hears what stands there."""
    found = look(body)
    assert isinstance(found, Failed)
    assert found.refusal is Refusal.NOT_A_FEED
    assert reason in found.detail
    assert URL in found.detail


def test_a_sitemap_of_no_news_yet_is_a_feed_without_entries() -> None:
    """At night, small papers have none; empty is not broken."""
    assert read(SITEMAP.format("")).stories == ()


def test_entities_are_not_expanded_and_no_file_is_read() -> None:
    """Neither a billion laughs nor what the server's own disk holds gets into a story."""
    lol = '<!DOCTYPE urlset [<!ENTITY a "lachen"><!ENTITY f SYSTEM "file:///etc/hostname">' + "".join(
        f'<!ENTITY {name} "{f"&{below};" * 10}">' for below, name in zip("abcdegh", "bcdeghi", strict=True)
    )
    body = f"{lol}]>" + SITEMAP.partition("-->")[2].format(ADDRESS.replace("Minister", "&i;&f; Minister"))
    assert len(read(body).stories[0].title) < 100


PIECES = st.sampled_from(
    [
        "<url>",
        "</url>",
        "<n:news>",
        "</n:news>",
        "<n:title>T",
        "</n:title>",
        "<loc>x",
        "&x;",
        "<![CDATA[",
        "ä",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join) | st.just(ADDRESS), st.binary(max_size=8), st.booleans())
def test_no_sitemap_makes_the_decoder_raise(inside: str, garbage: bytes, whole: bool) -> None:  # noqa: FBT001
    """Whatever stands in it, the answer is a value."""
    body = SITEMAP.format(inside).encode().replace(b"</urlset>", garbage + b"</urlset>")
    assert isinstance(look(body, whole=whole), Modified | Failed)
