"""Each way in which a feed can be deaf to us has its name."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.model.feed import Feed, FeedState
from bot.pipeline.health import Condition, Day, Health, condition, conditions, newly_silent, summary

NOW = datetime(2024, 7, 13, 9, 0, tzinfo=UTC)
FEED = Feed("https://blatt.example/rss", "Blatt")
LATELY = NOW - timedelta(hours=3)
LONG_AGO = NOW - timedelta(days=20)
WELL = FeedState(
    FEED.url, first_read_at=LONG_AGO, checked_at=NOW, news_at=LATELY, newest=LATELY, entries=20,
    rhythm=timedelta(hours=5),
)  # fmt: skip


def failing(fault: str, times: int, state: FeedState = WELL) -> FeedState:
    """Let looks at a feed fail."""
    return replace(state, failures=times, fault=fault)


@pytest.mark.parametrize(
    ("state", "health"),
    [
        (WELL, Health.WELL),
        (FeedState(FEED.url), Health.NEW),
        (failing("timeout: blatt.example did not answer", 1), Health.STUMBLING),
        (failing("timeout: blatt.example did not answer", 3), Health.FAILING),
        (failing("html page: it is a web page", 1, replace(WELL, first_read_at=None)), Health.FAILING),
        (failing("gone: it is gone for good (410)", 1), Health.GONE),
        (failing("blocked: Cloudflare takes Draht for a bot", 1), Health.BLOCKED),
        (failing("consent wall: it leads to a page that asks for consent", 1), Health.BLOCKED),
        (replace(WELL, entries=0), Health.EMPTY),
        (replace(WELL, newest=None), Health.UNDATED),
        (replace(WELL, news_at=LONG_AGO, newest=LONG_AGO), Health.SILENT),
        (replace(WELL, news_at=LONG_AGO, newest=LONG_AGO, rhythm=timedelta(days=9)), Health.WELL),
    ],
)
def test_a_feed_is_judged_by_its_state_and_its_own_ways(state: FeedState, health: Health) -> None:
    """The same quiet is silence for one feed and usual for another."""
    assert condition(FEED, state, NOW).health is health


def test_a_feed_switched_off_is_not_missed() -> None:
    """Whoever switches a feed off knows it."""
    assert condition(replace(FEED, enabled=False), failing("timeout: t", 9), NOW).health is Health.RESTING


def test_the_worst_stands_first() -> None:
    """An operator reads the first lines."""
    other = Feed("https://tot.example/rss", "Tot")
    states = {FEED.url: WELL, other.url: replace(failing("gone: 410", 1), url=other.url)}
    assert [one.feed for one in conditions([FEED, other], states, NOW)] == [other, FEED]


def test_no_feed_is_silent_while_nobody_listened() -> None:
    """A machine wakes after a week: no feed has been asked since, and no alarm is raised for each."""
    week = timedelta(days=7)
    asleep = replace(WELL, checked_at=NOW - week, news_at=LATELY - week, newest=LATELY - week)
    assert condition(FEED, asleep, NOW).health is Health.WELL
    assert condition(FEED, replace(asleep, checked_at=NOW), NOW).health is Health.SILENT


def test_silence_is_news_once() -> None:
    """Told, it is not told again."""
    silent = replace(WELL, news_at=LONG_AGO, newest=LONG_AGO)
    told = replace(silent, silence_told=True)
    assert [one.state for one in newly_silent(found(silent, told, WELL))] == [silent]


def test_the_summary_counts_who_is_heard_and_names_who_is_not() -> None:
    """One message a day that says what silence means."""
    text = summary(found(WELL, failing("timeout: blatt.example did not answer", 4)), Day(1234, 2, 1))
    assert text.splitlines() == [
        "The last 24 hours: 1 of 2 feeds heard, 1,234 stories, 2 contacts entered, 1 post.",
        "Not heard:",
        "Blatt (failing): blatt.example did not answer (4 times in a row)",
    ]


def found(*states: FeedState) -> list[Condition]:
    """Judge several states of the feed."""
    return [condition(FEED, state, NOW) for state in states]
