"""What an editor wants to hear of."""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from bot.model.channel import Channel
from bot.model.claim import Medium
from bot.model.office import Office
from bot.model.query import Query
from bot.model.story import derived_id


class Ring(StrEnum):
    """What a watch rings for: recognised contacts, or any matching story."""

    CONTACTS = "contacts"
    STORIES = "stories"


@dataclass(frozen=True, slots=True, order=True)
class Party:
    """An entry of `contacts`: an office, or one person in it (usual English spelling)."""

    office: Office
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Watch:
    """One beat of the watch-list.

    `parties` is empty for any defence minister, one entry for that one with
    anyone, more for at least two of them at one table. `keywords` and `exclude`
    are as written; a `query` that holds is as good as one of the keywords.
    `media` empty means all. `channels` names where it rings; "" is the default
    one. An `announce` watch tells of plans too; an `urgent` one rings in quiet
    hours as well.
    """

    name: str
    keywords: tuple[str, ...] = ()
    parties: tuple[Party, ...] = ()
    exclude: tuple[str, ...] = ()
    media: frozenset[Medium] = frozenset()
    ring: Ring = Ring.CONTACTS
    channels: tuple[str, ...] = ("",)
    announce: bool = False
    urgent: bool = False
    query: Query | None = None
    key: str = field(init=False, compare=False, repr=False)
    """What identifies what the watch asks for, whatever it is called."""

    def __post_init__(self) -> None:
        """Derive the key once: every story asks for it."""
        parts = (
            ",".join(self.keywords),
            ",".join(f"{p.office}/{p.person or ''}" for p in self.parties),
            ",".join(self.exclude),
            ",".join(sorted(self.media)),
            self.ring,
            ",".join(self.channels),
            *([str(self.query)] if self.query else []),
        )
        object.__setattr__(self, "key", derived_id("watch", *parts))


@dataclass(frozen=True, slots=True)
class WatchList:
    """The whole of config/watchlist.yaml.

    `language` is that of the posts where a channel does not have its own;
    `channels` are those of which more is told than their name. `revision` is
    that of the files it was read from, "" where it was not; lists that ring alike are equal.
    """

    watches: tuple[Watch, ...]
    language: str = "de"
    timezone: str = "Europe/Berlin"
    max_age: timedelta = timedelta(days=3)
    channels: tuple[Channel, ...] = ()
    revision: str = field(default="", compare=False)

    def channel(self, name: str) -> Channel:
        """Give a channel by its name; one of which nothing is told has the defaults."""
        told = (channel for channel in self.channels if channel.name == name)
        return next(told, Channel(name, self.language))

    @property
    def all_channels(self) -> tuple[Channel, ...]:
        """Give every channel that a watch rings in, each once, in the watches' order."""
        names = dict.fromkeys(name for watch in self.watches for name in watch.channels)
        return tuple(map(self.channel, names))


@dataclass(frozen=True, slots=True)
class Match:
    """Why a story concerns a watch: the word and where it stands in `Story.whole`.

    Of a query, `keyword` is a term as the query writes it; one that holds for the
    story as a whole (its outlet, its language) has an empty span. A watch without
    keywords and query matches every story with `keyword` "" and an empty span.
    """

    watch: str
    keyword: str
    start: int
    end: int
