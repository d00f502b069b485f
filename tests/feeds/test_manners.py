"""Feeds are asked as they, their servers and their own ways would have it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import cadence
from bot.cadence import LONGEST_PAUSE, MOST_WISHED, after, due, is_silent, rhythm_of, to_ask, with_news
from bot.model.feed import Feed, FeedState
from bot.model.fetch import Failed, Modified, Refusal, Unchanged, Validators, Wishes
from tests.fakes.feeds import story

NOW = datetime(2024, 7, 12, 9, 0, tzinfo=UTC)  # a Friday
URL = "https://blatt.example/rss"
FEED = Feed(URL, "Blatt", interval=timedelta(minutes=10))
NEW = FeedState(URL)
READ = Modified((), Validators(etag='"1"', last_modified="Sat"))


def wishing(**wishes: object) -> Modified:
    """Make the look of a feed that says how it wants to be asked."""
    return replace(READ, wishes=Wishes(**wishes))  # type: ignore[arg-type]  # as the tests write them


def pause_after(read: Modified, state: FeedState = NEW, now: datetime = NOW) -> timedelta:
    """Give how long a feed is left alone after a look."""
    looked = after(FEED, state, read, now, 0.0)
    assert looked.next_check is not None
    return looked.next_check - now


@pytest.mark.parametrize(
    ("wished", "given_time"),
    [
        (timedelta(minutes=5), FEED.interval),
        (timedelta(minutes=30), timedelta(minutes=30)),
        (timedelta(days=1), MOST_WISHED),
    ],
)
def test_a_feed_that_asks_for_more_time_gets_it_within_reason(
    wished: timedelta, given_time: timedelta
) -> None:
    """Never sooner than the interval, never later than an hour for a ttl that nobody thought about."""
    assert pause_after(wishing(pause=wished)) == given_time


def test_a_wish_holds_until_the_feed_tells_another() -> None:
    """A 304 says nothing of the feed's ttl; what it told before goes on."""
    state = after(FEED, NEW, wishing(pause=timedelta(minutes=30)), NOW, 0.0)
    assert not due(FEED, state, NOW + timedelta(minutes=20))
    later = NOW + timedelta(minutes=30)
    assert due(FEED, state, later)
    again = after(FEED, state, Unchanged(not_modified=True), later, 0.0)
    assert again.next_check == later + timedelta(minutes=30)


def test_hours_and_days_in_which_nothing_comes_are_left_out() -> None:
    """The look is put off to the first hour that is not to be skipped."""
    skipping = wishing(hours=frozenset({9, 10}))
    assert pause_after(skipping) == timedelta(hours=2)
    friday = wishing(days=frozenset({4}))
    assert pause_after(friday) == timedelta(hours=15)


def test_who_skips_everything_is_asked_as_ever() -> None:
    """Seven days a week to be left out were not meant."""
    assert pause_after(wishing(days=frozenset(range(7)))) == FEED.interval
    assert pause_after(wishing(hours=frozenset(range(24)))) == FEED.interval


def test_a_feed_that_was_long_quiet_is_asked_less_and_at_once_as_ever_when_it_wakes() -> None:
    """After a month without news a look every 43 minutes does; the first news ends that."""
    long_ago = NOW - timedelta(days=30)
    quiet = replace(NEW, first_read_at=long_ago, news_at=long_ago, whole_at=NOW - timedelta(hours=1))
    assert timedelta(minutes=42) < pause_after(READ, quiet) < timedelta(minutes=44)
    awake = with_news(quiet, NOW)
    assert pause_after(READ, awake) == FEED.interval


@given(
    st.builds(
        Wishes,
        pause=st.none() | st.timedeltas(timedelta(0), timedelta(days=400)),
        hours=st.frozensets(st.integers(0, 23)),
        days=st.frozensets(st.integers(0, 6)),
    ),
    st.timedeltas(timedelta(seconds=1), timedelta(days=3)),
    st.timedeltas(timedelta(0), timedelta(days=4000)),
)
def test_no_wish_puts_a_feed_to_sleep(wishes: Wishes, interval: timedelta, quiet: timedelta) -> None:
    """Whatever it asks for, a feed is looked at within a day or its interval."""
    feed, state = replace(FEED, interval=interval), replace(NEW, first_read_at=NOW - quiet)
    looked = after(feed, state, replace(READ, wishes=wishes), NOW, 0.0)
    assert looked.next_check is not None
    assert interval <= looked.next_check - NOW <= max(LONGEST_PAUSE, interval)


def test_validators_are_not_believed_for_ever() -> None:
    """A server that answers 304 whatever happens is asked for the whole once a day."""
    state = after(FEED, NEW, READ, NOW, 0.0)
    day_later = NOW + timedelta(days=1)
    assert to_ask(state, NOW + timedelta(hours=23)).etag == '"1"'
    assert to_ask(state, day_later).etag is None
    still = after(FEED, state, Unchanged(not_modified=True), day_later, 0.0)
    assert still.whole_at == NOW
    assert after(FEED, state, Unchanged(), day_later, 0.0).whole_at == day_later


def test_a_host_rests_as_long_as_it_asked_and_no_longer_than_a_day() -> None:
    """Without a time of its own it gets one interval."""
    busy = Failed(Refusal.HTTP_STATUS, "429", busy=True)
    assert cadence.rest_of_host(FEED, busy, NOW) == NOW + FEED.interval
    assert cadence.rest_of_host(FEED, replace(busy, retry_after=0.0), NOW) == NOW + FEED.interval
    assert cadence.rest_of_host(FEED, replace(busy, retry_after=90.0), NOW) == NOW + timedelta(seconds=90)
    assert cadence.rest_of_host(FEED, replace(busy, retry_after=1e9), NOW) == NOW + LONGEST_PAUSE


def test_silence_is_judged_by_a_feeds_own_ways() -> None:
    """Three days without news are silence for an agency, and nothing for a monthly."""
    last = NOW - timedelta(days=3)
    agency = replace(NEW, first_read_at=last, news_at=last, rhythm=timedelta(hours=2))
    assert is_silent(agency, NOW)
    assert not is_silent(replace(agency, rhythm=timedelta(days=20)), NOW)
    assert not is_silent(replace(agency, news_at=NOW - timedelta(hours=40)), NOW)


def test_a_feed_never_read_is_not_silent_but_unread() -> None:
    """What fails is told as failing."""
    assert not is_silent(NEW, NOW + timedelta(days=400))


def test_the_rhythm_is_the_longest_pause_of_late() -> None:
    """Learnt from the entries at the first reading, then from what comes."""
    entries = [NOW - timedelta(hours=h) for h in (0, 1, 9, 10)]
    assert rhythm_of(entries) == timedelta(hours=8)
    assert rhythm_of(entries[:1]) is None
    stories = tuple(replace(story(str(n)), instant=at) for n, at in enumerate(entries))
    state = after(FEED, NEW, replace(READ, stories=stories), NOW, 0.0)
    assert state.rhythm == timedelta(hours=8)
    first = with_news(state, NOW)
    slower = with_news(first, NOW + timedelta(hours=20))
    assert slower.rhythm == timedelta(hours=20)
    quicker = with_news(slower, NOW + timedelta(hours=21))
    assert quicker.rhythm == timedelta(hours=19)
