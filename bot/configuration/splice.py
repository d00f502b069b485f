"""Feeds put into the text of feeds.yaml and taken out of it; the rest stays, byte for byte."""

from collections.abc import Sequence

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.configuration.lists import (
    Entry,
    UnforeseenLayoutError,
    below,
    composed,
    dashed,
    end_of,
    inserted,
    spelt,
    with_more,
    without,
)
from bot.model.subscription import Subscription

_KEY = "feeds"


def with_feeds(text: str, feeds: Sequence[Subscription]) -> str:
    """Give the text with feeds behind its last one, written as that one is."""
    root, entries = composed(text), [_entry(feed) for feed in feeds]
    if root is None:
        return inserted(text, len(text), [f"{_KEY}:", *dashed(entries, "  ", " ")])
    if not isinstance(root, MappingNode):
        raise UnforeseenLayoutError
    for key, value in root.value:
        if key.value == _KEY:
            return _with_more(text, root, (key, value), entries)
    if root.flow_style:
        raise UnforeseenLayoutError
    column = root.value[0][0].start_mark.column
    lines = [" " * column + f"{_KEY}:", *dashed(entries, " " * (column + 2), " ")]
    return inserted(text, below(text, end_of(text, root), column), lines)


def without_feed(text: str, index: int) -> str:
    """Give the text without one of its feeds, and without the comments that are indented below it."""
    return without(text, _list_of(composed(text)), index)


def _list_of(root: Node | None) -> SequenceNode:
    for key, value in root.value if isinstance(root, MappingNode) else ():
        if key.value == _KEY and isinstance(value, SequenceNode):
            return value
    raise UnforeseenLayoutError


def _with_more(text: str, root: MappingNode, entry: tuple[Node, Node], feeds: Sequence[Entry]) -> str:
    key, value = entry
    if isinstance(value, SequenceNode) and value.value:
        return with_more(text, value, feeds)
    column = key.start_mark.column
    lines = dashed(feeds, " " * (column + 2), " ")
    if isinstance(value, SequenceNode):
        begin, end = value.start_mark.index, value.end_mark.index
        if root.flow_style or text[begin:end].strip("[] \t"):
            return f"{text[: begin + 1]}{', '.join(feed.flow for feed in feeds)}{text[begin + 1 :]}"
        text = text[:begin].rstrip(" \t") + text[end:]
    elif not isinstance(value, ScalarNode) or value.value or root.flow_style:
        raise UnforeseenLayoutError
    return inserted(text, below(text, key.end_mark.index, column), lines)


def _entry(feed: Subscription) -> Entry:
    """Write the keys that are told."""
    told: dict[str, str | bool | None] = {
        "url": feed.url,
        "name": feed.name,
        "language": feed.language,
        "country": feed.country,
        "interval": feed.interval,
        "enabled": False if not feed.enabled else None,
    }
    given = {key: value for key, value in told.items() if value is not None}
    return Entry(tuple(spelt(given, flow=False).splitlines()), spelt(given, flow=True))
