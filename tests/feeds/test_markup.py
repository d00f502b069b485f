"""HTML becomes the words that a reader sees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.markup import one_line, plain


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>Eins</p><p>Zwei</p>", "Eins\nZwei"),
        ("Eins<br/>Zwei<br>Drei", "Eins\nZwei\nDrei"),
        ("<ul><li>Eins<li>Zwei</ul>", "Eins\nZwei"),
        ("Ein <a href='x>y'>Wort</a>", "Ein Wort"),
        ('<img alt="a > b" src="data:image/png;base64,AAAA">Wort', "Wort"),
        ("Wort<!-- nicht <b>dies</b> --> und Wort", "Wort und Wort"),
        ("Wort<script>if (1 < 2) { '</p>' }</script>.", "Wort."),
        ("Wort <style>", "Wort"),
        ("Wort <!-- ohne Ende", "Wort"),
        ("1 < 2, 3 > 2, <3 Herz", "1 < 2, 3 > 2, <3 Herz"),
        ("offen <b", "offen <b"),
        ("a&nbsp;b&#8239;c&thinsp;d", "a b c d"),
        ("&lt;p&gt;Eins&lt;/p&gt;&lt;p&gt;Zwei&lt;/p&gt;", "Eins\nZwei"),
        ("K&amp;auml;lte &amp;amp; Eis", "Kälte & Eis"),
        ("Zu\u00adsammen", "Zu\u00adsammen"),
        ("Glocke\x07 und \x9bNichts\ufeff", "Glocke und Nichts"),
        ("x" * 50, "x" * 20),
    ],
)
def test_markup_becomes_plain_words(markup: str, words: str) -> None:
    """Tags go, blocks become lines, entities become letters, arithmetic stays."""
    assert plain(markup, 20 if len(words) == 20 else 1000) == words


def test_a_title_has_one_line() -> None:
    """Blocks in a title are blanks."""
    assert one_line("<h1>Eins</h1><h2>Zwei</h2>", 100) == "Eins Zwei"


@given(st.text(alphabet="<>/&;=\"'!-abcdp# \n\x00ä", max_size=200))
def test_any_text_becomes_clean_text(markup: str) -> None:
    """No control character, no double blank, no end beyond the limit, whatever comes."""
    words = plain(markup, 100)
    assert len(words) <= 100
    assert words == words.strip()
    assert "\x00" not in words
    assert "  " not in words


@pytest.mark.parametrize(
    "piece", ["<a ", "<script>", "<!--", "<a ='", '<a ="><', "&amp;lt;b&gt;", "</", "<p title='>"]
)
def test_hostile_markup_takes_no_longer_than_kind(piece: str) -> None:
    """A hundred thousand unclosed tags are read in one pass (a quadratic reading would never end)."""
    assert len(plain(piece * 100_000, 100_000)) <= 100_000
