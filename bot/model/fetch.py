"""What one look at a feed brings: a value, never an exception."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
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
    BLOCKED = "blocked"
    CONSENT = "consent wall"
    BAD_ENCODING = "bad encoding"
    EMPTY = "empty body"
    HTML = "html page"
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
class Wishes:
    """How a feed and its server ask to be asked, as far as they say so.

    `pause` is the shortest time between two looks (ttl, sy:update*, Cache-Control,
    Expires). In `hours` (of UTC, 0 to 23) and on `days` (0 is Monday) nothing new comes.
    """

    pause: timedelta | None = None
    hours: frozenset[int] = frozenset()
    days: frozenset[int] = frozenset()


NO_WISHES = Wishes()


@dataclass(frozen=True, slots=True)
class Modified:
    """The feed was read; `skipped` counts entries that could not be used, by reason.

    `stories` may leave out those whose item blocks had been seen before as they
    are now; `blocks` are the digests of all that it holds now, to ask with the
    next time. `entries` counts all entries of the document, `newest` is the
    latest date that one of those read tells, None where none tells any.
    """

    stories: tuple[Story, ...]
    validators: Validators
    skipped: tuple[tuple[str, int], ...] = ()
    wishes: Wishes = NO_WISHES
    blocks: bytes = b""
    entries: int = 0
    newest: datetime | None = None


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The feed is as it was: the server says so (304, `not_modified`), or the body is the same again.

    `wishes` are None where this look told none, as a 304 mostly does.
    """

    validators: Validators = field(default_factory=Validators)
    wishes: Wishes | None = None
    not_modified: bool = False


@dataclass(frozen=True, slots=True)
class Failed:
    """The feed was refused; `detail` is one sentence for the operator, without secrets.

    `retry_after` is the number of seconds that the server asked for; `busy` says
    that the whole host wants to be left alone that long (429, 503). `status` is
    the one that an HTTP answer had.
    """

    refusal: Refusal
    detail: str
    retry_after: float | None = None
    busy: bool = False
    status: int | None = None


Fetched = Modified | Unchanged | Failed
