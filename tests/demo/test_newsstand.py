"""The outlets of the demo behave as servers of feeds do."""

import asyncio
import gzip
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.demo.editions import edition
from bot.demo.newsday import Outlet, Service, load
from bot.demo.server import Reply, Request, published, reply_to
from bot.feeds.decode import Circumstances, decode
from bot.feeds.page import Page
from bot.feeds.source import HttpFeedSource
from bot.model.feed import Feed, FeedState
from bot.model.fetch import Failed, Fetched, Modified, Refusal, Unchanged
from tests.fakes.clock import FakeClock

DAY = load()
WHOLE = [outlet for outlet in DAY.outlets if outlet.service is not Service.DEAD]


def served_as(service: Service) -> Outlet:
    """Give an outlet that serves its feed like this."""
    return next(outlet for outlet in DAY.outlets if outlet.service is service)


def asked(outlet: Outlet, now: datetime = DAY.ends, **headers: str) -> Reply:
    """Ask an outlet for its feed."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return reply_to(Request(f"/{outlet.key}/feed.xml", named), DAY, now)


@pytest.mark.parametrize("outlet", WHOLE, ids=lambda outlet: outlet.key)
def test_an_edition_holds_its_stories_and_nothing_else(outlet: Outlet) -> None:
    """What the script says, each format says: titles, texts, instants, addresses and the language."""
    articles = DAY.published(outlet, DAY.ends)
    page = Page("http://127.0.0.1/feed.xml", edition(outlet, articles), "application/xml")
    read = decode(page, Feed(page.url, outlet.name), Circumstances(DAY.ends))
    assert isinstance(read, Modified)
    assert read.skipped == ()
    told = [(s.title, s.text.split(), s.instant, s.url, s.language) for s in read.stories]
    assert told == [(a.title, a.text.split(), a.at, a.url, outlet.language) for a in articles]
    assert [story.day for story in read.stories] == [a.at.astimezone(outlet.zone).date() for a in articles]


@pytest.mark.parametrize(
    ("service", "given", "asking"),
    [(Service.ETAG, "etag", "if_none_match"), (Service.DATED, "last-modified", "if_modified_since")],
)
def test_a_feed_that_has_not_changed_is_not_sent_again(service: Service, given: str, asking: str) -> None:
    """Who shows the mark of the last answer gets 304, until there is a new story."""
    outlet = served_as(service)
    last = DAY.published(outlet, DAY.ends)[0].at
    before = last - timedelta(seconds=1)
    mark = dict(asked(outlet, before).headers)[given]
    assert asked(outlet, before, **{asking: mark}).status == 304
    assert asked(outlet, last, **{asking: mark}).status == 200


def test_a_packed_feed_comes_as_gzip() -> None:
    """A packed feed says that it is, and unpacks to the edition."""
    outlet = served_as(Service.PACKED)
    reply = asked(outlet)
    assert dict(reply.headers)["content-encoding"] == "gzip"
    assert gzip.decompress(reply.body) == edition(outlet, DAY.published(outlet, DAY.ends))


def test_nobody_publishes_before_the_time() -> None:
    """A story stands in its feed from its instant on, not a second earlier."""
    for article in DAY.articles:
        outlet = next(one for one in DAY.outlets if one.key == article.outlet)
        assert article not in DAY.published(outlet, article.at - timedelta(seconds=1))
        assert article in DAY.published(outlet, article.at)


def test_an_address_of_nobody_is_answered_with_404() -> None:
    """The server knows its outlets and nothing else."""
    assert reply_to(Request("/etc/passwd", {}), DAY, DAY.ends).status == 404


async def looked(outlet: Outlet, now: datetime, times: int = 1) -> Fetched:
    """Look at an outlet's feed through Draht's own client, each time with what the last look gave."""
    source = HttpFeedSource(allow_private=["127.0.0.0/8"])
    try:
        async with published(DAY, FakeClock(now)) as feeds:
            feed = next(feed for feed in feeds.feeds if feed.name == outlet.name)
            state = FeedState(feed.url)
            for _ in range(times):
                fetched = await source.look(feed, state, now)
                if isinstance(fetched, Modified):
                    state = replace(state, etag=fetched.validators.etag)
            return fetched
    finally:
        await source.close()


def test_the_servers_are_real() -> None:
    """Over HTTP a feed is read, and is unchanged when it is asked again."""
    outlet = served_as(Service.ETAG)
    assert isinstance(asyncio.run(looked(outlet, DAY.ends)), Modified)
    assert isinstance(asyncio.run(looked(outlet, DAY.ends, times=2)), Unchanged)


def test_a_mending_feed_is_a_web_page_until_it_works_again() -> None:
    """The broken feed is refused for what it is, and read once it is mended."""
    outlet = served_as(Service.MENDING)
    fetched = asyncio.run(looked(outlet, DAY.begins))
    assert isinstance(fetched, Failed)
    assert fetched.refusal is Refusal.HTML
    assert isinstance(asyncio.run(looked(outlet, DAY.ends)), Modified)


def test_a_dead_feed_does_not_answer() -> None:
    """Nobody listens where the dead feed is said to be."""
    fetched = asyncio.run(looked(served_as(Service.DEAD), DAY.begins))
    assert isinstance(fetched, Failed)
    assert fetched.refusal is Refusal.UNREACHABLE
