"""The pages of stories, from a page that is wanted to a post that tells more: real HTTP, real reading."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.alerts.delivery import UNLIMITED
from bot.articles.source import HttpArticleSource
from bot.assembly import desk
from bot.configuration import Watching
from bot.feeds.fetch import Limits
from bot.model.article import Article, PageOutcome, Visit
from bot.model.feed import FeedList, FeedState
from bot.model.story import Story, derived_id
from bot.model.watchlist import Watch, WatchList
from bot.pipeline.deliver import Tempo, deliver
from bot.pipeline.visit import RETRY
from bot.ports import ArticleSource
from bot.recognition import Recogniser
from bot.register.load import load
from bot.runners.present import Present
from bot.runners.reading import read_all
from bot.runners.visiting import Visitor, visit_all
from bot.runners.wire import Wire
from bot.storage import open_store
from tests.articles.site import CALL, INITIATIVE, NO_MORE, PURPOSE, TITLE, article
from tests.fakes.clock import FakeClock
from tests.fakes.feeds import FakeFeedSource
from tests.fakes.messenger import FakeMessenger
from tests.servers.feed_server import FeedServer, feed_server, redirect, reply

HTML = "text/html; charset=utf-8"
SATURDAY = datetime(2024, 7, 13, 8, tzinfo=UTC)
DAYLESS = "Verteidigungsminister Lloyd Austin und sein russischer Kollege Andrej Beloussow haben telefoniert."
NEAR = "Der amerikanische Verteidigungsminister Lloyd Austin führte ein Telefonat."
REGISTER = load()
RECOGNISER = Recogniser(REGISTER)


@dataclass
class Pages:
    """A source of pages that answers from a script; a `silent` address never does."""

    answers: dict[str, list[Visit]] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)

    async def visit(self, url: str, now: datetime, feed: str) -> Visit:
        """Give the next answer of an address; the whole article where the script has none."""
        del now, feed
        self.asked.append(url)
        await (asyncio.Event().wait() if url in self.silent else asyncio.sleep(0))
        script = self.answers.get(url, [])
        return script.pop(0) if script else Visit(PageOutcome.READ, article=Article(TITLE, CALL * 3, None))


@dataclass
class Newsroom:
    """One instance that is told its stories, with the clock in the test's hand."""

    wire: Wire
    clock: FakeClock
    messenger: FakeMessenger

    def brings(self, *stories: Story) -> None:
        """Let a feed bring stories."""
        self.wire.store.save_look(FeedState("https://blatt.example/rss", first_read_at=SATURDAY), stories)

    def read(self) -> Counter[str]:
        """Read what is unread and send what follows; another minute passes."""
        counts = asyncio.run(read_all(self.wire))
        wire = self.wire
        asyncio.run(deliver(wire.store, wire.messenger, wire.clock, tempo=wire.tempo))
        self.clock.advance(timedelta(minutes=1))
        return counts

    def visit(self) -> Counter[str]:
        """Ask for every page whose turn it is."""
        return asyncio.run(visit_all(self.wire, _at_once))

    def page(self, story: Story) -> tuple[PageOutcome | None, str]:
        """Give what became of a story's page, and the text that is read of the story."""
        reading = self.wire.store.history.reading(story.id)
        assert reading is not None
        assert reading.page is not None
        return reading.page.outcome, reading.story.text


async def _at_once(_: float) -> None:
    await asyncio.sleep(0)


@contextmanager
def newsroom(articles: ArticleSource | None) -> Iterator[Newsroom]:
    """Open a newsroom that watches all defence ministers."""
    watchlist = WatchList((Watch("all"),))
    clock, messenger, store = FakeClock(SATURDAY), FakeMessenger(), open_store("sqlite://")
    store.know_watches((watch.key for watch in watchlist.watches), SATURDAY - timedelta(days=900))
    reading = desk(Watching(watchlist, REGISTER), RECOGNISER, pages=articles is not None)
    tempo = Tempo(wait=_at_once, jitter=lambda: 0.5, pace=UNLIMITED)
    feeds = FeedList(())
    wire = Wire(feeds, reading, FakeFeedSource({}), store, messenger, clock, tempo, articles=articles)
    try:
        yield Newsroom(wire, clock, messenger)
    finally:
        store.close()


@pytest.fixture
def site() -> Iterator[FeedServer]:
    """Serve a newspaper."""
    with feed_server() as server:
        yield server


@pytest.fixture
def room() -> Iterator[Newsroom]:
    """Give a newsroom that reads real pages."""
    with newsroom(Loopback()) as opened:
        yield opened


class Loopback:
    """Real HTTP on this machine; each round of a test has a loop, and so a client, of its own."""

    async def visit(self, url: str, now: datetime, feed: str) -> Visit:
        """Read a page over HTTP, as one of a feed on this machine."""
        del feed
        source = HttpArticleSource(("127.0.0.0/8",), Limits(seconds=5))
        try:
            return await source.visit(url, now, url)
        finally:
            await source.close()


def told(url: str, text: str, title: str = TITLE, name: str = "one") -> Story:
    """Make a story of Saturday morning."""
    return Story(
        id=derived_id(name),
        feed="https://blatt.example/rss",
        source="Blatt",
        url=url,
        title=title,
        text=text,
        language="de",
        country="DE",
        instant=SATURDAY,
        day=SATURDAY.date(),
    )


def test_a_day_that_the_page_tells_edits_the_post(room: Newsroom, site: FeedServer) -> None:
    """The feed's lines alone ring at once; the page then fills the slots of that post, and rings no more."""
    story = told(site.put("/1", reply(200, article(), content_type=HTML)), DAYLESS)
    room.brings(story)
    room.read()
    (first,) = room.messenger.bodies()
    assert "12. Juli" not in first
    assert room.visit() == {"read": 1}
    assert room.read() == {"update": 1}
    (second,) = room.messenger.bodies("edit")
    assert "12. Juli 2024" in second
    assert len(room.messenger.bodies()) == 1


def test_a_contact_that_only_the_page_tells_is_posted(room: Newsroom, site: FeedServer) -> None:
    """A teaser with one minister and a word of contact is a near miss; its page names the other one."""
    story = told(site.put("/1", reply(200, article(), content_type=HTML)), NEAR, "Austin am Telefon")
    room.brings(story)
    assert room.read() == {"none": 1}
    assert room.visit() == {"read": 1}
    assert room.read() == {"new": 1}
    assert len(room.messenger.bodies()) == 1


def test_evidence_points_into_the_text_that_was_read(room: Newsroom, site: FeedServer) -> None:
    """Every span of the stored recognition is found in the stored story."""
    story = told(site.put("/1", reply(200, article(), content_type=HTML)), DAYLESS)
    room.brings(story)
    room.read()
    room.visit()
    room.read()
    reading = room.wire.store.history.reading(story.id)
    assert reading is not None
    assert reading.recognition is not None
    spans = [one for claim in reading.recognition.claims for one in claim.evidence]
    assert any(one.start > len(story.whole) for one in spans)
    assert all(reading.story.whole[one.start : one.end] == one.text for one in spans)


def test_a_page_is_fetched_once(room: Newsroom, site: FeedServer) -> None:
    """However often the rounds turn, and though two feeds bring the story under different ids."""
    url = site.put("/1", reply(200, article(), content_type=HTML))
    room.brings(told(url, DAYLESS), told(url, DAYLESS, name="two"))
    for _ in range(4):
        room.read()
        room.visit()
        room.clock.advance(timedelta(hours=1))
    assert [request.path for request in site.requests].count("/1") == 1
    for name in ("one", "two"):
        assert room.page(told(url, DAYLESS, name=name))[0] is PageOutcome.READ


def test_a_story_worded_anew_keeps_what_its_page_told(room: Newsroom, site: FeedServer) -> None:
    """A typo mended by the feed takes no day out of the post, and asks for the page no second time."""
    story = told(site.put("/1", reply(200, article(), content_type=HTML)), DAYLESS)
    room.brings(story)
    for again in (story, replace(story, text=f"{DAYLESS} (dpa)"), story):
        room.brings(again)
        for _ in range(3):
            room.read()
            room.visit()
    assert room.page(story)[0] is PageOutcome.READ
    assert INITIATIVE in room.page(story)[1]
    assert "12. Juli 2024" in room.messenger.bodies("edit")[-1]
    assert [request.path for request in site.requests].count("/1") == 1
    assert room.wire.store.pages_due(room.clock.now()) == ()


def test_words_that_the_feed_mends_while_the_page_is_fetched_are_not_lost() -> None:
    """A denial that comes meanwhile stands in what is read next, beside what the page told."""
    story = told("https://blatt.example/1", DAYLESS)
    mended = replace(story, text="Das Ministerium dementierte: es gab kein Telefonat.")

    class Slow(Pages):
        async def visit(self, url: str, now: datetime, feed: str) -> Visit:
            opened.brings(mended)
            return await super().visit(url, now, feed)

    pages = Slow()
    with newsroom(pages) as opened:
        opened.brings(story)
        opened.read()
        opened.visit()
        opened.read()
        opened.visit()
        outcome, text = opened.page(story)
        assert outcome is PageOutcome.READ
        assert text.startswith(mended.text)
        assert CALL in text
        assert len(pages.asked) == 1


WALLS = {
    PageOutcome.CONSENT: reply(
        200,
        article(
            "Datenschutz", ("Wir und unsere Partners nutzen Cookies. Alle akzeptieren oder alle ablehnen?",)
        ),
        content_type=HTML,
    ),
    PageOutcome.PAYWALL: reply(200, article(paragraphs=(CALL, "Jetzt weiterlesen")), content_type=HTML),
    PageOutcome.ELSEWHERE: redirect("/"),
    PageOutcome.NO_ARTICLE: reply(200, b"<html></html>", content_type=HTML),
    PageOutcome.FAILED: reply(404),
}


@pytest.mark.parametrize("outcome", WALLS)
def test_where_the_page_gives_no_article_the_feeds_text_stands(
    room: Newsroom, site: FeedServer, outcome: PageOutcome
) -> None:
    """A wall, a front page, an error: called by its name, the story stays as it was read."""
    site.put("/", reply(200, article("Blatt", (PURPOSE, NO_MORE)), content_type=HTML))
    story = told(site.put("/1", WALLS[outcome]), DAYLESS)
    room.brings(story)
    room.read()
    assert room.visit() == {str(outcome): 1}
    assert room.read() == {}
    assert room.page(story) == (outcome, DAYLESS)
    assert len(room.messenger.said) == 1


def test_a_page_that_programs_may_not_read_is_not_asked_for(room: Newsroom, site: FeedServer) -> None:
    """robots.txt is asked for first, and obeyed."""
    site.put("/robots.txt", reply(200, b"User-agent: *\nDisallow: /"))
    story = told(site.put("/1", reply(200, article(), content_type=HTML)), DAYLESS)
    room.brings(story)
    room.read()
    room.visit()
    assert [request.path for request in site.requests] == ["/robots.txt"]
    assert room.page(story) == (PageOutcome.ROBOTS, DAYLESS)


def test_a_thousand_stories_about_something_else_fetch_nothing(room: Newsroom, site: FeedServer) -> None:
    """Sports, weather, and ministers of other things: no page is asked for."""
    topics = (
        "Bayern gewinnt in Dortmund",
        "Am Sonntag regnet es",
        "Finanzminister trifft Bankenchef",
        "Kanzler reist",
    )
    room.brings(*(told(site.url(f"/{n}"), f"Meldung {n}.", topics[n % 4], f"s{n}") for n in range(1_000)))
    assert room.read() == {"none": 1_000}
    assert room.visit() == {}
    assert site.requests == []


def test_a_stop_while_a_page_is_fetched_loses_nothing() -> None:
    """What was begun is remembered: asked for once more after the pause, and not at every start."""
    pages = Pages(silent={"https://blatt.example/1"})
    story = told("https://blatt.example/1", DAYLESS)

    async def stopped(room: Newsroom) -> None:
        begun = asyncio.create_task(Visitor(Present(room.wire)).visit())
        for _ in range(5):
            await asyncio.sleep(0)
        begun.cancel()
        await asyncio.gather(begun, return_exceptions=True)

    with newsroom(pages) as room:
        room.brings(story)
        room.read()
        asyncio.run(stopped(room))
        assert room.visit() == {}
        room.clock.advance(RETRY)
        pages.silent = set()
        assert room.visit() == {"read": 1}
        assert room.read() == {"update": 1}
        assert len(pages.asked) == 2


def test_a_page_that_stops_draht_twice_is_given_up() -> None:
    """Killed at each try, Draht does not go on trying for ever."""
    pages = Pages()
    with newsroom(pages) as room:
        room.brings(told("https://blatt.example/1", DAYLESS))
        room.read()
        for attempts in range(2):
            (page,) = room.wire.store.pages_due(room.clock.now())
            assert page.attempts == attempts
            room.wire.store.begin_visit(page, room.clock.now(), room.clock.now())
        assert room.visit() == {"not fetched": 1}
        assert pages.asked == []


def test_a_fault_that_may_pass_is_tried_once_more() -> None:
    """Half an hour later, or when the server says; then no more."""
    url = "https://blatt.example/1"
    fault = Visit(PageOutcome.FAILED, "answered 500", again=True)
    pages = Pages({url: [fault, replace(fault, retry_after=7200.0)]})
    with newsroom(pages) as room:
        room.brings(told(url, DAYLESS))
        room.read()
        assert room.visit() == {"not fetched": 1}
        assert room.visit() == {}
        room.clock.advance(RETRY)
        assert room.visit() == {"not fetched": 1}
        room.clock.advance(timedelta(days=1))
        assert room.visit() == {}
        assert len(pages.asked) == 2


def test_a_host_that_is_busy_is_left_alone() -> None:
    """After 429 or 503 no page of that host is asked for until it said; other hosts are."""
    busy, other = "https://blatt.example/1", "https://bote.example/2"
    pages = Pages({busy: [Visit(PageOutcome.FAILED, "429", again=True, retry_after=3600.0, busy=True)]})
    with newsroom(pages) as room:
        room.brings(told(busy, DAYLESS))
        room.read()
        room.visit()
        room.brings(told("https://blatt.example/3", DAYLESS, name="three"), told(other, DAYLESS, name="two"))
        room.read()
        room.visit()
        assert pages.asked == [busy, other]
        room.clock.advance(timedelta(hours=1))
        room.visit()
        assert sorted(pages.asked) == sorted([busy, other, busy, "https://blatt.example/3"])


def test_a_clock_set_back_lets_no_host_rest_for_long() -> None:
    """A rest that was noted a year ahead keeps no page."""
    with newsroom(Pages()) as room:
        room.wire.store.rest_host("blatt.example", SATURDAY + timedelta(days=366))
        room.brings(told("https://blatt.example/1", DAYLESS))
        room.read()
        assert room.visit() == {"read": 1}


def test_a_host_gets_no_longer_rest_than_a_day() -> None:
    """Whatever its Retry-After says: pages, too, are asked for after that."""
    url = "https://blatt.example/1"
    pages = Pages({url: [Visit(PageOutcome.FAILED, "429", again=True, retry_after=864_000.0, busy=True)]})
    with newsroom(pages) as room:
        room.brings(told(url, DAYLESS))
        room.read()
        room.visit()
        assert room.wire.store.resting_hosts()["blatt.example"] <= room.clock.now() + timedelta(days=1)
        room.clock.advance(timedelta(days=1))
        assert room.visit() == {"read": 1}


def test_a_host_with_many_pages_that_hang_does_not_hold_up_a_poll() -> None:
    """Half a minute each, they are given up after some; the others are wanted the next time."""

    class Tarpit(Pages):
        async def visit(self, url: str, now: datetime, feed: str) -> Visit:
            opened.clock.advance(timedelta(seconds=30))
            return await super().visit(url, now, feed)

    pages = Tarpit()
    with newsroom(pages) as opened:
        opened.brings(*(told(f"https://tar.example/{n}", DAYLESS, name=f"s{n}") for n in range(30)))
        opened.read()
        opened.visit()
        assert len(pages.asked) == 4
        assert len(opened.wire.store.pages_due(opened.clock.now())) == 26


def test_a_page_that_never_comes_holds_up_no_other() -> None:
    """Its own host waits, once; the pages of others are read meanwhile."""
    hanging = "https://blatt.example/1"
    pages = Pages(silent={hanging})

    async def main(room: Newsroom) -> None:
        visitor = Visitor(Present(room.wire))
        slow = asyncio.create_task(visitor.visit())
        await asyncio.sleep(0)
        await asyncio.to_thread(lambda: None)
        room.brings(
            told("https://bote.example/2", DAYLESS, name="two"),
            told("https://blatt.example/3", DAYLESS, name="three"),
        )
        await read_all(room.wire)
        assert await visitor.visit() == {"read": 1}
        slow.cancel()
        await asyncio.gather(slow, return_exceptions=True)

    with newsroom(pages) as room:
        room.brings(told(hanging, DAYLESS))
        room.read()
        asyncio.run(main(room))
        assert pages.asked == [hanging, "https://bote.example/2"]


def test_a_story_grown_too_old_is_not_asked_for() -> None:
    """After a long stop its page could move no channel any more."""
    pages = Pages()
    with newsroom(pages) as room:
        story = told("https://blatt.example/1", DAYLESS)
        room.brings(story)
        room.read()
        room.clock.advance(timedelta(days=9))
        assert room.visit() == {"too old": 1}
        assert pages.asked == []


def test_switched_off_no_page_is_wanted() -> None:
    """`articles: false`: nothing is noted and nothing asked for."""
    with newsroom(None) as room:
        room.brings(told("https://blatt.example/1", DAYLESS))
        room.read()
        assert room.wire.store.pages_due(room.clock.now()) == ()
        assert room.visit() == {}


def test_what_the_feed_tells_in_full_is_not_asked_for() -> None:
    """Day, medium and initiative are told: the page is left alone."""
    with newsroom(Pages()) as room:
        room.brings(told("https://blatt.example/1", f"{CALL} {INITIATIVE}"))
        assert room.read() == {"new": 1}
        assert room.wire.store.pages_due(room.clock.now()) == ()
