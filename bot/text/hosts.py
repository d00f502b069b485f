"""The host in an address, as feeds, stories and posts name outlets by it."""

from urllib.parse import urlsplit


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
