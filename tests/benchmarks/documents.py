"""The feeds that the benchmark's server serves: small ones, real ones with new items, news of contacts."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

_ITEM = re.compile(rb"<(item|entry)\b[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_TITLE = re.compile(rb"<title\b[^>/]*>\s*(?:<!\[CDATA\[)?\s*", re.IGNORECASE)
_NAMES = re.compile(
    rb"""<(?:\w+:)?(?:guid|id|link|origlink)\b[^>]*>(?:\s*<!\[CDATA\[)?[^<\]]*|rdf:about=["'][^"']*""",
    re.IGNORECASE,
)
_SCHEME = re.compile(rb"https?://")
_OLD_ITEMS = 3  # few: the stories of a first look are read before newer ones


@dataclass(frozen=True, slots=True)
class Piece:
    """A story that comes out in a feed: `at` are the seconds after the beginning."""

    feed: int
    at: float
    title: str
    text: str


class RealFeeds:
    """Real documents, repeated under other ids and links until there are enough; each turn adds one new item.

    Those whose items cannot be told apart by `<item>` or `<entry>` are left out.
    """

    def __init__(self, folder: Path) -> None:
        bodies = (path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix != ".tsv")
        self._bodies = [body for body in bodies if _ITEM.search(body)]

    def __len__(self) -> int:
        """Give how many differ."""
        return len(self._bodies)

    def document(self, number: int, turn: int) -> bytes:
        """Give a feed as it is at a turn; at turn 0 it is as it was found (or a copy of that)."""
        before, first, rest = self._parts(number)
        new = (_renamed(first, b"new%d" % made) for made in range(turn, 0, -1))
        return b"".join((before, *(item + b"\n" for item in new), first, rest))

    @cache  # noqa: B019 -- it lives as long as the program
    def _parts(self, number: int) -> tuple[bytes, bytes, bytes]:
        copy, which = divmod(number, len(self._bodies))
        body, mark = self._bodies[which], b"copy%d" % copy
        if copy:
            body = _ITEM.sub(lambda item: _renamed(item[0], mark), body)
        first = _ITEM.search(body)
        assert first is not None
        return body[: first.start()], first[0], body[first.end() :]


def _renamed(item: bytes, mark: bytes) -> bytes:
    """Give an item another title, id and address."""
    titled = _TITLE.sub(lambda start: start[0] + mark + b" ", item, count=1)
    return _NAMES.sub(lambda name: _marked(name[0], mark), titled)


def _marked(name: bytes, mark: bytes) -> bytes:
    if _SCHEME.search(name):
        # Another host, not another path: an id of Google News names its article by its path.
        return _SCHEME.sub(lambda scheme: scheme[0] + mark + b".", name)
    start = max(name.rfind(end) for end in (b">", b"[", b'"', b"'")) + 1
    return name if start == len(name) else name[:start] + mark + name[start:]


def small(number: int) -> bytes:
    """Give a feed of three items that nobody reads twice."""
    return _rss(
        number, [_item(f"{number}-{n}", f"Notiz {n} aus {number}", "Nichts Neues.") for n in range(3)]
    )


def news(number: int, out: list[tuple[Piece, datetime]], began: datetime) -> bytes:
    """Give a feed with what has come out in it, and what is older."""
    new = [_item(f"{number}-{p.at}", p.title, p.text, when) for p, when in out]
    old = [
        _item(f"{number}-old{n}", f"Notiz {n} aus {number}", "Nichts Neues.", began - timedelta(hours=n + 1))
        for n in range(_OLD_ITEMS)
    ]
    return _rss(number, new + old)


def _item(name: str, title: str, text: str, when: datetime | None = None) -> str:
    date = (when or datetime(2026, 1, 1, tzinfo=UTC)).strftime("%a, %d %b %Y %H:%M:%S +0000")
    return (
        f"<item><title>{escape(title)}</title><link>https://blatt.example/{name}</link>"
        f'<guid isPermaLink="false">{name}</guid>'
        f"<description>{escape(text)}</description><pubDate>{date}</pubDate></item>"
    )


def _rss(number: int, items: list[str]) -> bytes:
    title = f"<title>Blatt {number}</title><link>https://blatt.example/</link>"
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>{title}'
    return f"{head}{''.join(items)}</channel></rss>\n".encode()
