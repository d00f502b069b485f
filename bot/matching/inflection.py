"""Which endings a word may take in which language (inflection.toml)."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NotRequired, TypedDict

from bot.text.fold import fold

_SHIPPED = Path(__file__).with_name("inflection.toml")
_PLAIN, _EXACT, _ACRONYM = "", "=", "^"
_SHORTEST_STEM = 3
_BARE = frozenset({""})


class _Written(TypedDict):
    add: list[str]
    acronym: NotRequired[list[str]]
    replace: NotRequired[dict[str, list[str]]]


@dataclass(frozen=True, slots=True)
class Stem:
    """The part of a folded word that stays, and the rule by which it goes on."""

    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Endings:
    """What may follow a stem in one language; a rule that the language lacks allows nothing."""

    by_rule: tuple[tuple[str, frozenset[str]], ...]

    @property
    def longest(self) -> int:
        """The length of the longest ending."""
        return max(len(ending) for _, endings in self.by_rule for ending in endings)


def exact(word: str) -> tuple[Stem, ...]:
    """Give the stem of a folded word that takes no ending."""
    return (Stem(word, _EXACT),)


def stems(word: str) -> tuple[Stem, ...]:
    """Give the stems of a word as written; one in capitals is an acronym."""
    folded = fold(word)
    if word.isupper() and len(word) > 1:
        return (Stem(folded, _ACRONYM),)
    return (Stem(folded, _PLAIN), *_shortened(folded))


def _shortened(word: str) -> Iterator[Stem]:
    for final in _finals():
        if word.endswith(final) and len(word) - len(final) >= _SHORTEST_STEM:
            yield Stem(word.removesuffix(final), final)


@cache
def endings_of(language: str | None) -> Endings:
    """Give the endings of a language; of all languages where it is not known, none for one without."""
    tables = _tables()
    chosen = tables.values() if language is None else [tables[language]] if language in tables else []
    rules: dict[str, frozenset[str]] = dict.fromkeys((_PLAIN, _EXACT, _ACRONYM), _BARE)
    for table in chosen:
        for rule, endings in table.items():
            rules[rule] = rules.get(rule, frozenset()) | endings
    return Endings(tuple(rules.items()))


@cache
def _finals() -> tuple[str, ...]:
    """Give the final letters that give way in any language."""
    finals = {rule for table in _tables().values() for rule in table}
    return tuple(sorted(finals - {_PLAIN, _ACRONYM}))


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
