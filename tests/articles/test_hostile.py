"""Pages made to keep Draht busy are refused before anything reads them."""

import pytest

from bot.articles.article import extract, is_readable
from bot.articles.head import declared

WILD = {
    "tags": b"<html><body><article><p>" + b"Hello<br>" * 60_000,
    "depth": b"<html><body>" + b"<div>" * 60_000,
    "attributes of one tag": b"<p " + b" ".join(b'a%d="b"' % n for n in range(20_000)) + b">x</p>",
    "attributes of many tags": (b"<p " + b" ".join(b"a%d" % n for n in range(800)) + b">x</p>") * 1_700,
}


@pytest.mark.parametrize("name", WILD)
def test_a_page_that_would_take_long_is_not_read(name: str) -> None:
    """60,000 tags take seconds, 150,000 attributes of one tag 97 s: what grows too large gives no article."""
    assert not is_readable(WILD[name])
    assert extract(WILD[name]) is None


def test_a_page_of_a_newspaper_is_readable() -> None:
    """Five thousand tags and a picture written into an attribute are not wild."""
    picture = b'<img src="data:image/png;base64,' + b"iVBORw0KGgo" * 40_000 + b'">'
    assert is_readable(b"<html><body>" + b"<p class='a b c'>Hello</p>" * 5_000 + picture)


@pytest.mark.parametrize(
    "html", [b"", b"<", b"<html", b"<meta " * 50_000, b"\x00\xff" * 1_000, b"<html lang=''>"]
)
def test_any_bytes_declare_something(html: bytes) -> None:
    """What is not there is not told, and nothing is raised."""
    told = declared(html)
    assert (told.language, told.title, told.is_free) == (None, "", True)


@pytest.mark.parametrize(
    ("html", "language"),
    [
        (b'<html class="x" lang="de-DE">', "de"),
        (b"<html><meta property='og:locale' content='fr_FR'>", "fr"),
        (b'<html lang="xx"><meta http-equiv="Content-Language" content="uk">', "uk"),
        (b"<html lang=tr>", "tr"),
    ],
)
def test_the_language_is_the_one_declared_first(html: bytes, language: str) -> None:
    """The root element's, else the locale for others, else the header's stand-in."""
    assert declared(html).language == language
