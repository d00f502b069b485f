"""A poll asks every feed once and loses nothing between the answer and the store."""

import asyncio
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import StateError
from bot.feeds.source import HttpFeedSource
from bot.model.feed import Feed, FeedState
from bot.model.fetch import Failed, Modified, Refusal, Unchanged, Validators
from bot.pipeline.poll import Look, Polling, PollReport, Round, poll
from bot.ports import FeedSource
from bot.storage import SqlStore, open_store
from tests.fakes.clock import FakeClock
from tests.fakes.feeds import FakeFeedSource, brings
from tests.servers import feed_server as servers
from tests.servers.feed_server import FeedServer

URL = "https://blatt.example/rss"
BLATT, TAGBLATT = Feed(URL, "Blatt"), Feed("https://tagblatt.example/rss", "Tagblatt")
DOWN = Failed(Refusal.UNREACHABLE, "cannot be reached")
PLAN = Round(jitter=lambda: 0.0)
LOOPBACK = ("127.0.0.0/8",)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    """Open a store of the test's own."""
    opened = open_store(f"sqlite:///{tmp_path / 'draht.db'}", patience=0.1)
    yield opened
    opened.close()


@pytest.fixture
def clock() -> FakeClock:
    """Give a clock that stands still."""
    return FakeClock()


@pytest.fixture(scope="module")
def server() -> Iterator[FeedServer]:
    """Run one feed server for the module."""
    with servers.feed_server() as running:
        yield running


def polled(
    feeds: Sequence[Feed], source: FeedSource, store: SqlStore, clock: FakeClock, plan: Round = PLAN
) -> PollReport:
    """Poll once."""
    return asyncio.run(poll(feeds, source, store, clock, plan))


def titles(store: SqlStore) -> list[str]:
    """Give the titles of the stories that wait to be read."""
    return sorted(story.title for story in store.unread(1000))


def test_what_the_feeds_bring_is_kept_and_counted(store: SqlStore, clock: FakeClock) -> None:
    """Stories of all feeds are in the store, a story of two feeds once."""
    source = FakeFeedSource({URL: [brings("eins", "zwei")], TAGBLATT.url: [brings("zwei", "drei")]})
    report = polled([BLATT, TAGBLATT], source, store, clock)
    assert (report.feeds, report.read, report.unchanged, report.stories) == (2, 2, 0, 3)
    assert titles(store) == ["drei", "eins", "zwei"]


def test_a_failing_feed_touches_no_other_and_is_named_once(store: SqlStore, clock: FakeClock) -> None:
    """The first poll names the dead feed, the second counts it only."""
    source = FakeFeedSource({URL: [DOWN, DOWN], TAGBLATT.url: [brings("eins")]})
    first = polled([BLATT, TAGBLATT], source, store, clock)
    assert (first.read, first.refused, first.faults) == (1, (("unreachable", 1),), ((BLATT, DOWN),))
    Polling(source, store, clock, PLAN).note_told([BLATT])
    second = polled([BLATT, TAGBLATT], source, store, clock)
    assert (second.unchanged, second.refused, second.faults) == (1, (("unreachable", 1),), ())
    assert store.feed_states([URL])[URL].fault == "unreachable: cannot be reached"


def test_only_due_and_enabled_feeds_are_asked(store: SqlStore, clock: FakeClock) -> None:
    """The store remembers when, over restarts too; without `due_only` every enabled feed is asked."""
    source, off = FakeFeedSource({}), replace(TAGBLATT, enabled=False)
    due_only = replace(PLAN, due_only=True)
    assert [polled([BLATT, off], source, store, clock, due_only).feeds for _ in range(2)] == [1, 0]
    clock.advance(timedelta(minutes=10))
    assert polled([BLATT, off], source, store, clock, due_only).feeds == 1
    assert polled([BLATT, off], source, store, clock).feeds == 1
    assert source.asked == [URL] * 3


def test_many_hosts_share_the_workers_and_one_host_has_two(store: SqlStore, clock: FakeClock) -> None:
    """No more looks at once than workers, no more than two at one host."""
    plan = replace(PLAN, workers=5, gap=timedelta())
    hosts = FakeFeedSource({})
    polled([Feed(f"https://h{n}.example/rss", "H") for n in range(20)], hosts, store, clock, plan)
    assert (len(hosts.asked), hosts.most_at_once) == (20, 5)
    one_host = FakeFeedSource({})
    polled([Feed(f"https://h.example/{n}", "H") for n in range(20)], one_host, store, clock, plan)
    assert (len(one_host.asked), one_host.most_at_once) == (20, 2)


def test_feeds_that_hang_delay_no_living_one(store: SqlStore, clock: FakeClock) -> None:
    """With every place of the failing lane taken for good, all that answered last time are read."""
    dead = [Feed(f"https://dead{n}.example/rss", "D") for n in range(9)]
    living = [Feed(f"https://h{n}.example/rss", "H") for n in range(9)]
    source = FakeFeedSource({feed.url: [DOWN] for feed in dead})
    plan = replace(PLAN, workers=3, gap=timedelta())

    async def two_rounds() -> set[str]:
        polling = Polling(source, store, clock, plan)
        await polling.look_at([*dead, *living])
        source.asked.clear()
        source.silent = {feed.url for feed in dead}
        second = asyncio.create_task(polling.look_at([*dead, *living]))
        for _ in range(100):
            await asyncio.sleep(0)
        second.cancel()
        await asyncio.gather(second, return_exceptions=True)
        return set(source.asked)

    assert {feed.url for feed in living} <= asyncio.run(two_rounds())


def test_a_host_that_asks_for_a_pause_gets_it_with_all_its_feeds_and_over_a_restart(
    store: SqlStore, clock: FakeClock
) -> None:
    """One 429 with Retry-After stops what else was to be asked there; others go on."""
    busy = Failed(Refusal.HTTP_STATUS, "429", retry_after=3600.0, busy=True)
    crowd = [Feed(f"https://busy.example/{n}", "B") for n in range(5)]
    source = FakeFeedSource({crowd[0].url: [busy]})
    plan = replace(PLAN, per_host=1, gap=timedelta())
    first = polled([*crowd, BLATT], source, store, clock, plan)
    assert (first.feeds, first.resting, source.asked) == (2, 4, [crowd[0].url, URL])
    clock.advance(timedelta(minutes=59))
    assert polled(crowd, source, store, clock, plan).resting == 5
    clock.advance(timedelta(minutes=2))
    assert polled(crowd, source, store, clock, plan).feeds == 5


def test_feeds_that_moved_to_one_host_are_asked_as_its_own(store: SqlStore, clock: FakeClock) -> None:
    """No more at once than it can bear, and one 429 of it is heeded for all of them."""
    busy = Failed(Refusal.HTTP_STATUS, "429", retry_after=3600.0, busy=True)
    feeds = [Feed(f"https://h{n}.example/rss", "H") for n in range(6)]
    for n, feed in enumerate(feeds):
        store.save_look(FeedState(feed.url, address=f"https://all.example/{n}"), ())
    source = FakeFeedSource({feeds[0].url: [busy]})
    report = polled(feeds, source, store, clock, replace(PLAN, per_host=1, gap=timedelta()))
    assert (report.feeds, report.resting) == (1, 5)
    assert list(store.resting_hosts()) == ["all.example"]


def test_several_calls_share_what_a_host_can_bear(store: SqlStore, clock: FakeClock) -> None:
    """Two polls at once ask a host no more often at once than one."""
    feeds = [Feed(f"https://h.example/{n}", "H") for n in range(8)]
    source = FakeFeedSource({})

    async def both() -> tuple[PollReport, ...]:
        polling = Polling(source, store, clock, replace(PLAN, gap=timedelta()))
        return tuple(await asyncio.gather(polling.look_at(feeds[:4]), polling.look_at(feeds[4:])))

    assert [report.feeds for report in asyncio.run(both())] == [4, 4]
    assert source.most_at_once == 2


def test_what_the_operator_heard_outlives_the_round_that_goes_on(store: SqlStore, clock: FakeClock) -> None:
    """A look that still waits to be kept does not overwrite it."""
    source = FakeFeedSource({})
    source.silent = {TAGBLATT.url}

    async def told_meanwhile() -> None:
        polling = Polling(source, store, clock, PLAN)
        round_ = asyncio.create_task(polling.look_at([BLATT, TAGBLATT]))
        for _ in range(50):
            await asyncio.sleep(0)
        polling.note_silence_told([BLATT])
        round_.cancel()
        await asyncio.gather(round_, return_exceptions=True)

    asyncio.run(told_meanwhile())
    assert store.feed_states([URL])[URL].silence_told
    assert store.feed_states([URL])[URL].checked_at == clock.now()


@pytest.mark.parametrize("steps", range(12))
def test_a_round_given_up_leaves_its_hosts_free(store: SqlStore, clock: FakeClock, steps: int) -> None:
    """Whenever it is given up, also where a look was planned but had not begun."""
    feeds = [Feed(f"https://h.example/{n}", "H") for n in range(6)]

    async def given_up_then_asked() -> PollReport:
        polling = Polling(FakeFeedSource({}), store, clock, replace(PLAN, per_host=1, gap=timedelta()))
        first = asyncio.create_task(polling.look_at(feeds))
        for _ in range(steps):
            await asyncio.sleep(0)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        return await asyncio.wait_for(polling.look_at(feeds), 5)

    assert asyncio.run(given_up_then_asked()).feeds == 6


def test_looks_without_news_are_kept_when_the_round_ends(store: SqlStore, clock: FakeClock) -> None:
    """Kept a few at a time, none is left out."""
    feeds = [Feed(f"https://h{n}.example/rss", "H") for n in range(120)]
    polled(feeds, FakeFeedSource({}), store, clock)
    states = store.feed_states([feed.url for feed in feeds])
    assert {state.checked_at for state in states.values()} == {clock.now()}


def test_each_look_is_reported_as_it_ends(store: SqlStore, clock: FakeClock) -> None:
    """The log hears what each feed brought."""
    heard: list[Look] = []
    source = FakeFeedSource({URL: [brings("eins")]})
    polled([BLATT], source, store, clock, replace(PLAN, on_look=heard.append))
    (look,) = heard
    assert (look.feed, look.stories, look.state.failures) == (BLATT, 1, 0)


def test_a_store_that_fails_ends_the_poll_and_keeps_no_half(
    store: SqlStore, clock: FakeClock, tmp_path: Path
) -> None:
    """With the database held by another program no half is kept; the next poll has all."""
    holder = sqlite3.connect(tmp_path / "draht.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(StateError):
        polled([BLATT, TAGBLATT], FakeFeedSource({URL: [brings("eins")]}), store, clock)
    holder.close()
    assert store.feed_states([URL])[URL].checked_at is None
    polled([BLATT], FakeFeedSource({URL: [brings("eins")]}), store, clock)
    assert titles(store) == ["eins"]


def test_no_feeds_is_an_empty_report(store: SqlStore, clock: FakeClock) -> None:
    """Nothing asked, nothing counted."""
    assert polled([], FakeFeedSource({}), store, clock) == PollReport()


def test_skipped_entries_are_summed_by_reason(store: SqlStore, clock: FakeClock) -> None:
    """What could not be used is counted over all feeds."""
    broken = Modified((), Validators(), (("cut off", 1), ("no title and no text", 2)))
    source = FakeFeedSource({URL: [broken], TAGBLATT.url: [broken]})
    report = polled([BLATT, TAGBLATT], source, store, clock)
    assert report.skipped == (("cut off", 2), ("no title and no text", 4))


ITEM = "<item><guid>{n}</guid><title>Meldung {n}</title></item>"


def test_a_feed_over_http_is_read_once_then_unchanged_and_its_news_come_alone(
    store: SqlStore, clock: FakeClock, server: FeedServer
) -> None:
    """From socket to store: a first read, a 304, then the one new story beside the old."""

    def publish(*numbers: int) -> str:
        body = f"<rss version='2.0'><channel>{''.join(ITEM.format(n=n) for n in numbers)}</channel></rss>"
        return server.put("/rss", servers.page(body.encode()))

    feed = Feed(publish(1, 2), "Blatt")

    async def three_looks() -> tuple[PollReport, ...]:
        source = HttpFeedSource(workers=2, allow_private=LOOPBACK)
        plan = replace(PLAN, private=LOOPBACK)
        first = await poll([feed], source, store, clock, plan)
        second = await poll([feed], source, store, clock, plan)
        publish(3, 2, 1)
        third = await poll([feed], source, store, clock, plan)
        await source.close()
        return first, second, third

    reports = asyncio.run(three_looks())
    assert [(report.read, report.unchanged, report.stories) for report in reports] == [
        (1, 0, 2),
        (0, 1, 0),
        (1, 0, 1),
    ]
    assert [story.fresh_feed for story in sorted(store.unread(9), key=lambda s: s.title)] == [
        True,
        True,
        False,
    ]


def test_misbehaving_feeds_leave_the_others_their_news(
    store: SqlStore, clock: FakeClock, server: FeedServer
) -> None:
    """Among broken feeds the good one is read, and each fault is counted under its name."""
    good = f"<rss version='2.0'><channel>{ITEM.format(n=1)}</channel></rss>".encode()
    urls = {
        server.put("/good", servers.page(good)): "",
        server.put("/html", servers.page(b"<html>", content_type="text/html")): "html page",
        server.put("/reset", servers.reset()): "unreachable",
        server.put("/bomb", servers.bomb("gzip")): "too large",
        server.put("/gone", servers.reply(410)): "gone",
        server.put("/inside", servers.redirect("http://10.0.0.1/")): "private address",
    }

    async def one_poll() -> PollReport:
        source = HttpFeedSource(workers=3, allow_private=LOOPBACK)
        report = await poll(
            [Feed(url, url) for url in urls], source, store, clock, replace(PLAN, private=LOOPBACK)
        )
        await source.close()
        return report

    report = asyncio.run(one_poll())
    assert (report.feeds, report.read, report.stories) == (6, 1, 1)
    assert report.refused == tuple((reason, 1) for reason in sorted(urls.values()) if reason)
    assert len(report.faults) == 5


def test_unchanged_is_no_fault() -> None:
    """A 304 after a failure makes the feed healthy again."""
    assert Unchanged().validators == Validators()
