"""What the bot answers: a text that Telegram takes, buttons, and what is to be done."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from bot.alerts.budget import cost_of
from bot.alerts.markup import Block, Bold, Line, Link, Piece, Plain, Quote, html, safe_url
from bot.model.ruling import Ruling

# The Bot API's limits are 4,096 characters, 100 entities and 32,768 bytes of source.
MOST_UNITS, MOST_ENTITIES, MOST_BYTES = 4_000, 90, 30_000
LONGEST_URL = 600


@dataclass(frozen=True, slots=True)
class Button:
    """A button under an answer; `data` has at most 64 bytes."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Pause:
    """Send nothing more."""

    by: str


@dataclass(frozen=True, slots=True)
class Resume:
    """Send again."""


@dataclass(frozen=True, slots=True)
class Mute:
    """No notices to the operators' chat until then."""

    by: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Rule:
    """Keep an editor's word."""

    ruling: Ruling


@dataclass(frozen=True, slots=True)
class Undo:
    """Take an editor's word back."""

    ruling: Ruling


@dataclass(frozen=True, slots=True)
class Approve:
    """Let a post out that waits."""

    alert: str


@dataclass(frozen=True, slots=True)
class Reject:
    """Never make a post that waits; the ruling is why, None where it tells of no contact."""

    alert: str
    ruling: Ruling | None


Effect = Pause | Resume | Mute | Rule | Undo | Approve | Reject
Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Telegram HTML within all limits; `replaces` the message whose button was pressed, else is a new one."""

    text: str
    buttons: Rows = ()
    effects: tuple[Effect, ...] = ()
    replaces: bool = False


def sheet(*paragraphs: Iterable[Block]) -> str:
    """Write paragraphs as Telegram HTML, as many of their lines as a message holds."""
    left = _Left(MOST_UNITS, MOST_ENTITIES, MOST_BYTES)
    return html(tuple(takewhile(left.takes, paragraph)) for paragraph in paragraphs)


def line(*pieces: Piece | str) -> Line:
    """Make a line of pieces and plain words."""
    return Line(tuple(Plain(piece) if isinstance(piece, str) else piece for piece in pieces))


def lines(text: str) -> Iterator[Line]:
    """Make a line of each line of plain words."""
    return (line(one) for one in text.splitlines())


def linked(text: str, url: str | None) -> Piece:
    """Link words where there is an address that may be linked and is not all too long."""
    safe = safe_url(url) if url and len(url) <= LONGEST_URL else None
    return Link(text, safe) if safe else Plain(text)


def rows(buttons: Iterable[Button], width: int) -> Rows:
    """Put so many buttons side by side."""
    every = tuple(buttons)
    return tuple(every[start : start + width] for start in range(0, len(every), width))


@dataclass(slots=True)
class _Left:
    """What a message still holds."""

    units: int
    entities: int
    bytes: int

    def takes(self, block: Block) -> bool:
        self.units -= cost_of(block)
        self.entities -= _entities(block)
        self.bytes -= len(block.html().encode()) + len("\n\n")
        return min(self.units, self.entities, self.bytes) >= 0


def _entities(block: Block) -> int:
    if isinstance(block, Quote):
        return 1 + sum(map(_entities, block.lines))
    return sum(isinstance(piece, Bold | Link) for piece in block.pieces)
