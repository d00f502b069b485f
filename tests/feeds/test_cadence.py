"""When a feed is looked at again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cadence import (
    LONGEST_PAUSE,
    PATIENCE,
    PAUSE_OF_THE_GONE,
    after,
    due,
    is_silent,
    quiet_for,
    to_ask,
    with_news,
    worth_telling,
)
from bot.model.feed import Feed, FeedState
from bot.model.fetch import Failed, Fetched, Modified, Refusal, Unchanged, Validators

NOW = datetime(2024, 7, 13, 9, 0, tzinfo=UTC)
URL = "https://blatt.example/rss"
FEED = Feed(URL, "Blatt", interval=timedelta(minutes=10))
NEW = FeedState(URL)
READ = Modified((), Validators(etag='"1"', last_modified="Sat", digest="d"))
DOWN = Failed(Refusal.UNREACHABLE, "cannot be reached")

FETCHED = st.sampled_from(
    [
        READ,
        Unchanged(),
        DOWN,
        Failed(Refusal.GONE, "gone"),
        Failed(Refusal.HTTP_STATUS, "429", retry_after=7200.0),
    ]
)


def after_all(state: FeedState, *looks: Fetched) -> FeedState:
    """Give the state after several looks, one each time the feed is due."""
    now = NOW
    for fetched in looks:
        state = after(FEED, state, fetched, now, 0.0)
        now = state.next_check or now
    return state


def test_a_new_feed_is_due_at_once() -> None:
    """What was never looked at need not wait."""
    assert due(FEED, NEW, NOW)


def test_a_feed_is_due_after_its_interval_also_after_a_restart() -> None:
    """The next look is part of the state; nothing is asked before it."""
    state = after(FEED, NEW, READ, NOW, 0.0)
    assert not due(FEED, state, NOW + timedelta(minutes=9))
    assert due(FEED, state, NOW + timedelta(minutes=10))


def test_a_shorter_interval_counts_at_once() -> None:
    """An edited configuration does not wait for the old rhythm."""
    state = after(replace(FEED, interval=timedelta(hours=6)), NEW, READ, NOW, 0.0)
    assert due(FEED, state, NOW + timedelta(minutes=10))


def test_a_clock_set_back_puts_no_feed_to_sleep() -> None:
    """A look that seems to lie in the future makes the feed due."""
    assert due(FEED, after(FEED, NEW, READ, NOW, 0.0), NOW - timedelta(days=30))


def test_what_the_server_gave_is_kept_for_the_next_look() -> None:
    """Validators are kept over a 304, replaced by a body, and gone with one that came without."""
    state = after_all(NEW, READ, Unchanged(Validators(etag='"2"')))
    assert (state.etag, state.last_modified, state.digest) == ('"2"', "Sat", "d")
    severed = after_all(state, Modified((), Validators()))
    assert (severed.etag, severed.last_modified, severed.digest) == (None, None, None)


def test_a_feed_that_an_earlier_draht_read_is_not_silent_for_that() -> None:
    """Its state tells no day of its news: it is read in full once, and where undated new from then on."""
    long_ago = FeedState(URL, etag='"1"', digest="d", first_read_at=NOW - timedelta(days=60), checked_at=NOW)
    asked = to_ask(long_ago, NOW)
    assert (asked.etag, asked.digest) == (None, None)
    assert not is_silent(after(FEED, long_ago, READ, NOW, 0.0), NOW)
    dated = after(FEED, long_ago, replace(READ, newest=NOW - timedelta(hours=5)), NOW, 0.0)
    assert quiet_for(dated, NOW) == timedelta(hours=5)
    assert to_ask(dated, NOW).digest == "d"


def test_the_first_reading_is_remembered_for_good() -> None:
    """A feed is fresh once."""
    first = after(FEED, NEW, READ, NOW, 0.0)
    assert first.first_read_at == NOW
    assert after(FEED, first, READ, NOW + timedelta(days=1), 0.0).first_read_at == NOW
    assert after(FEED, NEW, DOWN, NOW, 0.0).first_read_at is None


def test_each_failure_doubles_the_pause_up_to_a_day() -> None:
    """A dead feed costs little and is never given up."""
    state, pauses = NEW, []
    for _ in range(12):
        state = after(FEED, state, DOWN, NOW, 0.0)
        assert state.next_check is not None
        pauses.append(state.next_check - NOW)
    assert [pause.total_seconds() / 60 for pause in pauses[:4]] == [10, 20, 40, 80]
    assert pauses[-1] == LONGEST_PAUSE


def test_a_failing_feed_is_not_asked_before_its_pause_ends() -> None:
    """The usual interval does not undercut the pause."""
    state = after_all(NEW, READ, DOWN, DOWN, DOWN)
    assert state.checked_at is not None
    assert not due(FEED, state, state.checked_at + FEED.interval)


def test_a_server_that_asks_for_time_gets_it_but_not_more_than_a_day() -> None:
    """Retry-After is obeyed within reason."""
    for asked, given_time in ((7200.0, timedelta(hours=2)), (1.0, FEED.interval), (1e9, LONGEST_PAUSE)):
        state = after(FEED, NEW, Failed(Refusal.HTTP_STATUS, "503", asked), NOW, 0.0)
        assert state.next_check == NOW + given_time


def test_a_feed_that_is_gone_keeps_its_fault_and_is_asked_now_and_then() -> None:
    """410 retires a feed without forgetting it, and the operator hears of it at once."""
    gone = Failed(Refusal.GONE, "gone for good")
    state = after_all(NEW, READ, gone)
    assert state.next_check == NOW + FEED.interval + PAUSE_OF_THE_GONE
    assert state.fault == "gone: gone for good"
    assert worth_telling(state, gone)


def test_a_dead_feed_is_told_at_once_and_a_stumbling_one_after_some_patience() -> None:
    """The operator hears once of each, and not of a passing fault."""
    assert worth_telling(after_all(NEW, DOWN), DOWN)
    assert not worth_telling(after_all(NEW, READ, *[DOWN] * (PATIENCE - 1)), DOWN)
    assert worth_telling(after_all(NEW, READ, *[DOWN] * PATIENCE), DOWN)
    assert not worth_telling(after_all(replace(after_all(NEW, DOWN), told=True), DOWN), DOWN)


def test_a_good_look_forgets_the_fault() -> None:
    """A feed that answers again is healthy, and its next fault is news."""
    state = after_all(replace(after_all(NEW, DOWN), told=True), READ)
    assert (state.failures, state.fault, state.told) == (0, None, False)


def test_a_moved_feed_is_asked_where_it_lives_until_that_fails() -> None:
    """A permanent redirect is remembered; one that leads nowhere is forgotten."""
    moved = after_all(NEW, Modified((), Validators(etag='"1"', moved_to="https://neu.example/rss")))
    assert moved.address == "https://neu.example/rss"
    assert after_all(moved, Unchanged()).address == "https://neu.example/rss"
    lost = after_all(moved, *[DOWN] * PATIENCE)
    assert (lost.address, lost.etag) == (None, None)


@given(
    st.lists(FETCHED, max_size=12),
    st.floats(0, 1, exclude_max=True),
    st.timedeltas(timedelta(seconds=1), timedelta(days=3)),
)
def test_no_history_stops_a_feed_or_makes_it_storm(
    looks: list[Fetched], jitter: float, interval: timedelta
) -> None:
    """The next look always comes, within a week, and never much earlier than the interval."""
    state, feed = NEW, replace(FEED, interval=interval)
    for fetched in looks:
        state = after(feed, state, fetched, NOW, jitter)
        assert state.next_check is not None
        assert interval * 0.9 <= state.next_check - NOW <= max(PAUSE_OF_THE_GONE, interval)


@pytest.mark.parametrize("jitter", [0.0, 0.5, 0.999])
def test_jitter_never_makes_a_look_late(jitter: float) -> None:
    """Looks are spread towards the past, so that news is not later than the interval."""
    state = after(FEED, NEW, READ, NOW, jitter)
    assert state.next_check is not None
    assert state.next_check <= NOW + FEED.interval


def test_a_new_address_that_is_gone_sends_back_to_the_old_one() -> None:
    """Who moved there may have moved on: the configured address is asked next, not in a week."""
    moved = after(
        FEED, NEW, replace(READ, validators=Validators(moved_to="https://neu.example/rss")), NOW, 0.0
    )
    gone = after(FEED, moved, Failed(Refusal.GONE, "gone"), NOW, 0.0)
    assert (gone.address, gone.etag, gone.next_check) == (None, None, NOW + FEED.interval)
    again = after(FEED, gone, Failed(Refusal.GONE, "gone"), NOW, 0.0)
    assert again.next_check == NOW + PAUSE_OF_THE_GONE


@pytest.mark.parametrize("fast", [timedelta(days=2), timedelta(days=4000)])
def test_a_clock_that_was_fast_hides_no_silence(fast: timedelta) -> None:
    """What was noted in times to come counts from the first look at the right time."""
    ahead = NOW + fast
    news = replace(READ, newest=ahead)
    state = with_news(after(FEED, NEW, news, ahead, 0.0), ahead)
    assert to_ask(state, NOW).etag is None
    state = after(FEED, state, replace(READ, newest=NOW), NOW, 0.0)
    assert quiet_for(state, NOW + timedelta(days=10)) == timedelta(days=10)
    assert is_silent(state, NOW + timedelta(days=10))
