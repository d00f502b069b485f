"""When to look at a feed again: a pure function of its state and what the look brought.

`jitter` is drawn by the caller, evenly from 0 up to 1, and spreads the looks.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from bot.model.feed import Feed, FeedState
from bot.model.fetch import Failed, Fetched, Modified, Refusal, Unchanged, Wishes

LONGEST_PAUSE = timedelta(hours=24)
# A feed that says it is gone is still looked at now and then: servers err too.
PAUSE_OF_THE_GONE = timedelta(days=7)
# A feed that was read before may fail this often in a row before the operator hears of it.
PATIENCE = 3
MOST_WISHED = timedelta(hours=1)
"""So long a feed may have itself left alone; a ttl of a day is a forgotten default."""
# A feed's validators are believed so long; then its body is asked for whatever they say.
_BELIEVED = timedelta(days=1)
# Nobody is called silent before, nor within three of the longest pauses that he makes.
_QUIET, _BEYOND = timedelta(days=2), 3
_UNKNOWN_RHYTHM = timedelta(days=3)
_OF_LATE = 20  # entries of which the rhythm is learnt
_FORGETTING = 0.95  # what is left of a long pause after each shorter one
_PATIENT = 1000  # after a week without news a feed is asked every ten minutes, after a month every 43
_LAZY = 6  # intervals that the quietest feed is left alone
_HOURS, _DAYS = 24, 7
_NONE = timedelta()
_TOMORROW = timedelta(days=1)  # an entry may be dated so far ahead (bot.feeds.dates)
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
    if state.failures or state.checked_at + feed.interval > now:
        return False
    quiet = quiet_for(state, state.checked_at)
    return _next_look(feed.interval, state.wishes, quiet, state.checked_at, 0.0) <= now


def to_ask(state: FeedState, now: datetime) -> FeedState:
    """Give the state to ask with: once a day, and after a failure, without validators.

    Some servers answer 304 for ever, and a 304 does not prove that a fault is over.
    What an earlier Draht has read, which kept no date of it, is read once more.
    """
    believed = state.whole_at is not None and _NONE <= now - state.whole_at < _BELIEVED
    if believed and not state.failures:
        return state
    digest = state.digest if state.whole_at else None
    return replace(state, etag=None, last_modified=None, digest=digest)


def after(feed: Feed, state: FeedState, fetched: Fetched, now: datetime, jitter: float) -> FeedState:
    """Give a feed's state after a look that ended `now`."""
    state = _in_the_past(state, now)
    if isinstance(fetched, Failed):
        return _failed(feed, state, fetched, now, jitter)
    if isinstance(fetched, Modified):
        state = _read(state, fetched, now)
    given, keep = fetched.validators, isinstance(fetched, Unchanged)  # a 304 need not repeat them
    wishes = state.wishes if fetched.wishes is None else fetched.wishes
    return replace(
        state,
        address=given.moved_to or state.address,
        etag=given.etag or (state.etag if keep else None),
        last_modified=given.last_modified or (state.last_modified if keep else None),
        digest=given.digest or (state.digest if keep else None),
        first_read_at=state.first_read_at or now,
        checked_at=now,
        next_check=_next_look(feed.interval, wishes, quiet_for(state, now), now, jitter),
        failures=0,
        fault=None,
        told=False,
        wishes=wishes,
        whole_at=state.whole_at if _is_not_modified(fetched) else now,
    )


def _in_the_past(state: FeedState, now: datetime) -> FeedState:
    """Let what was noted while the clock was fast count from now on: else silence went unseen till then."""
    news, first, newest = state.news_at, state.first_read_at, state.newest
    if (news or now) <= now and (first or now) <= now and (newest or now) <= now + _TOMORROW:
        return state
    return replace(
        state,
        news_at=news and min(news, now),
        first_read_at=first and min(first, now),
        newest=newest and min(newest, now),
    )


def _is_not_modified(fetched: Modified | Unchanged) -> bool:
    return isinstance(fetched, Unchanged) and fetched.not_modified


def with_news(state: FeedState, now: datetime) -> FeedState:
    """Give the state of a feed that has just brought something new."""
    return replace(state, news_at=now, rhythm=_learnt(state, now), silence_told=False)


def rest_of_host(feed: Feed, busy: Failed, now: datetime) -> datetime:
    """Say until when a host is left alone that answered 429 or 503: as long as it asked, else an interval.

    "0 seconds", or until a time gone by, is no answer from who has too much to do.
    """
    asked = timedelta(seconds=busy.retry_after) if busy.retry_after else feed.interval
    return now + min(asked, LONGEST_PAUSE)


def rests(until: datetime | None, now: datetime) -> bool:
    """Say whether a host still rests; one longer than any that is granted comes of a clock set back."""
    return until is not None and now < until <= now + LONGEST_PAUSE


def quiet_for(state: FeedState, now: datetime) -> timedelta | None:
    """Give how long nothing new has come from a feed; None before it was first read."""
    since = max(filter(None, (state.news_at or state.first_read_at, _past(state.newest, now))), default=None)
    return None if since is None else now - since


def is_silent(state: FeedState, now: datetime) -> bool:
    """Say whether a feed has been quiet for much longer than it ever is."""
    quiet = quiet_for(state, now)
    return quiet is not None and quiet > max(_QUIET, _BEYOND * (state.rhythm or _UNKNOWN_RHYTHM))


def rhythm_of(instants: Iterable[datetime]) -> timedelta | None:
    """Give the longest time between two of a feed's newest entries; None where fewer than two tell theirs."""
    newest = sorted(instants, reverse=True)[:_OF_LATE]
    return max((later - earlier for later, earlier in pairwise(newest)), default=None)


def _learnt(state: FeedState, now: datetime) -> timedelta | None:
    """Let the longest pause that a feed makes follow its ways: longer at once, shorter slowly."""
    if state.news_at is None:
        return state.rhythm
    pause = now - state.news_at
    return max(pause, state.rhythm * _FORGETTING) if state.rhythm is not None else pause


def _past(instant: datetime | None, now: datetime) -> datetime | None:
    return instant if instant is not None and instant <= now else None


def _read(state: FeedState, read: Modified, now: datetime) -> FeedState:
    """Take over what a document tells of its feed; one of which nothing was kept is new from now on."""
    dated = [story.instant for story in read.stories if story.dated]
    newest = max(filter(None, (read.newest, state.newest)), default=None)
    first = state.first_read_at is None
    rhythm = rhythm_of(dated) if first else state.rhythm
    unknown = not first and state.whole_at is None and newest is None
    news_at = now if unknown else state.news_at
    return replace(state, newest=newest, rhythm=rhythm, entries=read.entries, news_at=news_at)


def _next_look(
    interval: timedelta, wishes: Wishes, quiet: timedelta | None, now: datetime, jitter: float
) -> datetime:
    """Plan the look after a good one.

    Never before the interval; later where the feed or its server wishes it (up
    to an hour), where long nothing came (a thousandth of that time, up to six
    intervals), and where the feed says that nothing comes in this hour or on this day.
    """
    slower = max(wishes.pause or _NONE, min((quiet or _NONE) / _PATIENT, _LAZY * interval))
    pause = max(interval, min(slower, MOST_WISHED))
    planned = now + pause * (1 - _SPREAD * jitter)
    if not wishes.hours and not wishes.days:
        return planned
    return min(_open(wishes, planned), max(planned, now + LONGEST_PAUSE))


def _open(wishes: Wishes, planned: datetime) -> datetime:
    """Give the first instant from the planned one on that is in no hour and on no day to be skipped."""
    if len(wishes.hours) >= _HOURS or len(wishes.days) >= _DAYS:
        return planned  # who skips everything has not meant it
    at = planned.astimezone(UTC)
    for _ in range(_HOURS * _DAYS):
        if at.hour not in wishes.hours and at.weekday() not in wishes.days:
            return at
        at = at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return planned


def worth_telling(state: FeedState, failed: Failed) -> bool:
    """Say whether the operator has to hear of a feed that is in this state after it failed.

    Once, and at once of a feed that never worked or is gone; others may stumble.
    """
    dead = state.first_read_at is None or failed.refusal is Refusal.GONE or state.failures >= PATIENCE
    return dead and not state.told


def _failed(feed: Feed, state: FeedState, failed: Failed, now: datetime, jitter: float) -> FeedState:
    failures = state.failures + 1
    gone = failed.refusal is Refusal.GONE
    # A remembered redirect that leads nowhere: the configured address is asked again, soon where
    # the other is gone, since it may lead elsewhere by now.
    lost = state.address is not None and (gone or failures >= PATIENCE)
    pause = PAUSE_OF_THE_GONE if gone and not lost else _pause(feed.interval, failed, failures, jitter)
    return replace(
        state,
        address=None if lost else state.address,
        etag=None if lost else state.etag,
        last_modified=None if lost else state.last_modified,
        checked_at=now,
        next_check=now + pause,
        failures=failures,
        fault=f"{failed.refusal}: {failed.detail}",
    )


def _pause(interval: timedelta, failed: Failed, failures: int, jitter: float) -> timedelta:
    """Give the wait after a failure: doubled each time, up to a day, never less than the server asked for."""
    longest = max(LONGEST_PAUSE, interval)
    doubled = min(interval * (1 << min(failures - 1, _MOST_DOUBLINGS)), longest) * (1 - _SPREAD * jitter)
    asked = timedelta(seconds=min(failed.retry_after or 0.0, LONGEST_PAUSE.total_seconds()))
    return max(doubled, asked)
