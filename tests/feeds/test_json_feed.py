"""A JSON Feed tells what any other feed tells, and JSON that is none is refused."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.feeds.decode import Circumstances, decode
from bot.feeds.json_feed import MOST_VALUES
from bot.feeds.page import Page
from bot.feeds.reading import BEYOND, BROKEN, CUT_OFF, MOST_ENTRIES, NO_WORDS
from bot.model.feed import Feed
from bot.model.fetch import Failed, Modified, Refusal
from bot.model.story import Story

NOW = datetime(2024, 7, 13, 9, 0, tzinfo=UTC)
URL = "https://blatt.example/feeds/neu.json"
FEED = Feed(URL, "Blatt")
ITEM: dict[str, object] = {
    "id": "https://blatt.example/a1",
    "url": "https://blatt.example/a1",
    "title": "Minister telefonieren",
    "content_html": "<p>Kurz &amp; gut.</p>",
    "date_published": "2024-07-12T23:30:00+02:00",
    "date_modified": "2024-07-13T01:00:00+02:00",
}


def look(body: bytes, content_type: str = "", *, whole: bool = True) -> Modified | Failed:
    """Decode a body that came from the feed's address."""
    return decode(
        Page(URL, body, content_type, whole=whole, fresh_for=timedelta(minutes=5)), FEED, Circumstances(NOW)
    )


def read(items: object, **members: object) -> Modified:
    """Decode a JSON Feed of these items."""
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Blatt", "items": items, **members}
    found = look(json.dumps(feed).encode())
    assert isinstance(found, Modified), found
    return found


def only(item: dict[str, object], **members: object) -> Story:
    """Give the one story of an item."""
    (story,) = read([item], **members).stories
    return story


@pytest.mark.parametrize("version", ["https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1"])
def test_an_item_tells_all_that_an_entry_tells(version: str) -> None:
    """Title, text, address, day and language arrive as told."""
    story = only(ITEM, version=version, language="de-DE")
    assert (story.title, story.text) == ("Minister telefonieren", "Kurz & gut.")
    assert (story.url, story.source, story.language) == ("https://blatt.example/a1", "Blatt", "de")
    assert (story.instant, story.day) == (datetime(2024, 7, 12, 21, 30, tzinfo=UTC), date(2024, 7, 12))


def test_a_look_counts_its_items_and_knows_the_newest() -> None:
    """What the schedule asks of a feed, a JSON Feed tells, too."""
    found = read([ITEM, ITEM | {"id": 2, "date_published": "2024-07-01T00:00:00Z"}])
    assert (found.entries, found.newest) == (2, datetime(2024, 7, 12, 21, 30, tzinfo=UTC))
    assert found.wishes.pause == timedelta(minutes=5)


def test_the_same_article_in_rss_and_json_is_one_story() -> None:
    """The format of a feed is no part of a story's identity."""
    link = "http://www.blatt.example/a1/"
    rss = f"<rss version='2.0'><channel><item><title>T</title><link>{link}</link></item></channel></rss>"
    found = look(rss.encode())
    assert isinstance(found, Modified)
    assert found.stories[0].id == only(ITEM).id


def test_an_id_may_be_a_number() -> None:
    """A number is a name like any other, however long."""
    assert only(ITEM | {"id": 7}).id == only(ITEM | {"id": "7"}).id != only(ITEM | {"id": 8}).id
    long = json.dumps({"version": "jsonfeed.org", "items": [ITEM | {"id": 0}]}).replace(
        '"id": 0', '"id": ' + "9" * 9999
    )
    assert isinstance(look(long.encode()), Modified)


@pytest.mark.parametrize(
    ("members", "url"),
    [
        ({"url": "/a/7"}, "https://blatt.example/a/7"),
        ({"url": "7"}, "https://blatt.example/feeds/7"),
        ({"url": None, "external_url": "https://anders.example/x"}, "https://anders.example/x"),
        ({"url": "https://blatt.example/a1", "external_url": "https://x.example"}, "https://blatt.example/a1"),
        ({"url": "javascript:alert(1)"}, None),
        ({"url": "https://blatt.example/\x00a"}, "https://blatt.example/a"),
        ({"url": []}, None),
    ],
)  # fmt: skip
def test_a_link_is_one_that_a_reader_can_follow(members: dict[str, object], url: str | None) -> None:
    """Relative ones are resolved; the item's own comes before what it speaks of."""
    assert only(ITEM | members).url == url


@pytest.mark.parametrize(
    ("members", "text"),
    [
        ({"content_html": None, "content_text": "5 < 6\nbei <Ort>"}, "5 < 6\nbei <Ort>"),
        ({"content_html": None, "summary": "Nur das."}, "Nur das."),
        ({"content_html": "…", "summary": "Länger als das."}, "Länger als das."),
    ],
)
def test_the_longest_text_is_the_text(members: dict[str, object], text: str) -> None:
    """Plain text is taken by its letters, markup by its words."""
    assert only(ITEM | members).text == text


def test_broken_items_do_not_touch_their_neighbours() -> None:
    """They are skipped and counted."""
    found = read(
        [None, 7, [], "x", {}, {"title": ["T"], "tags": 5, "authors": {}}, ITEM, {"title": "\ud800\x00"}]
    )
    assert [story.title for story in found.stories] == ["Minister telefonieren"]
    assert found.skipped == ((BROKEN, 4), (NO_WORDS, 3))


def test_only_the_first_items_are_read() -> None:
    """As many as of any other feed."""
    found = read([{"id": n, "title": f"Nummer {n}"} for n in range(MOST_ENTRIES + 5)])
    assert len(found.stories) == MOST_ENTRIES
    assert found.skipped == ((BEYOND, 5),)


@pytest.mark.parametrize(
    "body",
    [
        b'\xef\xbb\xbf{"version":"https:\\/\\/jsonfeed.org\\/version\\/1","items":[]}',
        '{"version":"https://jsonfeed.org/version/1","items":[]}'.encode("utf-16"),
        b'{"feed_url":"x","items":[]}',
    ],
    ids=["mark", "utf-16", "no version"],
)  # fmt: skip
def test_an_empty_feed_is_a_feed(body: bytes) -> None:
    """Empty is not broken, and JSON may be written in any Unicode."""
    found = look(body)
    assert isinstance(found, Modified)
    assert found.stories == ()


@pytest.mark.parametrize(
    ("body", "refusal", "reason"),
    [
        (b'{"error": "no"}', Refusal.NOT_A_FEED, "is JSON, not a feed"),
        (b'[{"id": 1, "title": "T"}]', Refusal.NOT_A_FEED, "is JSON, not a feed"),
        (b'{"items": {"content_html": "T"}}', Refusal.NOT_A_FEED, "is JSON, not a feed"),
        (b'{"items": [{"title": "T"}]}', Refusal.NOT_A_FEED, "is JSON, not a feed"),
        (b'{"version": "https://jsonfeed.org/version/1", items}', Refusal.NOT_A_FEED, "damaged JSON"),
        (b'{"version": "jsonfeed.org", "items": [{"ti', Refusal.NOT_A_FEED, "damaged JSON"),
        (b'{"version": "jsonfeed.org", "items": [' + b'{"a":' * 90_000, Refusal.TOO_LARGE, "nested deeper"),
        (b"[" * 200_000, Refusal.TOO_LARGE, "nested deeper"),
        (b'{"items": [' + b"0," * MOST_VALUES + b"0]}", Refusal.TOO_LARGE, "more JSON values"),
    ],
    ids=[
        "an error", "a list", "items that are none", "an API's items", "damaged", "half an item", "deep item",
        "deep", "large",
    ],
)  # fmt: skip
def test_json_that_is_no_feed_is_refused_with_its_reason(body: bytes, refusal: Refusal, reason: str) -> None:
    """The operator hears what stands there."""
    found = look(body)
    assert isinstance(found, Failed)
    assert found.refusal is refusal
    assert reason in found.detail
    assert URL in found.detail


def test_a_json_feed_that_broke_off_is_called_so() -> None:
    """It will be asked for again."""
    found = look(b'{"version": "https://jsonfeed.org/version/1", "items": [{"id', whole=False)
    assert isinstance(found, Failed)
    assert found.refusal is Refusal.TRUNCATED


@pytest.mark.parametrize("whole", [True, False])
def test_a_severed_json_feed_gives_the_items_that_are_whole(whole: bool) -> None:  # noqa: FBT001
    """The item that was cut is left for the next look, and nothing makes that look skip it."""
    body = json.dumps({"version": "jsonfeed.org", "language": "fr", "items": [ITEM, ITEM | {"id": 2}, ITEM]})
    found = look(body[:-150].encode(), whole=whole)
    assert isinstance(found, Modified)
    assert [story.language for story in found.stories] == ["fr", "fr"]
    assert found.skipped == ((CUT_OFF, 1),)
    assert found.validators.digest is None


WORDS = st.text(max_size=20) | st.just("https://blatt.example/a")
NAMES = st.sampled_from(sorted(ITEM))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(NAMES, inside, max_size=6),
    max_leaves=20,
)


@settings(max_examples=150, deadline=None)
@given(VALUES, st.integers(0, 60))
@example({"version": "jsonfeed.org", "items": [{"id": "\udfff", "url": "http://[", "title": "T"}]}, 0)
def test_no_json_makes_the_decoder_raise(value: object, severed: int) -> None:
    """Whatever stands for an item, the answer is a value whose words can be stored."""
    for document in (value, {"version": "jsonfeed.org", "items": [value]}):
        body = json.dumps(document).encode()
        found = look(body[: len(body) - severed])
        if isinstance(found, Modified):
            assert all(story.whole.encode() and "\x00" not in story.whole for story in found.stories)
