"""The steps of a reading: each found thing with its words, for whatever text."""

from collections.abc import Iterator
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.claim import Evidence, Verdict
from bot.model.trace import Step
from tests.recognition.reading import read, recogniser, story
from tests.recognition.test_any_text import NEWSY

CALL = "Boris Pistorius hat am Mittwoch mit seinem polnischen Amtskollegen telefoniert. Selenskyj war in Rom."


def _evidence(step: Step) -> Iterator[Evidence]:
    yield step.sentence
    yield from (one.evidence for one in (*step.ministers, *step.former, *step.others))
    yield from step.cues
    yield from (day.evidence for day in step.days)
    for frame in step.frames:
        yield from frame.cues
        yield from (frame.word,) if frame.word else ()


def test_a_sentence_tells_its_people_words_and_days() -> None:
    """Everything that a rule took part in stands in the step, with the words that it rests on."""
    trace = recogniser().trace(story(CALL))
    call, rome = trace.steps
    assert [(one.country, one.person, one.office) for one in call.ministers] == [
        ("DE", "Boris Pistorius", "defence minister"),
        ("PL", None, "defence minister"),
    ]
    assert [cue.text for cue in call.cues] == ["telefoniert"]
    assert [(day.when, day.evidence.text) for day in call.days] == [("2024-03-13", "Mittwoch")]
    assert [(frame.countries, frame.standing, frame.own) for frame in call.frames] == [
        (("DE", "PL"), "held", True)
    ]
    assert call.shortfall is None
    assert [(one.person, one.office) for one in rome.others] == [("Volodymyr Zelenskyy", "head of state")]


def test_the_trace_says_in_which_language_and_for_which_word_a_story_was_read() -> None:
    """A declared language is told apart from a detected one; the gate's word is the story's own."""
    declared, detected = (recogniser().trace(story(CALL, language=code)) for code in ("de", None))
    assert (declared.language, declared.declared) == ("de", True)
    assert (detected.language, detected.declared) == ("de", False)
    assert [one.text for one in declared.admitted_by] == ["Amtskollegen", "Boris Pistorius"]


def test_a_story_that_was_not_admitted_still_shows_its_steps() -> None:
    """Two presidents on the phone: nothing was let in, and what would have been read is shown."""
    trace = recogniser().trace(story("Scholz hat mit Putin telefoniert."))
    assert trace.admitted_by == ()
    assert [len(step.others) for step in trace.steps] == [2]
    assert all(step.frames == () for step in trace.steps)


@given(title=NEWSY, text=NEWSY, dated=st.booleans())
@settings(max_examples=150, deadline=None)
def test_every_step_stands_in_the_story_where_it_says(title: str, text: str, dated: bool) -> None:  # noqa: FBT001 - Hypothesis calls
    """Spans are the story's own; contacts come with no near misses, all else with a verdict of its own."""
    told = story(text, title=title) if dated else story(text, title=title, day=None)
    trace, recognition = recogniser().trace(told), recogniser().read(told)
    assert all(told.whole[e.start : e.end] == e.text for step in trace.steps for e in _evidence(step))
    assert recognition.verdict is not Verdict.CONTACT or trace.near_misses == ()
    assert len(trace.near_misses) <= 5


@given(st.text(max_size=300), st.sampled_from([None, "de", "sv", "xx", ""]))
@settings(max_examples=150, deadline=None)
def test_every_text_has_a_trace(text: str, language: str | None) -> None:
    """Every plane of Unicode, every direction, any language or none."""
    trace = recogniser().trace(story(text, title=text[:40], language=language))
    assert trace.readable or trace.near_misses


@pytest.mark.parametrize(
    "text",
    [
        "Der Verteidigungsminister Pistorius telefonierte mit seinem Kollegen Umerow und " * 13_000,
        "US-Verteidigungsminister " * 42_000,
        "Pistorius telefonierte mit Umerow. " * 30_000,
        "a" * 1_000_000,
        "," * 1_000_000,
    ],
    ids=["one sentence", "titles", "sentences", "one word", "signs"],
)
def test_a_megabyte_is_answered_within_seconds(text: str) -> None:
    """As a text or as a title, without an end or without a word: read as far as news goes."""
    recogniser().read(story(CALL))  # the language is built
    for told in (story(text), story("", title=text)):
        start = process_time()
        assert recogniser().trace(told).readable
        assert read(told.text, title=told.title).verdict in Verdict
        assert process_time() - start < 4
