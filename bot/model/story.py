"""One article as one feed tells it."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

BODY_GAP = "\n\n"


def derived_id(*parts: str) -> str:
    """Derive a short, stable id from words: equal words, equal id, on any machine."""
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=10).hexdigest()


@dataclass(frozen=True, slots=True)
class Story:
    """A story with its times (DESIGN.md §4 "Time").

    `id` is the story's identity (see `bot.feeds.identity`). `source` is the
    outlet as readers know it. `instant` is when the story was published, or
    first seen where `dated` is false; `day` is the local day of that instant,
    against which weekday words resolve. `fresh_feed` marks a story from the
    first look at its feed. Evidence spans are offsets into `whole`.
    """

    id: str
    feed: str
    source: str
    url: str | None
    title: str
    text: str
    language: str | None
    country: str | None
    instant: datetime
    day: date
    dated: bool = True
    fresh_feed: bool = False

    @property
    def whole(self) -> str:
        """Title and text as one string; every evidence span points into it."""
        return self.title + BODY_GAP + self.text
