"""Folding makes text comparable and finds the way back."""

import json
import sys
import time
import unicodedata
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.find import Finder
from bot.text.fold import _ALIKE, _COMBINING, fold, fold_spans, keeps_words
from bot.text.mend import mended
from tests.corpus.reading import corpus

EVERY_LETTER = [chr(code) for code in range(sys.maxunicode + 1)]
# Letters that give one, several or none when folded, and such that fill the list of odd ones.
ANY = (
    st.text(alphabet="aZßéЮйﬁİ ́\u00ad…№½™'\u2019가각갂갃간갅갆갇갈갉갊갋갌갍갎갏감\n", max_size=60)
    | st.text()
)
PLAIN = st.text(
    alphabet=[c for c in EVERY_LETTER[:0x530] if keeps_words(c) and c != "`"] + ["“", "…", "中", "가", "ế"]
)


def folded_plainly(text: str) -> str:
    """Fold by the definition, without any short cut; what is pure ASCII keeps its signs."""
    if text.isascii():
        return text.lower()
    plain = _COMBINING.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return "".join(_ALIKE.get(letter, letter) for letter in plain).casefold()


def starts_plainly(text: str) -> tuple[int, ...]:
    """Add up the widths of all letters."""
    return tuple(accumulate((len(fold(letter)) for letter in text), initial=0))[:-1]


def assert_starts(text: str) -> None:
    """Insist that the way back is that of adding up, or none where each letter gave just one."""
    starts = fold_spans(text).starts
    assert starts_plainly(text) == (starts or tuple(range(len(text))))


def test_every_letter_is_folded_as_defined() -> None:
    """Short cuts for what is common change nothing, in any plane."""
    assert [letter for letter in EVERY_LETTER if fold(letter) != folded_plainly(letter)] == []


def test_letters_and_signs_of_plain_texts_stay_what_they_are() -> None:
    """Where words are said to be kept, a letter gives letters and a sign signs, whatever the plane."""

    def is_even(letter: str) -> bool:
        parts = {part.isalnum() for part in fold(letter)}
        return parts == {letter.isalnum()}

    assert [letter for letter in EVERY_LETTER if keeps_words(letter) and not is_even(letter)] == []


@given(PLAIN)
def test_a_plain_text_is_folded_letter_by_letter(text: str) -> None:
    """So its words can be folded one by one; of signs only ` depends on what else is there."""
    if keeps_words(text):
        assert fold(text) == "".join(map(fold, text))


@given(ANY)
def test_the_way_back_is_that_of_adding_up_widths(text: str) -> None:
    """Also with many letters that give several, and with some that give none."""
    if mended(text) is None:
        assert_starts(text)


def test_texts_of_the_corpus_are_folded_as_defined() -> None:
    """What readers get of the short cuts is nothing but time."""
    for told in corpus():
        if mended(told.story.whole) is None:
            assert_starts(told.story.whole)
            assert fold(told.story.whole) == folded_plainly(told.story.whole)


@pytest.mark.shared
def test_texts_of_the_evaluation_are_folded_as_defined(shared: Path) -> None:
    """The same over stories in seventeen languages."""
    lines = (shared / "eval" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    for text in (json.loads(line)["text"] for line in lines):
        if mended(text) is None:
            assert_starts(text)
            assert fold(text) == folded_plainly(text)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    """What is folded is already folded."""
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="aßéЮйﬁİ ́-", max_size=30))
def test_every_folded_span_leads_back_into_the_original(text: str) -> None:
    """A span of the folded text is a span of the original that folds to cover it."""
    folded = fold_spans(text)
    for start in range(len(folded.text)):
        first, last = folded.span(start, start + 1)
        assert folded.text[start] in fold(text[first:last])


def test_a_long_wrecked_text_is_mended_in_no_time() -> None:
    """Each letter looks up its place once; 40,000 took three seconds when each copied the table."""
    begun = time.process_time()
    folded = fold_spans("GesprÃ¤ch im BÃ¼ro " * 2_000)
    assert folded.text.startswith("gesprach im buro ")
    assert time.process_time() - begun < 1


def test_phrases_are_found_only_as_whole_words() -> None:
    """Letters before or after make another word; hyphens and quotes do not."""
    finder = Finder([("austin", 1)])
    assert [hit.start for hit in finder.find('us-austin "austin" austins faustin austin.')] == [3, 11, 35]


def test_a_phrase_stands_for_all_its_values_in_their_order() -> None:
    """Two ministers are called Guerini; who came first in the register comes first."""
    finder = Finder([("guerini", 1), ("", 0), ("lorenzo guerini", 1), ("guerini", 2)])
    assert [hit.value for hit in finder.find("lorenzo guerini")] == [1, 1, 2]


def test_overlapping_phrases_are_all_found() -> None:
    """A phrase inside a longer one is not lost."""
    finder = Finder([("call", "short"), ("phone call", "long")])
    assert [hit.value for hit in finder.find("a phone call")] == ["long", "short"]
