"""A change put into the text of watchlist.yaml or holders.yaml; every other line stays, byte for byte.

    change, mark ─▶ the new text, with the mark beside what changed
                 ─▶ the same with the mark in a line above, and without one

The mark is a comment that says who made the change and when. A place for it
cannot always be told beforehand: whoever reads the texts takes the first that
says what is meant.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import assert_never

from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from bot.configuration.lists import (
    Entry,
    UnforeseenLayoutError,
    below,
    composed,
    cut,
    dash,
    dashed,
    end_of,
    inserted,
    line_end,
    line_start,
    spelt,
    with_more,
    without,
)
from bot.configuration.quote import printable
from bot.model.change import AddHolder, AddSpelling, AddWatch, AddWords, Change, Part, RemoveWord

_WATCHES, _HOLDERS = "watches", "holders"
_LONGEST_WHAT, _LONGEST_WHO = 100, 60
_REST = re.compile(r"(?P<more>[^#\r\n]*?)(?P<comment>[ \t]+#[^\r\n]*?)?[ \t]*(?=[\r\n]|$)")
# A mark of ours at the end of a comment: the newest one takes its place.
_OURS = re.compile(r"(?:#|;) [+−] [^;]*, \d{4}-\d\d-\d\d \d\d:\d\d$")

Find = Callable[[str], SequenceNode]


class OneLineError(Exception):
    """The whole watch-list is one line of keywords: there is no list of watches to put one into."""


def mark_of(what: str, by: str, at: datetime) -> str:
    """Write a mark: what was put in ("+ word") or taken out ("− word"), who did, and when, to the minute."""
    told, who = _flat(what)[:_LONGEST_WHAT], _flat(by)[:_LONGEST_WHO]
    return f"{told}: {who}, {at:%Y-%m-%d %H:%M}"


def _flat(text: str) -> str:
    """Make words fit for a comment that marks are found in again."""
    return printable(text).replace(";", ",")


def amended(text: str, change: Change, mark: str) -> Iterator[str]:
    """Give the texts that may be what a change makes, the best marked first.

    Raises `OneLineError`, or `UnforeseenLayoutError` where no place can be found.
    """
    for how in (_beside, _above, _nowhere):
        yield _made(text, change, _Mark(mark, how))


class _Mark:
    """Who made a change and when, and where that is written."""

    def __init__(self, words: str, how: Callable[[str, int, str], str]) -> None:
        self.words = words
        self._how = how

    @property
    def is_beside(self) -> bool:
        return self._how is _beside

    def put(self, text: str, position: int) -> str:
        """Write it at the line of a position."""
        return self._how(text, position, self.words)

    def lines(self, lines: Sequence[str]) -> tuple[str, ...]:
        """Write it behind the first of new lines."""
        if not self.is_beside:
            return tuple(lines)
        return (f"{lines[0]}  # {self.words}", *lines[1:])


def _beside(text: str, position: int, mark: str) -> str:
    """Put a mark at the end of a line, behind a comment that stands there."""
    end = line_end(text, position)
    whole = text[position:end].rstrip("\r\n")
    rest = _REST.fullmatch(whole)
    if rest is None:
        return _above(text, position, mark)
    comment = _OURS.sub("", rest["comment"] or "").rstrip(" \t")
    joined = f"{comment}; {mark}" if comment.strip(" \t#") else f"  # {mark}"
    place = position + len(rest["more"].rstrip(" \t"))
    return text[:place] + joined + text[position + len(whole) :]


def _above(text: str, position: int, mark: str) -> str:
    """Put a mark in a line of its own above a line."""
    begin = line_start(text, position)
    line = text[begin : line_end(text, begin)]
    margin = line[: len(line) - len(line.lstrip(" "))]
    return inserted(text, begin, [f"{margin}# {mark}"])


def _nowhere(text: str, _: int, __: str) -> str:
    return text


def _made(text: str, change: Change, mark: _Mark) -> str:
    match change:
        case AddWords():
            return _with_words(text, change, mark)
        case RemoveWord():
            return _without_word(text, change, mark)
        case AddWatch():
            return _with_watch(text, change, mark)
        case AddHolder(country, person, start):
            told = {"country": country, "person": person, "start": start.isoformat()}
            return _with_holder(text, told, mark)
        case AddSpelling(country, person, spelling):
            return _with_holder(text, {"country": country, "person": person, "names": [spelling]}, mark)
        case _ as never:
            assert_never(never)


def _with_words(text: str, change: AddWords, mark: _Mark) -> str:
    watch = _watch(text, change.watch)
    if _value(watch, change.part) is None:
        return _with_key(text, watch, change, mark)
    entries = [Entry(mark.lines([word]), word) for word in map(_word, change.words)]
    return _grown(text, lambda now: _words_of(now, change), entries, mark)


def _grown(text: str, find: Find, entries: Sequence[Entry], mark: _Mark) -> str:
    """Put entries behind the last one of a list; in brackets they have no line for a mark of their own."""
    listed = find(text)
    grown = with_more(text, listed, entries)
    return mark.put(grown, find(grown).end_mark.index) if listed.flow_style else grown


def _with_key(text: str, watch: MappingNode, change: AddWords, mark: _Mark) -> str:
    """Give a watch a list that it does not have yet."""
    written = f"{change.part}: {spelt(list(change.words), flow=True)}"
    if watch.flow_style:
        end = watch.value[-1][1].end_mark.index
        grown = text[:end] + f", {written}" + text[end:]
        return mark.put(grown, _watch(grown, change.watch).end_mark.index)
    column = watch.value[0][0].start_mark.column
    at = below(text, end_of(text, watch), column - 1)
    return inserted(text, at, [" " * column + line for line in mark.lines([written])])


def _without_word(text: str, change: RemoveWord, mark: _Mark) -> str:
    listed = _words_of(text, change)
    if change.place >= len(listed.value):
        raise UnforeseenLayoutError
    if len(listed.value) == 1:
        return _without_key(text, _watch(text, change.watch), change.part, mark)
    taken = without(text, listed, change.place)
    if listed.flow_style:
        return mark.put(taken, _words_of(taken, change).end_mark.index)
    begin, column, _ = dash(text, listed.value[change.place])
    return _noted(taken, begin, column, mark)


def _without_key(text: str, watch: MappingNode, part: Part, mark: _Mark) -> str:
    """Take a list of a watch out as a whole, with the comments that are indented below it."""
    if watch.flow_style:
        raise UnforeseenLayoutError
    key, value = next(entry for entry in watch.value if entry[0].value == part)
    begin, column = line_start(text, key.start_mark.index), key.start_mark.column
    if text[begin : key.start_mark.index].strip(" "):
        raise UnforeseenLayoutError  # it stands behind the dash of its watch
    taken = cut(text, begin, below(text, end_of(text, value), column))
    return _noted(taken, begin, column, mark)


def _noted(text: str, at: int, column: int, mark: _Mark) -> str:
    """Put a mark in the place of a line that was taken out."""
    if not mark.is_beside:
        return text
    return inserted(text, min(at, len(text)), [" " * column + f"# {mark.words}"])


def _spelt(value: str | list[str]) -> str:
    return spelt(value, flow=True) if isinstance(value, list) else _word(value)


def _with_watch(text: str, change: AddWatch, mark: _Mark) -> str:
    told: dict[str, str | list[str]] = {"name": change.name, "keywords": list(change.keywords)}
    lines = [f"{key}: {_spelt(value)}" for key, value in told.items()]
    return _grown(text, _watches, [Entry(mark.lines(lines), spelt(told, flow=True))], mark)


def _with_holder(text: str, told: Mapping[str, str | list[str]], mark: _Mark) -> str:
    lines = mark.lines([f"{key}: {_spelt(value)}" for key, value in told.items()])
    entry = Entry(lines, f"{{{', '.join(lines)}}}")
    if composed(text) is None:
        return inserted(text, len(text), [f"{_HOLDERS}:", *dashed([entry], "  ", " ")])
    return _grown(text, _holders, [entry], mark)


def _word(word: str) -> str:
    """Write one word; what is safe in brackets is so outside of them."""
    return spelt([word], flow=True)[1:-1]


def _watch(text: str, place: int) -> MappingNode:
    """Find the mapping that holds the lists of a watch; that of the one line is the whole file."""
    root = composed(text)
    listed = _value(root, _WATCHES)
    if listed is None and place == 0 and _value(root, Part.KEYWORDS) is not None:
        return _mapping(root)
    items = _listing(listed).value
    if place >= len(items):
        raise UnforeseenLayoutError
    return _mapping(items[place])


def _words_of(text: str, change: AddWords | RemoveWord) -> SequenceNode:
    return _listing(_value(_watch(text, change.watch), change.part))


def _watches(text: str) -> SequenceNode:
    root = composed(text)
    listed = _value(root, _WATCHES)
    if listed is None and _value(root, Part.KEYWORDS) is not None:
        raise OneLineError
    return _listing(listed)


def _holders(text: str) -> SequenceNode:
    return _listing(_value(composed(text), _HOLDERS))


def _listing(node: Node | None) -> SequenceNode:
    if not isinstance(node, SequenceNode) or not node.value:
        raise UnforeseenLayoutError
    return node


def _value(node: Node | None, name: str) -> Node | None:
    found = (value for key, value in _mapping(node).value if key.value == name)
    value: Node | None = next(found, None)
    return value


def _mapping(node: Node | None) -> MappingNode:
    if not isinstance(node, MappingNode) or not node.value:
        raise UnforeseenLayoutError
    return node
