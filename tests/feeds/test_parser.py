"""What a hostile body must not make the parser do."""

import copy
import pickle
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from feedparser import api, html, mixin, urls
from feedparser.util import FeedParserDict
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.feeds import parser
from bot.feeds.decode import Circumstances, decode
from bot.feeds.page import Page
from bot.feeds.parser import MOST_TAGS, UNTOLD
from bot.model.feed import Feed
from bot.model.fetch import Failed, Modified, Refusal

URL = "https://blatt.example/rss"
RSS = '<?xml version="1.0"?><rss version="2.0"><channel>{}</channel></rss>'
ITEM = "<item{}><title>Ein Titel</title>{}</item>"
ONE = RSS.format(ITEM.format("", ""))
MANY = 40_000

QUADRATIC = {
    "attributes": ITEM.format("".join(f' a{n}="1"' for n in range(MANY)), ""),
    "a long author": ITEM.format("", f"<author>{'a.' * 4 * MANY}</author>"),
    "categories": ITEM.format("", "".join(f"<category>{n}</category>" for n in range(MANY))),
    "namespaces": ITEM.format("".join(f' xmlns:a{n}="u{n}"' for n in range(MANY)), "<b/>" * 1000),
}


def read(body: bytes) -> Modified | Failed:
    """Read a body as one feed's."""
    return decode(Page(URL, body), Feed(URL, "Blatt"), Circumstances(datetime(2024, 7, 13, tzinfo=UTC)))


def test_a_body_that_is_the_name_of_a_file_is_no_feed(tmp_path: Path) -> None:
    """No server can make Draht read a file, or a device without end, by naming it."""
    (tmp_path / "own.xml").write_text(RSS.format(ITEM.format("", "")))
    found = read(bytes(tmp_path / "own.xml"))
    assert isinstance(found, Failed)
    assert found.refusal is Refusal.NOT_A_FEED


@pytest.mark.parametrize("broken", ["", "&unknown;</wrong>"], ids=["strict", "loose"])
@pytest.mark.parametrize("kind", QUADRATIC)
def test_no_part_of_a_feed_costs_the_square_of_its_length(kind: str, broken: str) -> None:
    """Half a megabyte of any one thing is read in seconds, not in a minute, and loses nothing."""
    begun = time.process_time()
    found = read(RSS.format(QUADRATIC[kind] + broken).encode())
    assert time.process_time() - begun < 10
    assert isinstance(found, Modified)
    assert [story.title for story in found.stories] == ["Ein Titel"]


def test_an_encoding_that_is_none_of_documents_is_refused() -> None:
    """Reading 400 kB as punycode takes Python ten seconds."""
    body = (
        '<?xml version="1.0" encoding="PunyCode"?>' + RSS.partition("?>")[2].format("") + "-" + "ba" * 200_000
    )
    begun = time.process_time()
    assert isinstance(read(body.encode()), Failed)
    assert time.process_time() - begun < 1


def test_a_feed_of_tags_beyond_measure_is_refused() -> None:
    """Ten megabytes of tags would hold up a processor for a minute, at every look."""
    found = read(RSS.format(ITEM.format("", "<b/>" * MOST_TAGS)).encode())
    assert isinstance(found, Failed)
    assert found.refusal is Refusal.TOO_LARGE


def test_entries_without_content_count_as_entries() -> None:
    """Only the first 2,000 of a million `<item/>` reach the parser."""
    found = read(RSS.format(ITEM.format("", "") + "<item/>" * 5_000).encode())
    assert isinstance(found, Modified)
    assert [story.title for story in found.stories] == ["Ein Titel"]
    assert dict(found.skipped)["beyond the first 2000"] == 3_001


def test_the_title_of_a_web_page_steers_no_terminal() -> None:
    """A page in a feed's place is named by its title, without what a terminal would obey."""
    found = read(b"<html><head><title>News \x1b[2J&#27;]0;x\x07 \xc3\x9cbersicht</title></head></html>")
    assert isinstance(found, Failed)
    assert found.refusal is Refusal.HTML
    assert "(“News [2J]0;x Übersicht”)" in found.detail


@pytest.mark.parametrize(
    "inside",
    [
        "<image><width/></image><width>",
        "<textInput></textInput><image><url>x</url></image><textInput><description>x</description>",
        "</item></item></channel></width>&x;<width></width>",
    ],
)
def test_a_tag_in_a_wrong_place_costs_that_tag(inside: str) -> None:
    """What feedparser stumbles over does not cost the feed."""
    found = read(RSS.format(ITEM.format("", "") + inside + "&unknown;").encode())
    assert isinstance(found, Modified)
    assert [story.title for story in found.stories] == ["Ein Titel"]


def test_a_namespace_with_blanks_costs_no_feed() -> None:
    """SAX tears its name apart."""
    found = read(RSS.format(ITEM.format("", '<x xmlns="urn:a b c">y</x>')).encode())
    assert isinstance(found, Modified)
    assert [story.title for story in found.stories] == ["Ein Titel"]


def test_a_link_holds_no_character_that_no_database_takes() -> None:
    """PostgreSQL refuses the NUL that feedparser's loose parser makes of a reference."""
    found = read(RSS.format(ITEM.format("", "<link>https://b.example/&#0;a&#x1;</link>") + "&x;").encode())
    assert isinstance(found, Modified)
    assert [story.url for story in found.stories] == ["https://b.example/a"]


@pytest.mark.parametrize(
    "body",
    [
        b'<?xml version="1.0" encoding="utf-\xff8"?>' + ONE.partition("?>")[2].encode(),
        ONE.encode() + b'<?php encoding="\xff" ?>',
    ],
    ids=["in the declaration", "behind the feed"],
)  # fmt: skip
def test_an_encoding_whose_name_is_no_text_costs_no_feed(body: bytes) -> None:
    """It names nothing, so the encoding is found as if none were named."""
    found = read(body)
    assert isinstance(found, Modified)
    assert [story.title for story in found.stories] == ["Ein Titel"]


INLINE = st.sampled_from(
    [
        "\n",
        " ",
        "a &lt; b",
        "&lt;div ",
        "&lt;/div&gt;",
        "<div>",
        "</div>",
        "<b>x</b>",
        "<![CDATA[<div>]]>",
        "ä&#10;",
    ]
)
DOCUMENTS = {
    "rss": '<rss version="2.0" xmlns:a="http://www.w3.org/2005/Atom"><channel>{}</channel></rss>',
    "atom in rss": '<rss xmlns="http://www.w3.org/2005/Atom"><channel>{}</channel></rss>',
    "rdf": '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">{}</r:RDF>',
    "atom": '<feed xmlns="http://www.w3.org/2005/Atom">{}</feed>',
}


@settings(max_examples=300, deadline=None)
@given(
    st.lists(INLINE, max_size=8),
    st.sampled_from(["", ' type="xhtml"', ' type="html"', ' type="text"']),
    st.sampled_from(["description", "title", "content", "summary"]),
    st.sampled_from(sorted(DOCUMENTS)),
)
def test_words_in_one_piece_are_what_they_are_in_many(
    pieces: list[str], kind: str, name: str, form: str
) -> None:
    """Markup and words in any order give the same entry when the reader hands each line over by itself."""
    entry = "entry" if form == "atom" else "item"
    inside = "".join(pieces)
    body = DOCUMENTS[form].format(f"<{entry}><{name}{kind}>{inside}</{name}></{entry}>").encode()
    read = parser.parsed(body, "application/xml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(api, "PREFERRED_XML_PARSERS", [])
        usual = parser.parsed(body, "application/xml")
    assert (read.entries, read.feed, read.version) == (usual.entries, usual.feed, usual.version)


NAMES = st.sampled_from([*FeedParserDict.keymap, "type", "license", "category", "updated", "tags", "x"])


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(NAMES, st.text() | st.none()), NAMES)
def test_feedparsers_quickened_dictionary_gives_what_it_gave(values: dict[str, str | None], key: str) -> None:
    """Asked for any name, its own or one of two, it answers as the library wrote it."""
    one = FeedParserDict(values)
    try:
        told = one[key]
    except KeyError:
        told = "nothing"
    except TypeError:
        return  # a category without a list of them
    assert one.get(key, "nothing") == told


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(NAMES, st.text() | st.none() | st.lists(st.text())))
def test_feedparsers_quickened_copy_is_a_copy(values: dict[str, object]) -> None:
    """It is what pickling makes of it, and shares nothing that can change."""
    one = FeedParserDict(values | {"inner": FeedParserDict(values)})
    copied = copy.deepcopy(one)
    assert copied == pickle.loads(pickle.dumps(one))  # noqa: S301 -- the test's own
    assert type(copied) is type(copied["inner"]) is FeedParserDict
    assert copied["inner"] is not one["inner"]
    shared = [name for name, value in dict.items(copied) if value is dict.get(one, name)]
    assert not [name for name in shared if isinstance(dict.get(one, name), list)]


@given(st.text(), st.sampled_from(["", "https://a.example/b/", "x"]))
def test_addresses_are_joined_as_by_feedparser(address: str, base: str) -> None:
    """Also where there is none, as at most tags."""
    assert mixin._urljoin(base, address) == urls._urljoin(base, address)
    assert mixin._urljoin(base, "") == urls._urljoin(base, "")


ASIDE = (
    '<{0} xml:lang="fi" xml:base="https://anderswo.example/" url="u" term="t">Worte &amp; '
    "<title>T</title><link>l</link></{0}>"
)
NAMESPACES = (
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
)
FEEDS = {
    "rss": (
        f'<rss version="2.0" {NAMESPACES}><channel><item><guid>g</guid><title>Ein Titel</title>{{0}}'
        "<link>/ein/link</link>{0}<description>Ein Text</description>{0}"
        "<pubDate>Fri, 12 Jul 2024 10:00:00 GMT</pubDate></item>"
        "<item><title>Noch einer</title></item></channel></rss>"
    ),
    "atom": (
        f'<feed xmlns="http://www.w3.org/2005/Atom" {NAMESPACES}><entry><id>g</id>'
        "<title>Ein Titel</title>{0}"
        "<link href='/ein/link'/>{0}<summary>Ein Text</summary>{0}<updated>2024-07-12T10:00:00Z</updated>"
        "</entry><entry><id>h</id><title>Noch einer</title></entry></feed>"
    ),
}


@pytest.mark.parametrize("kind", FEEDS)
@pytest.mark.parametrize("prefix", ["", "media:", "itunes:", "dc:"])
def test_what_no_story_tells_changes_none(kind: str, prefix: str) -> None:
    """An element that is passed over takes all that stands in it along, and leaves nothing behind."""
    without = read(FEEDS[kind].format("").encode())
    assert isinstance(without, Modified)
    assert [story.title for story in without.stories] == ["Ein Titel", "Noch einer"]
    for name in sorted(UNTOLD):
        found = read(FEEDS[kind].format(ASIDE.format(prefix + name)).encode())
        assert isinstance(found, Modified)
        assert found.stories == without.stories, name


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_signs_of_windows_are_told_as_by_feedparser(words: str) -> None:
    """The list that stands in for feedparser's dictionary gives the same for every sign."""
    assert words.translate(mixin._cp1252) == words.translate(html._cp1252)
