"""A story is one story in every look, feed and spelling of its address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.entry import Entry
from bot.feeds.identity import canonical_link, identities

HERE, THERE = "https://blatt.example/rss", "https://blatt.example/politik.rss"


def identity(feed: str = HERE, guid: str = "", url: str | None = None, title: str = "Titel") -> str:
    """Give the identity of one entry alone in its feed."""
    return identities([Entry(guid, url, title, "")], [None], feed)[0]


@pytest.mark.parametrize(
    "other",
    [
        "http://blatt.example/a/1",
        "https://www.blatt.example/a/1/",
        "HTTPS://BLATT.example:443/a/1#absatz",
        "https://blatt.example/a/1?utm_source=rss&utm_medium=feed",
        "https://blatt.example/a/1?fbclid=x&xtor=RSS-1&ref=rss&at_medium=RSS&wt_mc=feed",
    ],
)
def test_addresses_of_one_article_are_one(other: str) -> None:
    """Scheme, www, slash, fragment and tracking tell nothing about the article."""
    assert canonical_link(other) == canonical_link("https://blatt.example/a/1")


@pytest.mark.parametrize(
    "other",
    [
        "https://blatt.example/a/2",
        "https://blatt.example/a/1?id=2",
        "https://blatt.example:8443/a/1",
        "https://a.example/a/1",
    ],
)
def test_addresses_of_two_articles_stay_two(other: str) -> None:
    """What may name another article is kept."""
    assert canonical_link(other) != canonical_link("https://blatt.example/a/1")


def test_the_order_of_parameters_tells_nothing() -> None:
    """A query is a set of pairs."""
    assert canonical_link("https://a.example/?b=2&a=1") == canonical_link("https://a.example/?a=1&b=2")


@pytest.mark.parametrize(
    "guid",
    [
        "https://blatt.example/a/1",
        "tag:blatt.example,2024:1",
        "urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a",
    ],
)
def test_a_worldwide_guid_is_one_story_in_two_feeds(guid: str) -> None:
    """The section's feed and the front page's tell the same story."""
    assert identity(HERE, guid) == identity(THERE, guid)


def test_a_short_guid_counts_in_its_own_feed_only() -> None:
    """Number 7 of one feed is not number 7 of another."""
    assert identity(HERE, "7") != identity(THERE, "7")
    assert identity(HERE, "7", title="neu") == identity(HERE, "7", title="alt")


def test_a_guid_that_is_the_link_and_a_link_alone_are_one_story() -> None:
    """Whether a feed names the address as guid or as link makes no difference."""
    assert identity(HERE, "https://www.blatt.example/a/1") == identity(THERE, url="https://blatt.example/a/1")


def test_the_guid_outlives_a_change_of_address_and_title() -> None:
    """A story that is edited and moved stays the story it was."""
    before = identity(guid="g-1", url="https://blatt.example/alt", title="Vorab")
    assert identity(guid="g-1", url="https://blatt.example/neu", title="Jetzt") == before


def test_shared_addresses_identify_nothing() -> None:
    """Entries with different titles and one link are told apart by their titles."""
    home = "https://blatt.example/"
    entries = [Entry("", home, "Eins", ""), Entry("", home, "Zwei", ""), Entry("", home, "EINS", "")]
    first, second, third = identities(entries, [None] * 3, HERE)
    assert first != second
    assert first == third


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_identity_depends_on_the_entry_alone(guid: str, path: str, title: str) -> None:
    """The same entry has the same identity beside any other entry of another title."""
    entry = Entry(guid, f"https://blatt.example/{path}", title, "")
    beside = Entry("elsewhere", "https://anders.example/x", title + "!", "")
    assert identities([beside, entry], [None, None], HERE)[1] == identities([entry], [None], HERE)[0]


@given(st.text(max_size=60))
def test_any_text_has_a_canonical_form(url: str) -> None:
    """No address makes the rule fail."""
    assert isinstance(canonical_link(f"https://{url}"), str)
