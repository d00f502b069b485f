"""What a feed asks of its readers is heard, what nobody can mean is not."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.feeds.decode import Circumstances, decode
from bot.feeds.page import Page
from bot.model.feed import Feed
from bot.model.fetch import NO_WISHES, Modified, Wishes

NOW = datetime(2024, 7, 13, 9, 0, tzinfo=UTC)
URL = "https://blatt.example/rss"
RSS = """<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>Blatt</title>
{}<item><title>Eins</title><ttl>99</ttl></item><item><title>Zwei</title></item>{}</channel></rss>"""


def wishes(head: str, tail: str = "", fresh_for: timedelta | None = None, seen: bytes = b"") -> Wishes:
    """Give what a feed wishes that says this of itself."""
    page = Page(URL, RSS.format(head, tail).encode(), fresh_for=fresh_for)
    found = decode(page, Feed(URL, "Blatt"), Circumstances(NOW, seen=seen))
    assert isinstance(found, Modified)
    return found.wishes


@pytest.mark.parametrize(
    ("head", "minutes"),
    [
        ("<ttl>60</ttl>", 60),
        ("<ttl> 15\n</ttl>", 15),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 30),
        ("<sy:updatePeriod>\n\tdaily\t</sy:updatePeriod>", 24 * 60),
        ("<ttl>5</ttl><sy:updatePeriod>daily</sy:updatePeriod>", 1440),
        ("<ttl>90</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", 90),
        ("<ttl>5</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", 5),
    ],
)
def test_the_pause_that_a_feed_asks_for_is_heard(head: str, minutes: int) -> None:
    """In minutes, or so many times in a period; the longer counts."""
    assert wishes(head).pause == timedelta(minutes=minutes)
    assert wishes("", head).pause == timedelta(minutes=minutes)


def test_the_longer_of_feed_and_server_counts() -> None:
    """Both are obeyed by obeying the longer."""
    assert wishes("<ttl>60</ttl>", fresh_for=timedelta(minutes=5)).pause == timedelta(hours=1)
    assert wishes("<ttl>60</ttl>", fresh_for=timedelta(hours=2)).pause == timedelta(hours=2)
    assert wishes("", fresh_for=timedelta(minutes=5)).pause == timedelta(minutes=5)


@pytest.mark.parametrize(
    "head",
    [
        "",
        "<ttl>0</ttl>",
        "<ttl>-5</ttl>",
        "<ttl>bald</ttl>",
        "<ttl>1440000</ttl>",
        "<ttl>99999999999999999999</ttl>",
        "<sy:updatePeriod>yearly</sy:updatePeriod>",
        "<sy:updatePeriod>never</sy:updatePeriod>",
        "<sy:updateFrequency>4</sy:updateFrequency>",
        "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>",
        "<skipHours><hour>25</hour><hour>x</hour></skipHours>",
        "<skipHours>" + "".join(f"<hour>{n}</hour>" for n in range(24)) + "</skipHours>",
        "<skipDays><day>Heute</day></skipDays>",
    ],
)
def test_what_nobody_can_mean_is_no_wish(head: str) -> None:
    """No time, more than thirty days, every hour, words: as if it said nothing."""
    assert wishes(head) == NO_WISHES


def test_hours_and_days_without_news_are_heard() -> None:
    """Hours of Greenwich, with RSS 0.91's 24 for midnight; days by their English names."""
    head = (
        "<skipHours><hour>24</hour><hour>1</hour><hour>02</hour></skipHours>"
        "<skipDays>\n<day>Saturday</day><day> sunday </day></skipDays>"
    )
    assert wishes(head) == Wishes(None, frozenset({0, 1, 2}), frozenset({5, 6}))


def test_wishes_are_heard_when_no_entry_is_new() -> None:
    """They may change while the news does not."""
    page = Page(URL, RSS.format("", "").encode())
    first = decode(page, Feed(URL, "Blatt"), Circumstances(NOW))
    assert isinstance(first, Modified)
    assert wishes("<ttl>60</ttl>", seen=first.blocks).pause == timedelta(hours=1)
