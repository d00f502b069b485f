"""Whatever is left out of a feed's head, feedparser reads its entries as they are."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from feedparser.mixin import _FeedParserMixin
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.feeds import parser
from bot.feeds.cut import blocks_of
from bot.feeds.preamble import BOXES, IN_BOXES, PLAIN, lean
from bot.feeds.repair import Document, document, well_formed

# One address for each prefix that feedparser knows, and two that it does not.
SPACES = {prefix: uri for uri, prefix in _FeedParserMixin.namespaces.items()} | {
    "nn": "urn:nn",
    "gd": "urn:gd",
}
ENTRIES = """<{0} base="e/"><guid isPermaLink="false">1</guid><id>2</id><title>T</title><link>b/1</link>
<link rel="alternate" href="b/2"/><description>D &amp; &lt;b></description><summary>S</summary><name>n</name>
<author>A <name>N</name></author>
<content type="xhtml"><div>c <b>x</b></div></content><updated>2026-01-01</updated>
</{0}><{0}><description>E</description><description>F</description><title>U</title><source url="q">Q</source>
<pubDate>Tue, 25 Jun 2024 23:30:00 +0200</pubDate><image><url>u</url><title>I</title></image>
<title>V</title></{0}>"""
ROOTS = {
    "rss": '<rss version="2.0" {}><channel>{}{}</channel></rss>',
    "rss without a version": "<rss {}><channel>{}{}</channel></rss>",
    "atom": '<feed xmlns="http://www.w3.org/2005/Atom" {}>{}{}</feed>',
    "atom with a base": '<feed xml:base="https://a.example/" xml:lang="uk" {}>{}{}</feed>',
    "rdf": '<rdf:RDF xmlns="http://purl.org/rss/1.0/" {}><channel>{}</channel>{}</rdf:RDF>',
}


def entries(body: str) -> list[Any]:
    """Give what feedparser's strict parser reads of the entries, and the language of the feed."""
    found = parser.parsed(body.encode(), "application/xml; charset=utf-8")
    assert not found.bozo, (found.bozo_exception, body)
    return [found.feed.get("language"), *map(dict, found.entries)]


def written(name: str, prefix: str) -> Iterator[str]:
    """Write an element in every way that is taken for one that tells nothing."""
    tag = f"{prefix}:{name}" if prefix else name
    for given_ in (
        "",
        ' href="a/b" rel="alternate" type="text/html"',
        ' url="u" isPermaLink="true" mode="escaped"',
    ):
        yield f"<{tag}{given_}/>"
        yield f"<{tag}{given_}>Worte &amp; &lt;b&gt;</{tag}>"
        yield f"<{tag}{given_}><![CDATA[<item> </{tag}>]]></{tag}>"


def boxed(prefix: str) -> Iterator[str]:
    """Write the elements that hold others."""
    for box in BOXES:
        tag = f"{prefix}:{box}" if prefix else box
        for inside in (*IN_BOXES, *(f"{prefix}:{name}" for name in IN_BOXES if prefix)):
            yield f'<{tag} a="b"><{inside} href="x"/><{inside}>W</{inside}></{tag}>'


@pytest.mark.parametrize("root", ROOTS)
@pytest.mark.parametrize("prefix", SPACES)
def test_what_is_left_out_leaves_the_parser_as_it_was(prefix: str, root: str) -> None:
    """Each element that is left out, in each namespace that feedparser knows, is missed by no entry."""
    spaces = {"rdf": SPACES["rdf"]} | ({prefix: SPACES[prefix]} if prefix not in {"", "xml"} else {})
    declared = " ".join(f'xmlns:{name}="{uri}"' for name, uri in spaces.items())
    after = ENTRIES.format("entry" if "atom" in root else "item")
    without = entries(ROOTS[root].format(declared, "", after))
    children = [one for name in PLAIN for one in written(name, prefix)] + list(boxed(prefix))
    assert without == entries(ROOTS[root].format(declared, "".join(children), after))
    for child in children:
        head = ROOTS[root].format(declared, child, "\0").partition("\0")[0]
        assert child not in lean(head.encode()).decode(), child


STAYS = (
    "<language>de</language>", '<title xml:lang="de">T</title>', '<link xml:base="x">b</link>', "<b:x/>",
    '<title xmlns:y="urn:y">T</title>', "<title>encoding='utf-7'</title>", "<title>a<b/>c</title>",
    "<author><x/></author>", "<!-- <title>T</title> -->", "<content>c</content>",
)  # fmt: skip


@pytest.mark.parametrize("child", STAYS)
def test_what_could_tell_of_the_entries_stays(child: str) -> None:
    """Languages, bases, namespaces, what is not known and what holds more than words."""
    head = f'<rss xmlns:b="urn:b"><channel>{child}'
    assert lean(head.encode()) == head.encode()


@pytest.mark.parametrize(
    "before",
    [
        "<!-- <channel> ",
        "<!-- a --><!-- <channel> ",
        "<rss><x><![CDATA[<channel> ",
        "<?p a?><?p <channel> ",
        '<!DOCTYPE rss [<!ENTITY e "<channel>',
        "<rss><itunes:summary>S</itunes:summary>",
    ],
    ids=["in a comment", "behind one", "in CDATA", "in an instruction", "in a declaration", "with a summary"],
)
def test_a_head_that_cannot_be_told_apart_for_sure_stays_whole(before: str) -> None:
    """No channel in a comment or a declaration is the feed's, and a summary changes what a description is."""
    head = f"{before}<channel><title>T</title>".encode()
    assert lean(head) == head


@pytest.mark.parametrize(
    "head",
    [
        b"<rss><x><![CDATA[" + b"<!--" * 500_000 + b"]]></x><channel>",
        b"<?a " + b"<?" * 1_000_000 + b"?><rss><channel>",
        b"<rss><channel><title" + b" " * 2_000_000 + b">x</title>",
        b"<rss><channel><image>" + b"<title>x</title> " * 100_000 + b"<y/></image>",
        b"<rss><channel><title>" + b"<![CDATA[<channel a='b' ]]>" * 80_000 + b"</title>",
    ],
    ids=["comments", "instructions", "blanks", "a box", "CDATA"],
)
def test_no_head_costs_the_square_of_its_length(head: bytes) -> None:
    """Two megabytes of any one thing are gone through in a second, not in an hour."""
    begun = time.process_time()
    lean(head)
    assert time.process_time() - begun < 10


PIECES = st.sampled_from(
    [
        "<title>T</title>", "<link/>", "<language>fr</language>", "<image><url>u</url></image>", " ", "Worte",
        "<description><![CDATA[<title>x</title>]]></description>", "<!-- <title>x</title> -->",
        "<author>A</author>", "<x><title>x</title></x>", '<atom:link href="x"/>', "<b:title>T</b:title>",
        '<id lang="en">i</id>',
        "<textInput><title>x</title><name>n</name></textInput>", "<content>c</content>", "<item/>", "<?p q?>",
        "<media:title>M</media:title>", "<itunes:owner><itunes:name>n</itunes:name></itunes:owner>",
        '<category base="https://c.example/">c</category>', "<source>s</source>", "<summary>S</summary>",
    ]
)  # fmt: skip
DECLARED = "".join(f' xmlns:{name}="{SPACES[name]}"' for name in ("itunes", "media", "rdf"))
DECLARED += ' xmlns:atom="http://www.w3.org/2005/Atom" xmlns:b="urn:b"'


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=12), st.sampled_from(sorted(ROOTS)))
def test_any_head_made_lean_tells_the_same_entries(pieces: list[str], root: str) -> None:
    """Whatever stands in a head beside what is left out, in whatever order, the entries are the same."""
    inside = "".join(pieces)
    body = ROOTS[root].format(DECLARED, inside, ENTRIES.format("entry" if "atom" in root else "item"))
    head = body[: body.index("<item" if "<item" in body else "<entry")]
    assert entries(lean(head.encode()).decode() + body[len(head) :]) == entries(body)


@pytest.mark.shared
def test_real_heads_made_lean_tell_the_same_entries(shared: Path) -> None:
    """In every file of the shared folder that is whole XML: each entry, field by field, and the language."""
    lean_ones = 0
    for path in sorted((shared / "feeds").iterdir()):
        settled = document(path.read_bytes(), "application/xml")
        blocks = blocks_of(settled.body, 2_000)
        if blocks is None or not well_formed(settled):
            continue
        cut = Document(lean(blocks.head) + settled.body[len(blocks.head) :], settled.content_type)
        read, whole = (parser.parsed(one.body, one.content_type) for one in (cut, settled))
        assert read.entries == whole.entries, path.name
        assert read.feed.get("language") == whole.feed.get("language"), path.name
        lean_ones += len(re.findall(rb"<\w", cut.body)) < len(re.findall(rb"<\w", settled.body))
    assert lean_ones > 380
