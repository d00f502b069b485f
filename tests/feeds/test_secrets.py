"""User and password of an address never get into a sentence, however the address is written."""

import pytest

from bot.configuration.quote import quoted
from bot.feeds.page import shown

ODD = [
    "https://draht:geheim@blatt.example/rss",
    "https://draht:ge/geheim@blatt.example/rss",
    "https://draht:ge?geheim@blatt.example/rss",
    "https://draht:ge#geheim@blatt.example/rss",
    "https://draht:ge@geheim@blatt.example/rss",
    "https:/draht:geheim@blatt.example/rss",
    "HTTPS:draht:geheim@blatt.example/rss",
    "https:\\\\draht:geheim@blatt.example/rss",
    "feed:https://draht:geheim@blatt.example/rss",
]


@pytest.mark.parametrize("url", ODD)
def test_no_spelling_of_an_address_tells_its_password(url: str) -> None:
    """Not in what the reader of feeds says, nor in what is said about feeds.yaml; the host is told."""
    for told in (shown(url), quoted(url)):
        assert "geheim" not in told
        assert told.strip('"').endswith("blatt.example/rss")


@pytest.mark.parametrize(
    "url",
    [
        "https://blatt.example/@draht/rss",
        "https://blatt.example:443/@draht/rss",
        "https://[2001:db8::1]/@draht",
        "https://[2001:db8::1]:8443/@draht",
        "https://blatt.example/rss?an=draht:a@blatt.example",
        "https://blatt.example/https://blatt.example/@draht",
    ],
)
def test_what_is_no_password_stays(url: str) -> None:
    """An @ in a path or a query is part of the address."""
    assert shown(url) == url
    assert quoted(url) == f'"{url}"'
