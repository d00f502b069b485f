"""Which endings a word may take in which language (inflection.toml)."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple, NotRequired, TypedDict

from bot.text.fold import fold

EXACT, PREFIX = "=", "*"
"""The rules of stems that nothing and that anything may follow."""

_SHIPPED = Path(__file__).with_name("inflection.toml")
_PLAIN, _EXACT, _ACRONYM, _GERMAN = "", EXACT, "^", "de"
_SHORTEST_STEM, _LONGEST_FINAL = 3, 3
_BARE = frozenset({""})


class _Written(TypedDict):
    add: list[str]
    acronym: NotRequired[list[str]]
    replace: NotRequired[dict[str, list[str]]]


class Stem(NamedTuple):
    """The part of a folded word that stays, and the rule by which it goes on."""

    text: str
    rule: str


class Endings:
    """What may follow the stems of words in one language.

    `rules` tells by which rules of stems an ending may follow (the empty one
    too); an ending that is not in it follows no stem. `longest` is the length
    of the longest ending.
    """

    def __init__(self, table: Mapping[str, frozenset[str]]) -> None:
        """Turn a table of endings by rule round."""
        rules: dict[str, set[str]] = defaultdict(set)
        for rule, endings in table.items():
            for ending in endings:
                rules[ending].add(rule)
        self.rules: Mapping[str, frozenset[str]] = {ending: frozenset(by) for ending, by in rules.items()}
        self.longest = max(map(len, rules))


def exact(word: str) -> tuple[Stem, ...]:
    """Give the stem of a folded word that takes no ending."""
    return (Stem(word, _EXACT),)


def beginning(word: str) -> tuple[Stem, ...]:
    """Give the stem of a folded word that goes on as it likes."""
    return (Stem(word, PREFIX),)


def stems(word: str, *, acronym: bool) -> tuple[Stem, ...]:
    """Give the stems of a folded word: itself, and what remains where its last letters give way."""
    if acronym:
        return (Stem(word, _ACRONYM),)
    return (Stem(word, _PLAIN), *_shortened(word))


def german_stem(word: str) -> Stem:
    """Give the stem of a folded word that is one in German only: another spelling of its umlauts."""
    return Stem(word, _GERMAN)


def _shortened(word: str) -> Iterator[Stem]:
    finals = _finals()
    for length in range(1, min(_LONGEST_FINAL, len(word) - _SHORTEST_STEM) + 1):
        if (final := word[-length:]) in finals:
            yield Stem(word[:-length], final)


@cache
def endings_of(language: str | None) -> Endings:
    """Give the endings of a language; of all languages where it is not known, none for one without."""
    tables = _tables()
    chosen = tables.values() if language is None else [tables[language]] if language in tables else []
    rules: dict[str, frozenset[str]] = dict.fromkeys((_PLAIN, _EXACT, _ACRONYM, PREFIX), _BARE)
    for table in chosen:
        for rule, endings in table.items():
            rules[rule] = rules.get(rule, frozenset()) | endings
    if language in (None, _GERMAN):
        rules[_GERMAN] = _BARE | tables[_GERMAN][_PLAIN]
    return Endings(rules)


@cache
def _finals() -> frozenset[str]:
    """Give the final letters that give way in any language."""
    return frozenset(rule for table in _tables().values() for rule in table) - {_PLAIN, _ACRONYM}


@cache
def _tables() -> dict[str, dict[str, frozenset[str]]]:
    """Read the endings by language and rule, folded as the texts are that they are held against."""
    with _SHIPPED.open("rb") as file:
        return {language: _table(written) for language, written in tomllib.load(file).items()}


def _table(written: _Written) -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = defaultdict(frozenset)
    table[_PLAIN] = _folded(written["add"])
    table[_ACRONYM] = _folded(written.get("acronym", []))
    for final, endings in written.get("replace", {}).items():
        table[fold(final)] |= _folded(endings)
    return dict(table)


def _folded(endings: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(ending) for ending in endings)
