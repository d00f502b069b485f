"""A page of HTML → title, text and day, by trafilatura (imported on first use: half a second)."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Article:
    """What a page says; `published` is None where the page tells no day."""

    title: str
    text: str
    published: date | None


def extract(html: bytes, url: str | None = None) -> Article | None:
    """Find the article in a page; None where there is none."""
    from trafilatura import bare_extraction  # noqa: PLC0415  half a second

    found = bare_extraction(html, url=url, with_metadata=True, include_comments=False)
    if found is None or isinstance(found, dict) or not (found.title or found.text):
        return None
    title, text = found.title or "", found.text or ""
    # The page's headline is not said twice.
    text = text.removeprefix(title).lstrip() if title else text
    return Article(title, text, _day(found.date))


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        return None
