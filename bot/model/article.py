"""The page of a story: what it says beyond the feed, and what became of asking for it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.model.story import Story


@dataclass(frozen=True, slots=True)
class Article:
    """What a page says; `published` and `language` (ISO 639-1) are None where the page tells none."""

    title: str
    text: str
    published: date | None
    language: str | None = None


class PageOutcome(StrEnum):
    """What became of a page; all but READ leave the story as its feed tells it."""

    READ = "read"
    NO_MORE = "no more than the feed"
    ELSEWHERE = "another page"
    PAYWALL = "paywall"
    CONSENT = "consent page"
    CHALLENGE = "bot challenge"
    NO_ARTICLE = "no article"
    ROBOTS = "disallowed by robots.txt"
    TOO_OLD = "too old"
    FAILED = "not fetched"


@dataclass(frozen=True, slots=True)
class Visit:
    """One look at a page: a value, never an exception; `detail` is a sentence without secrets.

    `again` says that another look may bring more, `retry_after` (seconds) when
    the server wants it at the earliest; `busy` that its whole host wants to be left alone.
    """

    outcome: PageOutcome
    detail: str = ""
    article: Article | None = None
    again: bool = False
    retry_after: float | None = None
    busy: bool = False


@dataclass(frozen=True, slots=True)
class WantedPage:
    """A story whose page is to be read, and why; `attempts` counts the looks begun so far."""

    story: Story
    url: str
    why: str
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class PageRecord:
    """What is remembered of a story's page; `outcome` is None until it is settled."""

    why: str
    wanted_at: datetime
    outcome: PageOutcome | None = None
    detail: str = ""
