"""What a story tells of other days beside its contact: earlier ones, those of things, "a day after"."""

from datetime import date

import pytest

from bot.model.claim import Basis, Medium, Verdict
from tests.recognition.reading import countries, read


def test_a_sentence_that_tells_only_an_earlier_month_is_of_an_earlier_contact() -> None:
    """What has another month of its own is another contact."""
    read_ = read(
        "Lloyd Austin und Dong Jun sprachen am Donnerstag in Singapurs Hauptstadt miteinander. "
        "Anfang Februar hatte es eine Videoschalte gegeben.",
        title="Austin trifft Chinas Verteidigungsminister",
    )
    assert [(claim.medium, claim.day) for claim in read_.claims] == [(Medium.MEETING, date(2024, 3, 14))]
    assert [one.when for one in read_.earlier] == ["2024-02"]


def test_what_an_aside_tells_of_an_earlier_month_is_no_medium_of_today() -> None:
    """A clause about January does not make today's meeting a video call."""
    read_ = read(
        "Lloyd Austin had a meeting with China's Defence Minister Dong Jun today. "
        "The two, who first spoke by video link in January, met in a side room.",
        language="en",
    )
    assert [claim.medium for claim in read_.claims] == [Medium.MEETING]
    assert [one.when for one in read_.earlier] == ["2024-01"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The memo took a month, since the day Defence Minister Pistorius and Lloyd Austin spoke by phone."),
        ("ru", "Документ готовили месяц — с того дня, как министр обороны Писториус и Ллойд Остин поговорили по телефону."),
        ("uk", "Документ готували місяць — з того дня, як міністр оборони Пісторіус і Ллойд Остін поговорили телефоном."),
    ],
)  # fmt: skip
def test_since_the_day_that_they_spoke_is_a_memory(language: str, text: str) -> None:
    """What only dates something else is no news."""
    assert read(text, language=language).verdict is Verdict.BACKGROUND


def test_talks_of_others_last_week_are_no_news_beside_those_of_today() -> None:
    """A pair told only with "a week ago" stays in the background."""
    read_ = read(
        "Defence Secretary Grant Shapps called his French counterpart Sébastien Lecornu on Thursday. "
        "The ministry in London confirmed it. "
        "A week ago in Paris Lecornu received Italy's Guido Crosetto.",
        title="Shapps calls Lecornu",
        language="en",
    )
    assert countries(read_) == ["FR-GB"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Wie die Zeitung in ihrer heutigen Ausgabe schreibt, haben Verteidigungsminister Pistorius und Lloyd Austin letzte Woche telefoniert."),
        ("en", "Today's paper says that Boris Pistorius and Lloyd Austin spoke by phone last week."),
    ],
)  # fmt: skip
def test_the_day_of_a_paper_is_not_that_of_the_contact_it_tells(language: str, text: str) -> None:
    """An adjective of time dates its noun, not the sentence."""
    (claim,) = read(text, language=language).claims
    assert claim.day is None


def test_todays_call_is_of_today() -> None:
    """The same adjective beside the call dates the call."""
    (claim,) = read("Im heutigen Telefonat sagte Pistorius seinem Kollegen Lloyd Austin Hilfe zu.").claims
    assert claim.day == date(2024, 3, 15)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The guns have come, Defence Minister Bill Blair said, a day after meeting his Ukrainian counterpart Rustem Umerov."),
        ("de", "Einen Tag nach seinem Treffen mit dem Ukrainer Rustem Umerow nannte Verteidigungsminister Pistorius Zahlen."),
    ],
)  # fmt: skip
def test_a_day_after_a_meeting_it_was_the_day_before(language: str, text: str) -> None:
    """What is told "a day after" it was a day earlier."""
    (claim,) = read(text, language=language).claims
    assert (claim.day, claim.basis) == (date(2024, 3, 14), Basis.RELATIVE)


def test_had_talks_tells_of_its_own_day() -> None:
    """In "had talks" there is no pluperfect: they were on Thursday."""
    (claim,) = read("Lloyd Austin had talks with Boris Pistorius on Thursday.", language="en").claims
    assert claim.day == date(2024, 3, 14)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Lloyd Austin and Boris Pistorius spoke by phone earlier this week."),
        ("de", "Lloyd Austin und Boris Pistorius haben in dieser Woche telefoniert."),
        ("fr", "Sébastien Lecornu et Boris Pistorius se sont parlé au téléphone cette semaine."),
        ("ru", "Ллойд Остин и Борис Писториус на этой неделе поговорили по телефону."),
        ("es", "Margarita Robles y Boris Pistorius hablaron por teléfono esta semana."),
        ("it", "Guido Crosetto e Boris Pistorius si sono sentiti al telefono questa settimana."),
        ("pl", "Władysław Kosiniak-Kamysz i Boris Pistorius rozmawiali telefonicznie w tym tygodniu."),
        ("tr", "Yaşar Güler ile Boris Pistorius bu hafta telefonda görüştü."),
        ("uk", "Ллойд Остін і Борис Пісторіус цього тижня поговорили телефоном."),
        ("nl", "Kajsa Ollongren en Boris Pistorius belden deze week."),
    ],
)
def test_this_week_began_on_its_monday(language: str, text: str) -> None:
    """A story of Friday reaches back further than the three days of one that tells nothing."""
    (claim,) = read(text, language=language).claims
    assert (claim.day, claim.since, claim.by) == (None, date(2024, 3, 11), date(2024, 3, 15))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Boris Pistorius told parliament today that he had spoken by phone with Lloyd Austin last week.",
        ),
        (
            "en",
            "The Pentagon today released details of a call that Lloyd Austin held last week with Boris Pistorius.",
        ),
        ("en", "On Tuesday the Pentagon said that Lloyd Austin had spoken with Boris Pistorius last week."),
        (
            "de",
            "Am Dienstag teilte das Pentagon mit, Lloyd Austin habe vergangene Woche mit Boris Pistorius gesprochen.",
        ),
        (
            "fr",
            "Le ministère a indiqué mardi que Sébastien Lecornu avait parlé la semaine dernière à Boris Pistorius.",
        ),
        (
            "ru",
            "Во вторник Пентагон сообщил, что Ллойд Остин на прошлой неделе говорил с Борисом Писториусом.",
        ),
        ("uk", "Ллойд Остін минулого тижня поговорив із Борисом Пісторіусом, пише сьогодні газета."),
        ("es", "Margarita Robles habló la semana pasada por teléfono con Boris Pistorius, se ha sabido hoy."),
        ("it", "Guido Crosetto ha sentito la settimana scorsa Boris Pistorius, rivela oggi un quotidiano."),
        (
            "pl",
            "Władysław Kosiniak-Kamysz powiedział dziś, że w zeszłym tygodniu rozmawiał z Borisem Pistoriusem.",
        ),
        ("tr", "Yaşar Güler, geçen hafta Boris Pistorius ile telefonda görüştüğünü bugün açıkladı."),
        ("nl", "Kajsa Ollongren heeft vorige week met Boris Pistorius gebeld, meldt de krant vandaag."),
    ],
)
def test_the_day_of_a_word_is_not_that_of_last_weeks_contact(language: str, text: str) -> None:
    """Who says today, or said on Tuesday, what was last week tells no day of it."""
    (claim,) = read(text, language=language).claims
    assert (claim.day, claim.since, claim.by) == (None, date(2024, 3, 4), date(2024, 3, 10))
