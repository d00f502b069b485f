"""Folding makes text comparable and finds the way back."""

import time

from hypothesis import given
from hypothesis import strategies as st

from bot.text.find import Finder
from bot.text.fold import fold, fold_spans


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
