from datetime import timedelta

import pytest

from bot.model.feed import Feed
from tests.configuration.desk import Desk


def test_only_the_address_must_be_told(desk: Desk) -> None:
    """A feed's name is its host without www, its interval that of the file."""
    found = desk.load(feeds="interval: 5m\nfeeds:\n  - url: https://www.example.org/rss\n").feeds
    assert found.feeds == (Feed("https://www.example.org/rss", "example.org", interval=timedelta(minutes=5)),)
    assert found.allow_private == ()


def test_everything_may_be_told(desk: Desk) -> None:
    """All keys of a feed reach it, codes in their usual case."""
    found = desk.load(
        feeds="""\
allow_private: ["127.0.0.0/8", "::1", 10.0.0.0/8]
feeds:
  - url: http://127.0.0.1:8000/rss
    name: NRK
    language: NO
    country: no
    interval: 90s
    enabled: false
"""
    )
    feed = Feed("http://127.0.0.1:8000/rss", "NRK", "no", "NO", timedelta(seconds=90), enabled=False)
    assert found.feeds.feeds == (feed,)
    assert found.feeds.enabled() == ()
    assert found.feeds.allow_private == ("127.0.0.0/8", "::1/128", "10.0.0.0/8")
    assert [problem.message for problem in found.warnings] == ["no feed is asked"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1s", timedelta(seconds=1)),
        ("10m", timedelta(minutes=10)),
        ("2h", timedelta(hours=2)),
        ("3d", timedelta(days=3)),
        ("36500d", timedelta(days=36500)),
    ],
)
def test_an_interval_has_a_unit(desk: Desk, written: str, meant: timedelta) -> None:
    """Seconds, minutes, hours and days are s, m, h and d."""
    found = desk.load(feeds=f"interval: {written}\nfeeds:\n  - url: https://example.org/rss\n")
    assert found.feeds.feeds[0].interval == meant


def test_an_address_is_kept_as_written(desk: Desk) -> None:
    """The URL is the feed's identity: neither case nor credentials nor fragment are touched."""
    url = "https://reader:secret@Example.org:443/RSS?x=1#top"
    assert desk.load(feeds=f"feeds:\n  - url: {url}\n").feeds.feeds[0].url == url


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/rss", "http://example.org/rss"),
        ("https://example.org/rss", "https://example.org/RSS"),
        ("https://example.org/rss?a=1", "https://example.org/rss?a=2"),
        ("https://example.org:8443/rss", "https://example.org/rss"),
        ("https://one:x@example.org/rss", "https://two:x@example.org/rss"),
    ],
)
def test_what_may_be_two_feeds_is_two_feeds(desk: Desk, one: str, other: str) -> None:
    """Only spellings that can never differ count as one address."""
    assert len(desk.load(feeds=f"feeds:\n  - url: {one}\n  - url: {other}\n").feeds.feeds) == 2


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "192.168.1.7", "[::1]"])
def test_a_private_address_that_is_not_allowed_is_a_warning(desk: Desk, host: str) -> None:
    """A feed that would be refused at every look is told when the file is read."""
    desk.write("feeds.yaml", f"feeds:\n  - url: http://{host}/rss\n")
    (problem,) = desk.problems()
    assert problem.startswith("config/feeds.yaml:2:10: warning: ")
    assert "is a private address: this feed will be refused" in problem


def test_no_problem_holds_a_password(desk: Desk) -> None:
    """Wherever credentials stand in a file, also in a wrong place, they are not repeated."""
    secret = "https://reader:geheim@example.org/rss"
    desk.write(
        "feeds.yaml",
        f"allow_private: [{secret}]\n{secret}: 1\nfeeds:\n  - url: {secret} x\n    language: {secret}\n"
        f"    interval: {secret}\n  - {secret}\n  - url: {secret}\n    {secret}: 1\n    enabled: {secret}\n",
    )
    problems = desk.problems()
    assert len(problems) == 8
    assert not any("geheim" in problem or "reader" in problem for problem in problems)
