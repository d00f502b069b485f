"""Holders of other offices, as Draht ships them."""

from datetime import date

import pytest

from bot.model.office import Office, Role
from bot.register.load import load

REGISTER = load()
UNIONS = {"EU", "NATO"}


def person_in(country: str, role: Role, day: date) -> list[str]:
    """Give who of the others held an office on a day."""
    office = Office(country, role)
    return [holder.person for holder in REGISTER.others if holder.office == office and holder.held_on(day)]


def test_none_of_them_is_a_defence_minister() -> None:
    """No look-up by office finds any of them, and none of the watched ones is among them."""
    assert {holder.office.role for holder in REGISTER.others} == {
        Role.FOREIGN_MINISTER,
        Role.HEAD_OF_GOVERNMENT,
        Role.HEAD_OF_STATE,
        Role.CHIEF_OF_STAFF,
        Role.SECURITY_COUNCIL,
    }
    assert not {holder.office for holder in REGISTER.others} & set(REGISTER.offices())


def test_each_serves_a_country_of_the_register_or_a_union() -> None:
    """The European Union and NATO have no defence ministers."""
    known = {country.code for country in REGISTER.countries}
    assert {holder.office.country for holder in REGISTER.others} - known == UNIONS


def test_each_has_a_start_and_spellings_in_both_cyrillic_languages() -> None:
    """No term ends before it starts."""
    for holder in REGISTER.others:
        assert holder.start is not None, holder.person
        assert holder.end is None or holder.start <= holder.end, holder.person
        assert {"ru", "uk"} <= {language for language, _ in holder.names}, holder.person


@pytest.mark.parametrize("country", ["US", "RU", "UA", "DE", "FR", "GB", "IT", "PL", "TR", "IL", "CN", "JP"])
@pytest.mark.parametrize("year", [2015, 2018, 2021, 2024])
def test_the_main_countries_have_a_foreign_minister_in_every_year(country: str, year: int) -> None:
    """On an ordinary day of it one person held the office."""
    assert len(person_in(country, Role.FOREIGN_MINISTER, date(year, 7, 1))) == 1


@pytest.mark.parametrize(
    ("country", "role", "day", "person"),
    [
        ("RU", Role.CHIEF_OF_STAFF, date(2022, 5, 1), "Valery Gerasimov"),
        ("UA", Role.SECURITY_COUNCIL, date(2025, 9, 1), "Rustem Umerov"),
        ("NATO", Role.HEAD_OF_GOVERNMENT, date(2024, 12, 1), "Mark Rutte"),
        ("NL", Role.HEAD_OF_GOVERNMENT, date(2023, 12, 1), "Mark Rutte"),
        ("EU", Role.FOREIGN_MINISTER, date(2020, 5, 1), "Josep Borrell"),
        ("FR", Role.FOREIGN_MINISTER, date(2018, 5, 1), "Jean-Yves Le Drian"),
    ],
)
def test_the_day_decides_who_held_an_other_office(country: str, role: Role, day: date, person: str) -> None:
    """One person may hold one after another."""
    assert person_in(country, role, day) == [person]


def test_two_offices_of_one_role_do_not_end_each_other() -> None:
    """Ukraine's commander-in-chief serves on while chiefs of the General Staff come and go."""
    assert "Oleksandr Syrskyi" in person_in("UA", Role.CHIEF_OF_STAFF, date(2025, 5, 1))
