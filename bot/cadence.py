"""When to look at a feed again: a pure function of its state and what the look brought.

`jitter` is drawn by the caller, evenly from 0 up to 1, and spreads the looks.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.model.feed import Feed, FeedState
from bot.model.fetch import Failed, Fetched, Refusal, Unchanged, Validators

LONGEST_PAUSE = timedelta(hours=24)
# A feed that says it is gone is still looked at now and then: servers err too.
PAUSE_OF_THE_GONE = timedelta(days=7)
# A feed that was read before may fail this often in a row before the operator hears of it.
PATIENCE = 3
_SPREAD = 0.1
_MOST_DOUBLINGS = 20


def due(feed: Feed, state: FeedState, now: datetime) -> bool:
    """Say whether a feed is to be looked at now.

    The next look is remembered, so that a restart does not ask everybody at
    once. A shorter interval in the configuration counts at once, and a clock
    that was set back does not put a feed to sleep.
    """
    if state.next_check is None or state.checked_at is None or state.next_check <= now:
        return True
    if state.checked_at > now:
        return True
    return not state.failures and state.checked_at + feed.interval <= now


def after(feed: Feed, state: FeedState, fetched: Fetched, now: datetime, jitter: float) -> FeedState:
    """Give a feed's state after a look that ended `now`."""
    if isinstance(fetched, Failed):
        return _failed(feed, state, fetched, now, jitter)
    return replace(
        _validated(state, fetched.validators, keep=isinstance(fetched, Unchanged)),
        first_read_at=state.first_read_at or now,
        checked_at=now,
        next_check=now + feed.interval * (1 - _SPREAD * jitter),
        failures=0,
        fault=None,
        told=False,
    )


def worth_telling(state: FeedState, failed: Failed) -> bool:
    """Say whether the operator has to hear of a feed that is in this state after it failed.

    Once, and at once of a feed that never worked or is gone; others may stumble.
    """
    dead = state.first_read_at is None or failed.refusal is Refusal.GONE or state.failures >= PATIENCE
    return dead and not state.told


def _validated(state: FeedState, given: Validators, *, keep: bool) -> FeedState:
    """Take over what the server gave; a 304 need not repeat it."""
    return replace(
        state,
        address=given.moved_to or state.address,
        etag=given.etag or (state.etag if keep else None),
        last_modified=given.last_modified or (state.last_modified if keep else None),
        digest=given.digest or (state.digest if keep else None),
    )


def _failed(feed: Feed, state: FeedState, failed: Failed, now: datetime, jitter: float) -> FeedState:
    failures = state.failures + 1
    # A remembered redirect that leads nowhere: the configured address is asked again.
    lost = state.address is not None and failures >= PATIENCE
    return replace(
        state,
        address=None if lost else state.address,
        etag=None if lost else state.etag,
        last_modified=None if lost else state.last_modified,
        checked_at=now,
        next_check=now + _pause(feed.interval, failed, failures, jitter),
        failures=failures,
        fault=f"{failed.refusal}: {failed.detail}",
    )


def _pause(interval: timedelta, failed: Failed, failures: int, jitter: float) -> timedelta:
    """Give the wait after a failure: doubled each time, up to a day, never less than the server asked for."""
    if failed.refusal is Refusal.GONE:
        return PAUSE_OF_THE_GONE
    longest = max(LONGEST_PAUSE, interval)
    doubled = min(interval * (1 << min(failures - 1, _MOST_DOUBLINGS)), longest) * (1 - _SPREAD * jitter)
    asked = timedelta(seconds=min(failed.retry_after or 0.0, LONGEST_PAUSE.total_seconds()))
    return max(doubled, asked)
