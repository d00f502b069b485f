"""Pure: a post, which is Telegram HTML, as other services take it."""

import re
from dataclasses import dataclass
from html import unescape

_TAG = re.compile(r"<[^<>]*>")
_TELEGRAMS = re.compile(r"</?tg-[^<>]*>|\s+expandable(?=>)")
_LINK = re.compile(r'<a href="([^"<>]*)">(.*?)</a>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Letter:
    """A post in two parts: its head line as plain text, and the rest as HTML for any reader."""

    subject: str
    html: str


def letter(body: str, *, links: bool) -> Letter:
    """Take a post apart at its first line; without `links` each address stands behind its words."""
    head, _, rest = body.partition("\n")
    plainly = rest if links else _LINK.sub(r"\2 (\1)", rest)
    return Letter(text(head).strip(), _TELEGRAMS.sub("", plainly).strip("\n").replace("\n", "<br/>"))


def text(body: str) -> str:
    """Give what a reader sees of a post; the address of a link follows its words.

    >>> text('<b>AT&amp;T</b> <a href="https://a.example/?x&amp;y">Blatt</a>')
    'AT&T Blatt (https://a.example/?x&y)'
    """
    return unescape(_TAG.sub("", _LINK.sub(r"\2 (\1)", body)))
