"""What one look at a feed brings: a value, never an exception."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.model.story import Story


class Refusal(StrEnum):
    """Why a feed could not be read; the words appear in `draht poll --json`."""

    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    TOO_LARGE = "too large"
    TOO_MANY_REDIRECTS = "too many redirects"
    PRIVATE_ADDRESS = "private address"
    BAD_ADDRESS = "bad address"
    TLS = "tls"
    HTTP_STATUS = "http status"
    GONE = "gone"
    BAD_ENCODING = "bad encoding"
    EMPTY = "empty body"
    HTML = "html page"
    JSON_FEED = "json feed"
    NOT_A_FEED = "not a feed"
    NO_ENTRIES = "no entries"
    TRUNCATED = "truncated"
    BROKEN_REPLY = "broken reply"
    FAULT = "internal fault"


@dataclass(frozen=True, slots=True)
class Validators:
    """What the server gave to ask again cheaply."""

    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class Modified:
    """The feed was read; `skipped` counts entries that could not be used, by reason."""

    stories: tuple[Story, ...]
    validators: Validators
    skipped: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The feed is as it was: 304, or the same body again."""

    validators: Validators = field(default_factory=Validators)


@dataclass(frozen=True, slots=True)
class Failed:
    """The feed was refused; `detail` is one sentence for the operator, without secrets.

    `retry_after` is the number of seconds that the server asked for.
    """

    refusal: Refusal
    detail: str
    retry_after: float | None = None


Fetched = Modified | Unchanged | Failed
