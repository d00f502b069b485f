"""A post as plain pieces, and the Telegram HTML made of them at the very end.

The pieces are measured and chosen as plain text; HTML is only ever written
from pieces that fit, so it is never cut. Only tags are used that Telegram's
parser is known to keep where they stand: bold beside links, bold inside a quote.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from html import escape
from urllib.parse import urlsplit

LONGEST_URL = 2_000
_HOST = re.compile(r"[^\W_]([\w-]*[^\W_])?(\.[^\W_]([\w-]*[^\W_])?)+")
_UNSAFE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028-\u202e\ud800-\udfff\\<>\"`{}|^]")


@dataclass(frozen=True, slots=True)
class Plain:
    """Words as they are."""

    text: str

    def html(self) -> str:
        """Write the words for Telegram's parser."""
        return escape(self.text, quote=False)


@dataclass(frozen=True, slots=True)
class Bold:
    """Words that stand out."""

    text: str

    def html(self) -> str:
        """Write the words in bold."""
        return f"<b>{escape(self.text, quote=False)}</b>"


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere; `url` has passed `safe_url`."""

    text: str
    url: str

    def html(self) -> str:
        """Write the link."""
        return f'<a href="{escape(self.url, quote=True)}">{escape(self.text, quote=False)}</a>'


@dataclass(frozen=True, slots=True)
class Struck:
    """Words that are said no longer; that they are not is to be said in words beside them."""

    text: str

    def html(self) -> str:
        """Write the words struck through."""
        return f"<s>{escape(self.text, quote=False)}</s>"


@dataclass(frozen=True, slots=True)
class Instant:
    """An instant that a reader sees in his own zone; `text` is for clients that do not know how.

    `parts` says what is shown: "t" the time, "Dt" the day too.
    """

    text: str
    at: datetime
    parts: str

    def html(self) -> str:
        """Write the instant."""
        unix = int(self.at.timestamp())
        return f'<tg-time unix="{unix}" format="{self.parts}">{escape(self.text, quote=False)}</tg-time>'


Piece = Plain | Bold | Link | Struck | Instant


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a post."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """What the reader sees."""
        return "".join(piece.text for piece in self.pieces)

    def html(self) -> str:
        """Write the line."""
        return "".join(piece.html() for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Quote:
    """Lines that a reader can unfold."""

    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """What the reader sees."""
        return "\n".join(line.text for line in self.lines)

    def html(self) -> str:
        """Write the quote."""
        inside = "\n".join(line.html() for line in self.lines)
        return f"<blockquote expandable>{inside}</blockquote>"


Block = Line | Quote


def labelled(label: str, *pieces: Piece) -> Line:
    """Make a line that says in bold what follows."""
    return Line((Bold(f"{label}:"), Plain(" "), *pieces))


def html(paragraphs: Iterable[Iterable[Block]]) -> str:
    """Write paragraphs of blocks, an empty line between two paragraphs; empty ones are left out."""
    written = ("\n".join(block.html() for block in paragraph) for paragraph in paragraphs)
    return "\n\n".join(paragraph for paragraph in written if paragraph)


def safe_url(url: str | None) -> str | None:
    """Give an address that may be linked: http or https, a plain host name, no user name.

    Anything else, and what is longer than LONGEST_URL bytes once escaped, is None:
    Telegram would drop the link silently, or a reader would be led astray.
    """
    if not url or len(url) > LONGEST_URL or _UNSAFE.search(url):
        return None
    try:
        parts = urlsplit(url)
        port_is_fine = parts.port != 0
    except ValueError:
        return None
    fine = parts.scheme in {"http", "https"} and "@" not in parts.netloc and port_is_fine
    short = len(escape(url).encode()) <= LONGEST_URL
    return url if fine and short and _HOST.fullmatch(parts.hostname or "") else None
