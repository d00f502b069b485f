"""Feeds in UTF-16 and UTF-32, whose letters have two bytes or four."""

import json

import pytest

from tests.feeds.test_decode import RSS, URL, only

WORDS = "Größe „Kälte“ – Schröder"
XML = RSS % f"<item><title>{WORDS}</title></item>"
JSON = json.dumps({"feed_url": URL, "items": [{"title": WORDS}]}, ensure_ascii=False)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("blanks", ["", "\r\n", "  "])
@pytest.mark.parametrize("text", [XML, JSON], ids=["XML", "JSON"])
def test_wide_letters_are_read_with_a_mark_and_without(encoding: str, blanks: str, text: str) -> None:
    """Whatever stands first, a bracket, a brace or a blank, tells how wide the letters are."""
    assert only((blanks + text).encode(encoding)).title == WORDS
