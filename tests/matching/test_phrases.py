"""Phrases are found in a text as written and in a folded one alike, whatever was met before."""

import sys
import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from bot.matching import phrases
from bot.matching.inflection import beginning, endings_of, exact, stems
from bot.matching.phrases import PhraseFinder
from bot.text.fold import fold, fold_as_written, keeps_words

WORDS = ("rote", "linie", "ä", "e", "ru", "österreich", "ее", "ё")
PHRASES = [
    *(((stems(fold(word), acronym=False),), word) for word in WORDS),
    ((stems("rote", acronym=False), stems("linie", acronym=False)), "rote Linie"),
    ((exact("e"), exact("e"), exact("e")), "e e e"),
    ((beginning("li"),), "li*"),
    ((exact("rote"), beginning("l")), "rote l*"),
]
WRITTEN = ("Rote", "ROTE", "Linien", "Linie", "Ä", "É", "E", "Österreichs", "Her", "Ёе", "ее", "Li")
BETWEEN = (" ", "-", "…", "’", "\n\n", ", ", "_", "½", "ß", "\u00ad")
TEXT = st.lists(st.sampled_from((*WRITTEN, *BETWEEN, " ", " ")), max_size=30).map("".join)
LANGUAGES = st.sampled_from([None, "de", "en", "ru", "xx"])


@given(TEXT, LANGUAGES)
def test_a_plain_text_needs_no_folding(text: str, language: str | None) -> None:
    """What is found in the text as written is what is found in the folded one."""
    if keeps_words(text):
        folded, endings = fold_as_written(text), endings_of(language)
        found = PhraseFinder(PHRASES).find(text, endings)
        assert found == [
            (*folded.span(start, end), value)
            for start, end, value in PhraseFinder(PHRASES).find(folded.text, endings)
        ]


def test_what_was_met_before_changes_nothing() -> None:
    """Words met in another language, and a memory that is full, give the same answers."""
    finder, text = PhraseFinder(PHRASES), "Rote Linien und rote Linie, Österreichs ее"
    fresh = {
        language: PhraseFinder(PHRASES).find(text, endings_of(language)) for language in ("de", "en", "ru")
    }
    assert len({tuple(found) for found in fresh.values()}) == len(fresh)
    for number in range(3):
        for language, found in fresh.items():
            assert finder.find(text, endings_of(language)) == found
            finder._met.update(dict.fromkeys(map(str, range(number * phrases._MEMORY)), ()))


def test_endless_words_fill_no_memory() -> None:
    """Ten million letters of words, each new, leave less than a third of them behind."""
    finder, german = PhraseFinder(PHRASES), endings_of("de")
    finder.find("warm", german)
    tracemalloc.start()
    for number in range(100):
        finder.find(" ".join(f"{'x' * 1_000}{number}y{word}" for word in range(100)), german)
    left, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert left < 3_000_000


def test_letters_taken_for_usual_are_letters() -> None:
    """No sign is left to stand for a letter, in any plane."""
    letters = map(chr, range(sys.maxunicode + 1))
    assert [
        x
        for x in letters
        if len(phrases._blanked(x)) != 1 or (phrases._blanked(x) == x) != (x.isalnum() or x == " ")
    ] == []


def test_a_word_of_a_million_letters_is_passed_over_in_time() -> None:
    """Stems within stems are not tried one by one over the rest of the word."""
    finder = PhraseFinder([((exact("a" * length),), length) for length in range(1, 300)])
    assert finder.find("a" * 1_000_000, endings_of("de")) == []
