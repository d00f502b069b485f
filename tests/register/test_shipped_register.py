"""The register that Draht ships."""

from datetime import date

import pytest

from bot.languages.load import codes
from bot.model.office import CountryWords, Office
from bot.register.load import first_day, last_day, load

REGISTER = load()


def minister_on(country: str, day: date) -> str | None:
    """Give the defence minister of a country on a day."""
    holder = REGISTER.holder_on(Office(country), day)
    return holder.person if holder else None


def test_every_minister_serves_a_country_with_words() -> None:
    """No holder's country is unknown to the register."""
    known = {country.code for country in REGISTER.countries}
    assert {holder.office.country for holder in REGISTER.holders} <= known


def test_a_country_without_a_known_minister_is_known_by_its_words_in_every_language() -> None:
    """A contact of a minister whom the register lacks is told by his country's noun, in whatever language."""
    held = {holder.office.country for holder in REGISTER.holders}
    without = [country for country in REGISTER.countries if country.code not in held]
    assert len(without) == 82
    for country in without:
        assert dict(country.words).keys() == set(codes()), country.code
        assert all(words.nouns for _, words in country.words), country.code


@pytest.mark.parametrize(
    ("country", "day", "person"),
    [
        ("US", date(2023, 3, 15), "Lloyd Austin"),
        ("RU", date(2023, 3, 15), "Sergei Shoigu"),
        ("RU", date(2024, 5, 13), None),
        ("RU", date(2024, 6, 25), "Andrei Belousov"),
        ("UA", date(2023, 9, 6), "Rustem Umerov"),
    ],
)
def test_the_day_decides_who_held_an_office(country: str, day: date, person: str | None) -> None:
    """On the eve of a change the one, on the day of it the other, between them nobody."""
    assert minister_on(country, day) == person


@pytest.mark.parametrize(
    ("country", "person", "successor"),
    [
        ("ME", "Raško Konjević", "Dragan Krapović"),
        ("NZ", "Judith Collins", "Chris Penk"),
        ("KW", "Talal Khaled Al Ahmad Al Sabah", "Ahmed Al Fahad Al Ahmed Al Sabah"),
    ],
)
def test_an_unknown_end_is_no_later_than_the_successors_start(
    country: str, person: str, successor: str
) -> None:
    """Nobody whose end is not known still counts once the next one has started."""
    held = {holder.person: holder for holder in REGISTER.holders_of(Office(country))}
    start = held[successor].start
    assert start is not None
    assert not held[person].held_on(start)
    assert minister_on(country, start) == successor


def test_only_one_term_of_an_office_is_the_present_one() -> None:
    """No office has two incumbents."""
    present = [holder.office for holder in REGISTER.holders if holder.incumbent]
    assert len(present) == len(set(present))


def test_no_term_ends_before_it_starts() -> None:
    """The days of a term are in order."""
    assert [h for h in REGISTER.holders if h.start and h.end and h.end < h.start] == []


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-12", date(2023, 12, 1), date(2023, 12, 31)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2024-05-12", date(2024, 5, 12), date(2024, 5, 12)),
    ],
)
def test_a_day_known_to_the_month_is_taken_generously(written: str, first: date, last: date) -> None:
    """A start in a month is its first day, an end its last."""
    assert (first_day(written), last_day(written)) == (first, last)


@pytest.mark.parametrize("language", ["de", "en"])
def test_posts_can_name_every_country(language: str) -> None:
    """Every country has its noun, its genitive and its capital in the languages of posts."""
    for country in REGISTER.countries:
        words = country.in_language(language)
        assert words.nouns, country.code
        assert words.metonyms, country.code
        assert words.of, country.code


@pytest.mark.parametrize(
    ("code", "language", "noun", "of", "capital"),
    [
        ("US", "de", "USA", "der USA", "Washington"),
        ("RU", "de", "Russland", "Russlands", "Moskau"),
        ("GB", "de", "Großbritannien", "Großbritanniens", "London"),
        ("IQ", "de", "Irak", "des Irak", "Bagdad"),
        ("TR", "de", "Türkei", "der Türkei", "Ankara"),
        ("US", "en", "United States", "of the United States", "Washington"),
        ("NL", "en", "Netherlands", "of the Netherlands", "The Hague"),
    ],
)
def test_countries_are_called_as_newspapers_call_them(
    code: str, language: str, noun: str, of: str, capital: str
) -> None:
    """The first noun, the genitive with its article and the capital are those of the press."""
    words = REGISTER.country(code).in_language(language)
    assert (words.nouns[0], words.of, words.metonyms[0]) == (noun, of, capital)


def test_a_genitive_that_is_not_known_is_empty() -> None:
    """Only the languages of posts have genitives."""
    assert REGISTER.country("US").in_language("ru").of == CountryWords().of == ""


def test_titles_that_every_country_has_are_left_to_the_languages() -> None:
    """No country claims a bare "Verteidigungsminister" or "Defence Ministry" as its own."""
    generic = {
        *("Verteidigungsminister", "Verteidigungsministerium", "Defence Minister", "Defense Minister"),
        *("Ministry of Defence", "министр обороны", "Минобороны", "ministre de la Défense"),
    }
    for country in REGISTER.countries:
        for _, words in country.words:
            assert not generic & {*words.titles, *words.ministries}, country.code


def test_the_pentagon_is_american() -> None:
    """What only one country has names that country."""
    german = REGISTER.country("US").in_language("de")
    assert "Pentagon-Chef" in german.titles
    assert "Pentagon" in german.ministries
    assert "глава Пентагона" in REGISTER.country("US").in_language("ru").titles
