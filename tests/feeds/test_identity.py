"""A story is one story in every look, feed and spelling of its address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.entry import Entry
from bot.feeds.identity import identities
from bot.feeds.links import canonical_link, direct

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
        "https://blatt.example/a/1?utm_source=rss&amp;utm_medium=feed",
        "https://m.blatt.example/a/1",
        "https://mobil.blatt.example/a/1",
        "https://amp.blatt.example/a/1",
        "https://blatt.example/a/1/amp",
        "https://blatt.example/a/1/amp/?amp=1",
        "https://blatt.example/amp/a/1",
        "https://blatt.example/a/1?outputType=amp",
        "https://blatt.example/a/1;jsessionid=7A0C?PHPSESSID=8",
        "https://www-blatt-example.cdn.ampproject.org/c/s/www.blatt.example/a/1",
        "https://www.google.com/amp/s/amp.blatt.example/a/1",
        "https://www.google.de/url?rct=j&url=https://blatt.example/a/1%3Futm_source%3Dx&ct=ga",
        "http://www.bing.com/news/apiclick.aspx?ref=FexRss&aid=&tid=6&url=https%3a%2f%2fblatt.example%2fa%2f1&c=1",
        "https://news.google.com/news/url?sa=t&fd=R&url=https://blatt.example/a/1",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fblatt.example%2Fa%2F1%3Ffbclid%3DI&h=AT0",
        "https://news.google.com/rss/articles/CBMiGWh0dHBzOi8vYmxhdHQuZXhhbXBsZS9hLzHSAQA?oc=5",
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
        "https://blatt.example/a/amp",
        "https://blatt.example/a/amp/2",
        "https://blatt.example/url?url=https://blatt.example/a/1",
        "https://www.google.com/url?url=javascript:alert(1)",
        "https://www.google.com/search?q=https://blatt.example/a/1",
        "https://news.google.com/rss/articles/CBMiIUFVX3lxTE1hYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5etIBAA?oc=5",
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


OPAQUE = "CBMiIUFVX3lxTE1hYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5etIBAA"


def test_an_article_of_google_news_is_one_in_every_search() -> None:
    """Its id counts in all feeds; who asked in which language, and under which path, does not."""
    other = OPAQUE.replace("AU", "BV").replace("IUFVX", "IUFVY")
    link = f"https://news.google.com/rss/articles/{OPAQUE}?oc=5&hl=de"
    assert identity(HERE, OPAQUE) == identity(THERE, OPAQUE) == identity(HERE, url=link)
    assert canonical_link(f"https://news.google.com/read/{OPAQUE}?hl=en") == canonical_link(link)
    assert identity(HERE, OPAQUE) != identity(HERE, other)


def test_an_article_of_google_news_and_its_papers_own_are_one_where_the_id_tells_it() -> None:
    """Ids made before 2024 hold the address, short or long."""
    long = "https://blatt.example/" + "x" * 150
    told = "CBMirAFodHRwczovL2JsYXR0LmV4YW1wbGUv" + "eHh4" * 50 + "0gEA"
    assert identity(HERE, told) == identity(THERE, url=long)
    assert direct(f"https://news.google.com/rss/articles/{told}") == long


@pytest.mark.parametrize(
    "url",
    [
        "https://www.google.com/url?q=",
        "https://www.google.com/url?q=javascript:alert(1)",
        "https://www.google.com/url?q=https://",
        "https://l.facebook.com/l.php",
        "https://news.google.com/rss/articles/CBMi",
        "https://news.google.com/rss/articles/CBMA",
        f"https://news.google.com/rss/articles/{OPAQUE}",
        "https://x.cdn.ampproject.org/",
    ],
)
def test_a_redirector_that_names_no_target_is_left_as_it_is(url: str) -> None:
    """Nothing is guessed, and nothing but a web address is followed."""
    assert direct(url) == url


def test_redirectors_within_redirectors_end() -> None:
    """A few are followed, a thousand are not."""
    once = "https://www.google.com/url?q=https%3A%2F%2Fl.facebook.com%2Fl.php%3Fu%3Dhttps%253A%252F%252Fblatt.example%252Fa"
    assert direct(once) == "https://blatt.example/a"
    many = "https://vk.com/away.php?to=" * 1_000 + "https://blatt.example"
    assert direct(many).startswith("https://vk.com/away.php?to=https://vk.com")


@pytest.mark.parametrize("build", ["PHPSESSID=1", "sessionid=2&nocache=3"])
def test_a_guid_with_the_session_of_its_build_stays_the_same(build: str) -> None:
    """What a server puts into an address for one visitor is no part of an identity."""
    assert identity(guid=f"https://blatt.example/a?{build}") == identity(guid="https://blatt.example/a")


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
