"""What is left of a web page."""

from datetime import date

import pytest

from bot.articles import Article, extract

PAGE = """<html lang="de"><head><title>Minister telefonieren – Blatt</title>
<meta property="og:title" content="Minister telefonieren">
<meta property="article:published_time" content="2024-07-12T20:30:00+02:00"></head>
<body><nav><a href="/">Start</a> <a href="/sport">Sport</a></nav>
<article><h1>Minister telefonieren</h1>
<p>Der Minister hat am Freitag mit seinem Kollegen gesprochen, wie sein Haus mitteilte.</p>
<p>Einzelheiten nannte es nicht; es war der erste Anruf seit mehr als einem Jahr.</p></article>
<footer>Impressum und Datenschutz</footer></body></html>"""


def test_an_article_is_found_without_what_stands_around_it() -> None:
    """Title, paragraphs and day are kept; navigation and footer are not, the headline is said once."""
    assert extract(PAGE.encode(), "https://blatt.example/a") == Article(
        "Minister telefonieren",
        "Der Minister hat am Freitag mit seinem Kollegen gesprochen, wie sein Haus mitteilte.\n"
        "Einzelheiten nannte es nicht; es war der erste Anruf seit mehr als einem Jahr.",
        date(2024, 7, 12),
        "de",
    )


def test_a_page_without_an_article_gives_none() -> None:
    """An empty page, and bytes that are no page, are not an article."""
    assert extract(b"<html></html>") is None
    assert extract(b"\x00\xff") is None


def test_an_odd_page_is_not_complained_of(caplog: pytest.LogCaptureFixture) -> None:
    """The library's own words about a page reach neither the operator nor who asks `draht explain`."""
    extract(b"<?xml version='1.0'?><a>x</a>")
    extract(b"no page " * 20)
    assert caplog.records == []
