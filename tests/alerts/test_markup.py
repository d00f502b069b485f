"""Pieces of a post as Telegram HTML."""

import pytest

from bot.alerts.markup import LONGEST_URL, Bold, Line, Link, Plain, Quote, html, labelled, safe_url
from tests.servers.telegram_html import assert_valid_post, parse


def test_what_is_written_is_what_is_read() -> None:
    """Markup in names and addresses stays text, also in bold, links and quotes."""
    evil = "<b>\"A&amp;B\"</b> 'C'"
    line = labelled(evil, Link(evil, "https://example.org/?a=1&b=%22"), Plain(" "), Bold(evil))
    written = html([[line], [Quote((line,))]])
    assert_valid_post(written)
    assert parse(written).text == f"{line.text}\n\n{line.text}"


def test_empty_paragraphs_leave_no_gap() -> None:
    """Only what is there is separated."""
    assert html([[Line((Plain("a"),))], [], [Line((Plain("b"),)), Line((Plain("c"),))]]) == "a\n\nb\nc"


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a?b=1&c=d#e",
        "http://xn--bcher-kva.example/",
        "https://bücher.example/ä",
        "https://example.org:8443/",
    ],
)
def test_web_addresses_are_linked(url: str) -> None:
    """An ordinary address is kept as it is, and Telegram keeps the link."""
    assert safe_url(url) == url
    assert_valid_post(html([[Line((Link("x", url),))]]))


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "tg://resolve?domain=x",
        "ftp://example.org/",
        "//example.org/",
        "https://",
        "https://localhost/",
        "https://bank.example@evil.example/",
        "https://example.org/a b",
        'https://example.org/"onclick',
        "https://example.org/\u202egnp",
        "https://example.org:99999/",
        "https://[::1/",
        "https://example.org/" + "a" * LONGEST_URL,
    ],
)
def test_what_is_no_plain_web_address_is_not_linked(url: str | None) -> None:
    """Scripts, other schemes, user names, broken and endless addresses are told as text only."""
    assert safe_url(url) is None
