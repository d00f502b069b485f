"""Language files (TOML beside this module) read into values, each once."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from bot.languages.language import Counted, Endings, Language, Phrase
from bot.model.office import Country, CountryWords
from bot.text.fold import fold

# Beside this module, like the register's; importlib.resources would bring a megabyte of modules along.
_FILES = Path(__file__).parent
_CHOICE = re.compile(r"\{([^{}]*)\}")
_GAP = " ... "
_NUMBER = "#"
# Tables of a language file that hold facts, not phrases.
_FACTS = (
    "adjective_endings",
    "noun_endings",
    "demonym_endings",
    "metonym_endings",
    "locative_endings",
    "abbreviations",
    "date_order",
    "numbers",
)


@cache
def codes() -> tuple[str, ...]:
    """Give the codes of all languages that contacts are recognised in, in order."""
    return tuple(sorted(file.stem for file in _FILES.glob("*.toml")))


def load(code: str) -> Language:
    """Read one language; KeyError where there is no file for it.

    Nothing is kept: who reads stories needs a language's phrases only once.
    """
    if code not in codes():
        raise KeyError(code)
    data = tomllib.loads(_FILES.joinpath(f"{code}.toml").read_text("utf-8"))
    grammar, time = data["grammar"], data["time"]
    return Language(
        code=data["code"],
        name=data["name"],
        stopwords=frozenset(map(fold, data["stopwords"])),
        phrases=_told_apart(tuple(_phrases(data))),
        counted=tuple(_counted(data)),
        numbers=tuple((fold(w), n) for n, words in enumerate(time["numbers"], 1) for w in words),
        endings=_endings(grammar),
        countries=tuple(_countries(data)),
        abbreviations=frozenset(fold(a) for a in time["abbreviations"]),
        nouns_capitalised=grammar["nouns_capitalised"],
        month_first=time["date_order"] == "month-day",
        bare_genitive=grammar.get("bare_genitive", False),
        names_bend=grammar.get("names_bend", False),
        ordinal_dots=grammar.get("ordinal_dots", False),
        locative=tuple(data["venue"].get("locative_endings", ())),
    )


def _endings(grammar: dict[str, Any]) -> Endings:
    return Endings(
        adjectives=tuple(grammar["adjective_endings"]),
        nouns=tuple(grammar["noun_endings"]),
        demonyms=tuple(grammar["demonym_endings"]),
        metonyms=tuple(grammar["metonym_endings"]),
        dropped=grammar.get("dropped", ""),
    )


def _countries(data: dict[str, Any]) -> Iterator[Country]:
    for code, words in data.get("countries", {}).items():
        told = CountryWords(
            nouns=tuple(words.get("nouns", ())),
            adjectives=tuple(words.get("adjectives", ())),
            demonyms=tuple(words.get("demonyms", ())),
            metonyms=tuple(words.get("metonyms", ())),
            ministries=tuple(words.get("ministries", ())),
            titles=tuple(words.get("titles", ())),
        )
        yield Country(code, ((data["code"], told),))


def expand(pattern: str) -> tuple[str, ...]:
    """Write out the alternatives of a phrase.

    >>> expand("Anruf{,s,e}")
    ('Anruf', 'Anrufs', 'Anrufe')
    """
    if "{" not in pattern:
        return (pattern,)
    # What lies between the braces stands at every second place.
    parts = _CHOICE.split(pattern)
    options = (part.split(",") if place % 2 else (part,) for place, part in enumerate(parts))
    return tuple(map("".join, product(*options)))


def _phrases(data: dict[str, Any]) -> Iterator[Phrase]:
    """Give the phrases of all kinds, each once however many ways of writing it fold to the same."""
    kinds: list[str] = []
    written: list[str] = []
    for kind, pattern in _patterns(data, ""):
        if _NUMBER not in pattern:
            every = expand(pattern)
            kinds += [kind] * len(every)
            written += every
    # Folded all at once, which is three times as fast as one by one.
    folded = fold("\n".join(written)).split("\n")
    found: dict[tuple[str | bool, ...], Phrase] = {}
    for made in map(_phrase, kinds, written, folded):
        found.setdefault(made[:-1], made)  # of those that differ in `written` alone the first
    return iter(found.values())


def _counted(data: dict[str, Any]) -> Iterator[Counted]:
    """Give the phrases with a number in them."""
    for kind, pattern in _patterns(data, ""):
        if _NUMBER in pattern:
            for phrase in expand(pattern):
                before, _, after = fold(phrase).partition(_NUMBER)
                yield Counted(kind, before, after)


def _phrase(kind: str, words: str, folded: str) -> Phrase:
    tail = ""
    if _GAP in folded:
        words = words.partition(_GAP)[0]
        folded, _, tail = folded.partition(_GAP)
    head = words.strip()
    small = head.casefold()
    return Phrase(kind, folded.strip(), tail.strip(), _exact(kind, small), _capital(kind, head), small)


def _told_apart(phrases: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """Let a phrase of contact keep its accents where without them it is one of another kind.

    "rencontre" is a meeting, "rencontré" is met.
    """
    written: dict[str, set[str]] = {}
    for phrase in phrases:
        if phrase.kind.startswith("contact."):
            written.setdefault(phrase.words, set()).add(phrase.written)
    return tuple(
        phrase._replace(exact=phrase.written)
        if phrase.kind.startswith("contact.") and len(written[phrase.words]) > 1
        else phrase
        for phrase in phrases
    )


def _capital(kind: str, head: str) -> bool:
    return kind.startswith(("time.weekdays", "time.months")) and head[:1].isupper()


def _exact(kind: str, head: str) -> str:
    """Give the accents that a small word has to keep; longer kinds of words are known without them."""
    return head.replace("’", "'") if kind.startswith(("status.", "grammar.")) else ""


def _patterns(node: dict[str, Any], path: str) -> Iterator[tuple[str, str]]:
    for key, value in node.items():
        kind = f"{path}{key}"
        if kind == "countries":
            continue
        if isinstance(value, dict):
            yield from _patterns(value, f"{kind}.")
        elif isinstance(value, list) and path and key not in _FACTS:
            yield from _listed(kind, value)


def _listed(kind: str, values: list[Any]) -> Iterator[tuple[str, str]]:
    """Give (kind, phrase) pairs; lists of lists are numbered (weekdays, months)."""
    for number, value in enumerate(values):
        if isinstance(value, list):
            yield from ((f"{kind}.{number}", phrase) for phrase in value)
        else:
            yield kind, value
