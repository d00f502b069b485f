"""A YAML document as a small tree in which every key and value knows its place."""

from dataclasses import dataclass, field
from typing import TypeAlias

from bot.errors import Problem, Severity

Loc: TypeAlias = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file; line and column count from 1, 0 is the file as a whole."""

    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Scalar:
    """A word, number, truth value or nothing; `text` is as the file spells it, `written` quotes and all."""

    place: Place
    value: str | int | float | bool | None
    text: str
    size: int = 1
    height: int = 0
    written: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A YAML sequence."""

    place: Place
    items: tuple["Node", ...]
    size: int
    height: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a mapping and its value."""

    key: Scalar
    value: "Node"


@dataclass(frozen=True, slots=True)
class Mapping:
    """A YAML mapping whose keys are words; the first of two equal keys counts."""

    place: Place
    entries: tuple[Entry, ...]
    size: int
    height: int

    def entry(self, key: int | str) -> Entry | None:
        """Give the entry of a key."""
        return next((entry for entry in self.entries if entry.key.text == key), None)


Node: TypeAlias = Scalar | Listing | Mapping


@dataclass(frozen=True, slots=True)
class Document:
    """One configuration file: its path as the user would type it, and its tree.

    `root` is None where the file holds nothing but comments, or could not be read.
    `content` is what was read from the disk.
    """

    path: str
    root: Node | None
    content: bytes = field(default=b"", repr=False, compare=False)

    def problem(
        self, place: Place, message: str, hint: str | None = None, severity: Severity = Severity.ERROR
    ) -> Problem:
        """Make a problem of this file."""
        return Problem(self.path, place.line, place.column, message, hint, severity)


def plain(node: Node) -> object:
    """Give the tree as ordinary Python values; keys without any value are left out."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Listing):
        return [plain(item) for item in node.items]
    return {entry.key.text: plain(entry.value) for entry in node.entries if not is_blank(entry.value)}


def is_blank(node: Node) -> bool:
    """Whether nothing at all stands where a value belongs."""
    return isinstance(node, Scalar) and node.value is None and not node.text


def child(node: Node, step: int | str) -> Node | None:
    """Go one step down."""
    if isinstance(node, Mapping):
        entry = node.entry(step)
        return entry.value if entry else None
    if isinstance(node, Listing) and isinstance(step, int) and step < len(node.items):
        return node.items[step]
    return None


def at(root: Node, loc: Loc) -> Node:
    """Give the node at a path, or the deepest one on the way there."""
    node = root
    for step in loc:
        below = child(node, step)
        if below is None:
            return node
        node = below
    return node


def key_place(root: Node, loc: Loc) -> Place:
    """Say where the last key of a path stands; its value where it is no key."""
    parent = at(root, loc[:-1])
    entry = parent.entry(loc[-1]) if loc and isinstance(parent, Mapping) else None
    return entry.key.place if entry else at(root, loc).place
