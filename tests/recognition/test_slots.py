"""When, how and on whose initiative: each slot with the words it rests on."""

from datetime import date

import pytest

from bot.model.claim import Basis, Claim, Medium
from tests.recognition.reading import FRIDAY, read

PAIR = "Pistorius und sein polnischer Amtskollege haben {when} telefoniert."


def _only(text: str, *, language: str = "de", day: date | None = FRIDAY, title: str = "Meldung") -> Claim:
    (claim,) = read(text, language=language, day=day, title=title).claims
    return claim


@pytest.mark.parametrize(
    ("when", "day", "basis"),
    [
        ("am Donnerstag", date(2024, 3, 14), Basis.WEEKDAY),
        ("am Montagabend", date(2024, 3, 11), Basis.WEEKDAY),
        ("heute", date(2024, 3, 15), Basis.RELATIVE),
        ("gestern", date(2024, 3, 14), Basis.RELATIVE),
        ("am 12. März", date(2024, 3, 12), Basis.WRITTEN),
        ("am Mittwoch (13. März)", date(2024, 3, 13), Basis.WRITTEN),
        ("am 28.12.2023", date(2023, 12, 28), Basis.WRITTEN),
        ("am 30. Dezember", date(2023, 12, 30), Basis.WRITTEN),
    ],
)
def test_a_day_is_resolved_against_the_storys_day(when: str, day: date, basis: Basis) -> None:
    """Weekdays, relative words and written days give the day of the contact."""
    claim = _only(PAIR.format(when=when))
    assert (claim.day, claim.basis) == (day, basis)


def test_a_day_that_no_word_tells_stays_unknown() -> None:
    """Nothing is made up: the day is null and `by` is the story's day."""
    claim = _only("Pistorius und sein polnischer Amtskollege haben telefoniert.")
    assert (claim.day, claim.by) == (None, FRIDAY)


def test_a_page_stamp_is_not_the_day_of_the_contact() -> None:
    """A stamp "Stand: …" tells when a page was written."""
    claim = _only("Pistorius und sein polnischer Amtskollege telefonieren Stand: 15.03.2024 10:36 Uhr")
    assert claim.day is None


def test_the_day_of_the_contact_outweighs_the_day_it_was_announced() -> None:
    """Who announces something on Friday does not move the contact to Friday."""
    claim = _only(
        "Wie das Ministerium am Freitag mitteilte, hat Pistorius am Mittwoch mit seinem polnischen Kollegen gesprochen."
    )
    assert claim.day == date(2024, 3, 13)


def test_an_undated_story_resolves_no_weekday() -> None:
    """Without a day of publication "am Donnerstag" means nothing."""
    assert _only(PAIR.format(when="am Donnerstag"), day=None).day is None


def test_an_undated_story_finds_the_year_by_who_held_office() -> None:
    """A day without year falls into the latest year in which both persons were ministers."""
    claim = _only("Pentagon-Chef Lloyd Austin und Andrei Beloussow haben am 12. Juli telefoniert.", day=None)
    assert claim.day == date(2024, 7, 12)


@pytest.mark.parametrize(
    ("language", "text", "medium"),
    [
        ("de", "Pistorius hat mit seinem polnischen Kollegen telefoniert.", Medium.PHONE),
        (
            "de",
            "Pistorius trifft sich mit seinem polnischen Kollegen. Das Telefonat dauerte lange.",
            Medium.PHONE,
        ),
        ("de", "Pistorius traf seinen polnischen Kollegen virtuell.", Medium.VIDEO),
        ("de", "Pistorius traf seinen polnischen Kollegen in Posen.", Medium.MEETING),
        ("de", "Pistorius sprach mit seinem polnischen Kollegen.", Medium.UNKNOWN),
        ("en", "Pistorius and his Polish counterpart held a virtual meeting.", Medium.VIDEO),
        ("en", "Pistorius talked to his Polish counterpart.", Medium.UNKNOWN),
    ],
)
def test_the_medium_is_what_the_clearest_word_says(language: str, text: str, medium: Medium) -> None:
    """A phone call stays one where a title says "trifft sich"; "sprach" alone tells no medium."""
    assert _only(text, language=language).medium is medium


@pytest.mark.parametrize(
    ("language", "text", "country"),
    [
        ("de", "Pistorius telefonierte mit seinem polnischen Kollegen. Das Gespräch fand auf Bitte Warschaus statt.", "PL"),
        ("de", "Pistorius telefonierte mit seinem polnischen Kollegen. Die Initiative ging von Berlin aus.", "DE"),
        ("de", "Pistorius telefonierte mit seinem polnischen Kollegen. Die polnische Seite habe die Initiative ergriffen.", "PL"),
        ("en", "Pistorius spoke by phone with his Polish counterpart at the request of Warsaw.", "PL"),
        ("en", "Pistorius spoke by phone with his Polish counterpart. The German side initiated the call.", "DE"),
    ],
)  # fmt: skip
def test_the_initiative_is_that_of_the_side_the_words_name(language: str, text: str, country: str) -> None:
    """Who asked for a contact is told by a capital, a country or a side."""
    initiative = _only(text, language=language).initiative
    assert initiative is not None
    assert initiative.country == country


def test_an_earlier_contact_is_remembered_and_not_told_as_news() -> None:
    """What stands beside "zuletzt" is the previous contact of the same offices."""
    recognition = read(
        "Pistorius hat am Donnerstag mit seinem polnischen Kollegen telefoniert. "
        "Zuletzt hatten die beiden am 4. Februar miteinander gesprochen."
    )
    assert [c.day for c in recognition.claims] == [date(2024, 3, 14)]
    assert [e.when for e in recognition.earlier] == ["2024-02-04"]


def test_each_side_is_quoted_in_the_storys_own_words() -> None:
    """A statement is a sentence of the story with the side that speaks."""
    claim = _only(
        "Pistorius hat mit seinem polnischen Kollegen telefoniert. "
        "Pistorius habe dabei vor einer Eskalation gewarnt, sagte ein Sprecher des Bundesverteidigungsministeriums. "
        "Das polnische Verteidigungsministerium erklärte, dass über die Luftverteidigung gesprochen worden sei."
    )
    assert [s.side for s in claim.statements] == ["DE", "PL"]
    assert set(claim.topics) >= {"escalation risk", "air defence"}


def test_a_named_minister_of_another_time_is_not_replaced_by_todays() -> None:
    """Whom the story calls minister by name stays, though the register knows another for that day."""
    claim = _only(
        "US-Verteidigungsminister Lloyd Austin hat mit seinem polnischen Kollegen telefoniert.",
        day=date(2026, 3, 2),
    )
    assert "Lloyd Austin" in [p.person for p in claim.participants]


def test_a_british_title_of_an_american_is_the_americans() -> None:
    """The name and the country beside a title outweigh the country whose title it is."""
    claim = _only("US Defence Secretary Lloyd Austin spoke by phone with Boris Pistorius.", language="en")
    assert sorted(o.country for o in claim.offices) == ["DE", "US"]


@pytest.mark.parametrize(
    ("sentence", "side"),
    [
        ("Defence Minister Rajnath Singh told General Li Shangfu that arms deliveries must end.", "IN"),
        ("Li Shangfu heard from officials that Rajnath Singh said arms deliveries must end.", "CN"),
        ("In his call with Li Shangfu, Rajnath Singh said that arms deliveries must end.", "IN"),
    ],
)
def test_a_sentence_is_of_him_whom_it_is_about(sentence: str, side: str) -> None:
    """Where no ministry speaks, the partner's name beside a verb of speech does not make it his sentence."""
    claim = _only(f"Rajnath Singh met Li Shangfu. {sentence}", language="en", day=date(2023, 4, 28))
    assert [s.side for s in claim.statements] == [side]


@pytest.mark.parametrize(
    "sentence",
    [
        "Li Shangfu and his Indian colleague Rajnath Singh stressed that arms deliveries must end.",
        "Li Shangfu had asked for the meeting because of arms deliveries and the war in Ukraine.",
    ],
)
def test_what_no_side_says_is_quoted_of_none(sentence: str) -> None:
    """What both are told to have stressed, or who asked for the meeting, is the story's word, no side's."""
    claim = _only(f"Rajnath Singh met Li Shangfu. {sentence}", language="en", day=date(2023, 4, 28))
    assert claim.statements == ()
