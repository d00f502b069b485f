"""Holders of other offices, by name: none of the ministers, and a counterpart of theirs is none either."""

from datetime import date

import pytest

from bot.model.claim import Verdict
from tests.recognition.reading import countries, read

SPRING_2023 = date(2023, 3, 16)
SPRING_2024 = date(2024, 3, 15)
AUTUMN_2025 = date(2025, 9, 15)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Russian Defence Minister Sergei Shoigu flew to Minsk. Gerasimov spoke by phone with his American counterpart."),
        ("en", "Grant Shapps praised Kyiv. Lavrov held talks with his British counterpart on Tuesday."),
        ("de", "Verteidigungsminister Pistorius reiste nach Kiew. Lawrow telefonierte am Dienstag mit seinem polnischen Amtskollegen."),
        ("de", "Boris Pistorius sagte, Gerassimow habe mit seinem amerikanischen Kollegen telefoniert."),
        ("fr", "Sébastien Lecornu était à Kiev. Sergueï Lavrov s'est entretenu par téléphone avec son homologue allemand."),
        ("ru", "Сергей Шойгу прибыл в Минск. Герасимов провёл телефонный разговор с американским коллегой."),
        ("uk", "Умєров був у Варшаві. Кулеба поговорив телефоном зі своїм польським колегою."),
        ("nl", "Defensieminister Ollongren was in Kiev. Lavrov sprak telefonisch met zijn Duitse ambtgenoot."),
        ("tr", "Bakan Güler Ankara'daydı. Hakan Fidan Alman mevkidaşı ile telefonda görüştü."),
        ("pl", "Kosiniak-Kamysz był w Berlinie. Sikorski rozmawiał telefonicznie ze swoim niemieckim odpowiednikiem."),
    ],
)  # fmt: skip
def test_a_counterpart_after_a_bare_name_is_of_that_persons_office(language: str, text: str) -> None:
    """Who follows a foreign minister or a chief of staff as "his counterpart" is no defence minister."""
    assert countries(read(text, language=language, day=SPRING_2024)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Defense Secretary Lloyd Austin met Lavrov in Geneva while Defence Minister Sergei Shoigu stayed in Moscow.",
        "Lloyd Austin spoke with Sergei Lavrov, not with Russian Defence Minister Sergei Shoigu.",
        "Austin and Russia's Defence Minister Shoigu were informed. Milley and Gerasimov held a call on Wednesday.",
    ],
)
def test_a_contact_of_somebody_else_is_not_the_ministers(text: str) -> None:
    """A minister beside it took no part, whichever other minister the story goes on to name."""
    assert countries(read(text, language="en", day=SPRING_2023)) == []


@pytest.mark.parametrize(
    ("language", "text", "pair"),
    [
        ("de", "Pistorius traf Präsident Selenskyj und seinen ukrainischen Amtskollegen Umerow.", "DE-UA"),
        ("de", "Selenskyjs Verteidigungsminister Rustem Umerow hat am Donnerstag mit Boris Pistorius telefoniert.", "DE-UA"),
        ("de", "Boris Pistorius hat mit Verteidigungsminister Rustem Umerow telefoniert. Die beiden sprachen über Putins Krieg.", "DE-UA"),
        ("en", "Defence Secretary Lloyd Austin met Kuleba and Ukrainian Defence Minister Rustem Umerov in Kyiv.", "UA-US"),
        ("fr", "Sébastien Lecornu, accompagné d'Emmanuel Macron, a rencontré son homologue allemand Boris Pistorius.", "DE-FR"),
        ("es", "La ministra de Defensa Margarita Robles se reunió con su homólogo ucraniano Rustem Umérov y con Zelenski.", "ES-UA"),
        ("uk", "Міністр оборони Рустем Умєров разом із Зеленським зустрівся з міністром оборони США Ллойдом Остіном.", "UA-US"),
    ],
)  # fmt: skip
def test_somebody_else_beside_two_ministers_does_not_part_them(language: str, text: str, pair: str) -> None:
    """A president at the table, or one who is only spoken of, leaves their contact theirs."""
    assert countries(read(text, language=language, day=SPRING_2024)) == [pair]


@pytest.mark.parametrize(
    ("text", "day", "pairs"),
    [
        ("Anita Anand spoke with her German counterpart Christine Lambrecht.", date(2022, 9, 15), ["CA-DE"]),
        ("Anita Anand spoke with Defence Minister Boris Pistorius.", AUTUMN_2025, []),
        ("Denys Shmyhal spoke by phone with Defence Minister Boris Pistorius.", date(2024, 9, 15), []),
        ("Denys Shmyhal spoke by phone with Defence Minister Boris Pistorius.", AUTUMN_2025, ["DE-UA"]),
        ("Rustem Umerov met Defence Minister Boris Pistorius.", SPRING_2024, ["DE-UA"]),
        ("Rustem Umerov met Defence Minister Boris Pistorius.", AUTUMN_2025, []),
        ("Israel Katz met Defence Minister Boris Pistorius in Berlin.", SPRING_2024, []),
        ("Israel Katz met Defence Minister Boris Pistorius in Berlin.", date(2025, 3, 15), ["DE-IL"]),
        ("Ursula von der Leyen met Defence Minister Florence Parly.", date(2018, 9, 14), ["DE-FR"]),
        ("Ursula von der Leyen met Defence Minister Florence Parly.", date(2021, 9, 14), []),
    ],
)
def test_the_day_decides_which_office_a_person_held(text: str, day: date, pairs: list[str]) -> None:
    """Who was a defence minister, or will be one, is another today."""
    assert countries(read(text, language="en", day=day)) == pairs


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Sauli Niinistö met Swedish Defence Minister Peter Hultqvist.", []),
        ("Niinistö met Swedish Defence Minister Peter Hultqvist.", []),
        ("Jussi Niinistö met Swedish Defence Minister Peter Hultqvist.", ["FI-SE"]),
        ("Finnish Defence Minister Niinistö met his Swedish counterpart Hultqvist.", ["FI-SE"]),
    ],
)
def test_a_name_that_two_bear_is_the_ministers_in_full_or_beside_his_office(
    text: str, pairs: list[str]
) -> None:
    """In 2017 Finland's president and its defence minister were both called Niinistö."""
    assert countries(read(text, language="en", day=date(2017, 9, 15))) == pairs


def test_a_title_in_the_story_outweighs_the_other_office() -> None:
    """Whom it calls the defence minister is that, though the register has him as something else."""
    text = "Russian Defence Minister Lavrov spoke by phone with Defense Secretary Lloyd Austin."
    assert countries(read(text, language="en", day=SPRING_2024)) == ["RU-US"]


def test_both_offices_at_once_leave_the_minister_one() -> None:
    """Netanyahu was prime minister and defence minister in 2019; a year later he was the one only."""
    text = "Benjamin Netanyahu met US Defense Secretary Mark Esper in Tel Aviv."
    assert countries(read(text, language="en", day=date(2019, 9, 15))) == ["IL-US"]
    assert countries(read(text, language="en", day=date(2020, 9, 15))) == []


def test_a_former_minister_in_another_office_is_remembered_with_a_day_of_his_term() -> None:
    """Shoigu's call of 2023 is told as earlier in 2024, when he is secretary of the security council."""
    news = "Lloyd Austin and Russian Defence Minister Andrei Belousov spoke by phone on Tuesday."
    then = "In March 2023 Austin spoke with Sergei Shoigu."
    told = read(f"{news} {then}", language="en", day=date(2024, 6, 26))
    assert [one.when for one in told.earlier] == ["2023-03"]
    now = read("Austin spoke with Sergei Shoigu on Tuesday.", language="en", day=date(2024, 6, 26))
    assert (countries(now), now.earlier) == ([], ())


def test_names_of_other_offices_open_no_gate() -> None:
    """Two presidents on the telephone are nothing that is read further."""
    found = read("Putin and Macron spoke by phone.", language="en", day=SPRING_2024)
    assert found.verdict is Verdict.NONE
    assert found.reasons == ("no word of a defence minister",)
