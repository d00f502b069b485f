"""Feeds put into the text of feeds.yaml and taken out of it; the rest stays, byte for byte.

ruamel.yaml tells where each value stands and spells new ones; the text is cut
and joined there. Its own round trip would write the whole file anew, with
other line ends, blanks and widths than the editor's.
"""

import io
import re
from collections.abc import Sequence

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.model.subscription import Subscription

_BREAK = re.compile("\r\n|\n|\r")
_COMMENT = re.compile(r"([ ]*)[ \t]*#[^\r\n]*(?:\r\n|\n|\r|$)")
# What may follow an entry of a list in brackets that has its line to itself.
_TAIL = re.compile(r"[ \t]*(,?)[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r)")
_COMMA = re.compile(r"[ \t]*,")
_BLANKS = " \t\r\n"
_KEY = "feeds"
_WIDEST = 1_000_000  # characters; no value is ever folded


class UnforeseenLayoutError(Exception):
    """The file is written in a way that no place can be found in."""


def with_feeds(text: str, feeds: Sequence[Subscription]) -> str:
    """Give the text with feeds behind its last one, written as that one is."""
    root = _composed(text)
    if root is None:
        return _inserted(text, len(text), [f"{_KEY}:", *_entries(feeds, "  ", " ")])
    if not isinstance(root, MappingNode):
        raise UnforeseenLayoutError
    for key, value in root.value:
        if key.value == _KEY:
            return _with_more(text, root, (key, value), feeds)
    if root.flow_style:
        raise UnforeseenLayoutError
    column = root.value[0][0].start_mark.column
    lines = [" " * column + f"{_KEY}:", *_entries(feeds, " " * (column + 2), " ")]
    return _inserted(text, _below(text, _end(text, root), column), lines)


def without_feed(text: str, index: int) -> str:
    """Give the text without one of its feeds, and without the comments that are indented below it."""
    feeds = _list_of(_composed(text))
    item = feeds.value[index]
    if feeds.flow_style:
        return _without_in_brackets(text, feeds, index)
    begin, column, _ = _dash(text, item)
    end = _below(text, _end(text, item), column)
    if end == len(text) and not _BREAK.fullmatch(text[-1:]):
        begin = len(_chomped(text[:begin]))
    return text[:begin] + text[end:]


def _composed(text: str) -> Node | None:
    node: Node | None = YAML(typ="rt", pure=True).compose(text)
    return node


def _list_of(root: Node | None) -> SequenceNode:
    for key, value in root.value if isinstance(root, MappingNode) else ():
        if key.value == _KEY and isinstance(value, SequenceNode):
            return value
    raise UnforeseenLayoutError


def _with_more(text: str, root: MappingNode, entry: tuple[Node, Node], feeds: Sequence[Subscription]) -> str:
    key, value = entry
    if isinstance(value, SequenceNode) and value.value:
        return _behind_in_brackets(text, value, feeds) if value.flow_style else _behind(text, value, feeds)
    column = key.start_mark.column
    lines = _entries(feeds, " " * (column + 2), " ")
    if isinstance(value, SequenceNode):
        begin, end = value.start_mark.index, value.end_mark.index
        if root.flow_style or text[begin:end].strip("[] \t"):
            return f"{text[: begin + 1]}{', '.join(map(_in_braces, feeds))}{text[begin + 1 :]}"
        text = text[:begin].rstrip(" \t") + text[end:]
    elif not isinstance(value, ScalarNode) or value.value or root.flow_style:
        raise UnforeseenLayoutError
    return _inserted(text, _below(text, key.end_mark.index, column), lines)


def _behind(text: str, listed: SequenceNode, feeds: Sequence[Subscription]) -> str:
    last = listed.value[-1]
    begin, column, gap = _dash(text, last)
    margin = text[begin : begin + column]
    return _inserted(text, _below(text, _end(text, last), column), _entries(feeds, margin, gap))


def _behind_in_brackets(text: str, listed: SequenceNode, feeds: Sequence[Subscription]) -> str:
    last = listed.value[-1]
    end = last.end_mark.index
    begin = _line_start(text, last.start_mark.index)
    margin, tail = text[begin : last.start_mark.index], _TAIL.match(text, end)
    written = [_in_braces(feed) for feed in feeds]
    if margin.strip() or tail is None:
        return text[:end] + "".join(f", {one}" for one in written) + text[end:]
    line_break = _line_break(text)
    comma, lines = tail[1], f",{line_break}{margin}".join(written)
    between = text[end : tail.end()] if comma else f",{text[end : tail.end()]}"
    return f"{text[:end]}{between}{margin}{lines}{comma}{line_break}{text[tail.end() :]}"


def _without_in_brackets(text: str, listed: SequenceNode, index: int) -> str:
    begin, end = _span(listed.value[index])
    line, tail = _line_start(text, begin), _TAIL.match(text, end)
    before = listed.value[index - 1].end_mark.index if index else None
    if not text[line:begin].strip() and tail is not None:
        comma = _COMMA.match(text, before) if before is not None and not tail[1] else None
        kept = text[:line] if comma is None else text[:before] + text[comma.end() : line]
        return kept + text[tail.end() :]
    if index + 1 < len(listed.value):
        return text[:begin] + text[_span(listed.value[index + 1])[0] :]
    if before is not None:
        return text[:before] + text[end:]
    comma = _COMMA.match(text, end)
    return text[:begin] + text[comma.end() if comma else end :]


def _entries(feeds: Sequence[Subscription], margin: str, gap: str) -> list[str]:
    """Write feeds as entries of a list, the dash behind `margin` and its keys behind `gap`."""
    lines = []
    for feed in feeds:
        first, *others = _spelt(feed, flow=False).splitlines()
        lines += [f"{margin}-{gap}{first}", *(f"{margin} {' ' * len(gap)}{line}" for line in others)]
    return lines


def _in_braces(feed: Subscription) -> str:
    return _spelt(feed, flow=True)


def _spelt(feed: Subscription, *, flow: bool) -> str:
    """Write the keys that are told, by ruamel.yaml, which knows what needs quotes."""
    told: dict[str, str | bool | None] = {
        "url": feed.url,
        "name": feed.name,
        "language": feed.language,
        "country": feed.country,
        "interval": feed.interval,
        "enabled": False if not feed.enabled else None,
    }
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style, writer.width, writer.allow_unicode = flow, _WIDEST, True
    writer.sort_base_mapping_type_on_output = False  # type: ignore[assignment]  # typed as None alone
    out = io.StringIO()
    writer.dump({key: value for key, value in told.items() if value is not None}, out)
    return out.getvalue().strip("\n")


def _dash(text: str, item: Node) -> tuple[int, int, str]:
    """Find the dash before an entry: where its line begins, its column, and the blanks behind it."""
    begin = _line_start(text, item.start_mark.index)
    before = text[begin : item.start_mark.index]
    while not (line := before.lstrip(" ")).startswith("-"):
        if line.strip() and not line.strip().startswith("#"):
            raise UnforeseenLayoutError
        if not begin:
            raise UnforeseenLayoutError
        end, begin = begin, _line_start(text, len(_chomped(text[:begin])))
        before = text[begin:end]
    gap = line[1:]
    alone = not gap or gap.strip(" ")
    return begin, len(before) - len(line), " " if alone else gap


def _below(text: str, position: int, column: int) -> int:
    """Give the place behind a line and the comments below it that are indented deeper than a column."""
    at = _line_end(text, position)
    while (comment := _COMMENT.match(text, at)) is not None and len(comment[1]) > column:
        at = comment.end()
        if at == len(text):
            break
    return at


def _inserted(text: str, at: int, lines: Sequence[str]) -> str:
    line_break = _line_break(text)
    written = line_break.join(lines)
    if at == len(text) and text and not _BREAK.fullmatch(text[-1]):
        return f"{text}{line_break}{written}"
    return f"{text[:at]}{written}{line_break}{text[at:]}"


def _end(text: str, node: Node) -> int:
    """Give where a node's last word ends; ruamel.yaml counts the comments behind a block to it."""
    while isinstance(node, MappingNode | SequenceNode) and not node.flow_style and node.value:
        node = node.value[-1][1] if isinstance(node, MappingNode) else node.value[-1]
    begin, end = _span(node)
    return max(begin, len(text[:end].rstrip(_BLANKS)))


def _span(node: Node) -> tuple[int, int]:
    return node.start_mark.index, node.end_mark.index


def _line_start(text: str, position: int) -> int:
    return max(text.rfind("\n", 0, position), text.rfind("\r", 0, position)) + 1


def _line_end(text: str, position: int) -> int:
    found = _BREAK.search(text, position)
    return found.end() if found else len(text)


def _chomped(text: str) -> str:
    return text[:-2] if text.endswith("\r\n") else text[:-1]


def _line_break(text: str) -> str:
    found = _BREAK.search(text)
    return found[0] if found else "\n"
