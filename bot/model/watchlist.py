"""What an editor wants to hear of."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.model.claim import Medium
from bot.model.office import Office
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
    are as written. `media` empty means all. `channel` None means the default.
    """

    name: str
    keywords: tuple[str, ...] = ()
    parties: tuple[Party, ...] = ()
    exclude: tuple[str, ...] = ()
    media: frozenset[Medium] = frozenset()
    ring: Ring = Ring.CONTACTS
    channel: str | None = None

    @property
    def key(self) -> str:
        """Identify what the watch asks for, whatever it is called."""
        parts = (
            ",".join(self.keywords),
            ",".join(f"{p.office}/{p.person or ''}" for p in self.parties),
            ",".join(self.exclude),
            ",".join(sorted(self.media)),
            self.ring,
            self.channel or "",
        )
        return derived_id("watch", *parts)


@dataclass(frozen=True, slots=True)
class WatchList:
    """The whole of config/watchlist.yaml; `language` is that of the posts."""

    watches: tuple[Watch, ...]
    language: str = "de"
    timezone: str = "Europe/Berlin"
    max_age: timedelta = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Match:
    """Why a story concerns a watch: the word and where it stands in `Story.whole`.

    A watch without keywords matches every story with `keyword` "" and an empty span.
    """

    watch: str
    keyword: str
    start: int
    end: int
