"""Text made readable and short, counted as Telegram counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.budget import Part, clean, clip, clip_sentences, fit, units
from bot.alerts.markup import Line, Plain


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("  ein\u00a0Wort \t\n noch ", "ein Wort noch"),
        ("Müller&nbsp;&amp; Söhne", "Müller & Söhne"),
        ("AT&T und R&D", "AT&T und R&D"),
        ("\u202eexe.gnp\u202c \x00\x07Ende\u2028", "exe.gnp Ende"),
        ("\ud800bruch", "bruch"),
        ("A\u030angstro\u0308m", "Ångström"),
        ("Z\u0335\u0336\u0337\u0338", "Z\u0335"),
        ("\U0001f468\u200d\U0001f466", "\U0001f468\u200d\U0001f466"),
        ("weich\u00adgetrennt", "weichgetrennt"),
    ],
)
def test_what_steers_the_display_goes_and_words_stay(written: str, read: str) -> None:
    """Control signs, broken halves and floods of marks go; letters, emoji and ampersands stay."""
    assert clean(written) == read


@given(st.text(st.characters(), max_size=300))
def test_cleaning_twice_changes_nothing_that_is_shown(text: str) -> None:
    """A cleaned text without references to characters is clean."""
    once = clean(text.replace("&", ""))
    assert clean(once) == once


@given(st.text(max_size=400), st.integers(1, 80))
def test_clipped_text_is_within_its_limit_and_whole(text: str, limit: int) -> None:
    """However long the text, what is left has at most the units asked for and can be written down."""
    for cut in (clip(text, limit), clip_sentences(text, limit)):
        assert units(cut) <= limit
        assert cut.encode("utf-16-le").decode("utf-16-le") == cut


def test_units_are_those_of_utf_16() -> None:
    """An emoji outside the first plane counts twice, as in Telegram's offsets."""
    assert units("aä😀") == 4


def test_text_is_cut_at_a_word_and_says_so() -> None:
    """The last word stands whole before the ellipsis, without a comma."""
    assert clip("Austin, Beloussow und andere", 20) == "Austin, Beloussow…"
    assert clip("Austin, Beloussow und andere", 28) == "Austin, Beloussow und andere"
    assert clip("ein Donaudampfschifffahrtswort", 20) == "ein Donaudampfschif…"


def test_statements_are_cut_after_a_sentence_where_one_fits() -> None:
    """A whole sentence is better than a longer torso; a short first sentence is not enough."""
    text = "Man habe über die Lage gesprochen. Weiteres werde noch in diesem Monat folgen."
    assert clip_sentences(text, 60) == "Man habe über die Lage gesprochen."
    assert clip_sentences("Ja. " + text, 30) == "Ja. Man habe über die Lage…"


def part(rank: int, text: str) -> Part:
    """Make a line of a rank."""
    return Part(0, rank, Line((Plain(text),)))


def test_the_least_important_lines_go_first_and_the_order_stays() -> None:
    """What does not fit is left out whole; what follows and fits still comes."""
    lines = (part(0, "a" * 10), part(3, "b" * 10), part(1, "c" * 10), part(2, "d" * 40), part(4, "e" * 2))
    assert [kept.block.text[0] for kept in fit(lines, 40)] == ["a", "b", "c", "e"]
