"""What a page declares about itself: language, title, charset, whether it may be read for free."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from bot.feeds.languages import language_of

# Attributes, not a tree: each fact is one tag, and a page of any shape is passed over once.
_HTML = re.compile(r"<html\s([^<>]{1,2000})>", re.IGNORECASE)
_META = re.compile(r"<meta\s([^<>]{1,2000})>", re.IGNORECASE)
_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{0,500})", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:.-]{1,40})\s{0,5}=\s{0,5}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
# https://schema.org/isAccessibleForFree, as publishers write it: false, "False", a URL.
_NOT_FREE = re.compile(
    r"[\"']isAccessibleForFree[\"']\s{0,20}:\s{0,20}[\"']?(?:https?://schema\.org/)?false", re.IGNORECASE
)
_LOCKED = frozenset({"locked", "premium", "paid"})
_HEAD = 1_000_000


@dataclass(frozen=True, slots=True)
class Declared:
    """`language` is ISO 639-1 or None, `is_free` false where the page says that it costs money."""

    language: str | None
    title: str
    charset: str | None
    is_free: bool


def declared(html: bytes) -> Declared:
    """Read what a page declares; a page of any shape, or no page at all, gives something."""
    text = html[:_HEAD].decode("utf-8", "replace")
    metas = [_attributes(tag) for tag in _META.findall(text)]
    title = _TITLE.search(text)
    return Declared(
        language=_language(text, metas),
        title=" ".join(unescape(title[1]).split()) if title else "",
        charset=_charset(metas),
        is_free=not _NOT_FREE.search(text)
        and not _LOCKED.intersection(_named("article:content_tier", metas)),
    )


_Attributes = dict[str, str]


def _attributes(tag: str) -> _Attributes:
    return {name.lower(): unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(tag)}


def _named(name: str, metas: list[_Attributes]) -> Iterator[str]:
    for meta in metas:
        if name in (
            meta.get("name", "").lower(),
            meta.get("property", ""),
            meta.get("http-equiv", "").lower(),
        ):
            yield meta.get("content", "").strip().lower()


def _language(text: str, metas: list[_Attributes]) -> str | None:
    tag = _HTML.search(text)
    root = _attributes(tag[1]) if tag else {}
    told = (
        root.get("lang"),
        root.get("xml:lang"),
        *_named("og:locale", metas),
        *_named("content-language", metas),
    )
    return next((code for one in told if (code := language_of(one))), None)


def _charset(metas: list[_Attributes]) -> str | None:
    told = (meta["charset"] for meta in metas if "charset" in meta)
    typed = (content.partition("charset=")[2] for content in _named("content-type", metas))
    return next((one.strip() for one in (*told, *typed) if one.strip()), None)
