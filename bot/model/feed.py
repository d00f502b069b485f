"""A feed as configured, and what is remembered of it between two looks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model.fetch import NO_WISHES, Wishes


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed of config/feeds.yaml.

    `url` is as the editor wrote it and is the feed's identity. `language`
    (ISO 639-1) and `country` (ISO 3166-1 alpha-2) are None where not told.
    """

    url: str
    name: str
    language: str | None = None
    country: str | None = None
    interval: timedelta = timedelta(minutes=10)
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class FeedList:
    """The whole of config/feeds.yaml; `allow_private` holds networks in CIDR form.

    `articles` says whether the pages of stories may be read.
    """

    feeds: tuple[Feed, ...]
    allow_private: tuple[str, ...] = ()
    articles: bool = True

    def enabled(self) -> tuple[Feed, ...]:
        """Give the feeds that are to be asked."""
        return tuple(feed for feed in self.feeds if feed.enabled)


@dataclass(frozen=True, slots=True)
class FeedState:
    """What Draht remembers of a feed: validators, rhythm, faults.

    `address` is where the feed now lives after a permanent redirect.
    `digest` is that of the last body read. `first_read_at` is None until the
    feed was read once: until then its undated stories make no first post.
    `fault` is the last reason for a refusal, None after a good look; `told`
    says that the operator has heard of it.

    `wishes` are the last that the feed told. `whole_at` is when its body was
    last had, `news_at` when it last brought a story that was new, `newest` the
    latest date of its entries, `rhythm` the usual longest time between two
    of them as far as it is known. `silence_told` says that the operator has heard
    that it brings nothing any more.
    """

    url: str
    address: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None
    first_read_at: datetime | None = None
    checked_at: datetime | None = None
    next_check: datetime | None = None
    failures: int = 0
    fault: str | None = None
    told: bool = False
    wishes: Wishes = NO_WISHES
    whole_at: datetime | None = None
    news_at: datetime | None = None
    newest: datetime | None = None
    rhythm: timedelta | None = None
    entries: int | None = None
    silence_told: bool = False
