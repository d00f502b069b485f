"""What stories are read with."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from bot.model.claim import Recognition
from bot.model.contact import Contact
from bot.model.story import Story
from bot.model.trace import NearMiss
from bot.model.watchlist import Match, WatchList

Render = Callable[[Contact, Contact | None, str], str]
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


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that decides what becomes of a story, beside the story and the ledger.

    `render` writes the post on a contact for a channel, given the previous contact
    of the same offices (or None): valid Telegram HTML, the same for the same contacts.
    `nearness` says what all but made a story tell a contact; None where the pages
    of stories are not read.
    """

    recogniser: Reader
    watcher: Listener
    watchlist: WatchList
    render: Render
    nearness: Nearness | None = None
