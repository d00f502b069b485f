import pytest

from tests.servers.telegram_html import RefusedHtmlError, assert_valid_post, faults, parse, units

POST = (
    '🔴 <b>US &amp; RU: <i>Anruf</i></b>\n<tg-time unix="1720778400" format="D">12. Juli 2024</tg-time>\n'
    '<blockquote expandable>a <a href="https://example.org/?a=1&amp;b=2">b</a> *c* [d](e)</blockquote>\n#Ruf'
)


def test_a_well_formed_post_passes() -> None:
    """A post of our usual form is shown whole."""
    assert_valid_post(POST)


@pytest.mark.parametrize(
    ("html", "word"),
    [
        ("a < b", "Unsupported start tag"),
        ("x<br>y", "Unsupported start tag"),
        ("<code>a <b>b</b></code>", "formatting dropped: Bold"),
        ('<a href="https://example.org">q <code>c</code></a>', "formatting dropped: Code"),
        ('<a href="javascript:1">x</a>', "dead links"),
        ("<b></b>x", "dead links"),
        ("  ", "empty"),
        ("x" * 1025, "1025 UTF-16 units"),
        ("😀" * 513, "1026 UTF-16 units"),
        ("<b>x</b> " * 101, "the server keeps 100"),
        ("a\u202eb", "direction"),
    ],
)
def test_what_telegram_refuses_or_drops_is_named(html: str, word: str) -> None:
    """Each known way to lose text or formatting is found."""
    assert any(word in fault for fault in faults(html)), faults(html)


def test_parsing_cleans_and_trims_as_the_server_does() -> None:
    """Blanks at the ends go, tabs become blanks, the formatting moves along."""
    parsed = parse(" \n<b>x\ty</b> \u202e ")
    assert parsed.text == "x y"
    assert [(e.offset, e.length, e.kind) for e in parsed.entities] == [(0, 3, "Bold")]


def test_an_unparsable_text_is_refused_with_the_servers_words() -> None:
    """The stand-in answers with TDLib's own sentence."""
    with pytest.raises(RefusedHtmlError, match="Can't parse entities"):
        parse("<b>open")


def test_units_count_as_offsets_do() -> None:
    """A flag counts four units, a letter one."""
    assert units("🇩🇪a") == 5
