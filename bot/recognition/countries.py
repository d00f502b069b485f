"""Words for countries in a story: what each begins with, and the endings that may follow."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from bot.languages.language import Endings, Language
from bot.model.office import Country, CountryWords
from bot.recognition.token import Token
from bot.text.find import Finder, is_word
from bot.text.fold import Folded, fold

TITLE = "country.title"
_PROPER = ("country.noun", "country.metonym")
_CAPITAL_WORDS = 3  # "US", "UK", "VAE": country words this short must be written in capitals
_SHORT_STEM = 3  # letters that words keep in every case: "глава", "главе"
_WHOLE = ("",)


class _Stem(NamedTuple):
    """What words that begin alike stand for; `exact` is how a short word is written, else ""."""

    kind: str
    country: str
    endings: tuple[str, ...] = _WHOLE
    exact: str = ""


class Countries:
    """Finds the words for countries in every case.

    Only their stems are sought: the words with all their endings are ten thousand a language.
    """

    def __init__(self, told: Mapping[str, CountryWords], endings: Endings) -> None:
        """Build one finder over the stems of all words."""
        stems = list(_stems(told, endings))
        self._titles = [(begun, stem.endings) for begun, stem in stems if stem.kind == TITLE]
        self._finder = Finder(stems)

    def titles(self) -> Iterator[str]:
        """Give every form of the titles that only one country's minister has, folded."""
        return (begun + ending for begun, endings in self._titles for ending in endings)

    def find(self, whole: str, folded: Folded) -> Iterable[Token]:
        """Give the words for countries in a story, each once."""
        return dict.fromkeys(self._tokens(whole, folded))

    def _tokens(self, whole: str, folded: Folded) -> Iterator[Token]:
        text = folded.text
        for hit in self._finder.begun(text):
            kind, country, endings, exact = hit.value
            for ending in endings:
                end = hit.end + len(ending)
                if text.startswith(ending, hit.end) and is_word(text, hit.start, end):
                    start, stop = folded.span(hit.start, end)
                    if _is_meant(whole[start:stop], kind, exact):
                        yield Token(kind, hit.start, end, country)


def words_by_country(language: Language, countries: Iterable[Country]) -> dict[str, CountryWords]:
    """Give what a language calls each country: in its own file, else in the register."""
    own = {country.code: country for country in language.countries}
    return {country.code: own.get(country.code, country).in_language(language.code) for country in countries}


def _is_meant(written: str, kind: str, exact: str) -> bool:
    """Whether a country's name is written as one: "Irán", not "irán"; a short one as itself: "US", "Usa"."""
    if exact:
        return written in (exact, exact.upper())
    return kind not in _PROPER or not written[0].islower()


def _stems(told: Mapping[str, CountryWords], endings: Endings) -> Iterator[tuple[str, _Stem]]:
    begun: list[str] = []
    stems: list[_Stem] = []
    for code, words in told.items():
        for kind, roots, added in (
            ("country.noun", words.nouns, endings.nouns),
            ("country.adjective", words.adjectives, endings.adjectives),
            ("country.demonym", words.demonyms, endings.demonyms),
            ("country.metonym", words.metonyms, endings.metonyms),
            ("country.ministry", words.ministries, endings.nouns),
            (TITLE, words.titles, endings.nouns),
        ):
            for written, stem in _of_kind(_Stem(kind, code), roots, added, endings.dropped):
                begun.append(written)
                stems.append(stem)
    # Folded all at once, which is three times as fast as one by one.
    return zip(fold("\n".join(begun)).split("\n"), stems, strict=bool(stems))


def _of_kind(
    stem: _Stem, roots: tuple[str, ...], added: tuple[str, ...], dropped: str
) -> Iterator[tuple[str, _Stem]]:
    """Give what the words of a country begin with; short ones, and those listed in their cases, in full."""
    told = _in_cases(roots)
    for root in roots:
        if root in told:
            yield _in_full(root, stem)
            continue
        first, gap, last = root.rstrip("-").rpartition(" ")
        begun = _without(dropped, last)
        endings = dict.fromkeys((last[len(begun) :], *added))
        bent = _Stem(stem.kind, stem.country, _folded(tuple(endings)))
        for head in _heads(first, added, dropped):
            if len(head + gap + begun) <= _CAPITAL_WORDS:
                yield from (_in_full(head + gap + begun + ending, stem) for ending in endings)
            else:
                yield head + gap + begun, bent


def _in_full(form: str, stem: _Stem) -> tuple[str, _Stem]:
    return form, _Stem(stem.kind, stem.country, exact=form) if len(form) <= _CAPITAL_WORDS else stem


def _in_cases(roots: Iterable[str]) -> frozenset[str]:
    """Give the phrases of several words that are listed in more than one case: they need no endings."""
    families: dict[tuple[str, ...], list[str]] = {}
    for root in roots:
        if " " in root:
            families.setdefault(tuple(word[:_SHORT_STEM] for word in root.split()), []).append(root)
    return frozenset(root for family in families.values() if len(family) > 1 for root in family)


def _heads(first: str, endings: tuple[str, ...], dropped: str) -> Iterable[str]:
    """Give what stands before the last word: of two words both are inflected where letters are dropped."""
    if not dropped or not first.isalpha():
        return (first,)
    begun = _without(dropped, first)
    return dict.fromkeys((first, *(begun + ending for ending in endings)))


def _without(dropped: str, word: str) -> str:
    return word.rstrip(dropped) if dropped and not word.isupper() else word


@cache
def _folded(endings: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(fold, endings)))
