"""A page of HTML → title, text, day and language, by trafilatura (imported on first use: half a second)."""

import logging
import re
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from bot.articles.head import declared
from bot.model.article import Article

# Measured on the worst that came to mind (tests/articles/test_hostile.py): a page within
# these bounds is read in some seconds. Real articles have 1,000 to 10,000 tags.
_MOST_TAGS = 50_000
# The parser compares each attribute of a tag with all before it: 150,000 in one tag take 97 s.
_LONG_TAG = re.compile(rb"<[a-zA-Z][^<>]{1000,}")
_SEPARATORS = re.compile(rb"[\s\"'/]")
_MOST_COMPARISONS = 100_000_000
# No guessing from the text: a wrong day is worse than none.
_DATES = {"extensive_search": False, "original_date": True}


def is_readable(html: bytes) -> bool:
    """Say whether a page can be read in a few seconds, however it was made."""
    if html.count(b"<") > _MOST_TAGS:
        return False
    attributes = (len(_SEPARATORS.findall(tag)) for tag in _LONG_TAG.findall(html))
    return sum(number * number for number in attributes) <= _MOST_COMPARISONS


def extract(html: bytes | str, url: str | None = None) -> Article | None:
    """Find the article in a page; None where there is none, or none that can be read in time."""
    raw = html.encode("utf-8", "replace") if isinstance(html, str) else html
    if not is_readable(raw):
        return None
    found: Any = _extractor()(
        html, url=url, with_metadata=True, include_comments=False, date_extraction_params=dict(_DATES)
    )
    if found is None or isinstance(found, dict) or not (found.title or found.text):
        return None
    title, text = found.title or "", found.text or ""
    # The page's headline is not said twice.
    text = text.removeprefix(title).lstrip() if title else text
    return Article(title, text, _day(found.date), declared(raw).language)


@cache
def _extractor() -> Callable[..., Any]:
    from trafilatura import bare_extraction  # noqa: PLC0415  half a second

    # They complain of every odd page; what became of it is told by whoever asked for it.
    for library in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(library).setLevel(logging.CRITICAL)
    return bare_extraction


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        return None
