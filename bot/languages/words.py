"""Reads files of words: TOML tables into frozen values, with every fault of a file at once.

A word that is missing, empty or one too many is a fault, and so is a pattern
that leaves a name out: `Annotated` on a field holds the names that it must use.
"""

import string
import tomllib
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any, TypeVar, get_type_hints

from bot.errors import ConfigurationError, Problem

W = TypeVar("W")
N = TypeVar("N", bound=str)


def codes(folder: Traversable) -> tuple[str, ...]:
    """List the languages that a folder has words of."""
    return tuple(sorted(entry.name[:2] for entry in folder.iterdir() if entry.name.endswith(".toml")))


def load(folder: Traversable, code: str, unknown: str, read: Callable[[str, str], W]) -> W:
    """Load the words of a language; `unknown` says that there are none. Raises `ConfigurationError`."""
    if code not in codes(folder):
        raise ConfigurationError([Problem(code, 0, 0, unknown, f"known: {', '.join(codes(folder))}")])
    return read(code, (folder / f"{code}.toml").read_text(encoding="utf-8"))


def read(path: str, text: str, make: "Callable[[Reader, Mapping[str, Any]], W]") -> W:
    """Read a file's text; `make` takes what it needs of the tables. Raises `ConfigurationError`."""
    reader = Reader(path, [])
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError([Problem(path, 0, 0, f"not valid TOML: {error}")]) from error
    words = make(reader, table)
    if reader.problems:
        raise ConfigurationError(reader.problems)
    return words


@dataclass(frozen=True, slots=True)
class Reader:
    """Turns tables into words and notes everything that is wrong with them."""

    path: str
    problems: list[Problem]

    def entries(
        self, kind: type[W], table: Mapping[str, Any], key: str, names: tuple[N, ...]
    ) -> tuple[tuple[N, W], ...]:
        """Read a table of tables, one for each name."""
        told = subtable(table, key)
        self.compare(told, set(names), f"{key}.")
        return tuple((name, self.entry(kind, told, name, f"{key}.")) for name in names)

    def entry(self, kind: type[W], table: Mapping[str, Any], key: str, place: str = "") -> W:
        """Read a table whose words are the fields of a dataclass."""
        told = subtable(table, key)
        place = f"{place}{key}."
        known = get_type_hints(kind, include_extras=True)
        self.compare(told, known.keys(), place)
        for name in known.keys() & told.keys():
            names = frozenset(getattr(known[name], "__metadata__", ()))
            self._check(told[name], names, place + name)
        return kind(**{name: str(told.get(name, "")).strip() for name in known})

    def compare(self, told: Mapping[str, Any], known: AbstractSet[str], place: str) -> None:
        """Note which keys are missing, and which are not known."""
        missing, strange = sorted(known - told.keys()), sorted(told.keys() - known)
        self.problems.extend(self._problem(f"'{place}{key}' is missing") for key in missing)
        self.problems.extend(self._problem(f"'{place}{key}' is not known") for key in strange)

    def _check(self, value: object, names: frozenset[str], key: str) -> None:
        if not isinstance(value, str) or not value.strip():
            self.problems.append(self._problem(f"'{key}' must be a text"))
        elif {name for _, name, _, _ in string.Formatter().parse(value) if name is not None} != names:
            wanted = " and ".join(f"{{{name}}}" for name in sorted(names)) or "no name in braces"
            self.problems.append(self._problem(f"'{key}' must use {wanted}"))

    def _problem(self, message: str) -> Problem:
        return Problem(self.path, 0, 0, message)


def subtable(table: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """Give a table within a table; an empty one where there is none."""
    told = table.get(key)
    return told if isinstance(told, Mapping) else {}
