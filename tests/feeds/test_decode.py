"""The body of a feed becomes stories, or a refusal with its true reason."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.feeds.decode import TWICE, Circumstances, decode
from bot.feeds.page import Page
from bot.feeds.reading import BEYOND, BROKEN, CUT_OFF, MOST_ENTRIES, NO_WORDS
from bot.model.feed import Feed
from bot.model.fetch import Failed, Modified, Refusal
from bot.model.story import Story

NOW = datetime(2024, 7, 13, 9, 0, tzinfo=UTC)
URL = "https://blatt.example/rss/neu.xml"
FEED = Feed(URL, "Blatt")

RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Blatt</title><link>https://blatt.example/</link><language>de-DE</language>%s</channel></rss>"""
ITEM = """<item><guid isPermaLink="false">a1</guid><title>Minister telefonieren</title>
<link>https://blatt.example/a1</link><description>Kurz gesagt.</description>
<pubDate>Fri, 12 Jul 2024 18:30:00 +0200</pubDate></item>"""
FORMATS = {
    "RSS 2.0": RSS % ITEM,
    "RSS 0.91": '<rss version="0.91"><channel><title>B</title><item><title>Minister telefonieren</title>'
    "<link>https://blatt.example/a1</link></item></channel></rss>",
    "RSS 1.0": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>B</title></channel>'
    '<item rdf:about="https://blatt.example/a1"><title>Minister telefonieren</title>'
    "<link>https://blatt.example/a1</link><dc:date>2024-07-12T18:30:00+02:00</dc:date></item></rdf:RDF>",
    "Atom 1.0": '<feed xmlns="http://www.w3.org/2005/Atom"><title>B</title><entry><id>tag:blatt.example,2024:a1</id>'
    '<title>Minister telefonieren</title><link href="https://blatt.example/a1"/>'
    "<updated>2024-07-12T16:30:00Z</updated><summary>Kurz.</summary></entry></feed>",
    "Atom 0.3": '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>B</title><entry><id>a1</id>'
    '<title>Minister telefonieren</title><link rel="alternate" href="https://blatt.example/a1"/>'
    "<modified>2024-07-12T16:30:00Z</modified></entry></feed>",
}


def page(body: str | bytes, content_type: str = "", *, whole: bool = True) -> Page:
    """Make a page as the fetcher would."""
    return Page(
        URL, body if isinstance(body, bytes) else body.encode(), content_type, etag='"1"', whole=whole
    )


def read(body: str | bytes, feed: Feed = FEED, content_type: str = "", *, fresh: bool = False) -> Modified:
    """Decode a body that has to be read."""
    decoded = decode(page(body, content_type), feed, Circumstances(NOW, "Europe/Berlin", fresh))
    assert isinstance(decoded, Modified), decoded
    return decoded


def only(body: str | bytes, feed: Feed = FEED, content_type: str = "") -> Story:
    """Give the one story of a body."""
    (story,) = read(body, feed, content_type).stories
    return story


def item(inside: str) -> str:
    """Make a feed of one item."""
    return RSS % f"<item>{inside}</item>"


@pytest.mark.parametrize("document", FORMATS.values(), ids=FORMATS)
def test_every_format_tells_title_and_link(document: str) -> None:
    """The story is the same in every format."""
    story = only(document)
    assert (story.title, story.url) == ("Minister telefonieren", "https://blatt.example/a1")
    assert (story.feed, story.source) == (URL, "Blatt")


def test_a_story_has_all_that_its_feed_tells() -> None:
    """Text, language, country, instant and local day arrive as told."""
    story = only(RSS % ITEM, Feed(URL, "Blatt", country="DE"))
    assert story.text == "Kurz gesagt."
    assert (story.language, story.country) == ("de", "DE")
    assert (story.instant, story.day) == (datetime(2024, 7, 12, 16, 30, tzinfo=UTC), date(2024, 7, 12))
    assert story.dated
    assert not story.fresh_feed


def test_the_first_look_marks_its_stories() -> None:
    """Stories from the first look at a feed say so."""
    assert [story.fresh_feed for story in read(RSS % ITEM, fresh=True).stories] == [True]


def test_the_configured_language_outweighs_the_declared_one() -> None:
    """An editor knows better than a template; without either the language is unknown."""
    assert only(RSS % ITEM, Feed(URL, "Blatt", language="ru")).language == "ru"
    assert only(FORMATS["Atom 1.0"]).language is None
    spoken = FORMATS["Atom 1.0"].replace("<entry>", '<entry xml:lang="uk-UA">')
    assert only(spoken).language == "uk"


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("Gespr&#228;ch &amp;amp; Streit", "Gespräch & Streit"),
        ("Gespr&amp;auml;ch", "Gespräch"),
        ("Drei&nbsp;Worte &uuml;ber", "Drei Worte über"),
        ("<![CDATA[Ein <b>fettes</b> Wort]]>", "Ein fettes Wort"),
        ("&lt;b&gt;Fett&lt;/b&gt; hier", "Fett hier"),
        ("&amp;lt;b&amp;gt;Fett&amp;lt;/b&amp;gt;", "Fett"),
        ("5 &lt; 6 und 7 &gt; 2", "5 < 6 und 7 > 2"),
        ("zwei\n Zeilen\t hier", "zwei Zeilen hier"),
        ("a\u0308ndern", "ändern"),
    ],
)
def test_a_title_is_plain_text_on_one_line(written: str, read_as: str) -> None:
    """Tags and every layer of escaping are gone, the words are whole."""
    assert only(item(f"<title>{written}</title>")).title == read_as


def test_the_longer_of_summary_and_content_is_the_text() -> None:
    """The full article counts where a feed gives it, the summary where that says more."""
    full = "<p>Erster Absatz.</p><p>Zweiter Absatz.</p>"
    both = f"<description>Kurz.</description><content:encoded><![CDATA[{full}]]></content:encoded>"
    assert only(item(both)).text == "Erster Absatz.\nZweiter Absatz."
    teaser = "<description>Eine lange Einleitung.</description><content:encoded>…</content:encoded>"
    assert only(item(teaser)).text == "Eine lange Einleitung."


def test_scripts_and_styles_are_not_words() -> None:
    """What no reader sees is not in the text."""
    markup = "&lt;style&gt;p{}&lt;/style&gt;Wort&lt;script&gt;if(a<b)x()&lt;/script&gt; eins".replace(
        "a<b", "a&lt;b"
    )
    assert only(item(f"<title>T</title><description>{markup}</description>")).text == "Wort eins"


def test_a_relative_link_is_resolved_where_the_feed_was_found() -> None:
    """A reader can follow the link of every story."""
    assert only(item("<title>T</title><link>/a/7</link>")).url == "https://blatt.example/a/7"
    based = FORMATS["Atom 1.0"].replace("<entry>", '<entry xml:base="https://anders.example/x/">')
    assert only(based.replace("https://blatt.example/a1", "a1")).url == "https://anders.example/x/a1"


def test_a_link_through_a_redirector_leads_to_the_article() -> None:
    """A reader of the channel goes to the paper, not by way of who counts clicks."""
    link = "https://www.google.com/url?rct=j&amp;amp;url=https://blatt.example/a%3Fb%3D1&amp;amp;ct=ga"
    assert only(item(f"<title>T</title><link>{link}</link>")).url == "https://blatt.example/a?b=1"


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "mailto:a@b.example", "tag:blatt.example,2024:1", "ftp://a/b"]
)
def test_what_is_no_web_link_is_no_link(link: str) -> None:
    """Only an http or https address is posted."""
    assert only(item(f"<title>T</title><link>{link}</link>")).url is None


def test_an_aggregators_entry_names_its_outlet() -> None:
    """Whose article it is counts, not who passes it on; a feed's own name stays the editor's."""
    google = Feed("https://news.google.com/rss/search?q=x", "Google News")
    passed_on = '<title>T</title><source url="https://www.tagblatt.example">Tagblatt</source>'
    assert only(item(passed_on), google).source == "Tagblatt"
    own = '<title>T</title><source url="https://www.blatt.example/rss">BLATT – RSS</source>'
    assert only(item(own)).source == "Blatt"


@pytest.mark.parametrize(
    ("missing", "inside"),
    [
        (
            "id",
            "<title>T</title><link>https://blatt.example/1</link><pubDate>12 Jul 2024 18:30 GMT</pubDate>",
        ),
        ("id and link", "<title>T</title><pubDate>Fri, 12 Jul 2024 18:30:00 GMT</pubDate>"),
        ("date", "<title>T</title><guid>1</guid>"),
        ("title", "<guid>1</guid><description>Nur Text.</description>"),
        ("all but text", "<description>Nur Text.</description>"),
    ],
)
def test_an_entry_without_one_thing_or_another_is_still_a_story(missing: str, inside: str) -> None:
    """What is missing is done without, and the identity is the same at the next look."""
    first, again = only(item(inside)), only(item(inside))
    assert first.id == again.id, missing
    later = decode(page(item(inside)), FEED, Circumstances(NOW.replace(day=20)))
    assert isinstance(later, Modified)
    assert later.stories[0].id == first.id


def test_an_entry_that_says_nothing_is_skipped_and_counted() -> None:
    """Its neighbours are untouched."""
    decoded = read(RSS % f"<item><link>https://blatt.example/0</link></item>{ITEM}<item/>")
    assert [story.title for story in decoded.stories] == ["Minister telefonieren"]
    assert decoded.skipped == ((NO_WORDS, 2),)


def test_the_same_entry_twice_is_one_story() -> None:
    """A feed that repeats itself tells it once."""
    decoded = read(RSS % (ITEM + ITEM))
    assert len(decoded.stories) == 1
    assert decoded.skipped == ((TWICE, 1),)


def test_one_guid_for_all_entries_hides_none() -> None:
    """A guid or link shared by different titles identifies nothing."""
    entries = "".join(
        f"<item><guid>https://blatt.example/</guid><title>Nummer {n}</title></item>" for n in range(5)
    )
    assert len({story.id for story in read(RSS % entries).stories}) == 5


def test_a_severed_feed_gives_the_entries_that_are_whole() -> None:
    """The entry that was cut is left for the next look, and nothing makes that look skip it."""
    whole = RSS % (ITEM + "<item><title>Halb und dann nichts mehr</title></item>")
    decoded = read(whole[: whole.index("nichts")])
    assert [story.title for story in decoded.stories] == ["Minister telefonieren"]
    assert decoded.skipped == ((CUT_OFF, 1),)
    assert decoded.validators.etag is None


def test_a_feed_of_endless_entries_gives_its_first() -> None:
    """Ten thousand entries cost no more than two thousand, and the feed is still whole."""
    many = "".join(f"<item><guid>{n}</guid><title>Nummer {n}</title></item>" for n in range(10_000))
    decoded = read(RSS % many)
    assert [story.title for story in decoded.stories] == [f"Nummer {n}" for n in range(MOST_ENTRIES)]
    assert decoded.skipped == ((BEYOND, 8_000),)
    assert decoded.validators.etag == '"1"'


def test_a_feed_without_news_is_read() -> None:
    """Empty is not broken."""
    assert read(RSS % "").stories == ()


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        (b"", Refusal.EMPTY),
        (b"\xef\xbb\xbf \n", Refusal.EMPTY),
        (b"<!DOCTYPE html><html><head><title>Blatt</title></head><body>Hallo</body></html>", Refusal.HTML),
        (b"<html><body><p>Bitte stimmen Sie zu", Refusal.HTML),
        (b'{"error": "no"}', Refusal.NOT_A_FEED),
        (b"Guten Tag", Refusal.NOT_A_FEED),
        (b"<?xml version='1.0'?><urlset><url><loc>x</loc></url></urlset>", Refusal.NOT_A_FEED),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), Refusal.NOT_A_FEED),
        (b"<rss version='2.0'><channel><title>B</title><item><title>Nur der An", Refusal.TRUNCATED),
        (b"<rss version='2.0'><channel><title>B & C</title></channel></rss>", Refusal.NO_ENTRIES),
    ],
)
def test_what_is_no_feed_is_refused_by_its_true_name(body: bytes, refusal: Refusal) -> None:
    """Each refusal has its reason and names the address."""
    decoded = decode(page(body), FEED, Circumstances(NOW))
    assert isinstance(decoded, Failed)
    assert decoded.refusal is refusal, decoded.detail
    assert URL in decoded.detail


def test_a_web_page_is_named_by_its_title() -> None:
    """The operator sees which page stands where the feed was."""
    body = "<html><head><title>Zustimmung &amp; Cookies</title></head></html>"
    decoded = decode(page(body, "text/html"), FEED, Circumstances(NOW))
    assert isinstance(decoded, Failed)
    assert "“Zustimmung & Cookies”" in decoded.detail


TELLING = RSS.replace(' encoding="utf-8"', "") % "<item><title>Gespräch über Größe</title></item>"
RUSSIAN = (
    RSS.replace('encoding="utf-8"', 'encoding="windows-1251"')
    % "<item><title>Разговор министров</title></item>"
)


@pytest.mark.parametrize(
    ("body", "content_type", "title"),
    [
        (TELLING.encode(), "", "Gespräch über Größe"),
        (TELLING.encode(), "text/xml; charset=iso-8859-1", "Gespräch über Größe"),
        (TELLING.encode(), "application/xml; charset=klingon", "Gespräch über Größe"),
        (TELLING.encode("utf-8-sig"), "", "Gespräch über Größe"),
        (TELLING.encode("utf-16"), "", "Gespräch über Größe"),
        (TELLING.encode("iso-8859-1"), "text/xml; charset=iso-8859-1", "Gespräch über Größe"),
        (TELLING.encode("cp1252"), "", "Gespräch über Größe"),
        (RUSSIAN.encode("cp1251"), "text/xml", "Разговор министров"),
        (RUSSIAN.encode(), "text/xml; charset=windows-1251", "Разговор министров"),
        (TELLING.encode().replace(b"Gr\xc3", b"Gr\xc3\xb6\xc3\x9fe und Gr\xc3", 1)[:-1], "", None),
        (TELLING.replace("Gespräch", "Ge\x00spräch").encode(), "", "Gespräch über Größe"),
    ],
    ids=[
        "utf-8", "utf-8, header lies", "utf-8, header raves", "utf-8 with mark", "utf-16",
        "latin-1 by header", "cp1252 by guess", "cp1251 by declaration", "utf-8, declaration and header lie",
        "utf-8, cut", "NUL within",
    ],
)  # fmt: skip
def test_letters_are_what_they_were_meant_to_be(body: bytes, content_type: str, title: str | None) -> None:
    """Bytes that prove themselves UTF-8 outweigh any label; else header, declaration, guess."""
    story = only(body, content_type=content_type)
    assert title is None or story.title == title
    assert "Ã" not in story.title


def test_one_false_byte_does_not_garble_a_feed() -> None:
    """A damaged character costs that character."""
    many = RSS % "".join(f"<item><title>Größe über Maß {n} überall</title></item>" for n in range(9))
    titles = [story.title for story in read(many.encode().replace("ß 3".encode(), b"\xc3 3")).stories]
    assert titles[0] == "Größe über Maß 0 überall"
    assert titles[3] == "Größe über Ma\ufffd 3 überall"


def test_entities_cannot_be_made_to_explode() -> None:
    """A billion laughs are none."""
    lol = '<!DOCTYPE r [<!ENTITY a "lachen">' + "".join(
        f'<!ENTITY {name} "{f"&{below};" * 10}">' for below, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    decoded = decode(
        page(f"{lol}]>" + (RSS % "<item><title>&i; T</title></item>").split("?>")[1]),
        FEED,
        Circumstances(NOW),
    )
    assert isinstance(decoded, Modified)
    assert len(decoded.stories[0].whole) < 1000


@pytest.mark.parametrize("reference", ["&#xD800;", "&#x110000;", "&#0;", "&#99999999999;", "&#x;", "&#;"])
def test_an_impossible_character_does_not_cost_the_feed(reference: str) -> None:
    """References to characters that do not exist leave the other entries readable."""
    decoded = read(RSS % (f"<item><title>Kaputt {reference}</title></item>" + ITEM))
    assert "Minister telefonieren" in [story.title for story in decoded.stories]
    assert all(story.whole.encode() for story in decoded.stories)


def test_no_text_grows_beyond_its_limit() -> None:
    """Title and text are kept up to a length that every store and channel can bear."""
    long = only(item(f"<title>{'Wort ' * 999}</title><description>{'Satz. ' * 50_000}</description>"))
    assert len(long.title) <= 1_000
    assert 90_000 < len(long.text) <= 100_000


@pytest.mark.parametrize(
    ("written", "dated", "instant"),
    [
        ("Sun, 14 Jul 2024 08:59:00 GMT", True, datetime(2024, 7, 14, 8, 59, tzinfo=UTC)),
        ("Sun, 14 Jul 2024 09:01:00 GMT", False, NOW),
        ("Thu, 01 Jan 1970 00:00:00 GMT", False, NOW),
        ("Sun, 31 Dec 1989 23:59:59 GMT", False, NOW),
        ("Mon, 01 Jan 0001 00:00:00 +0000", False, NOW),
        ("irgendwann", False, NOW),
        # What feedparser takes for other days: 1 January 2024, 1 November 2023, 20 August 2023.
        ("2023-13-01", False, NOW),
        ("2023-W26-2", False, NOW),
        ("08-09-2023 10:00:00", False, NOW),
        ("2023-06-25T24:00:00Z", True, datetime(2023, 6, 26, tzinfo=UTC)),
        ("", False, NOW),
    ],
)
def test_a_date_that_cannot_be_is_none(written: str, dated: bool, instant: datetime) -> None:  # noqa: FBT001
    """Beyond tomorrow, before 1990 or unreadable means undated: first seen now."""
    story = only(item(f"<title>T</title><pubDate>{written}</pubDate>"))
    assert (story.dated, story.instant) == (dated, instant)


def test_published_outweighs_updated_outweighs_dc_date() -> None:
    """An edit does not make old news new."""
    updated = "<updated>2024-07-12T16:30:00Z</updated>"
    both = FORMATS["Atom 1.0"].replace(updated, f"<published>2024-06-25T10:00:00Z</published>{updated}")
    assert only(both).instant == datetime(2024, 6, 25, 10, 0, tzinfo=UTC)
    assert only(FORMATS["RSS 1.0"]).instant == datetime(2024, 7, 12, 16, 30, tzinfo=UTC)
    three = "<title>T</title><pubDate>kaputt</pubDate><dc:date>2024-07-11</dc:date>"
    assert only(item(three)).day == date(2024, 7, 11)


@pytest.mark.parametrize(
    ("written", "country", "day"),
    [
        ("Fri, 12 Jul 2024 23:30:00 +0200", "US", date(2024, 7, 12)),
        ("Fri, 12 Jul 2024 23:30:00", "DE", date(2024, 7, 13)),
        ("Fri, 12 Jul 2024 23:30:00", "US", date(2024, 7, 12)),
        ("Fri, 12 Jul 2024 23:30:00", None, date(2024, 7, 13)),
        ("Fri, 12 Jul 2024 02:30:00", "US", date(2024, 7, 11)),
        ("2024-07-12", "NZ", date(2024, 7, 12)),
        ("", "NZ", date(2024, 7, 13)),
    ],
)
def test_the_local_day_is_that_of_the_teller(written: str, country: str | None, day: date) -> None:
    """The date's own offset decides, else the country's zone, else the watch-list's."""
    assert (
        only(item(f"<title>T</title><pubDate>{written}</pubDate>"), Feed(URL, "B", country=country)).day
        == day
    )


PIECES = st.sampled_from(
    [
        *(
            "<rss version='2.0'><channel>",
            "<feed xmlns='http://www.w3.org/2005/Atom'>",
            "<?xml version='1.0'?>",
        ),
        *(
            "<item>",
            "</item>",
            "<entry>",
            "<title>",
            "</title>",
            "<pubDate>",
            "</pubDate>",
            "<link>",
            "</link>",
        ),
        *("<guid>", "http://[", "<source url='//['>", "<content type='xhtml'>", "<script>", "<div>"),
        *("<![CDATA[", "]]>", "<!--", "-->", "<!DOCTYPE x [", "<!ENTITY a 'b'>", "&amp;", "&#x", "&nbsp;"),
        *("2024-07-12", "99999999999", "\x00", "ä", "\ud7ff", "{"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=400), st.lists(PIECES, max_size=40).map(lambda pieces: "".join(pieces).encode())
    )
)
@example(b"<rss><channel><item><title>&#xD800;</title></item></channel></rss>")
@example(b"<rss><channel><item><title>a</title><link>http://[</link></item></channel></rss>")
def test_no_bytes_make_the_decoder_raise(body: bytes) -> None:
    """Whatever a server sends, the answer is a value, and the same one each time."""
    for whole in (True, False):
        once = decode(page(body, whole=whole), FEED, Circumstances(NOW))
        assert once == decode(page(body, whole=whole), FEED, Circumstances(NOW))
        if isinstance(once, Modified):
            assert BROKEN not in dict(once.skipped)
            assert len({story.id for story in once.stories}) == len(once.stories)
            assert all(story.whole.strip() and story.whole.encode() for story in once.stories)
