"""What people ask the store about: posts, contacts, and how the outbox stands."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.model.alert import Alert, EntryState
from bot.model.watchlist import Party


@dataclass(frozen=True, slots=True)
class Posted:
    """A first post as it stands.

    `channel` is where it is: the alert's channel, or the chat that this has moved to; "" is the default one.
    `at` is when it was made, or queued where it is not made yet.
    """

    alert: Alert
    channel: str
    number: int
    state: EntryState
    at: datetime


@dataclass(frozen=True, slots=True)
class Search:
    """Which contacts are asked for: those of all these parties, not before a day, so many at most.

    One party may be any of several (namesakes, or one person in two offices).
    """

    parties: tuple[frozenset[Party], ...] = ()
    since: date | None = None
    limit: int = 10


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many outbox entries stand in which state, and the newest fault among them."""

    entries: tuple[tuple[EntryState, int], ...]
    error: str | None = None

    def count(self, *states: EntryState) -> int:
        """Count the entries in these states."""
        return sum(number for state, number in self.entries if state in states)


@dataclass(frozen=True, slots=True)
class Overdue:
    """How many messages should have been made by now, since when the eldest, and the newest fault of one."""

    messages: int = 0
    since: datetime | None = None
    error: str | None = None
