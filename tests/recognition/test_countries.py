"""Words for countries: in every case, and nothing that only begins like one."""

import pytest

from bot.languages.load import load
from bot.recognition.countries import Countries, words_by_country
from bot.register.load import load as register
from bot.text.fold import fold_spans


def found(code: str, text: str) -> set[tuple[str, str, str]]:
    """Give kind, country and words of everything found in a text."""
    language = load(code)
    folded = fold_spans(text)
    countries = Countries(words_by_country(language, register().countries), language.endings)
    return {(t.kind, t.country, folded.text[t.start : t.end]) for t in countries.find(text, folded)}


@pytest.mark.parametrize(
    ("code", "text", "kind", "country", "words"),
    [
        ("ru", "Министр обороны России", "country.noun", "RU", "россии"),
        ("ru", "в Южной Корее", "country.noun", "KR", "южнои корее"),
        ("uk", "міністр оборони України", "country.noun", "UA", "украіни"),
        ("tr", "Türkiye'nin tutumu", "country.noun", "TR", "turkiye'nin"),
        ("de", "der russische Minister", "country.adjective", "RU", "russische"),
        ("en", "the US secretary", "country.noun", "US", "us"),
    ],
)
def test_a_country_is_found_in_its_case(code: str, text: str, kind: str, country: str, words: str) -> None:
    """Whatever ending the language puts there."""
    assert (kind, country, words) in found(code, text)


@pytest.mark.parametrize(
    ("code", "text"),
    [("en", "He told us so"), ("de", "eine Russlandreise"), ("ru", "россиянка"), ("uk", "Українська правда")],
)
def test_what_only_begins_like_a_country_is_none(code: str, text: str) -> None:
    """A longer word, and a small one that a country is written like."""
    assert not {country for kind, country, _ in found(code, text) if kind == "country.noun"}


def test_of_a_title_every_form_opens_the_gate() -> None:
    """Titles are told in full, with all endings."""
    language = load("de")
    titles = set(Countries(words_by_country(language, register().countries), language.endings).titles())
    assert {"pentagon-chef", "pentagon-chefs"} <= titles
