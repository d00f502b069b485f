"""What all but made a contact, told to a person who asks why nothing rang."""

from datetime import date

import pytest

from tests.recognition.reading import FRIDAY, read, recogniser, story

SUMMER_2024 = date(2024, 7, 13)
SUMMER_2021 = date(2021, 6, 13)


def near(
    text: str, *, title: str = "Meldung", language: str | None = "de", day: date | None = FRIDAY
) -> list[str]:
    """Give the near misses of a story as "kind: text", the nearest first."""
    trace = recogniser().trace(story(text, title=title, language=language, day=day))
    return [f"{miss.kind}: {miss.text}" for miss in trace.near_misses]


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("de", "Boris Pistorius wird am Montag mit seinem polnischen Amtskollegen telefonieren.", ("planned: Boris Pistorius (DE)", "(“wird”)", "rings once")),
        ("en", "Defence Secretary Lloyd Austin declined to meet Chinese Defence Minister Dong Jun.", ("denied: ", "(“declined", "Dong Jun (CN)")),
        ("fr", "Sébastien Lecornu a annulé son entretien avec son homologue allemand Boris Pistorius.", ("cancelled: ", "called off")),
        ("de", "Boris Pistorius und Sébastien Lecornu hatten zuletzt im Januar telefoniert.", ("remembered: ", "(“zuletzt”)", "not what the story reports")),
        ("de", "Boris Pistorius sprach in Kiew mit Selenskyj.", ("another office: one minister (Boris Pistorius, DE)", "(“sprach”)", "Volodymyr Zelenskyy (UA head of state) holds another office")),
        ("en", "Defence Secretary Lloyd Austin spoke with Sergei Lavrov by phone.", ("another office: ", "Sergei Lavrov (RU foreign minister)")),
        ("de", "Verteidigungsminister Boris Pistorius traf den Außenminister.", ("another office: ", "“Außenminister” is another office")),
        ("de", "Boris Pistorius telefonierte mit Soldaten.", ("no second minister: one minister (Boris Pistorius, DE) and a word of contact (“telefonierte”)",)),
        ("es", "La ministra de Defensa Margarita Robles habló con su homólogo.", ("counterpart unknown: ", "the country of “homólogo” is not told")),
        ("en", "Boris Pistorius and Sébastien Lecornu praised the army.", ("no word of contact: two ministers (Boris Pistorius, DE; Sébastien Lecornu, FR) but no word of contact",)),
        ("de", "Boris Pistorius lobte das Heer. Sébastien Lecornu lobte die Marine.", ("never together: two ministers (Boris Pistorius, DE; Sébastien Lecornu, FR)",)),
        ("de", "Boris Pistorius spricht mit Respekt über Lloyd Austin.", ("not between them: ", "Lloyd Austin (US) is only spoken about")),
        ("de", "Der Verteidigungsminister redete mit Soldaten.", ("office without country: ", "“Verteidigungsminister”")),
        ("ru", "Путин провёл телефонный разговор с Эрдоганом.", ("other offices only: ", "Vladimir Putin (RU head of state)", "hold other offices")),
        ("de", "Boris Pistorius lobte das Heer.", ("ministers only: one minister (Boris Pistorius, DE)",)),
    ],
)  # fmt: skip
def test_the_nearest_miss_says_what_was_there_and_what_was_not(
    language: str, text: str, told: tuple[str, ...]
) -> None:
    """One sentence, the nearest first, with the story's own words in it."""
    first = near(text, language=language)[0]
    for words in told:
        assert words in first


def test_a_surname_alone_is_told_as_one() -> None:
    """A town called like a minister: it stands beside no office, no counterpart, no other minister."""
    (only,) = near("Im Barviertel von Austin ist geschossen worden.", day=SUMMER_2021)
    assert only.startswith("name alone: a surname alone (“Austin”; Lloyd Austin, US)")


def test_a_name_that_only_sounds_alike_is_told_as_one() -> None:
    """Beside a word of contact, a spelling that nobody foresaw is worth a word."""
    (only,) = near("Mit Pistoriuz wurde telefoniert.")
    assert (
        only
        == "name alone: a name that sounds like Boris Pistorius, DE (“Pistoriuz”), but no office beside it"
    )


def test_who_is_no_longer_in_office_is_told_with_the_day_he_left() -> None:
    """A minister of last year rings for nothing today; the register's day says why."""
    told = near("Sergej Schoigu telefonierte mit Soldaten.", day=date(2025, 3, 14))
    assert any(
        "was defence minister until 2024-05-" in one and "no longer on 2025-03-14" in one for one in told
    )


def test_a_story_without_a_day_says_that_names_alone_then_mean_nobody() -> None:
    """Who was in office cannot be known of a day that nobody tells."""
    (only,) = near("Lloyd Austin telefonierte.", day=None)
    assert only.endswith("but no day by which to tell who was in office")


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        ("Försvarsminister Pål Jonson har talat med sin kollega i telefon om läget i Ukraina.", None, "the language is sv; Draht reads de, en, "),
        ("", None, "there is no text to read"),
        ("{{{{ }}}}", None, "the language cannot be told"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_so(text: str, language: str | None, told: str) -> None:
    """A language without a file, a text without words."""
    (only,) = near(text, title="", language=language)
    assert told in only


def test_a_plain_contact_has_no_near_misses() -> None:
    """What rings needs no excuse, however much else the story says."""
    text = (
        "Pistorius hat am Mittwoch mit seinem polnischen Amtskollegen telefoniert. "
        "Boris Pistorius wird am Montag Sébastien Lecornu treffen. Selenskyj sprach mit Biden."
    )
    assert near(text) == []


def test_weather_comes_near_to_nothing() -> None:
    """A story about something else is not bent into a near miss."""
    assert near("Es bleibt trocken und warm. Im Zoo von Leipzig sind drei Löwen geboren worden.") == []


def test_a_contact_that_stands_otherwise_outweighs_what_sentences_lack() -> None:
    """The plan is why nothing rang; that a minister also spoke to soldiers is not."""
    text = "Boris Pistorius sprach mit Soldaten. Er wird am Montag mit seinem polnischen Amtskollegen telefonieren."
    assert [one.partition(":")[0] for one in near(text)] == ["planned"]


def test_at_most_five_are_told_and_few_of_a_kind() -> None:
    """A long story full of almosts stays readable."""
    people = ("Selenskyj", "Macron", "Biden", "Erdogan", "Scholz", "Lawrow", "Blinken")
    told = near(" ".join(f"Boris Pistorius telefonierte mit {one}." for one in people))
    assert 1 <= len(told) <= 5
    assert len(told) == len(set(told))


def test_near_misses_change_no_verdict() -> None:
    """Telling is not reading: the verdict is that of the recogniser."""
    text = "Boris Pistorius wird am Montag mit seinem polnischen Amtskollegen telefonieren."
    before = read(text)
    near(text)
    assert read(text) == before


def test_a_day_too_old_to_be_news_is_the_reason() -> None:
    """Where no word says that a contact is past, the two days do."""
    text = (
        "Lloyd Austin hat am Freitag mit Andrej Beloussow telefoniert, teilte das Pentagon mit. "
        "Lloyd Austin telefonierte am 31. Mai mit dem chinesischen Verteidigungsminister Dong Jun."
    )
    trace = recogniser().trace(story(text, day=SUMMER_2024))
    remembered = [frame for step in trace.steps for frame in step.frames if frame.standing == "remembered"]
    assert [(frame.countries, frame.alone) for frame in remembered] == [(("CN", "US"), "held")]
