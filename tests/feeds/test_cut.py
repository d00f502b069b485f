"""What is read of a feed when its seen items are left out is what a whole reading gives."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.feeds.cut import MARK, blocks_of
from bot.feeds.decode import Circumstances, decode
from bot.feeds.page import Page
from bot.feeds.source import HttpFeedSource
from bot.model.feed import Feed, FeedState
from bot.model.fetch import Failed, Modified, Unchanged
from bot.model.story import Story
from tests.servers.feed_server import feed_server, page

NOW = datetime(2026, 7, 13, 9, 0, tzinfo=UTC)
URL = "https://blatt.example/rss"
RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Blatt</title><language>de</language>{}</channel></rss>"""
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/" xml:lang="uk">{}</feed>'
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="x"><title>B</title><items><rdf:Seq><rdf:li resource="1"/></rdf:Seq></items></channel>
{}</rdf:RDF>"""


def item(number: int, inside: str = "") -> str:
    """Make an item of its own."""
    return f"<item><guid>nummer-{number}</guid><title>Titel {number}</title>{inside}</item>\n"


def look(body: str | bytes, seen: bytes = b"") -> Modified | Failed:
    """Decode a body of which these blocks were seen."""
    sent = body if isinstance(body, bytes) else body.encode()
    return decode(Page(URL, sent), Feed(URL, "Blatt"), Circumstances(NOW, seen=seen))


def read(body: str | bytes, seen: bytes = b"") -> Modified:
    """Decode a body that has to be read."""
    found = look(body, seen)
    assert isinstance(found, Modified), found
    return found


def marks(found: Modified) -> tuple[bytes, ...]:
    """Give the digests of all blocks of a document, in order."""
    return tuple(found.blocks[start : start + MARK] for start in range(0, len(found.blocks), MARK))


def told(stories: tuple[Story, ...]) -> dict[str, Story]:
    """Give stories by their identity."""
    return {story.id: story for story in stories}


def titles(found: Modified) -> list[str]:
    """Give the titles in order."""
    return [story.title for story in found.stories]


def test_only_the_new_item_is_told() -> None:
    """Where nine of ten items were seen, one story comes; the count is that of all."""
    before = read(RSS.format("".join(map(item, range(9)))))
    after = read(RSS.format("".join(map(item, (9, *range(9))))), before.blocks)
    assert titles(after) == ["Titel 9"]
    assert (after.stories[0].language, after.entries, len(marks(after))) == ("de", 10, 10)


def test_an_edited_item_is_told_again() -> None:
    """A letter more in a known item is news of it, and its identity stays."""
    before = read(RSS.format(item(1) + item(2) + item(3)))
    after = read(RSS.format(item(1) + item(2, "<description>Neu.</description>") + item(3)), before.blocks)
    assert [(story.id, story.text) for story in after.stories] == [(before.stories[1].id, "Neu.")]


def test_nothing_new_is_no_story_and_no_refusal() -> None:
    """A feed of which every item was seen is read and tells nothing, whatever its head says now."""
    before = read(RSS.format(item(1) + item(2)))
    after = read(RSS.format("<lastBuildDate>jetzt</lastBuildDate>" + item(2) + item(1)), before.blocks)
    assert (after.stories, after.skipped, after.entries) == ((), (), 2)
    assert after.validators.digest is not None


@pytest.mark.parametrize("form", ["atom", "rdf"])
def test_the_language_and_the_base_of_the_feed_reach_the_item_that_is_left(form: str) -> None:
    """What stands in the head is true of every item."""
    blocks = [
        f'<entry><id>tag:a,1:{n}</id><title>T{n}</title><link href="b/{n}"/></entry>' if form == "atom"
        else f'<item rdf:about="{n}"><title>T{n}</title><link>https://a.example/b/{n}</link></item>'
        for n in range(1, 4)
    ]  # fmt: skip
    body = (ATOM if form == "atom" else RDF).format("\n".join(blocks))
    whole = read(body)
    cut = read(body, marks(whole)[0] + marks(whole)[2])
    assert cut.stories == whole.stories[1:2]
    assert cut.stories[0].url == "https://a.example/b/2"


ODD = {
    "nested": RSS.format("<item><title>A</title>" + item(1) + "</item>" + item(2)),
    "unbalanced": RSS.format("<item><title>A</title>" + item(1) + item(2)),
    "empty": RSS.format("<item/>" + item(1)),
    "prefixed": RSS.format('<a:item xmlns:a="http://purl.org/rss/1.0/"><title>A</title></a:item>' + item(1)),
    "of two kinds": RSS.format("<entry><title>A</title></entry>" + item(1)),
    "with namespaces": RSS.format('<item xmlns:x="urn:x"><x:y/><title>A</title></item>' + item(1)),
    "in a comment": RSS.format(f"<!-- {item(1)} -->" + item(2)),
    "between comments": RSS.format("<item><title>A</title><!-- </item>" + item(1) + "<item> --></item>"),
    "in a CDATA section": RSS.format("<item><title><![CDATA[A</item><item>B]]></title></item>" + item(1)),
    "none": RSS.format(""),
    "too many": RSS.format("".join(map(item, range(11)))),
}


@pytest.mark.parametrize("kind", ODD)
def test_what_cannot_be_told_apart_for_sure_is_read_whole(kind: str) -> None:
    """No block is cut out of a document whose items do not stand one after the other."""
    assert blocks_of(ODD[kind].encode(), most=10) is None
    if kind != "too many":
        assert read(ODD[kind]).blocks == b""


@pytest.mark.parametrize(
    ("torn", "stories"),
    [("<b>offen", 3), ("&uuml;ber", 3), ("<x:y/>", 3), ("<b></b>", 1)],
    ids=["open tag", "entity", "prefix", "sound"],
)
def test_a_damaged_item_that_was_seen_disturbs_its_neighbours_as_ever(torn: str, stories: int) -> None:
    """Where damage makes the parser read otherwise, it reads the whole, and each item as in the whole."""
    body = RSS.format(item(1) + item(2, torn) + item(3, "<link>https://b.example/3?a=1&amp;amp;b=2</link>"))
    whole = read(body)
    cut = read(body, b"".join(marks(whole)[:2]))
    assert len(cut.stories) == stories
    assert told(cut.stories).items() <= told(whole.stories).items()


SPACED = '<item xmlns:m="http://search.yahoo.com/mrss/"{}><guid>{}</guid><m:title>M</m:title>{}</item>'


def test_items_that_all_declare_the_same_namespaces_are_cut() -> None:
    """What each declares for itself is what the others had declared before it."""
    body = RSS.format("".join(SPACED.format(f' id="{n}"', n, f"<title>T{n}</title>") for n in range(4)))
    whole = read(body)
    for left in range(4):
        seen = b"".join(mark for n, mark in enumerate(marks(whole)) if n != left)
        assert read(body, seen).stories == whole.stories[left : left + 1]


@pytest.mark.parametrize(
    "other",
    [
        '<item xmlns:m="http://purl.org/dc/elements/1.1/"><title>A</title></item>',
        '<item xmlns:n="http://search.yahoo.com/mrss/"><title>A</title></item>',
        '<item xmlns:m="http://search.yahoo.com/mrss/" xmlns:n="urn:n"><title>A</title></item>',
        "<item><title>A</title></item>",
        '<item XMLNS="urn:x"><title>A</title></item>',
    ],
)
def test_items_that_declare_different_namespaces_are_read_whole(other: str) -> None:
    """One namespace more, less or by another name could be another item's."""
    assert blocks_of(RSS.format(SPACED.format("", 1, "") + other).encode(), most=10) is None


def test_undeclared_entities_everywhere_do_not_keep_a_feed_from_being_cut() -> None:
    """They are read item by item, whole or cut."""
    body = RSS.format("".join(item(n, "<description>&uuml;ber &nbsp; das</description>") for n in range(3)))
    whole = read(body)
    assert read(body, b"".join(marks(whole)[:2])).stories == whole.stories[2:]


NESTED = '<dc:x xmlns:dc="http://search.yahoo.com/mrss/"/>'
PICTURE = '<image><link href="https://b.example/bild"/><dc:date>2020-01-01</dc:date></image>'
TWO = "<summary>kurz, aber länger</summary><description>lang</description>"
DIV = '<content:encoded type="html"><div>x</div></content:encoded>'
ODD_ITEMS = {
    "a base": ("", ' xml:base="https://other.example/x/"', "", ""),
    "a base inside": ("", "", '<description xml:base="https://other.example/x/">d</description>', ""),
    "a language and torn markup": ("<language>de</language>", ' xml:lang="fr"', DIV, ""),
    "a base and torn markup": ("", ' xml:base="https://other.example/x/"', DIV, ""),
    "markup that ends what never began": ("", "", "<description><title>x</title></description>", DIV),
    "a prefix": ("", "", NESTED, "<dc:date>2020-01-01</dc:date>"),
    "nothing, under a head with a summary": (
        "<summary>S</summary><description>D</description>",
        "",
        TWO,
        TWO,
    ),
    "nothing, under a head with content": ("<content:encoded>C</content:encoded>", "", TWO, TWO),
    "a picture, as in the head": ("<image><url>u</url></image>", "", PICTURE, PICTURE),
}


@pytest.mark.parametrize("kind", ODD_ITEMS)
def test_no_item_tells_otherwise_for_what_stands_before_it(kind: str) -> None:
    """What an item before, or the head, leaves open in feedparser reaches no other item, whole or cut."""
    head, attributes, odd, sound = ODD_ITEMS[kind]
    blocks = [
        f'<item{attributes if n == 1 else ""}><guid isPermaLink="false">nummer-{n}</guid>'
        f"<title>Titel {n}</title><link>b/{n}</link>{odd if n == 1 else sound}</item>"
        for n in range(1, 4)
    ]
    spaces = (
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    )
    body = f'<rss version="2.0" {spaces}><channel xml:lang="de">{head}{"".join(blocks)}</channel></rss>'
    whole = read(body)
    for left in range(3):
        cut = read(body, b"".join(mark for n, mark in enumerate(marks(whole)) if n != left))
        assert cut.stories == whole.stories[left : left + 1]
    assert [story.url for story in whole.stories[1:]] == [f"https://blatt.example/b/{n}" for n in (2, 3)]
    assert whole.stories[1].text == whole.stories[2].text


def test_a_namespace_is_known_however_many_were_declared_before() -> None:
    """A hundred items that declare the same one keep no later item from declaring another."""
    inside = "".join(item(n, '<d xmlns="http://www.w3.org/1999/xhtml"/>') for n in range(150))
    other = '<item><y:title xmlns:y="urn:y">Z</y:title><title>A</title></item>'
    assert titles(read(RSS.format(inside + other)))[-1] == "A"


UUID = "1225c695-cfb8-4ebb-aaaa-80da344efa6a"
LINK = "http://www.b.example/x-y/?utm_source=rss&amp;a=1"
TWINS = {
    "guid": ("<guid>https://b.example/x</guid><title>A", "<guid>https://b.example/x</guid><title>B"),
    "link": ("<link>https://b.example/x-y?a=1</link><title>A", f"<link>{LINK}</link><title>B"),
    "the same twice": ("<guid>7</guid><title>A", "<guid> 7 </guid><title>A"),
    "short guid": (
        "<guid>7</guid><link>https://b.example/x</link><title>A",
        "<guid><![CDATA[7]]></guid><link>https://b.example/y</link><title>B",
    ),
    "title alone": ("<title>A", "<description>B</description><title>a"),
    "home page": ("<guid>https://b.example/</guid><title>A", "<guid>https://b.example/</guid><title>B"),
    "uuid": (f"<guid>urn:uuid:{UUID}</guid><title>A", f"<guid>{UUID.upper()}</guid><title>B"),
    "no word": ("<guid>ä</guid><title>A", "<guid>ä</guid><title>B"),
}


@pytest.mark.parametrize("twins", TWINS.values(), ids=TWINS)
def test_a_cut_changes_no_identity(twins: tuple[str, str]) -> None:
    """A guid that identifies nothing in the whole document identifies nothing in what is left of it."""
    body = RSS.format(item(100) + "".join(f"<item>{twin}</title></item>" for twin in twins) + item(101))
    whole = read(body)
    assert len(marks(whole)) == 4
    for left in range(4):
        seen = b"".join(mark for n, mark in enumerate(marks(whole)) if n != left)
        assert told(read(body, seen).stories).items() <= told(whole.stories).items()


WORDS = st.sampled_from(
    ["", "1", "2", "a-1", "https://b.example/1", "http://www.b.example/1/?utm_x=1", "urn:x:1"]
)
ITEMS = st.builds(
    "<item><guid>{}</guid><link>{}</link><title>{}</title><description>{}</description></item>".format,
    WORDS,
    WORDS,
    st.sampled_from(["", "A", "a", "B"]),
    st.sampled_from(["", "<![CDATA[<p>C</p>]]>", "&nbsp;D &amp; E"]),
)
PIECES = st.sampled_from(
    ["<item>", "</item>", "<item ", "/>", "<!--", "-->", "<![CDATA[", "]]>", "<entry>", "ä", "</", " "]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(ITEMS, min_size=1, max_size=6), st.data())
def test_what_is_left_is_what_the_whole_tells(items: list[str], data: st.DataObject) -> None:
    """Whichever items were seen: what is told is told the same way in the whole, and nothing new is lost."""
    body = RSS.format("".join(items))
    whole = look(body)
    if isinstance(whole, Failed):
        return
    known = data.draw(st.sets(st.sampled_from(items)))
    seen = b"".join(mark for mark, one in zip(marks(whole), items, strict=False) if one in known)
    cut = read(body, seen)
    assert told(cut.stories).items() <= told(whole.stories).items()
    titles_known = "".join(known)
    assert all(s in cut.stories for s in whole.stories if f"<title>{s.title}</title>" not in titles_known)
    assert (cut.blocks, cut.entries) == (whole.blocks, whole.entries)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES | ITEMS, max_size=20), st.binary(max_size=24))
def test_no_bytes_make_the_cutter_raise(pieces: list[str], seen: bytes) -> None:
    """Whatever a document holds and whatever was seen, the answer is a value."""
    body = RSS.format("".join(pieces))
    once = look(body, seen)
    if isinstance(once, Modified):
        assert isinstance(look(body, once.blocks), Modified)
        assert isinstance(look(body, once.blocks[: MARK * 2] + seen), Modified)


@pytest.mark.shared
def test_real_feeds_cut_tell_what_they_tell_whole(shared: Path) -> None:
    """In every file of the shared folder: nothing seen, all but two, those two, all, and one item edited."""
    cut, whole = 0, 0
    for path in sorted((shared / "feeds").iterdir()):
        found = look(body := path.read_bytes())
        if isinstance(found, Failed) or len(known := marks(found)) < 4:
            continue
        all_told = told(found.stories)
        new = {known[1], known[-1]}
        two = read(body, b"".join(mark for mark in known if mark not in new))
        rest = read(body, b"".join(new))
        assert told(two.stories).items() <= all_told.items(), path.name
        assert told(two.stories) | told(rest.stories) == all_told, path.name
        assert (two.entries, two.blocks) == (found.entries, found.blocks), path.name
        none = read(body, found.blocks)
        assert (none.stories, none.entries, none.blocks) == ((), found.entries, found.blocks), path.name
        cut, whole = cut + (len(two.stories) <= 2), whole + (len(two.stories) > 2)
    assert cut > 5 * whole
    assert cut + whole > 270


@pytest.mark.shared
def test_an_edit_in_a_real_feed_is_told_alone(shared: Path) -> None:
    """In every file of the shared folder, an edited third item is told alone, and as it is in the whole."""
    alone, more = 0, 0
    for path in sorted((shared / "feeds").iterdir()):
        found = look(body := path.read_bytes())
        if isinstance(found, Failed) or len(marks(found)) < 4 or (blocks := blocks_of(body, 2_000)) is None:
            continue
        end = body.rindex(b"<", *blocks.spans[2])
        edited = body[:end] + b"\n" + body[end:]
        after = read(edited, found.blocks)
        assert told(after.stories).items() <= told(read(edited).stories).items(), path.name
        alone, more = alone + (len(after.stories) <= 1), more + (len(after.stories) > 1)
    assert alone > 5 * more
    assert alone > 240


def test_what_was_seen_is_asked_for_only_where_there_is_a_body_to_read() -> None:
    """The store is not asked when the server sends the same again or says that nothing changed."""
    asked: list[bytes] = []

    def seen(blocks: bytes) -> Callable[[], bytes]:
        return lambda: asked.append(blocks) or blocks  # type: ignore[func-returns-value]  # it returns None

    with feed_server() as server, asyncio.Runner() as runner:
        url = server.put("/rss", page(RSS.format(item(1) + item(2)).encode()))
        source, feed, state = (
            HttpFeedSource(1, allow_private=("127.0.0.0/8",)),
            Feed(url, "Blatt"),
            FeedState(url),
        )
        first = runner.run(source.look(feed, state, NOW, seen(b"")))
        assert isinstance(first, Modified)
        again = replace(state, digest=first.validators.digest)
        same = runner.run(source.look(feed, again, NOW, seen(b"1")))
        unmodified = runner.run(
            source.look(feed, replace(again, etag=first.validators.etag), NOW, seen(b"2"))
        )
        server.put("/rss", page(RSS.format(item(3) + item(1) + item(2)).encode()))
        third = runner.run(source.look(feed, again, NOW, seen(first.blocks)))
        runner.run(source.close())
    assert isinstance(same, Unchanged)
    assert isinstance(unmodified, Unchanged)
    assert isinstance(third, Modified)
    assert titles(third) == ["Titel 3"]
    assert asked == [b"", first.blocks]


@pytest.mark.parametrize(
    "name",
    [
        "<guid>CBMiGWh0dHBzOi8vYmxhdHQuZXhhbXBsZS9hLzHSAQA</guid>",
        "<link>https://blatt.example/minister%2Dund%5Fminister%2Dtelefonieren</link>",
    ],
    ids=["Google News", "escaped"],
)
def test_a_name_that_stands_otherwise_in_a_seen_item_is_found_there(name: str) -> None:
    """The address within Google's name, or what is escaped without need, is the seen item's, too."""
    old = f"<item>{name}<title>Minister telefonieren</title></item>"
    before = read(RSS.format(old + item(1) + item(2)))
    body = RSS.format(f"<item>{name}<title>Etwas ganz anderes</title></item>" + old + item(1) + item(2))
    whole, cut = told(read(body).stories), read(body, before.blocks)
    assert "Etwas ganz anderes" in titles(cut)
    assert all(whole[story.id] == story for story in cut.stories)
