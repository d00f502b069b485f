"""Language files (TOML beside this module) read into values, each once."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain, islice, product
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
_ACCENTED = ("status.", "grammar.")
_CAPITALS = ("time.weekdays", "time.months")
# The words of every phrase, each with its accents.
_Phrases = dict[Phrase, dict[str, str]]
# Tables of a language file that hold facts, not phrases.
_FACTS = (
    "adjective_endings",
    "noun_endings",
    "demonym_endings",
    "metonym_endings",
    "locative_endings",
    "abbreviations",
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
    grammar, time, phrases = data["grammar"], data["time"], _phrases(data)
    _tell_apart(phrases)
    return Language(
        code=data["code"],
        name=data["name"],
        stopwords=frozenset(map(fold, data["stopwords"])),
        phrases=phrases,
        counted=tuple(_counted(data)),
        numbers=tuple((fold(w), n) for n, words in enumerate(time["numbers"], 1) for w in words),
        endings=_endings(grammar),
        countries=tuple(_countries(data)),
        abbreviations=frozenset(fold(a) for a in time["abbreviations"]),
        nouns_capitalised=grammar["nouns_capitalised"],
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


def _phrases(data: dict[str, Any]) -> _Phrases:
    """Give the words of every phrase, each once however many ways of writing them fold to the same."""
    kinds: dict[str, list[str]] = {}
    for kind, pattern in _patterns(data, ""):
        if _NUMBER not in pattern:
            kinds.setdefault(kind, []).extend(expand(pattern))
    # Folded all at once, which is three times as fast as one by one.
    every = "\n".join(chain.from_iterable(kinds.values()))
    letters = every.casefold().replace("’", "'").split("\n")
    forms = zip(chain.from_iterable(kinds.values()), fold(every).split("\n"), letters, strict=True)
    found: _Phrases = {}
    for kind, written in kinds.items():
        _sort(kind, islice(forms, len(written)), found)
    return found


def _sort(kind: str, forms: Iterable[tuple[str, str, str]], found: _Phrases) -> None:
    """Put forms of a kind, as written, folded and with their accents, to what they stand for.

    A small word has to keep its accents; longer kinds of words are known without them.
    """
    accented, large = kind.startswith(_ACCENTED), kind.startswith(_CAPITALS)
    plain = Phrase(kind, accented=accented)
    for written, folded, letters in forms:
        words, phrase, accents = folded.strip(), plain, letters
        if _GAP in words:
            (words, _, tail), accents = words.partition(_GAP), letters.partition(_GAP)[0]
            words, phrase = words.strip(), plain._replace(tail=tail.strip())
        if accented and accents != words and (accents := accents.strip()) != words:
            phrase = phrase._replace(exact=accents)
        if large and written.lstrip()[:1].isupper():
            phrase = phrase._replace(capital=True)
        found.setdefault(phrase, {}).setdefault(words, accents)


def _tell_apart(phrases: _Phrases) -> None:
    """Let a phrase of contact keep its accents where without them it is one of another kind.

    "rencontre" is a meeting, "rencontré" is met.
    """
    contacts = [phrase for phrase in phrases if phrase.kind.startswith("contact.")]
    known: dict[str, str] = {}
    alike = {
        words
        for phrase in contacts
        for words, letters in phrases[phrase].items()
        if known.setdefault(words, letters) != letters
    }
    for phrase in contacts:
        for words in alike & phrases[phrase].keys():
            letters = phrases[phrase].pop(words)
            kept = phrase._replace(exact=letters if letters != words else "", accented=True)
            phrases.setdefault(kept, {})[words] = letters


def _counted(data: dict[str, Any]) -> Iterator[Counted]:
    """Give the phrases with a number in them."""
    for kind, pattern in _patterns(data, ""):
        if _NUMBER in pattern:
            for phrase in expand(pattern):
                before, _, after = fold(phrase).partition(_NUMBER)
                yield Counted(kind, before, after)


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
