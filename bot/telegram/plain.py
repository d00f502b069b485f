"""What a post says once Telegram has parsed it: enough to know it again."""

import re
import unicodedata
from collections.abc import Iterator

from bot.alerts.budget import units

_TAG = re.compile(r"<[^<>]*>")
# Telegram decodes these four and numbers; `&nbsp;` stays as it is written.
_REFERENCE = re.compile(r"&(?:(lt|gt|amp|quot)|#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6}));")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_HIGHEST = 0x10FFFF


def plain(html: str) -> str:
    """Give the text of a post without its markup."""
    return _REFERENCE.sub(_decoded, _TAG.sub("", html))


def visible(text: str) -> str:
    """Give only the signs that a reader sees: blanks and controls are the server's to change."""
    return "".join(sign for sign in text if unicodedata.category(sign)[0] not in "CZ")


def portions(text: str, limit: int) -> Iterator[str]:
    """Cut plain text at its line ends into pieces of at most `limit` UTF-16 units; a longer line is cut."""
    piece = ""
    for line in text.splitlines():
        whole = f"{piece}\n{line}" if piece else line
        if units(whole) <= limit:
            piece = whole
            continue
        if piece:
            yield piece
        piece = line if units(line) <= limit else line[: limit // 2]
    if piece:
        yield piece


def _decoded(match: re.Match[str]) -> str:
    name, decimal, hexadecimal = match.groups()
    if name:
        return _NAMED[name]
    number = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(number) if 0 < number <= _HIGHEST else match[0]
