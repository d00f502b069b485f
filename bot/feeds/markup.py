"""HTML as feeds carry it → plain text.

Written by hand because a feed's markup is seldom whole: the standard
library's parser is 5 times slower and, in Python 3.11, quadratic on unclosed
tags. Every step here moves forward, so the time is linear.
"""

import html
import re
import unicodedata

# Most tags are written soundly, and then this finds their end, too.
_TAG = re.compile(
    r"<(?:(?P<close>/?)(?P<name>[a-zA-Z][\w:.-]*+)"
    r"(?P<sound>(?:\s+[\w:.-]++=(?:\"[^\"]{0,999}\"|'[^']{0,999}'))*+\s*+/?>)?|(?P<other>!--|[!?]))"
)
_QUOTE = re.compile(r"=\s*([\"'])")
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z]{2,8}\d{0,2});")
_COMMON_TAG = re.compile(
    r"</?(?:p|br|b|i|a|em|strong|span|div|img|ul|ol|li|h[1-6]|table|figure)\b[^<]*>", re.IGNORECASE
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_WRITTEN_BLOCKS = """
    address article aside blockquote br dd div dl dt fieldset figcaption figure footer form h1 h2 h3
    h4 h5 h6  header hr li main nav ol p pre section table td th tr ul
"""
_BLOCKS = frozenset(_WRITTEN_BLOCKS.split())
_UNSEEN = frozenset({"script", "style", "template", "noscript", "svg", "iframe", "head"})
_END_OF_UNSEEN = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in _UNSEEN}
# Text is escaped once by XML and once by HTML; a third time is a mistake seen in the wild.
_MOST_ROUNDS = 3


def plain(markup: str, limit: int) -> str:
    r"""Give the words that a reader sees: no tags, no entities, lines where blocks end.

    At most `limit` characters come back; four times as much markup is read.

    >>> plain("<p>Der&nbsp;Minister</p><p>rief &amp;amp; sprach</p>", 100)
    'Der Minister\nrief & sprach'
    """
    text = markup[: 4 * limit].replace("\r", "\n")
    for _ in range(_MOST_ROUNDS):
        if "<" in text:
            text = _without_tags(text)
        if "&" not in text:
            break
        text = html.unescape(text)
        if not (_ENTITY.search(text) or _COMMON_TAG.search(text)):
            break
    return _tidy(text)[:limit].rstrip()


def one_line(markup: str, limit: int) -> str:
    """Give plain text on one line, as a title is."""
    return plain(markup, limit).replace("\n", " ")


def _tidy(text: str) -> str:
    # Asking whether all can be printed takes a tenth of looking for what cannot.
    if not text.replace("\n", "").replace("\t", "").replace("\xa0", "").isprintable():
        text = _CONTROL.sub("", text).replace("\u2028", "\n").replace("\u2029", "\n")
    lines = "\n".join(words for line in text.split("\n") if (words := " ".join(line.split())))
    return lines if lines.isascii() else unicodedata.normalize("NFC", lines)


def _without_tags(text: str) -> str:
    pieces: list[str] = []
    position = 0
    while (tag := _TAG.search(text, position)) is not None:
        pieces.append(text[position : tag.start()])
        name = (tag["name"] or "").lower()
        end = tag.end() if tag["sound"] and name not in _UNSEEN else _end(text, tag)
        if end < 0:
            # No ">" follows: what looks like a tag is text, unless it hides something.
            hidden = tag["other"] or name in _UNSEEN
            position = len(text) if hidden else tag.start()
            break
        if name in _BLOCKS:
            pieces.append("\n")
        position = end
    return "".join((*pieces, text[position:]))


def _end(text: str, tag: re.Match[str]) -> int:
    """Find where a tag (or what it hides) is over; -1 where it never is."""
    if tag["other"] == "!--":
        return _past(text, "-->", tag.end())
    end = tag.end() if tag["sound"] else _tag_end(text, tag.end())
    name = (tag["name"] or "").lower()
    if end < 0 or name not in _UNSEEN or tag["close"] or text[end - 2] == "/":
        return end
    closing = _END_OF_UNSEEN[name].search(text, end)
    return _past(text, ">", closing.end()) if closing else -1


def _tag_end(text: str, start: int) -> int:
    """Find the end of a tag; a quoted attribute may hold a ">"."""
    end = text.find(">", start)
    while end >= 0 and (quote := _QUOTE.search(text, start, end)) is not None:
        start = _past(text, quote[1], quote.end())
        if start < 0:
            break
        end = text.find(">", start) if start > end else end
    return end + 1 if end >= 0 else -1


def _past(text: str, mark: str, start: int) -> int:
    found = text.find(mark, start)
    return found + len(mark) if found >= 0 else -1
