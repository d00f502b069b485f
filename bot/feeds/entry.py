"""One entry of a feed as it stands, before it becomes a story."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from bot.feeds.languages import language_of
from bot.feeds.links import direct
from bot.feeds.markup import one_line, plain
from bot.feeds.page import shown

LONGEST_TITLE = 1_000
LONGEST_TEXT = 100_000
_LONGEST_URL = 2_000
# Blanks, and what neither a URL nor a database can hold.
_UNSEEN = re.compile("[\\s\x00-\x1f\x7f\ud800-\udfff]")
# feedparser's names for: published, else updated, else dc:date (which it files under updated or created).
_DATES = ("published", "updated", "created")

# feedparser's entries answer get() with fallbacks of their own and warnings about
# them; dict.get reads what is really there.
Raw = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as written, and the UTC second that feedparser read in it, if any."""

    text: str
    utc: tuple[int, int, int, int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry tells, as plain text; empty strings where it tells nothing.

    `dates` are in the order of belief. `outlet` and `outlet_url` are those of
    RSS's `<source>`: whose article it is where a feed only passes it on.
    """

    guid: str
    url: str | None
    title: str
    text: str
    dates: tuple[WrittenDate, ...] = ()
    language: str | None = None
    outlet: str = ""
    outlet_url: str = ""


def read_entry(raw: Raw, base: str) -> Entry:
    """Read one of feedparser's entries; relative links count from `base`."""
    outlet = _nested(raw, "source")
    return Entry(
        guid=_words(raw, "id").strip(),
        url=web_url(_words(raw, "feedburner_origlink"), base) or web_url(_words(raw, "link"), base),
        title=one_line(_words(raw, "title"), LONGEST_TITLE),
        text=max(
            (plain(markup, LONGEST_TEXT) for markup in dict.fromkeys(_bodies(raw))), key=len, default=""
        ),
        dates=tuple(_dates(raw)),
        language=language_of(_declared_language(raw)),
        outlet=one_line(_words(outlet, "title"), LONGEST_TITLE),
        outlet_url=_words(outlet, "href"),
    )


def web_url(link: str, base: str) -> str | None:
    """Give a link that a reader can follow, past redirectors, without credentials; None for anything else."""
    try:
        # No address holds "&amp;"; feeds that escape twice do, and feedparser's loose parser leaves some.
        url = urljoin(base, _UNSEEN.sub("", link).replace("&amp;", "&")) if link else ""
        url = direct(url)
        usable = urlsplit(url).scheme.lower() in {"http", "https"} and urlsplit(url).hostname
    except ValueError:
        return None
    return shown(url) if usable and len(url) <= _LONGEST_URL else None


def _bodies(raw: Raw) -> Iterator[str]:
    yield _words(raw, "summary")
    for content in _list(raw, "content"):
        yield _words(content, "value")


def _dates(raw: Raw) -> Iterator[WrittenDate]:
    for name in _DATES:
        text, parsed = _words(raw, name), dict.get(_dict(raw), f"{name}_parsed")
        if text:
            utc = tuple(parsed[:6]) if isinstance(parsed, tuple) else None
            yield WrittenDate(text, utc)


def _declared_language(raw: Raw) -> str:
    details = (_nested(raw, "title_detail"), *_list(raw, "content"), _nested(raw, "summary_detail"))
    return next((language for detail in details if (language := _words(detail, "language"))), "")


def _words(raw: Raw, name: str) -> str:
    value = dict.get(_dict(raw), name)
    return value if isinstance(value, str) else ""


def _nested(raw: Raw, name: str) -> Raw:
    value = dict.get(_dict(raw), name)
    return value if isinstance(value, dict) else {}


def _list(raw: Raw, name: str) -> tuple[Raw, ...]:
    value = dict.get(_dict(raw), name)
    return tuple(item for item in value if isinstance(item, dict)) if isinstance(value, list) else ()


def _dict(raw: Raw) -> dict[str, object]:
    return raw if isinstance(raw, dict) else dict(raw)
