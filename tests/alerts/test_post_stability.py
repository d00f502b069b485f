"""What must not change a post, and what must."""

from datetime import date

import pytest

from bot.alerts.post import render
from bot.model.claim import Initiative, Medium, Participant, Statement
from tests.alerts.newsroom import (
    PENTAGON,
    RU,
    TAGESSCHAU,
    TASS,
    US,
    Desk,
    Outlet,
    call,
    desk,
    june_call,
    press,
)


def outlets(filed: Desk, first: int, last: int) -> Desk:
    """File the same plain report by outlets with numbered names."""
    for number in range(first, last + 1):
        filed.file(Outlet(f"Zeitung {number}", url=f"https://zeitung{number}.example/a"))
    return filed


def test_sources_beyond_six_do_not_change_a_post() -> None:
    """The seventh and every further outlet without news leaves every byte as it was."""
    filed = outlets(desk(call()), 1, 6)
    six = render(filed.contact(), None, press())
    assert "Zeitung 6" in six
    assert render(outlets(filed, 7, 40).contact(), None, press()) == six


def test_more_support_does_not_reorder_topics_or_initiators() -> None:
    """Shifting majorities among known versions leave the lines as they were."""
    filed = desk(call())
    filed.file(TAGESSCHAU, topics=("escalation risk",), initiative=Initiative("US", "Pentagon"))
    filed.file(TASS, topics=("Ukraine war",), initiative=Initiative("RU", "Минобороны РФ"))
    outlets(filed, 1, 6)
    before = render(filed.contact(), None, press())
    for number in range(10, 15):
        late = Outlet(f"Blatt {number}", "ru", "RU")
        filed.file(late, topics=("Ukraine war",), initiative=Initiative("RU", "Москва"))
    assert render(filed.contact(), None, press()) == before


def test_a_late_source_with_something_new_does_change_it() -> None:
    """The fortieth outlet may still bring a topic."""
    filed = outlets(desk(call()), 1, 40)
    before = render(filed.contact(), None, press())
    after = render(filed.file(TAGESSCHAU, topics=("escalation risk",)).contact(), None, press())
    assert before != after
    assert "<b>Thema:</b> Eskalationsrisiko" in after


def test_an_outlet_is_listed_once_and_authorities_first() -> None:
    """Two stories of one outlet are one source; a ministry stands before the press."""
    filed = desk(call()).file(TAGESSCHAU).file(TAGESSCHAU).file(TASS).file(PENTAGON)
    line = render(filed.contact(), None, press()).split("\n")[-2]
    assert line.count("tagesschau.de</a>") == 1
    assert line.index("Pentagon") < line.index("tagesschau.de</a>") < line.index("TASS")


def test_sentences_in_the_readers_language_replace_foreign_ones() -> None:
    """A foreign original is shown until a story in the language of the post quotes that side."""
    foreign = Statement("RU", "Минобороны РФ", "Стороны обсудили снижение риска эскалации.", "ru")
    german = Statement("RU", "Kreml", "Man habe über das Risiko gesprochen.", "de")
    filed = desk(call()).file(TASS, statements=(foreign,))
    assert "<b>Moskau (russ.):</b> Стороны обсудили" in render(filed.contact(), None, press())
    later = render(filed.file(TAGESSCHAU, statements=(german,)).contact(), None, press())
    assert "<b>Kreml:</b> Man habe über das Risiko gesprochen." in later
    assert "Стороны" not in later


def test_of_foreign_sentences_the_most_official_is_shown() -> None:
    """The ministry's own words go before those that an outlet elsewhere reports."""
    reported = Statement("US", "the Pentagon", "An outlet says what was said.", "en")
    own = Statement("US", "Pentagon", "The ministry says what was said.", "en")
    elsewhere = Outlet("Gazette", "en", "GB", "https://gazette.example/1")
    filed = desk(call()).file(elsewhere, statements=(reported,)).file(PENTAGON, statements=(own,))
    assert "The ministry says" in render(filed.contact(), None, press())


def test_a_long_sentence_is_whole_where_there_is_room() -> None:
    """A sentence is cut only where the post is full: half a statement may say the opposite."""
    long = (
        "Er betonte, dass "
        + "die Lage an der Front ernst sei und " * 9
        + "er dennoch nicht eskalieren wolle."
    )
    told = Statement("RU", "Kreml", long, "de")
    assert long in render(desk(call()).file(TAGESSCHAU, statements=(told,)).contact(), None, press())


@pytest.mark.parametrize(
    "dateline",
    [
        "Ankara (dpa) - ",
        "Washington, 10 dic (EFE).- ",
        "Bruxelles, 13 feb. (Agenzia) – ",
        "TOKYO, Oct. 7 (Some News) -- ",
        "NEW DELHI - ",
        "Київ (Агентство) — ",
    ],
)
def test_a_sentence_is_quoted_without_its_dateline(dateline: str) -> None:
    """Where a story was sent from, by whom and when is no part of what a side said."""
    told = Statement("RU", "Kreml", f"{dateline}Man habe über das Risiko gesprochen.", "de")
    written = render(desk(call()).file(TAGESSCHAU, statements=(told,)).contact(), None, press())
    assert "<b>Kreml:</b> Man habe über das Risiko gesprochen." in written


@pytest.mark.parametrize(
    "text",
    [
        "Boris Pistorius (SPD) – Seit 2023 im Amt – nannte die Lage ernst.",
        "Boris Pistorius (SPD) - der Minister - nannte die Lage ernst.",
        "NATO – das sei ein Bündnis, sagte er.",
        "Austin – Kommentare lehnte er ab.",
    ],
)
def test_a_sentence_with_a_dash_of_its_own_stays_whole(text: str) -> None:
    """What only looks like a dateline is not taken away."""
    told = Statement("US", "Pentagon", text, "de")
    assert text in render(desk(call()).file(TAGESSCHAU, statements=(told,)).contact(), None, press())


def test_a_sentence_of_a_story_is_not_put_into_a_ministers_mouth() -> None:
    """Where a story attributes to the minister, the side's capital stands before the sentence."""
    told = (
        Statement("RU", "Andrej Beloussow", "Nach russischen Angaben warnte Beloussow vor Folgen.", "de"),
        Statement("US", "US", "Nach Angaben aus Washington dauerte es nicht lange.", "de"),
    )
    written = render(desk(call()).file(TAGESSCHAU, statements=told).contact(), None, press())
    assert "<b>Moskau:</b> Nach russischen Angaben" in written
    assert "<b>Washington:</b> Nach Angaben" in written


def test_the_call_comes_from_nowhere_while_that_is_disputed() -> None:
    """The headline tells an initiative only as long as all who tell one agree."""
    filed = desk(call()).file(TAGESSCHAU, initiative=Initiative("RU"))
    assert "Anruf aus Moskau" in render(filed.contact(), None, press())
    disputed = filed.file(PENTAGON, initiative=Initiative("US")).contact()
    assert "Anruf" not in render(disputed, None, press())


def test_a_headline_too_long_for_a_lock_screen_drops_the_caller() -> None:
    """Who and how go before from where."""
    contact = desk(call()).file(TAGESSCHAU, initiative=Initiative("US")).contact()
    assert "Anruf aus Washington" in render(contact, None, press())
    names = ("Maximiliane Featherstonehaugh", "Bartholomew Cholmondeley-Smythe")
    seats = tuple(Participant(office, name) for office, name in zip((US, RU), names, strict=True))
    longer = desk(call(participants=seats)).file(TAGESSCHAU, initiative=Initiative("US")).contact()
    head = render(longer, None, press()).split("\n")[0]
    assert head == "🔴 <b>Cholmondeley-Smythe und Featherstonehaugh telefonieren</b>"


def test_the_contact_before_may_itself_have_no_day() -> None:
    """Then it is told by its first report, and no distance is made up."""
    undated = desk(call(day=None, medium=Medium.VIDEO), 2024, 6, 3).file(TAGESSCHAU).contact()
    assert "<b>Zuvor:</b> gemeldet am 3. Juni 2024, Videogespräch\n" in render(june_call(), undated, press())


def test_a_day_in_another_year_is_told_with_its_year() -> None:
    """A differing day is short only within the year that stands beside it."""
    contact = desk(call(day=date(2024, 12, 31))).file(TAGESSCHAU).file(TASS, day=date(2025, 1, 1)).contact()
    assert "<b>Tag:</b> 31. Dezember 2024 (TASS: 1. Januar 2025)" in render(contact, None, press())


def test_what_an_authority_writes_of_the_other_side_is_not_quoted_as_its_words() -> None:
    """Moscow's page on what the American minister stressed is no statement of Washington."""
    told = Statement("US", "Lloyd Austin", "Austin stressed the importance of open lines.", "en")
    ministry = Outlet("mil.ru", "en", "RU", "https://mil.ru/1")
    assert "stressed" not in render(desk(call()).file(ministry, statements=(told,)).contact(), None, press())
    assert "stressed" in render(desk(call()).file(TAGESSCHAU, statements=(told,)).contact(), None, press())
