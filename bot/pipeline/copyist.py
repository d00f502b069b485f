"""Writes each post once, however many channels and lists of one language are told it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar

from bot.alerts.changes import Change
from bot.contacts.ruled import Ruled
from bot.model.alert import Alert, Shown
from bot.model.contact import Contact
from bot.model.watchlist import WatchList
from bot.pipeline.desk import Writer

T = TypeVar("T")


class Copyist:
    """A writer that remembers what it last wrote in each language: half of a play is writing.

    What is written depends on what is told and on the channel's language alone.
    """

    def __init__(self, writer: Writer, watchlist: WatchList) -> None:
        self._writer = writer
        self._languages = {channel.name: channel.language for channel in watchlist.all_channels}
        self._posts: dict[str, tuple[Ruled, Contact | None, str]] = {}
        self._shown: dict[str, tuple[Ruled, Contact | None, Shown]] = {}

    def post(self, told: Ruled, previous: Contact | None, channel: str) -> str:
        """Write the post on a contact, or copy it."""
        return self._once(
            self._posts, (told, previous), channel, lambda: self._writer.post(told, previous, channel)
        )

    def shown(self, told: Ruled, channel: str) -> Shown:
        """Say what that post shows that readers must be told of when it changes."""
        return self._once(self._shown, (told, None), channel, lambda: self._writer.shown(told, channel))

    def follow_up(self, contact: Contact, before: Shown, found: tuple[Change, ...], channel: str) -> str:
        """Write the reply that names these changes since readers were told `before`."""
        return self._writer.follow_up(contact, before, found, channel)

    def pointer(self, elder: Alert) -> str:
        """Write what a post says that turned out to tell what the elder one had told."""
        return self._writer.pointer(elder)

    def summary(self, heads: Sequence[str], channel: str) -> str:
        """Write what rings in the morning for several posts of the night."""
        return self._writer.summary(heads, channel)

    def digest(
        self, contacts: Sequence[Contact], days: tuple[date, date], channel: str, posts: Mapping[str, int]
    ) -> str:
        """Write what a channel was told of in these days."""
        return self._writer.digest(contacts, days, channel, posts)

    def stamp(self, alert: Alert, now: datetime) -> str:
        """Write as of when the alert's post stands, once it is edited now."""
        return self._writer.stamp(alert, now)

    def _once(
        self,
        known: dict[str, tuple[Ruled, Contact | None, T]],
        what: tuple[Ruled, Contact | None],
        channel: str,
        write: Callable[[], T],
    ) -> T:
        language = self._languages.get(channel, "")
        # The same contact is told to one channel after the other: only the last is asked for again.
        if language in known and known[language][:2] == what:
            return known[language][2]
        known[language] = (*what, write())
        return known[language][2]
