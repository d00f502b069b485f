"""How much a post may say, counted as Telegram counts, on plain text before any markup.

A caption holds 1,024 characters; Draht counts UTF-16 units, which are never
fewer, and aims at 900 (DELIVERY.md §5, §2).
"""

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from bot.alerts.markup import Block

TARGET = 900
STAMP_ROOM = 48
"""What an edit adds at the end of a post: "Stand: 30. September 2024, 14:05 Uhr" and the line's end."""
ELLIPSIS = "…"
_JOINERS = "\u200c\u200d"  # Persian and Hindi words and many emoji are spelt with them
_GONE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_ENTITY = re.compile(r"&#?\w{1,31};")
_SENTENCE_END = re.compile(r"""[.!?。！？]["'”“»’)]*(?=\s)""")
# Composed text needs at most one of these on a letter; more are a flood over the lines around it.
_MARKS = "[\u0300-\u036f\u0483-\u0489\u20d0-\u20f0]"
# Telegram takes these three out of every text, and with them our formatting out of step.
_LINES_THROUGH = str.maketrans("", "", "\u030a\u0333\u033f")
_MARK_FLOOD = re.compile(f"({_MARKS}){_MARKS}+")
# Longer input cannot show more: the longest field of a post is far shorter than this.
_READ = 4_000


@dataclass(frozen=True, slots=True)
class Part:
    """A block with its place in the post; of the parts, the lowest `rank` is the last to go."""

    paragraph: int
    rank: int
    block: Block


def units(text: str) -> int:
    """Count UTF-16 units, as Telegram's entity offsets do."""
    return len(text) + sum(character > "\uffff" for character in text)


def clean(text: str) -> str:
    """Make one line of readable text from anything.

    Markup characters that survived decoding (`&nbsp;`) are resolved, runs of
    white space become one space, and what would steer the reader's display
    (control characters, direction overrides, floods of combining marks) goes.
    """
    resolved = _ENTITY.sub(lambda match: html.unescape(match[0]), text.lstrip()[:_READ])
    spaced = " ".join(resolved.split())
    kept = (c for c in spaced if c in _JOINERS or unicodedata.category(c) not in _GONE)
    composed = unicodedata.normalize("NFC", "".join(kept)).translate(_LINES_THROUGH)
    return " ".join(_MARK_FLOOD.sub(r"\1", composed).split()).strip(_JOINERS + " ")


def clip(text: str, limit: int) -> str:
    """Clean a text and shorten it to a number of units, at a word's end where there is one."""
    whole = clean(text)
    if units(whole) <= limit:
        return whole
    head = _first_units(whole, limit - 1)
    words = head.rpartition(" ")[0] if not whole[len(head)].isspace() else head
    return (words if units(words) * 2 > limit else head).rstrip(" ,;:–-" + ELLIPSIS + _JOINERS) + ELLIPSIS


def clip_sentences(text: str, limit: int) -> str:
    """Clean a text and shorten it at the end of a sentence, else as `clip` does."""
    whole = clean(text)
    if units(whole) <= limit:
        return whole
    head = _first_units(whole, limit)
    ends = [match.end() for match in _SENTENCE_END.finditer(whole, 0, len(head) + 1)]
    sentences = head[: ends[-1]] if ends else ""
    return sentences if units(sentences) * 2 > limit else clip(whole, limit)


def fit(parts: Iterable[Part], limit: int) -> tuple[Part, ...]:
    """Keep what fits into a number of units, the lowest ranks first, in the given order."""
    given = tuple(parts)
    kept: set[int] = set()
    used = 0
    for index in sorted(range(len(given)), key=lambda i: given[i].rank):
        cost = cost_of(given[index].block)
        if used + cost <= limit:
            used += cost
            kept.add(index)
    return tuple(part for index, part in enumerate(given) if index in kept)


def cost_of(block: Block) -> int:
    """Count a block's units together with the empty line that may follow it."""
    return units(block.text) + 2


def _first_units(text: str, limit: int) -> str:
    """Cut between two characters, never inside a surrogate pair."""
    head = text[: max(limit, 0)]
    while units(head) > limit:
        head = head[: -max((units(head) - limit) // 2, 1)]
    return head
