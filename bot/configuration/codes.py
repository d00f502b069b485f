"""Codes of languages and countries, and what a wrong one may have meant."""

from functools import cache
from importlib.resources import files

from bot.configuration.quote import closest

# ISO 639-1, the 183 codes in force.
_LANGUAGES = """
aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee
el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io
is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn
mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se
sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo
wa wo xh yi yo za zh zu
"""
# Codes of countries that are often written for a language, and names of the languages that feeds come in.
_MEANT_LANGUAGES = {
    "ua": "uk", "cz": "cs", "dk": "da", "gr": "el", "jp": "ja", "cn": "zh", "us": "en", "gb": "en",
    "at": "de", "il": "he", "ir": "fa", "by": "be", "arabic": "ar", "chinese": "zh", "czech": "cs",
    "danish": "da", "dutch": "nl", "english": "en", "estonian": "et", "finnish": "fi", "french": "fr",
    "german": "de", "deutsch": "de", "greek": "el", "hebrew": "he", "hungarian": "hu", "italian": "it",
    "japanese": "ja", "korean": "ko", "latvian": "lv", "lithuanian": "lt", "norwegian": "no",
    "persian": "fa", "polish": "pl", "portuguese": "pt", "romanian": "ro", "russian": "ru",
    "spanish": "es", "swedish": "sv", "turkish": "tr", "ukrainian": "uk", "englisch": "en",
    "französisch": "fr", "russisch": "ru", "ukrainisch": "uk",
}  # fmt: skip
# Exceptionally reserved codes and common abbreviations.
_MEANT_COUNTRIES = {
    "uk": "GB", "usa": "US", "en": "GB", "el": "GR", "da": "DK", "cs": "CZ", "sv": "SE", "ja": "JP",
    "zh": "CN", "england": "GB", "united kingdom": "GB", "great britain": "GB",
    "united states of america": "US",
    "deutschland": "DE", "österreich": "AT", "schweiz": "CH", "frankreich": "FR", "russland": "RU",
}  # fmt: skip


@cache
def languages() -> frozenset[str]:
    """Every ISO 639-1 code."""
    return frozenset(_LANGUAGES.split())


@cache
def country_names() -> dict[str, str]:
    """English names of countries by ISO 3166-1 alpha-2 code, from the table of the time zone database."""
    table = (files("tzdata") / "zoneinfo" / "iso3166.tab").read_text(encoding="utf-8")
    rows = (line.split("\t", 1) for line in table.splitlines() if line and not line.startswith("#"))
    return dict(rows) | {"XK": "Kosovo"}


@cache
def countries() -> frozenset[str]:
    """Every ISO 3166-1 alpha-2 code, and XK, which the world uses for Kosovo."""
    return frozenset(country_names())


def likely_language(text: str) -> str | None:
    """Guess the code that was meant by a country's code, a name or a locale."""
    word = text.strip().casefold()
    head = word.replace("_", "-").partition("-")[0]
    if head in languages():
        return head
    names = (name for name in _MEANT_LANGUAGES if len(name) > len(head))
    name = word if word in _MEANT_LANGUAGES else closest(word, names)
    return _MEANT_LANGUAGES.get(name or "")


def likely_country(text: str) -> str | None:
    """Guess the code that was meant by a name, an abbreviation or a language's code."""
    word = text.strip().casefold()
    if word in _MEANT_COUNTRIES:
        return _MEANT_COUNTRIES[word]
    by_name = {name.casefold(): code for code, name in country_names().items()}
    name = word if word in by_name else closest(word, by_name)
    return by_name.get(name or "")
