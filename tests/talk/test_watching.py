"""How what is typed about the watch-list is read."""

import pytest

from bot.model.change import Part
from bot.talk.watching import (
    Addressed,
    Put,
    ShowWatches,
    Suggest,
    Take,
    TryPage,
    TryText,
    UndoEdit,
    WatchHelp,
    WatchWish,
    before_colon,
    behind_from,
    behind_to,
    watch_wish,
    words_of,
)


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("", ShowWatches()),
        ("list", ShowWatches()),
        ("add a to B", Put(Part.KEYWORDS, "a to B")),
        ("Exclude a to B", Put(Part.EXCLUDE, "a to B")),
        ("contact\na to B", Put(Part.CONTACTS, "a to B")),
        ("remove a", Take("a")),
        ("test a b", TryText("a b")),
        ("test https://a.example/b?c", TryPage("https://a.example/b?c")),
        ("test https://a.example/ and more", TryText("https://a.example/ and more")),
        ("test", WatchHelp()),
        ("undo", UndoEdit()),
        ("suggest", Suggest()),
        ("delete everything", WatchHelp()),
    ],
)
def test_the_word_behind_the_command_says_what_is_asked(typed: str, wish: WatchWish) -> None:
    """In small letters or capitals; anything else shows how it is done."""
    assert watch_wish(typed) == wish


@pytest.mark.parametrize(
    ("typed", "addressed"),
    [
        ("Berlin: a, b", Addressed(("a", "b"), "Berlin")),
        ("Berlin:a", Addressed(("a",), "Berlin")),
        ('"Neu: eins": a', Addressed(("a",), "Neu: eins", exact=True)),
        ("Treffen um 14:00", None),
        ("https://a.example/", None),
        ('"a: b"', None),
        (": a", None),
        ("a, b: c", None),
    ],
)
def test_a_name_may_stand_before_a_colon(typed: str, addressed: Addressed | None) -> None:
    """Not that of a time or an address, nor one within quotes."""
    assert before_colon(typed) == addressed


@pytest.mark.parametrize(
    ("typed", "addressed"),
    [
        ("a, b to Berlin", Addressed(("a", "b"), "Berlin")),
        ("a zu Berlin.", Addressed(("a",), "Berlin")),
        ("a to b to Berlin", Addressed(("a to b",), "Berlin")),
        ("“x, y” to “A to B”", Addressed(("x, y",), "A to B", exact=True)),
        ("“road to war”", None),
        ("a to", None),
    ],
)
def test_a_name_may_stand_behind_the_words(typed: str, addressed: Addressed | None) -> None:
    """The last "to" counts, and none within quotes."""
    assert behind_to(typed) == addressed


def test_a_word_is_taken_from_a_watch() -> None:
    """In English or German."""
    for joint in ("from", "aus", "von", "FROM"):
        assert behind_from(f"a {joint} B") == Addressed(("a",), "B")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("a, b;c\nd,,", ("a", "b", "c", "d")),
        ('„a, b“, «c; d», "e"', ("a, b", "c; d", "e")),
        ("a  b, a b", ("a b",)),
        ('say "hi, you"', ('say "hi, you"',)),
        ('"a', ('"a',)),
        (" , ", ()),
    ],
)
def test_words_stand_between_commas(typed: str, words: tuple[str, ...]) -> None:
    """Each once; what is in quotes of any kind is one."""
    assert words_of(typed) == words
