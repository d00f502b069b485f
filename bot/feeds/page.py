"""What is asked of a server and what it gives: values between fetching and reading."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit, urlunsplit

from bot.model.fetch import Failed, Refusal, Unchanged

# An address with a login in which a slash is missing, or whose password holds "/", "?" or "#" as they
# are: its host seems to end in the middle of the login.
_TORN = re.compile(
    r"\s*(?:feed:)?https?:(?:(?:/|\\+)?(?![/\\])|//[^/?#@\[]*:(?!\d{0,5}(?:[/?#]|$)))", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Ask:
    """One conditional request; `now` is what a `Retry-After` date counts from."""

    url: str
    now: datetime
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A body as it came, decompressed, with the headers that say how to read it.

    `url` is where it was found at last, without credentials. `moved_to` is set
    where permanent redirects led there. `whole` is false where the connection
    or the compressed stream ended too early. `fresh_for` is how long the server
    calls the body fresh, None where it does not say.
    """

    url: str
    body: bytes
    content_type: str = ""
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None
    whole: bool = True
    fresh_for: timedelta | None = None


Reply = Page | Unchanged | Failed


class RefusedError(Exception):
    """A request that ends here; becomes a `Failed` at the room's edge."""

    def __init__(self, refusal: Refusal, detail: str, retry_after: float | None = None) -> None:
        """Keep the value that the look will end with."""
        self.failed = Failed(refusal, detail, retry_after)
        super().__init__(detail)


def shown(url: str) -> str:
    """Give a URL as it may be logged, posted and resolved against: without user and password.

    >>> shown("https://draht:geheim@feeds.example/rss?a=1")
    'https://feeds.example/rss?a=1'
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url.rpartition("@")[2]
    if "@" in url and "@" not in parts.netloc and _TORN.match(url):
        return f"{parts.scheme}://{url.rpartition('@')[2]}"
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
