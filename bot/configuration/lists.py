"""Entries put into the lists of a YAML text and taken out of it; the rest stays, byte for byte.

ruamel.yaml tells where each value stands and spells new ones; the text is cut
and joined here. Its own round trip would write the whole file anew, with
other line ends, blanks and widths than the editor's.
"""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

_BREAK = re.compile("\r\n|\n|\r")
_COMMENT = re.compile(r"([ ]*)[ \t]*#[^\r\n]*(?:\r\n|\n|\r|$)")
# What may follow an entry of a list in brackets that has its line to itself.
_TAIL = re.compile(r"[ \t]*(,?)[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r)")
_COMMA = re.compile(r"[ \t]*,")
_BLANKS = " \t\r\n"
_WIDEST = 1_000_000  # characters; no value is ever folded

Told = Mapping[str, str | bool | Sequence[str]]


class UnforeseenLayoutError(Exception):
    """The file is written in a way that no place can be found in."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A new entry of a list: its lines behind a dash, and as it stands in brackets."""

    lines: tuple[str, ...]
    flow: str


def composed(text: str) -> Node | None:
    """Give where everything stands; None where there is nothing but comments."""
    node: Node | None = YAML(typ="rt", pure=True).compose(text)
    return node


def spelt(value: Told | Sequence[str], *, flow: bool) -> str:
    """Write a value by ruamel.yaml, which knows what needs quotes."""
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style, writer.width, writer.allow_unicode = flow, _WIDEST, True
    writer.sort_base_mapping_type_on_output = False  # type: ignore[assignment]  # typed as None alone
    out = io.StringIO()
    writer.dump(value, out)
    return out.getvalue().strip("\n")


def with_more(text: str, listed: SequenceNode, entries: Sequence[Entry]) -> str:
    """Put entries behind the last one of a list that has one, written as that one is."""
    if listed.flow_style:
        return _behind_in_brackets(text, listed, [entry.flow for entry in entries])
    last = listed.value[-1]
    begin, column, gap = dash(text, last)
    margin = text[begin : begin + column]
    return inserted(text, below(text, end_of(text, last), column), dashed(entries, margin, gap))


def without(text: str, listed: SequenceNode, index: int) -> str:
    """Take an entry out of a list, and the comments that are indented below it."""
    if listed.flow_style:
        return _without_in_brackets(text, listed, index)
    item = listed.value[index]
    begin, column, _ = dash(text, item)
    return cut(text, begin, below(text, end_of(text, item), column))


def cut(text: str, begin: int, end: int) -> str:
    """Take whole lines out of a text; one that ended without a line break still does."""
    if end == len(text) and not _BREAK.fullmatch(text[-1:]):
        begin = len(chomped(text[:begin]))
    return text[:begin] + text[end:]


def dashed(entries: Sequence[Entry], margin: str, gap: str) -> list[str]:
    """Write entries of a list, the dash behind `margin` and their words behind `gap`."""
    lines = []
    for entry in entries:
        first, *others = entry.lines
        lines += [f"{margin}-{gap}{first}", *(f"{margin} {' ' * len(gap)}{line}" for line in others)]
    return lines


def dash(text: str, item: Node) -> tuple[int, int, str]:
    """Find the dash before an entry: where its line begins, its column, and the blanks behind it."""
    begin = line_start(text, item.start_mark.index)
    before = text[begin : item.start_mark.index]
    while not (line := before.lstrip(" ")).startswith("-"):
        if line.strip() and not line.strip().startswith("#"):
            raise UnforeseenLayoutError
        if not begin:
            raise UnforeseenLayoutError
        end, begin = begin, line_start(text, len(chomped(text[:begin])))
        before = text[begin:end]
    gap = line[1:]
    alone = not gap or gap.strip(" ")
    return begin, len(before) - len(line), " " if alone else gap


def below(text: str, position: int, column: int) -> int:
    """Give the place behind a line and the comments below it that are indented deeper than a column."""
    at = line_end(text, position)
    while (comment := _COMMENT.match(text, at)) is not None and len(comment[1]) > column:
        at = comment.end()
        if at == len(text):
            break
    return at


def inserted(text: str, at: int, lines: Sequence[str]) -> str:
    """Put whole lines into a text, at the begin of a line or the end of the text."""
    mark = line_break(text)
    written = mark.join(lines)
    if at == len(text) and text and not _BREAK.fullmatch(text[-1]):
        return f"{text}{mark}{written}"
    return f"{text[:at]}{written}{mark}{text[at:]}"


def end_of(text: str, node: Node) -> int:
    """Give where a node's last word ends; ruamel.yaml counts the comments behind a block to it."""
    while isinstance(node, MappingNode | SequenceNode) and not node.flow_style and node.value:
        node = node.value[-1][1] if isinstance(node, MappingNode) else node.value[-1]
    begin, end = span(node)
    return max(begin, len(text[:end].rstrip(_BLANKS)))


def span(node: Node) -> tuple[int, int]:
    """Give where a node begins and ends."""
    return node.start_mark.index, node.end_mark.index


def line_start(text: str, position: int) -> int:
    """Give where the line of a position begins."""
    return max(text.rfind("\n", 0, position), text.rfind("\r", 0, position)) + 1


def line_end(text: str, position: int) -> int:
    """Give where the next line begins."""
    found = _BREAK.search(text, position)
    return found.end() if found else len(text)


def chomped(text: str) -> str:
    """Take the line break off a text that ends with one."""
    return text[:-2] if text.endswith("\r\n") else text[:-1]


def line_break(text: str) -> str:
    """Give how the lines of a text end."""
    found = _BREAK.search(text)
    return found[0] if found else "\n"


def _behind_in_brackets(text: str, listed: SequenceNode, written: Sequence[str]) -> str:
    last = listed.value[-1]
    end = last.end_mark.index
    begin = line_start(text, last.start_mark.index)
    margin, tail = text[begin : last.start_mark.index], _TAIL.match(text, end)
    if margin.strip() or tail is None:
        return text[:end] + "".join(f", {one}" for one in written) + text[end:]
    mark = line_break(text)
    comma, lines = tail[1], f",{mark}{margin}".join(written)
    between = text[end : tail.end()] if comma else f",{text[end : tail.end()]}"
    return f"{text[:end]}{between}{margin}{lines}{comma}{mark}{text[tail.end() :]}"


def _without_in_brackets(text: str, listed: SequenceNode, index: int) -> str:
    begin, end = span(listed.value[index])
    line, tail = line_start(text, begin), _TAIL.match(text, end)
    before = listed.value[index - 1].end_mark.index if index else None
    if not text[line:begin].strip() and tail is not None:
        comma = _COMMA.match(text, before) if before is not None and not tail[1] else None
        kept = text[:line] if comma is None else text[:before] + text[comma.end() : line]
        return kept + text[tail.end() :]
    if index + 1 < len(listed.value):
        return text[:begin] + text[span(listed.value[index + 1])[0] :]
    if before is not None:
        return text[:before] + text[end:]
    comma = _COMMA.match(text, end)
    return text[:begin] + text[comma.end() if comma else end :]
