"""`draht poll` and `draht explain` with stories whose pages tell more than their feed."""

import json
from collections.abc import Iterator

import pytest

from tests.acceptance.desk import Desk
from tests.articles.site import TITLE, article
from tests.servers.feed_server import FeedServer, feed_server, page, reply

WATCH_LIST = "max_age: 36500d\nkeywords: [Austin, Beloussow]\n"
ITEM = (
    "<item><title>{title}</title><link>{link}</link><pubDate>Sat, 13 Jul 2024 08:00:00 +0200</pubDate>"
    "<description>US-Verteidigungsminister Lloyd Austin und sein russischer Kollege Andrej Beloussow haben "
    "telefoniert.</description></item>"
)
FEED = '<?xml version="1.0"?><rss version="2.0"><channel><title>Blatt</title>{item}</channel></rss>'


@pytest.fixture
def site() -> Iterator[FeedServer]:
    """Serve a feed of one story with its page, and a robots.txt that lets Draht read it."""
    with feed_server() as server:
        link = server.put("/politik/1", reply(200, article(), content_type="text/html; charset=utf-8"))
        server.put("/robots.txt", reply(200, b"User-agent: *\nAllow: /politik/\nDisallow: /"))
        server.put("/blatt.xml", page(FEED.format(item=ITEM.format(title=TITLE, link=link)).encode()))
        yield server


def configure(desk: Desk, site: FeedServer, more: str = "") -> None:
    """Let a desk read the feed."""
    feeds = f'allow_private: ["127.0.0.0/8"]\n{more}feeds:\n  - url: {site.url("/blatt.xml")}\n'
    desk.configure(feeds, WATCH_LIST)


def test_a_poll_posts_what_the_page_tells(desk: Desk, site: FeedServer) -> None:
    """The page is read before the poll delivers: one post, with the day that the feed leaves out."""
    configure(desk, site)
    done = desk.draht("poll")
    assert done.status == 0
    assert done.out.count("╭─ Draht") == 1
    assert "telefonierten am 12. Juli" in done.out
    assert [request.path for request in site.requests] == ["/blatt.xml", "/robots.txt", "/politik/1"]


def test_explain_tells_what_became_of_the_page(desk: Desk, site: FeedServer) -> None:
    """Why it was wanted and how it ended, for people and programs; the story is explained as it was read."""
    configure(desk, site)
    counts = json.loads(desk.draht("poll", "--json").out.splitlines()[-1])
    assert counts["pages"] == {"read": 1}
    told = desk.draht("explain", site.url("/politik/1"))
    assert "its page: read\n  wanted: the day of the contact is not told\n" in told.out
    (answer,) = desk.draht("explain", "--json", site.url("/politik/1")).answers()
    assert answer["page"] == {"outcome": "read", "why": "the day of the contact is not told", "detail": ""}
    contacts = answer["contacts"]
    assert isinstance(contacts, list)
    assert [contact["date"] for contact in contacts] == ["2024-07-12"]


def test_articles_false_asks_for_no_page(desk: Desk, site: FeedServer) -> None:
    """The switch in feeds.yaml: the feed's text alone is posted."""
    configure(desk, site, "articles: false\n")
    assert desk.draht("poll").out.count("╭─ Draht") == 1
    assert [request.path for request in site.requests] == ["/blatt.xml"]
