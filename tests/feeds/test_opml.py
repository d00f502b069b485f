"""Lists of feeds in OPML: what is read of other programs' lists, and what is written."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from bot.configuration.subscriptions import sound
from bot.errors import InputError
from bot.feeds.opml import LARGEST, read_opml, written_opml
from bot.model.subscription import Subscription


def feeds(text: str | bytes) -> list[Subscription]:
    """Read a list."""
    content = text if isinstance(text, bytes) else text.encode()
    return [outline.subscription for outline in read_opml(content, "list.opml")]


def body(outlines: str) -> str:
    """Put outlines into a list."""
    return f'<?xml version="1.0"?>\n<opml version="2.0"><head/><body>\n{outlines}\n</body></opml>'


def test_nested_folders_are_read_through() -> None:
    """Folders, notes and categories are left out; feeds at any depth are found, with their lines."""
    text = body(
        '<outline text="Presse" category="/x">\n<outline text="Tief"><outline text="Blatt" '
        'xmlUrl="https://blatt.example/rss"/></outline>\n</outline><outline text="Notiz"/>'
    )
    (found,) = read_opml(text.encode(), "list.opml")
    assert found.subscription == Subscription("https://blatt.example/rss", "Blatt")
    assert found.line == 4


@pytest.mark.parametrize("key", ["xmlUrl", "xmlurl", "XMLURL", "XmlUrl"])
def test_the_address_is_found_in_any_case(key: str) -> None:
    """Programs disagree on how xmlUrl is spelt, and some shout all of it."""
    assert feeds(f'<OPML version="1.0"><BODY><OUTLINE {key}=" https://a.example/ "/></BODY></OPML>') == [
        Subscription("https://a.example/")
    ]


@pytest.mark.parametrize(
    ("attributes", "name"),
    [
        ('title="Titel" text="Text"', "Titel"),
        ('text="Text"', "Text"),
        ('title="" text=" Zwei&#10; Zeilen "', "Zwei Zeilen"),
        ('text="https://a.example/rss"', None),
        ('text="a.example"', None),
        ("", None),
    ],
)
def test_a_feed_is_called_by_title_or_text(attributes: str, name: str | None) -> None:
    """An address in the place of a name is none."""
    (found,) = feeds(body(f'<outline xmlUrl="https://a.example/rss" {attributes}/>'))
    assert found.name == name


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("feed://a.example/rss", "http://a.example/rss"),
        ("feed:https://a.example/rss", "https://a.example/rss"),
        ("https://a.example/?a=1&amp;amp;b=2", "https://a.example/?a=1&b=2"),
    ],
)
def test_an_address_is_read_as_other_programs_write_it(written: str, url: str) -> None:
    """With a scheme of its own for feeds, as browsers once had it, or escaped twice."""
    (found,) = feeds(body(f'<outline text="A" xmlUrl="{written}"/>'))
    assert found.url == url


def test_bare_ampersands_do_not_change_an_address() -> None:
    """Many programs forget to escape; a parser that drops what it cannot read would make another address."""
    (found,) = feeds(
        body('<outline text="A & B &auml; &amp; C" xmlUrl="https://a.example/?a=1&b=2&copy=3"/>')
    )
    assert found == Subscription("https://a.example/?a=1&b=2&copy=3", "A & B ä & C")


def test_a_list_in_another_encoding_is_read() -> None:
    """UTF-16 with its mark, and what the declaration says."""
    text = '<?xml version="1.0" encoding="{}"?><opml><body><outline text="Süd &amp; Öst" xmlUrl="https://a.example/"/></body></opml>'
    for encoding in ("utf-16", "iso-8859-1", "utf-8"):
        assert feeds(text.format(encoding).encode(encoding))[0].name == "Süd & Öst"


def test_a_list_that_breaks_off_is_read_so_far() -> None:
    """Of a damaged file the whole outlines count."""
    text = body('<outline xmlUrl="https://a.example/"/><outline xmlUrl="https://b.example/"/>')
    assert feeds(text[: text.index("https://b")]) == [Subscription("https://a.example/")]


def test_a_feed_without_address_is_kept_for_the_one_who_refuses() -> None:
    """What says that it is a feed is told, not dropped in silence."""
    assert feeds(body('<outline type="rss" text="Nichts"/>')) == [Subscription("", "Nichts")]


BOMB = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))


@pytest.mark.parametrize(
    "text",
    [
        f'<!DOCTYPE opml [<!ENTITY a "x">{BOMB}]><opml><body><outline text="&i;"/></body></opml>',
        '<!DOCTYPE opml [<!ENTITY a SYSTEM "file:///etc/passwd">]><opml><body><outline text="&a;"/></body>',
        '<!DOCTYPE opml [<!entity % a SYSTEM "http://127.0.0.1/">%a;]><opml><body/></opml>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_a_list_with_entities_is_refused(text: str, encoding: str) -> None:
    """Bombs and files of the machine in entities are not expanded, in no encoding."""
    with pytest.raises(InputError, match=r"list\.opml declares entities"):
        feeds(text.encode(encoding))


def test_a_huge_or_deep_list_does_no_harm() -> None:
    """More than 10 MB or 50,000 outlines are refused; a hundred thousand folders in each other do no harm."""
    with pytest.raises(InputError, match="larger than 10 MB"):
        feeds(b" " * (LARGEST + 1))
    with pytest.raises(InputError, match="more than 50,000 outlines"):
        feeds(body('<outline xmlUrl="https://a.example/"/>' * 50_001))
    assert feeds(body("<outline>" * 100_000)) == []


@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff" * 99, b"hello", b"<html><body/></html>", b"<rss/>", b"{}"]
)
def test_what_is_no_list_is_said_to_be_none(content: bytes) -> None:
    """A web page, a feed or rubbish is named as not OPML."""
    with pytest.raises(InputError, match=r"list\.opml is not OPML"):
        feeds(content)


@given(st.binary(max_size=300), st.integers(0, 200))
@settings(max_examples=150, deadline=None)
def test_any_damage_is_survived(noise: bytes, place: int) -> None:
    """Whatever stands in a file, it gives outlines or a sentence."""
    whole = body('<outline text="Blatt" xmlUrl="https://blatt.example/rss"/>').encode()
    with contextlib.suppress(InputError):
        assert all(isinstance(one, Subscription) for one in feeds(whole[:place] + noise + whole[place:]))


NAMES = st.text(min_size=1, max_size=40)
LANGUAGES, COUNTRIES = st.sampled_from([None, "de", "no", "uk"]), st.sampled_from([None, "DE", "NO"])


@st.composite
def subscriptions(draw: st.DrawFn) -> Subscription:
    """Draw a feed that feeds.yaml could hold."""
    path = draw(st.text(st.characters(min_codepoint=33, max_codepoint=0x2FF, categories=["L", "N", "P"])))
    drawn = Subscription(
        f"https://blatt.example/rss?q={path}&a=<'\"",
        draw(st.none() | NAMES),
        draw(LANGUAGES),
        draw(COUNTRIES),
        draw(st.sampled_from([None, "2m", "3d"])),
        draw(st.booleans()),
    )
    read = sound(drawn)
    return Subscription(drawn.url) if isinstance(read, str) else read


@given(st.lists(subscriptions(), max_size=5))
@settings(max_examples=200, deadline=None)
def test_reading_what_was_written_gives_the_same_list(listed: list[Subscription]) -> None:
    """Names in all letters, signs that mean something to XML, languages, countries, intervals, rests."""
    assert feeds(written_opml(listed)) == listed


def test_what_is_written_is_opml_2() -> None:
    """Outlines have what OPML 2.0 asks for; what is Draht's own stands in its namespace."""
    root = etree.fromstring(written_opml([Subscription("https://a.example/?x&y", "A<B", "de", "AT")]))
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    assert dict(root.find("body")[0].attrib) == {
        "type": "rss",
        "text": "A<B",
        "title": "A<B",
        "xmlUrl": "https://a.example/?x&y",
        "language": "de",
        "{urn:draht:feeds}country": "AT",
    }
