"""Writes what the channels are told, each with the words of its own language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.alerts.address import post_url
from bot.alerts.changes import Change
from bot.alerts.digest import render_digest, render_summary
from bot.alerts.followup import CORRECTION, Turn, follow_up
from bot.alerts.markup import Plain
from bot.alerts.post import render_ruled
from bot.alerts.press import Press
from bot.alerts.shown import shown_of
from bot.alerts.stamp import stamp
from bot.contacts.ruled import Ruled
from bot.model.alert import Alert, Shown
from bot.model.contact import Contact
from bot.model.watchlist import WatchList

Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class ChannelWriter:
    """Everything is valid Telegram HTML, and the same for the same contacts.

    `presses` holds the means of writing by language, one for each that a channel has.
    `home` is the chat of the default channel, None where posts go to no chat that could be linked to.
    """

    watchlist: WatchList
    presses: Mapping[str, Press]
    home: str | None = None

    def post(self, told: Ruled, previous: Contact | None, channel: str) -> str:
        """Write the post on a contact, given the one before of the same offices (or None)."""
        return render_ruled(told, previous, self.press(channel))

    def shown(self, told: Ruled, channel: str) -> Shown:
        """Say what that post shows that readers must be told of when it changes."""
        return shown_of(told, self.press(channel))

    def follow_up(self, contact: Contact, before: Shown, found: tuple[Change, ...], channel: str) -> str:
        """Write the reply that names these changes since readers were told `before`."""
        return follow_up(Turn(contact, before, self.press(channel)), found)

    def pointer(self, elder: Alert) -> str:
        """Write what a post says that turned out to tell what the elder one had told: its headline."""
        _sign, _, head = elder.body.partition("\n")[0].partition(" ")
        label = Plain(f"{CORRECTION} {self.press(elder.channel).words.labels.already}: ")
        return f"{label.html()}{head}"

    def summary(self, heads: Sequence[str], channel: str) -> str:
        """Write what rings in the morning for several posts of the night, given their head lines."""
        return render_summary(heads, self.press(channel))

    def digest(self, contacts: Sequence[Contact], days: Days, channel: str, posts: Mapping[str, int]) -> str:
        """Write what a channel was told of in these days, each linked to its post; or that it was nothing."""
        chat = None if self.home is None else channel or self.home
        urls = {contact: post_url(chat, number) for contact, number in posts.items()} if chat else {}
        links = {contact: url for contact, url in urls.items() if url}
        return render_digest(contacts, *days, self.press(channel), links)

    def stamp(self, alert: Alert, now: datetime) -> str:
        """Write as of when the alert's post stands, once it is edited now."""
        return stamp(alert.created_at, now, self.watchlist.timezone, self.press(alert.channel))

    def press(self, channel: str) -> Press:
        """Give the means of writing for a channel."""
        return self.presses[self.watchlist.channel(channel).language]
