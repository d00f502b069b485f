"""YAML text into a tree with places, from the event stream of ruamel.yaml.

Events instead of ruamel's constructed values: every value has its place, both
keys of a doubled pair are seen, depth and aliases are bounded before anything
is built, and plain words follow YAML 1.2's core schema whatever a `%YAML` line
says: `no`, `on` and `2024-06-25` are words.
"""

import re
from dataclasses import dataclass, field

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from bot.configuration.quote import quoted
from bot.configuration.syntax import Fault, explain, place_of, wrapped
from bot.configuration.tree import Entry, Listing, Mapping, Node, Place, Scalar

DEEPEST = 12
"""Levels of nesting; the files need four."""
MOST_NODES = 200_000
"""Keys and values of a file with aliases, after they are followed; no useful one has as many."""

_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(
    r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
)
_LONGEST_NUMBER = 30
# Ends of lines that only YAML 1.1 knows, marks of the byte order, tabs, lines of %YAML, ends of documents.
_OTHERWISE = re.compile("[\x85\u2028\u2029\ufeff\t]|^%|^[.]{3}", re.MULTILINE)
_NULLS = {"", "~", "null", "Null", "NULL"}
_TRUTHS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_VERSION = re.compile(r"^%YAML[ \t]+(?!1[.][12]\s)", re.MULTILINE)


class _BrokenError(Exception):
    """The document cannot be read any further."""

    def __init__(self, place: Place, message: str, hint: str | None = None) -> None:
        self.fault = Fault(place, message, hint)
        super().__init__(message)


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet; that of a mapping holds keys and values in turn."""

    place: Place
    anchor: str | None
    is_mapping: bool
    nodes: list[Node] = field(default_factory=list)


def parse(text: str) -> tuple[Node | None, tuple[Fault, ...]]:
    """Read one YAML document; the tree is None where it is empty or broken.

    libyaml reads what is in order, fifteen times as fast; what is not, and what
    it reads otherwise than YAML 1.2 wants, is read by the parser written in
    Python, whose places and words are known.
    """
    root = None if _OTHERWISE.search(text) else _read_quickly(text)
    return parse_slowly(text) if root is None else (root, ())


def parse_slowly(text: str) -> tuple[Node | None, tuple[Fault, ...]]:
    """Read it as `parse` does, by the parser written in Python alone."""
    builder = _Builder(text)
    if (version := _VERSION.search(text)) is not None:
        return None, (_other_version(version, text),)
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            builder.take(event)
    except YAMLError as error:
        return None, (*builder.faults, explain(error, text))
    except _BrokenError as error:
        return None, (*builder.faults, error.fault)
    return builder.root, (*builder.faults, *builder.wrapped)


def _other_version(version: re.Match[str], text: str) -> Fault:
    """Tell of a %YAML line over which ruamel stumbles without a word."""
    place = Place(text.count("\n", 0, version.start()) + 1, 1)
    return Fault(place, "this version of YAML is not known", "remove the %YAML line")


def _read_quickly(text: str) -> Node | None:
    builder = _Builder(text)
    try:
        for event in YAML(typ="safe", pure=False).parse(text):
            if _is_told_otherwise(event):
                return None
            builder.take(event)
    except (YAMLError, _BrokenError):
        return None
    return None if builder.faults or builder.wrapped else builder.root


def _is_told_otherwise(event: Event) -> bool:
    """Whether libyaml has another end for it: a missing value, a text of several lines, a name (`&name`)."""
    if getattr(event, "anchor", None):
        return True
    return isinstance(event, ScalarEvent) and (event.style in {"|", ">"} or not (event.value or event.style))


class _Builder:
    """Builds the tree of one document, event by event, without recursion.

    `wrapped` tells of words that run over several lines; where the document
    breaks later they are a consequence of that and stay unsaid.
    """

    def __init__(self, text: str) -> None:
        self.root: Node | None = None
        self.faults: list[Fault] = []
        self.wrapped: list[Fault] = []
        self._file = text
        self._open: list[_Open] = []
        self._anchors: dict[str, Node] = {}
        self._nodes = 0
        self._documents = 0

    def take(self, event: Event) -> None:
        """Take the next event."""
        place = place_of(event.start_mark)
        if isinstance(event, DocumentStartEvent):
            self._begin_document(place)
        elif isinstance(event, AliasEvent):
            self._add(self._alias(event, place))
        elif isinstance(event, ScalarEvent):
            self._keep(event.anchor, self._scalar(event, place))
        elif isinstance(event, (SequenceStartEvent, MappingStartEvent)):
            self._begin(event, place)
        elif isinstance(event, (SequenceEndEvent, MappingEndEvent)):
            closed = self._open.pop()
            self._keep(closed.anchor, self._mapping(closed) if closed.is_mapping else _listing(closed))

    def _begin_document(self, place: Place) -> None:
        self._documents += 1
        if self._documents > 1:
            raise _BrokenError(
                place, 'a second document begins here ("---")', "keep one document in the file"
            )

    def _begin(self, event: SequenceStartEvent | MappingStartEvent, place: Place) -> None:
        if len(self._open) >= DEEPEST:
            raise _BrokenError(
                place,
                f"lists and mappings are nested more than {DEEPEST} levels deep",
                "four levels are enough",
            )
        self._check_tag(event, place)
        self._open.append(_Open(place, event.anchor, isinstance(event, MappingStartEvent)))

    def _keep(self, anchor: str | None, node: Node) -> None:
        if anchor:
            self._anchors[anchor] = node
        self._add(node)

    def _add(self, node: Node) -> None:
        if self._open:
            self._open[-1].nodes.append(node)
        else:
            self.root = None if isinstance(node, Scalar) and node.value is None else node

    def _alias(self, event: AliasEvent, place: Place) -> Node:
        node = self._anchors.get(event.anchor)
        if node is None:
            name = quoted(f"*{event.anchor}")
            hint = f'define "&{event.anchor}" before, or put the word in quotes'
            raise _BrokenError(place, f"{name} names nothing", hint)
        self._nodes += node.size
        if self._nodes > MOST_NODES or len(self._open) + node.height > DEEPEST:
            raise _BrokenError(
                place, "the aliases (*name) of this file multiply without bound", "write it out"
            )
        return node

    def _scalar(self, event: ScalarEvent, place: Place) -> Scalar:
        self._check_tag(event, place)
        text = str(event.value)
        is_plain = not event.style
        if is_plain and event.start_mark.line != event.end_mark.line:
            self.wrapped.append(wrapped(place, text))
        written = self._file[event.start_mark.index : event.end_mark.index]
        value = _value(text) if is_plain else text
        return Scalar(place, value, text if text or is_plain else '""', written=written)

    def _check_tag(self, event: ScalarEvent | SequenceStartEvent | MappingStartEvent, place: Place) -> None:
        if event.tag is not None:
            name = quoted(str(event.tag))
            self.faults.append(Fault(place, f"the tag {name} has no meaning here", "put the word in quotes"))

    def _mapping(self, closed: _Open) -> Mapping:
        keys, values = closed.nodes[::2], closed.nodes[1::2]
        entries: dict[str, Entry] = {}
        for key, value in zip(keys, values, strict=True):
            if not isinstance(key, Scalar):
                self.faults.append(
                    Fault(key.place, "a key must be one word", "write keys as the shipped files do")
                )
            elif not key.text:
                self.faults.append(
                    Fault(key.place, 'a key is missing before this ":"', "write one, or remove the line")
                )
            elif key.text in entries:
                first = entries[key.text].key.place.line
                message = f"the key {quoted(key.text)} is given twice, first in line {first}"
                self.faults.append(Fault(key.place, message, "keep one of them"))
            else:
                entries[key.text] = Entry(key, value)
        return Mapping(closed.place, tuple(entries.values()), *_extent(closed.nodes))


def _listing(closed: _Open) -> Listing:
    return Listing(closed.place, tuple(closed.nodes), *_extent(closed.nodes))


def _extent(nodes: list[Node]) -> tuple[int, int]:
    return 1 + sum(node.size for node in nodes), 1 + max((node.height for node in nodes), default=0)


def _value(text: str) -> str | int | float | bool | None:
    """Read a plain word by YAML 1.2's core schema (chapter 10.3.2)."""
    if text in _NULLS:
        return None
    if text in _TRUTHS:
        return _TRUTHS[text]
    if len(text) > _LONGEST_NUMBER:
        return text
    if _INTEGER.fullmatch(text):
        return int(text, 0) if text[:2] in {"0o", "0x"} else int(text)
    if _FLOAT.fullmatch(text):
        return float(re.sub(r"\.(inf|nan)", r"\1", text.lower()))
    return text
