"""The language files of posts: complete, alike, and refused with every fault at once."""

import tomllib
from datetime import date
from importlib.resources import files
from typing import Any

import pytest

from bot.errors import ConfigurationError
from bot.languages.post import codes, load, read
from bot.model.claim import Medium, Status
from bot.model.office import Role

FOLDER = files("bot.languages") / "post"


def source(code: str) -> str:
    """Give a language's file as shipped."""
    return (FOLDER / f"{code}.toml").read_text(encoding="utf-8")


def keys(table: dict[str, Any], place: str = "") -> set[str]:
    """List every key of a table with its place."""
    found = set()
    for key, value in table.items():
        found |= keys(value, f"{place}{key}.") if isinstance(value, dict) else {place + key}
    return found


def problems(text: str) -> list[str]:
    """Read a file that must be refused and list what is said against it."""
    with pytest.raises(ConfigurationError) as refusal:
        read("xx", text)
    return [problem.message for problem in refusal.value.problems]


def test_german_and_english_are_there() -> None:
    """Posts can be written in both languages of this release."""
    assert {"de", "en"} <= set(codes())


def test_all_files_have_the_same_keys() -> None:
    """No language lacks a word that another has; only shortened languages, articles and numbers differ."""
    own = ("languages.", "articles.", "numbers.")
    alike = [{k for k in keys(tomllib.loads(source(c))) if not k.startswith(own)} for c in codes()]
    assert all(each == alike[0] for each in alike)


@pytest.mark.parametrize("code", codes())
def test_every_office_medium_and_status_has_words(code: str) -> None:
    """Nothing that a contact can be is without a word."""
    words = load(code)
    assert all(words.role(role).definite(2) for role in Role)
    assert all(words.medium(medium).tag.isalpha() for medium in Medium)
    assert [status for status in Status if words.status(status) is None] == [Status.HELD]


def test_small_numbers_are_words() -> None:
    """German writes numbers out up to twelve, English up to ten."""
    assert [load("de").number(count) for count in (3, 12, 13)] == ["drei", "zwölf", "13"]
    assert [load("en").number(count) for count in (3, 10, 11)] == ["three", "ten", "11"]


def test_a_cited_house_has_its_article() -> None:
    """English cites "the Pentagon" and Moscow; German "laut Pentagon" does without."""
    assert [load("en").cited(name) for name in ("Pentagon", "Kremlin", "Moscow")] == [
        "the Pentagon",
        "the Kremlin",
        "Moscow",
    ]
    assert load("de").cited("Pentagon") == "Pentagon"


def test_an_unknown_language_is_refused_with_the_known_ones() -> None:
    """A watch-list in a language without words says which there are."""
    with pytest.raises(ConfigurationError, match=r"no posts in the language 'tlh'.*known: de, en"):
        load("tlh")


def test_every_fault_of_a_file_is_told_at_once() -> None:
    """A missing word, an unknown one, a forgotten name and a number are four problems."""
    spoilt = (
        source("en")
        .replace('place = "Place"\n', 'plaice = "Place"\n')
        .replace('more = "and {count} more"', 'more = "and more"')
        .replace('topic = "Topic"', "topic = 7")
    )
    assert problems(spoilt) == [
        "'labels.place' is missing",
        "'labels.plaice' is not known",
        "'labels.topic' must be a text",
        "'patterns.more' must use {count}",
    ]


def test_a_file_that_is_no_toml_is_refused() -> None:
    """A slip of the keyboard is told with its line."""
    assert "not valid TOML" in problems("[labels")[0]


def test_days_counts_and_lists_are_written_by_the_languages_own_rules() -> None:
    """Babel writes what differs between languages by rule."""
    german, english = load("de"), load("en")
    day = date(2024, 3, 1)
    assert [german.long_day(day), german.short_day(day), german.month(day)] == [
        "1. März 2024",
        "1. März",
        "März 2024",
    ]
    assert [english.long_day(day), english.short_day(day), english.month(day)] == [
        "1 March 2024",
        "1 March",
        "March 2024",
    ]
    assert [german.days_before(1), german.days_before(17)] == ["1 Tag davor", "17 Tage davor"]
    assert [english.days_before(1), english.days_before(17)] == ["1 day earlier", "17 days earlier"]
    assert german.listed(["A", "B", "C"]) == "A, B und C"
    assert [german.language("ru"), german.language("ka"), english.language("ru")] == [
        "russ.",
        "Georgisch",
        "Russian",
    ]
    assert [german.country("FJ"), german.country("??")] == ["Fidschi", "??"]
