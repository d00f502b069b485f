"""Whether each feed is heard, and if not, in which way it is deaf to us.

Pure: the same states and instant give the same conditions. A feed that is
asked, answers and brings news by its own ways is well; everything else has a
name, so that "no news" is never taken for "nothing happened".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot import cadence
from bot.model.feed import Feed, FeedState
from bot.model.fetch import Refusal


class Health(StrEnum):
    """How a feed is, the worst first; the words appear in `draht feeds health --json`."""

    GONE = "gone"
    BLOCKED = "blocked"
    FAILING = "failing"
    EMPTY = "empty"
    SILENT = "silent"
    UNDATED = "undated"
    STUMBLING = "stumbling"
    NEW = "not asked yet"
    RESTING = "switched off"
    WELL = "well"


DEAF = frozenset({Health.GONE, Health.BLOCKED, Health.FAILING, Health.EMPTY, Health.SILENT})
"""In these nothing new can come; an undated feed is heard, but not by its days."""

_NAMED = {
    Refusal.GONE.value: Health.GONE,
    Refusal.BLOCKED.value: Health.BLOCKED,
    Refusal.CONSENT.value: Health.BLOCKED,
}
_REMEDIES = {
    Refusal.GONE.value: "remove it from feeds.yaml",
    Refusal.HTML.value: "draht feeds discover looks for its feeds",
}
_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60))
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Condition:
    """How one feed is, since when as far as it is known, and one sentence for the operator."""

    feed: Feed
    health: Health
    since: datetime | None
    detail: str
    state: FeedState

    @property
    def deaf(self) -> bool:
        """Whether nothing new can come from it."""
        return self.health in DEAF


HEARD = frozenset({Health.WELL, Health.UNDATED, Health.STUMBLING})


def conditions(
    feeds: Iterable[Feed], states: Mapping[str, FeedState], now: datetime
) -> tuple[Condition, ...]:
    """Give the condition of every feed, the worst first, those alike by name."""
    found = [condition(feed, states[feed.url], now) for feed in feeds]
    order = list(Health)
    return tuple(sorted(found, key=lambda one: (order.index(one.health), one.feed.name, one.feed.url)))


def condition(feed: Feed, state: FeedState, now: datetime) -> Condition:
    """Say how a feed is."""
    health, since, detail = _told(feed, state, now)
    return Condition(feed, health, since, detail, state)


def _told(feed: Feed, state: FeedState, now: datetime) -> tuple[Health, datetime | None, str]:
    last = max(filter(None, (state.news_at, state.newest)), default=None)
    if not feed.enabled:
        return Health.RESTING, None, "enabled: false in feeds.yaml"
    if state.checked_at is None:
        return Health.NEW, None, "the next round asks it, unless its host wants a pause"
    if state.failures:
        return _failing(state), last, _fault(state)
    return _answering(state, last, now)


def _answering(state: FeedState, last: datetime | None, now: datetime) -> tuple[Health, datetime | None, str]:
    """Say how a feed is that could be read."""
    if not state.entries and state.entries is not None:
        return Health.EMPTY, last, "it answers as a feed without a single entry"
    # By its last look: while Draht slept, or the host rested, nobody could hear it.
    asked = min(now, state.checked_at or now)
    if cadence.is_silent(state, asked):
        return Health.SILENT, last, _silence(state, asked)
    if state.entries and state.newest is None:
        return Health.UNDATED, last, f"none of its {state.entries} entries tells a date that can be read"
    return Health.WELL, last, "" if last is None else f"last news {ago(now - last)}"


def _failing(state: FeedState) -> Health:
    reason = (state.fault or "").partition(":")[0]
    if reason in _NAMED:
        return _NAMED[reason]
    lasting = state.first_read_at is None or state.failures >= cadence.PATIENCE
    return Health.FAILING if lasting else Health.STUMBLING


def _fault(state: FeedState) -> str:
    reason, _, detail = (state.fault or "").partition(": ")
    times = f" ({state.failures} times in a row)" if state.failures > 1 else ""
    return advised(reason, f"{detail}{times}")


def advised(reason: str, detail: str) -> str:
    """Add to the sentence about a listed feed that was refused what the operator can do, where he can.

    >>> advised("gone", "https://a.example/ is gone for good (410)")
    'https://a.example/ is gone for good (410); remove it from feeds.yaml'
    """
    return f"{detail}; {_REMEDIES[reason]}" if reason in _REMEDIES else detail


def _silence(state: FeedState, now: datetime) -> str:
    quiet = cadence.quiet_for(state, now)
    usual = f", though it was never quiet for more than {length(state.rhythm)}" if state.rhythm else ""
    return f"it answers, but nothing new has come for {length(quiet or timedelta())}{usual}"


def ago(age: timedelta) -> str:
    """Write how long ago something was: "3 hours ago"."""
    return f"{length(age)} ago" if age >= 2 * _SECOND else "just now"


def length(span: timedelta) -> str:
    """Write a length of time in its largest unit.

    >>> length(timedelta(hours=50))
    '2 days'
    """
    seconds = max(span.total_seconds(), 0.0)
    for unit, size in _UNITS:
        if seconds >= size:
            number = int(seconds // size)
            return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
    return f"{int(seconds)} seconds"


def newly_silent(found: Iterable[Condition]) -> tuple[Condition, ...]:
    """Give the feeds of whose silence the operator has not heard; of faults he hears when they come."""
    quiet = (Health.SILENT, Health.EMPTY)
    return tuple(one for one in found if one.health in quiet and not one.state.silence_told)


def silence_told(found: Iterable[Condition]) -> str:
    """Name the feeds that have fallen silent."""
    lines = [f"{one.feed.name}: {one.detail}" for one in found]
    head = "One feed has fallen silent:" if len(lines) == 1 else f"{len(lines)} feeds have fallen silent:"
    return "\n".join([head, *lines])


@dataclass(frozen=True, slots=True)
class Day:
    """What a day came to: stories published, contacts entered and posts made since its beginning."""

    stories: int
    contacts: int
    posts: int


def summary(found: Iterable[Condition], day: Day) -> str:
    """Say once a day what was heard, and what was not."""
    asked = [one for one in found if one.health is not Health.RESTING]
    deaf = [one for one in asked if one.deaf]
    head = (
        f"The last 24 hours: {len(asked) - len(deaf)} of {len(asked)} feeds heard, "
        f"{_count(day.stories, 'story', 'stories')}, {_count(day.contacts, 'contact', 'contacts')} entered, "
        f"{_count(day.posts, 'post', 'posts')}."
    )
    lines = [f"{one.feed.name} ({one.health}): {one.detail}" for one in deaf]
    return "\n".join([head, *(["Not heard:", *lines] if lines else [])])


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
