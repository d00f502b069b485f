"""What stories are read with."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.alerts.changes import Change
from bot.contacts.ruled import Ruled
from bot.model.alert import Alert, Shown
from bot.model.claim import Recognition
from bot.model.contact import Contact
from bot.model.story import Story
from bot.model.trace import NearMiss
from bot.model.watchlist import Match, WatchList

Nearness = Callable[[Story], tuple[NearMiss, ...]]


class Reader(Protocol):
    """Says what a story says of contacts."""

    def read(self, story: Story) -> Recognition:
        """Give the story's verdict and claims; equal stories, equal answers."""
        ...


class Listener(Protocol):
    """Says which watches a story concerns."""

    def matches(self, story: Story) -> tuple[Match, ...]:
        """Give the evidence, at least one match for each watch concerned."""
        ...


class Writer(Protocol):
    """Says in words what a channel is told: valid Telegram HTML, the same for the same contacts."""

    def post(self, told: Ruled, previous: Contact | None, channel: str) -> str:
        """Write the post on a contact, given the one before of the same offices (or None)."""
        ...

    def shown(self, told: Ruled, channel: str) -> Shown:
        """Say what that post shows that readers must be told of when it changes."""
        ...

    def follow_up(self, contact: Contact, before: Shown, found: tuple[Change, ...], channel: str) -> str:
        """Write the reply that names these changes since readers were told `before`."""
        ...

    def pointer(self, elder: Alert) -> str:
        """Write what a post says that turned out to tell what the elder one had told."""
        ...

    def summary(self, heads: Sequence[str], channel: str) -> str:
        """Write what rings in the morning for several posts of the night, given their head lines."""
        ...

    def digest(
        self, contacts: Sequence[Contact], days: tuple[date, date], channel: str, posts: Mapping[str, int]
    ) -> str:
        """Write what a channel was told of in these days; honest where that is nothing.

        `posts` gives the number of a contact's post, where it is made.
        """
        ...

    def stamp(self, alert: Alert, now: datetime) -> str:
        """Write as of when the alert's post stands, once it is edited now."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that decides what becomes of a story, beside the story and the ledger.

    `nearness` says what all but made a story tell a contact; None where the pages
    of stories are not read.
    """

    recogniser: Reader
    watcher: Listener
    watchlist: WatchList
    writer: Writer
    nearness: Nearness | None = None
