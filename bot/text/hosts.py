"""The host in an address, as feeds, stories and posts name outlets by it."""

from functools import lru_cache
from urllib.parse import urlsplit

_REMEMBERED = 4_096  # a poll asks for a feed's host three times in a row


@lru_cache(_REMEMBERED)
def host_of(url: str | None) -> str:
    """Give the host that a URL names, in lower case; "" where it names none."""
    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:
        return ""


def site_of(url: str | None) -> str:
    """Give the host without its "www.", as readers know a site.

    >>> site_of("https://www.tagesschau.de/index~rss2.xml")
    'tagesschau.de'
    """
    return host_of(url).removeprefix("www.")
