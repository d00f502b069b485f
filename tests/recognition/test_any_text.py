"""Whatever a story holds: an answer, and evidence that stands where it says."""

from datetime import date
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.claim import Recognition, Status, Verdict
from tests.recognition.reading import FRIDAY, read, recogniser, story

JULY = date(2024, 7, 13)
WORDS = st.sampled_from([
    "Pistorius", "Lloyd Austin", "sein", "russischer", "Amtskollege", "telefonierte", "Straße", "am", "Montag", "31. Februar",
    "nicht", "hatte", "Verteidigungsminister", "der", "USA", "und", "Chinas", ".", ",", "Treffen", "seit", "März 2023", "\n\n", "„", "“",
    "auf Initiative", "laut", "Pentagon", "wird", "İ", "ﬁ", "rief", "an",
])  # fmt: skip
NEWSY = st.lists(WORDS, max_size=40).map(" ".join)


def _spans_hold(recognition: Recognition, whole: str) -> bool:
    evidence = [e for claim in recognition.claims for e in claim.evidence]
    evidence += [e for earlier in recognition.earlier for e in earlier.evidence]
    return all(whole[e.start : e.end] == e.text and e.text for e in evidence)


@given(title=NEWSY, text=NEWSY)
@settings(max_examples=150, deadline=None)
def test_evidence_stands_in_the_story_where_it_says(title: str, text: str) -> None:
    """Every piece of evidence is the story's own words at its offsets."""
    told = story(text, title=title)
    recognition = recogniser().read(told)
    assert _spans_hold(recognition, told.whole)
    assert recognition.reasons


def test_he_who_calls_several_rests_on_the_word_for_him() -> None:
    """Where "he" stands for a minister of the sentence before, "he" is the evidence."""
    text = "Boris Pistorius war da. Er telefonierte am Dienstag mit Sebastien Lecornu, Lloyd Austin und Guido Crosetto."
    told = story(text)
    recognition = recogniser().read(told)
    assert len(recognition.claims) == 3
    assert _spans_hold(recognition, told.whole)
    assert all("Er" in [e.text for e in claim.evidence] for claim in recognition.claims)


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_no_text_at_all_stops_the_recogniser(text: str) -> None:
    """Every Unicode text has a verdict."""
    assert read(text, title=text[:40], language=None).verdict in Verdict


@pytest.mark.parametrize(
    "text",
    [
        "Am 3. Mai 0500 telefonierte Boris Pistorius mit Sébastien Lecornu, 900 Jahre zuvor trafen sie sich.",
        "Am 31. Dezember 9999 trifft Boris Pistorius Sébastien Lecornu. Drei Tage später telefonieren sie.",
        "Im Dezember 9999 telefonierte Boris Pistorius mit Sébastien Lecornu.",
        "Boris Pistorius telefonierte mit Sébastien Lecornu. " + "999 Tage zuvor. " * 800,
    ],
    ids=["before the first year", "after the last day", "the last month", "step by step"],
)
def test_days_beyond_the_calendar_stop_nothing(text: str) -> None:
    """What a number leads out of the calendar is no day of the contact; the story's own may be."""
    recognition = read(text)
    assert recognition.verdict is not Verdict.NONE
    assert all(c.told.day in (None, FRIDAY) for c in recognition.claims if c.status is Status.HELD)


@pytest.mark.parametrize("length", ["3 years", "three years", "two months"])
def test_a_silence_counted_beside_the_first_contact_since_is_read(length: str) -> None:
    """A story of the first call in so many years is read; when the one before was, its number does not tell."""
    text = f"Boris Pistorius called Sebastien Lecornu on Tuesday for the first time in {length}."
    recognition = read(text, title="News", language="en")
    assert recognition.verdict is Verdict.CONTACT
    assert [earlier.when for earlier in recognition.earlier] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "{}. Der Vertrag gilt bis 31.12.9999. Einen Tag später war nichts.",
        "{}. Er beginnt am 1.1.0001. Einen Tag zuvor war nichts.",
        "{} im Dezember 9999.",
        "{} am 1. Januar 0001.",
        "{}. Er beginnt am 12.5.2024." + " 999 Tage zuvor war es so." * 740,
    ],
)
def test_a_day_at_the_end_of_the_calendar_is_none(text: str) -> None:
    """A story may write any year and count from it: it is read, and no contact of it was in such a year."""
    recognition = read(text.format("Boris Pistorius telefonierte mit Sebastien Lecornu"))
    assert [(claim.day, claim.by, claim.since) for claim in recognition.claims] == [(None, FRIDAY, None)]


def test_the_order_of_the_two_ministers_changes_nothing_but_the_order() -> None:
    """A contact is an unordered set of offices."""
    one = read("Die Minister Lloyd Austin und Andrei Beloussow haben am Mittwoch telefoniert.", day=JULY)
    other = read("Die Minister Andrei Beloussow und Lloyd Austin haben am Mittwoch telefoniert.", day=JULY)
    assert [c.participants for c in one.claims] == [c.participants for c in other.claims]
    assert one.verdict is other.verdict is Verdict.CONTACT


def test_a_sentence_from_an_unrelated_story_changes_nothing() -> None:
    """What is said of something else leaves verdict, day and people alone."""
    text = "Pistorius hat am Mittwoch mit seinem polnischen Amtskollegen telefoniert."
    longer = f"{text} Im Zoo von Leipzig sind am Montag drei Löwen geboren worden."
    assert [(c.day, c.offices, c.medium) for c in read(text).claims] == [
        (c.day, c.offices, c.medium) for c in read(longer).claims
    ]


def test_a_huge_text_is_read_as_far_as_news_goes() -> None:
    """A megabyte of text is answered without being read to its end."""
    assert read("Der Verteidigungsminister sagte nichts. " * 26_000).verdict is Verdict.NONE


@pytest.mark.parametrize(
    ("language", "head", "rest"),
    [
        ("de", "Boris Pistorius hat mit Sebastien Lecornu telefoniert. ", "Das Telefonat. Der Anruf. "),
        ("en", "Boris Pistorius called Sebastien Lecornu. ", "They met in May. "),
        ("en", "", "secdef rang five Dong Jun "),
    ],
)
def test_four_times_the_text_takes_no_more_than_its_share(language: str, head: str, rest: str) -> None:
    """However often a text repeats what tells a contact, the time grows with it, not with its square."""

    def seconds(length: int) -> float:
        text = head + rest * (length // len(rest))
        told = story(text, title=text, language=language)
        times = []
        for _ in range(3):
            begun = process_time()
            recogniser().read(told)
            times.append(process_time() - begun)
        return min(times)

    recogniser().read(story("", language=language))
    assert seconds(20_000) < 10 * seconds(5_000)
