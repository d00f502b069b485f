"""The feeds of a page: what it points to, what is asked, and what is left alone."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.feeds.discover import MOST_ASKED, Discovery, discover
from bot.feeds.page import Page
from bot.feeds.pointers import Origin, Pointer, Robots, pointers, usual_places
from bot.model.fetch import Failed, Refusal
from tests.servers import feed_server as servers
from tests.servers.feed_server import FeedServer, page, redirect, reply

NOW = datetime(2024, 7, 13, 9, 0, tzinfo=UTC)
LOOPBACK = ("127.0.0.0/8",)
ITEM = "<item><guid>{n}</guid><title>Meldung {n}</title><pubDate>1{n} Jul 2024 08:00 GMT</pubDate></item>"


def rss(title: str = "Blatt", entries: int = 3) -> bytes:
    """Write a feed."""
    items = "".join(ITEM.format(n=n) for n in range(entries))
    head = f"<title>{title}</title><language>de-AT</language>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{items}</channel></rss>'.encode()


def put_page(server: FeedServer, inside: str, path: str = "/") -> str:
    """Put a page of HTML on a server; give its address."""
    text = f"<!doctype html><html><head><title>Blatt</title>{inside}</head><body>Guten Tag</body></html>"
    return server.put(path, page(text.encode(), content_type="text/html; charset=utf-8"))


def alternate(href: str, kind: str = "application/rss+xml") -> str:
    """Write a declaration of a feed."""
    return f'<link rel="alternate" type="{kind}" href="{href}">'


@pytest.fixture
def server() -> Iterator[FeedServer]:
    """Run a server for one test, so that what was asked of it is the test's own."""
    with servers.feed_server() as running:
        yield running


def found(url: str, allow: tuple[str, ...] = LOOPBACK) -> Discovery:
    """Discover, where the address itself can be read."""
    result = asyncio.run(discover(url, allow, lambda: NOW))
    assert isinstance(result, Discovery)
    return result


def failed(url: str, allow: tuple[str, ...] = LOOPBACK) -> Failed:
    """Discover, where the address itself cannot be read."""
    result = asyncio.run(discover(url, allow, lambda: NOW))
    assert isinstance(result, Failed)
    return result


def asked(server: FeedServer) -> list[str]:
    """Give the paths that were asked for, in order."""
    return [request.path for request in server.requests]


def test_declared_feeds_are_read_and_described(server: FeedServer) -> None:
    """Title, number of entries, newest date and language come from the feed, not from the page."""
    server.put("/rss.xml", page(rss("Blatt &amp;amp; Bote")))
    (feed,) = found(put_page(server, alternate("rss.xml"))).feeds
    assert (feed.url, feed.origin) == (server.url("/rss.xml"), Origin.DECLARED)
    told = feed.portrait
    assert (told.title, told.entries, told.language) == ("Blatt & Bote", 3, "de")
    assert told.newest == datetime(2024, 7, 12, 8, 0, tzinfo=UTC)


def test_a_feed_is_said_to_be_one_and_nothing_else_is_asked(server: FeedServer) -> None:
    """Whoever gives the feed's own address costs the server one request."""
    result = found(server.put("/rss.xml", page(rss())))
    assert result.itself
    assert [feed.url for feed in result.feeds] == [server.url("/rss.xml")]
    assert asked(server) == ["/rss.xml"]


def test_a_feed_that_has_moved_for_good_is_told_where_it_is_now(server: FeedServer) -> None:
    """A passing redirect keeps the address, a lasting one changes it."""
    server.put("/new", page(rss()))
    assert found(server.put("/old", redirect("/new", 301))).feeds[0].url == server.url("/new")
    assert found(server.put("/today", redirect("/new", 302))).feeds[0].url == server.url("/today")


def test_what_a_page_points_to_suffices_and_no_place_is_guessed(server: FeedServer) -> None:
    """Where a page declares feeds, only robots.txt and the news sitemap are asked besides."""
    server.put("/eins.rss", page(rss()))
    found(put_page(server, alternate("/eins.rss")))
    assert asked(server) == ["/", "/eins.rss", "/robots.txt", "/news-sitemap.xml"]


def test_usual_places_are_tried_where_a_page_names_none(server: FeedServer) -> None:
    """Each once, in order, but for those that robots.txt forbids; an answer in HTML is no feed."""
    server.put("/robots.txt", reply(200, b"User-agent: *\nDisallow: /rss\n"))
    server.put("/feed.xml", page(rss()))
    put_page(server, "", "/feed")
    result = found(put_page(server, ""))
    assert [(feed.url, feed.origin) for feed in result.feeds] == [(server.url("/feed.xml"), Origin.USUAL)]
    tried = ["/feed", "/feed.xml", "/atom.xml", "/index.xml", "/feeds/all.atom.xml"]
    assert asked(server) == ["/", "/robots.txt", *tried, "/news-sitemap.xml"]


def test_a_mark_before_the_rules_hides_none_of_them(server: FeedServer) -> None:
    """The first line of robots.txt counts where an editor of Windows has put a byte order mark before it."""
    server.put("/robots.txt", reply(200, b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n"))
    server.put("/", page(b"<html><title>Blatt</title>", content_type="text/html"))
    found(server.url("/"))
    assert asked(server) == ["/", "/robots.txt"]


def test_news_sitemaps_that_robots_txt_names_are_asked(server: FeedServer) -> None:
    """Those for news, not those for everything; then the usual place is not guessed."""
    lines = f"Sitemap: {server.url('/sitemap.xml')}\nSitemap: {server.url('/sitemap-news.xml')}\n"
    server.put("/robots.txt", reply(200, lines.encode()))
    server.put("/sitemap-news.xml", page(rss()))
    (feed,) = found(put_page(server, "")).feeds
    assert (feed.url, feed.origin) == (server.url("/sitemap-news.xml"), Origin.SITEMAP)
    assert not {"/sitemap.xml", "/news-sitemap.xml"} & set(asked(server))


def test_one_feed_under_several_addresses_is_named_once(server: FeedServer) -> None:
    """The same bytes, or the same place behind a redirect, are one feed."""
    server.put("/rss.xml", page(rss()))
    server.put("/feed/", page(rss()))
    server.put("/feed", redirect("/rss.xml", 301))
    links = alternate("/rss.xml") + alternate("/feed/") + alternate("/feed") + alternate("/rss.xml#top")
    assert [feed.url for feed in found(put_page(server, links)).feeds] == [server.url("/rss.xml")]


def test_what_is_declared_and_no_feed_is_told_with_its_reason(server: FeedServer) -> None:
    """One dead link does not hide the living feed beside it."""
    server.put("/rss.xml", page(rss()))
    result = found(put_page(server, alternate("/gone.atom") + alternate("/rss.xml")))
    assert len(result.feeds) == 1
    first = result.refused[0]
    assert (first.url, first.origin) == (server.url("/gone.atom"), Origin.DECLARED)
    assert "answered 404 Not Found" in first.reason


def test_nothing_found_says_what_was_tried(server: FeedServer) -> None:
    """Every address that was asked is there with its reason."""
    result = found(put_page(server, ""))
    assert result.feeds == ()
    assert [one.url for one in result.refused] == [
        *(place.url for place in usual_places(server.url("/"))),
        server.url("/news-sitemap.xml"),
    ]


def test_a_host_that_asks_for_rest_is_left_alone(server: FeedServer) -> None:
    """After one 429 nothing more is asked of it."""
    server.put("/a.rss", reply(429, retry_after="60"))
    result = found(put_page(server, alternate("/a.rss") + alternate("/b.rss")))
    assert result.feeds == ()
    assert asked(server) == ["/", "/a.rss"]


def test_a_host_has_half_a_second_between_two_requests(server: FeedServer) -> None:
    """As when feeds are polled: addresses that the configuration allows are spared it, names are not."""
    pauses: list[float] = []

    async def noted(seconds: float) -> None:
        pauses.append(seconds)

    server.put("/rss.xml", page(rss()))
    url = put_page(server, alternate("/rss.xml"))
    asyncio.run(discover(url, LOOPBACK, lambda: NOW, pause=noted))
    assert pauses == []
    named = url.replace("127.0.0.1", "localhost")
    asyncio.run(discover(named, (*LOOPBACK, "::1/128"), lambda: NOW, pause=noted))
    assert len(pauses) == 3
    assert all(0 < pause <= 0.5 for pause in pauses)


def test_a_page_of_a_thousand_feeds_costs_thirty_requests(server: FeedServer) -> None:
    """More are counted, not asked; robots.txt, the usual places and the sitemap come besides."""
    result = found(put_page(server, "".join(alternate(f"/{n}.rss") for n in range(1000))))
    assert result.unasked == 1000 - MOST_ASKED
    assert len(asked(server)) == 1 + MOST_ASKED + 1 + 7 + 1


@pytest.mark.parametrize("status", [403, 404, 500])
def test_a_page_that_cannot_be_read_ends_the_search(server: FeedServer, status: int) -> None:
    """Who is shown the door does not try the windows."""
    assert failed(server.put("/", reply(status))).refusal is Refusal.HTTP_STATUS
    assert asked(server) == ["/"]


def test_private_addresses_are_asked_only_where_they_are_allowed(server: FeedServer) -> None:
    """The policy is the poller's, for the page and for what it points to."""
    assert failed(put_page(server, ""), ()).refusal is Refusal.PRIVATE_ADDRESS
    assert asked(server) == []
    links = alternate("http://169.254.169.254/rss") + alternate("http://10.0.0.1/rss")
    reasons = [one.reason for one in found(put_page(server, links)).refused[:2]]
    assert all("is a private address; " in reason for reason in reasons)


@pytest.mark.parametrize("url", ["https://t.me/s/draht", "http://www.t.me/draht", "https://telegram.me/s/x"])
def test_telegrams_previews_are_not_asked(url: str) -> None:
    """Draht does not scrape them, and says so."""
    refused = failed(url)
    assert refused.detail.startswith(f"{url} is not asked: Telegram's channel previews are web pages")


def pointed(html: str, url: str = "https://www.blatt.example/a/b") -> list[tuple[str, Origin]]:
    """Give what a page points to."""
    body = Page(url, html.encode(), "text/html; charset=utf-8")
    return [(pointer.url, pointer.origin) for pointer in pointers(body)]


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ('<LINK REL="ALTERNATE" TYPE="Application/RSS+XML" HREF="/r">', "https://www.blatt.example/r"),
        ('<link rel="alternate home" type="application/atom+xml; x=1" href=r>', "https://www.blatt.example/a/r"),
        ('<link rel=alternate type=application/feed+json href="//cdn.example/f">', "https://cdn.example/f"),
        ('<link rel=alternate type="application/rss+xml" href="feed://www.blatt.example/r">', "http://www.blatt.example/r"),
        ('<link rel=alternate type="application/rss+xml" href="feed:https://www.blatt.example/r">', "https://www.blatt.example/r"),
        ('<link rel="alternate" type="application/json" href="/feed.json">', "https://www.blatt.example/feed.json"),
        ('<base href="/neu/"><link rel=alternate type="application/rss+xml" href="r">', "https://www.blatt.example/neu/r"),
        ('<link rel=alternate type="application/rss+xml" href=" /r?a=1&amp;b=2#x ">', "https://www.blatt.example/r?a=1&b=2"),
    ],
)  # fmt: skip
def test_declarations_of_all_spellings_are_understood(link: str, url: str) -> None:
    """Case, further relations, parameters, relative addresses, a base, blanks and fragments."""
    assert pointed(link) == [(url, Origin.DECLARED)]


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="stylesheet" type="text/css" href="/rss.css">',
        '<link rel="alternate" hreflang="en" href="/en/">',
        '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2">',
        '<link rel="alternate" type="application/json+oembed" href="/oembed?feed">',
        '<link rel="alternate" type="application/rss+xml" href="javascript:rss()">',
        '<link rel="alternate" type="application/rss+xml" href="http://[broken/rss">',
        '<link rel="alternate" type="application/rss+xml" href="https://t.me/s/blatt">',
        '<a href="/artikel/feedback">f</a><a href="/embassy.html">e</a><a href="/rss.html">r</a>',
        '<a href="https://www.facebook.com/feed">f</a><a href="mailto:rss@blatt.example">m</a>',
        "<!-- <a href='/rss.xml'>auskommentiert</a> -->",
    ],
)
def test_what_is_no_pointer_to_a_feed_is_passed_over(link: str) -> None:
    """Styles, translations, interfaces, scripts, other people's sites and words that only sound alike."""
    assert pointed(link) == []


def test_a_page_in_utf_8_that_does_not_say_so_names_its_feeds_right() -> None:
    """The parser takes such a page for Latin-1, and a host with an umlaut for one that is nowhere."""
    html = alternate("https://größe.example/rss")
    (pointer,) = pointers(Page("https://blatt.example/", html.encode(), "text/html"))
    assert pointer.url == "https://größe.example/rss"


def test_links_that_look_like_feeds_come_behind_declared_ones() -> None:
    """On the page's own site, its other hosts among them, each address once."""
    html = (
        '<a href="/index~rss2.xml">a</a><a href="https://feeds.blatt.example/politik">b</a>'
        '<a href="/?feed=rss2">c</a><a href="/r">d</a><a href="/index~rss2.xml">e</a>' + alternate("/r")
    )
    assert pointed(html) == [
        ("https://www.blatt.example/r", Origin.DECLARED),
        ("https://www.blatt.example/index~rss2.xml", Origin.LINKED),
        ("https://feeds.blatt.example/politik", Origin.LINKED),
        ("https://www.blatt.example/?feed=rss2", Origin.LINKED),
    ]


@given(
    st.binary(max_size=400), st.sampled_from(["text/html", "text/html; charset=klingon", "charset=utf-16"])
)
@settings(max_examples=200, deadline=None)
def test_any_page_and_any_robots_txt_are_survived(noise: bytes, content_type: str) -> None:
    """Whatever a server calls HTML or rules for robots, addresses of the web come out, or none."""
    body = Page("https://blatt.example/", alternate("/r").encode() + b"<a href=" + noise, content_type)
    robots = Robots.of(
        Page("https://blatt.example/robots.txt", b"User-agent: *\nCrawl-delay: \xc2\xb2\n" + noise)
    )
    assert isinstance(robots.allow("https://blatt.example/feed"), bool)
    every: tuple[Pointer, ...] = (*pointers(body), *robots.news_sitemaps("https://blatt.example/"))
    assert all(pointer.url.startswith(("http://", "https://")) for pointer in every)


@pytest.mark.parametrize(
    "body", [b"", b"\x00" * 99, b"<a>" * 100_000, b"<div>" * 100_000, b"<base href='http://['>"]
)
def test_a_hostile_page_points_nowhere(body: bytes) -> None:
    """Nothing, zeros, tags without number or end, and a base that is no address."""
    assert pointers(Page("https://blatt.example/", body, "text/html")) == ()
