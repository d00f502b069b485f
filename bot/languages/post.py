"""The words that posts are written with, one file a language: bot/languages/post/<code>.toml.

A file that lacks a word, has one too many, or leaves a name out of a pattern
is refused when it is loaded, with all its problems at once. Dates, lists and
plural forms come from Babel, which is imported on first use (0.1 s).
"""

import string
import tomllib
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, fields
from datetime import date, time
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar, get_type_hints

from bot.errors import ConfigurationError, Problem
from bot.languages.turns import (
    Labels,
    MediumWords,
    Overviews,
    Parts,
    Patterns,
    Replies,
    RoleWords,
    StatusWords,
)
from bot.model.claim import Bound, Duration, Medium, Status
from bot.model.office import Role

_FOLDER = files("bot.languages") / "post"
_NOT_HELD = (Status.PLANNED, Status.DENIED, Status.CANCELLED)
_HOUR, _HALF = 60, 30
_LONG = 120  # minutes: from here on halves are told in hours
W = TypeVar("W")
N = TypeVar("N", bound=str)


@dataclass(frozen=True, slots=True)
class PostWords:
    """All words of one language's posts, and how that language writes days and lists."""

    code: str
    locale: str
    of_once: str
    labels: Labels
    patterns: Patterns
    parts: Parts
    replies: Replies
    overviews: Overviews
    mixed: RoleWords
    roles: tuple[tuple[Role, RoleWords], ...]
    media: tuple[tuple[Medium, MediumWords], ...]
    statuses: tuple[tuple[Status, StatusWords], ...]
    numbers: tuple[tuple[str, str], ...]
    articles: tuple[tuple[str, str], ...]
    languages: tuple[tuple[str, str], ...]

    def role(self, role: Role) -> RoleWords:
        """Give the words for an office."""
        return dict(self.roles)[role]

    def medium(self, medium: Medium) -> MediumWords:
        """Give the words for a kind of contact."""
        return dict(self.media)[medium]

    def status(self, status: Status) -> StatusWords | None:
        """Give the words for a contact that was not held; None for one that was."""
        return dict(self.statuses).get(status)

    def number(self, count: int) -> str:
        """Write a number within a sentence: small ones as a word, others in figures."""
        return dict(self.numbers).get(str(count), str(count))

    def cited(self, name: str) -> str:
        """Name a house or capital as one that is cited, with its article where it takes one."""
        return dict(self.articles).get(name, name)

    def long_day(self, day: date) -> str:
        """Write a day in full: "25. Juni 2024"."""
        from babel.dates import format_date  # noqa: PLC0415 - slow to import, see above

        return format_date(day, "long", locale=self.locale)

    def short_day(self, day: date) -> str:
        """Write a day without its year: "25. Juni"."""
        from babel.dates import format_skeleton  # noqa: PLC0415 - slow to import, see above

        return format_skeleton("MMMMd", day, locale=self.locale)

    def clock(self, at: time) -> str:
        """Write a time of day, without seconds: "14:05"."""
        from babel.dates import format_time  # noqa: PLC0415 - slow to import, see above

        return format_time(at, "short", locale=self.locale)

    def month(self, day: date) -> str:
        """Write the month that a day lies in: "Juni 2024"."""
        from babel.dates import format_skeleton  # noqa: PLC0415 - slow to import, see above

        return format_skeleton("yMMMM", day, locale=self.locale)

    def listed(self, items: Iterable[str]) -> str:
        """Join words as the language lists them: "A, B und C"; nothing for none."""
        from babel.lists import format_list  # noqa: PLC0415 - slow to import, see above

        return format_list(list(items), locale=self.locale)

    def days_before(self, count: int) -> str:
        """Say that something was some days before: "17 Tage davor"."""
        from babel import Locale  # noqa: PLC0415 - slow to import, see above

        one = Locale.parse(self.locale).plural_form(count) == "one"
        pattern = self.patterns.one_day_before if one else self.patterns.days_before
        return pattern.format(count=count)

    def length(self, duration: Duration) -> str:
        """Say how long something lasted: "50 Minuten", "rund 2,5 Stunden"."""
        from babel.units import format_unit  # noqa: PLC0415 - slow to import, see above

        minutes = duration.minutes
        in_hours = minutes % _HOUR == 0 or (minutes > _LONG and minutes % _HALF == 0)
        number, unit = (minutes / _HOUR, "hour") if in_hours else (minutes, "minute")
        exact = format_unit(number, f"duration-{unit}", locale=self.locale)
        pattern = {
            Bound.ABOUT: self.patterns.length_about,
            Bound.OVER: self.patterns.length_over,
            Bound.UNDER: self.patterns.length_under,
        }.get(duration.bound, "{length}")
        return pattern.format(length=exact)

    def language(self, code: str) -> str:
        """Name a language, shortened where that is usual; its code where it is not known."""
        from babel import Locale  # noqa: PLC0415 - slow to import, see above

        short = dict(self.languages).get(code)
        return short or Locale.parse(self.locale).languages.get(code) or code

    def country(self, code: str) -> str:
        """Name a country that the register has no word for; its code where nobody has."""
        from babel import Locale  # noqa: PLC0415 - slow to import, see above

        return Locale.parse(self.locale).territories.get(code) or code


def codes() -> tuple[str, ...]:
    """List the languages that posts can be written in."""
    return tuple(sorted(entry.name[:2] for entry in _FOLDER.iterdir() if entry.name.endswith(".toml")))


@cache
def load(code: str) -> PostWords:
    """Load the words of a language, or raise ConfigurationError with every fault of its file."""
    if code not in codes():
        hint = f"known: {', '.join(codes())}"
        raise ConfigurationError([Problem(code, 0, 0, f"there are no posts in the language '{code}'", hint)])
    return read(code, (_FOLDER / f"{code}.toml").read_text(encoding="utf-8"))


def read(code: str, text: str) -> PostWords:
    """Read the words of a language from TOML, or raise ConfigurationError with every fault."""
    reader = _Reader(f"bot/languages/post/{code}.toml", [])
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError([Problem(reader.path, 0, 0, f"not valid TOML: {error}")]) from error
    words = reader.words(code, table)
    if reader.problems:
        raise ConfigurationError(reader.problems)
    return words


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns tables into words and notes everything that is wrong with them."""

    path: str
    problems: list[Problem]

    def words(self, code: str, table: Mapping[str, Any]) -> PostWords:
        """Read the whole file; what is wrong is in `problems` afterwards."""
        told = {**table, "code": code}
        self._compare(told, {f.name for f in fields(PostWords)}, "")
        return PostWords(
            code=code,
            locale=str(told.get("locale")),
            of_once=str(told.get("of_once")),
            labels=self._entry(Labels, told, "labels"),
            patterns=self._entry(Patterns, told, "patterns"),
            parts=self._entry(Parts, told, "parts"),
            replies=self._entry(Replies, told, "replies"),
            overviews=self._entry(Overviews, told, "overviews"),
            mixed=self._entry(RoleWords, told, "mixed"),
            roles=self._entries(RoleWords, told, "roles", tuple(Role)),
            media=self._entries(MediumWords, told, "media", tuple(Medium)),
            statuses=self._entries(StatusWords, told, "statuses", _NOT_HELD),
            numbers=tuple((key, str(word)) for key, word in _table(told, "numbers").items()),
            articles=tuple((key, str(word)) for key, word in _table(told, "articles").items()),
            languages=tuple((key, str(word)) for key, word in _table(told, "languages").items()),
        )

    def _entries(
        self, kind: type[W], table: Mapping[str, Any], key: str, names: tuple[N, ...]
    ) -> tuple[tuple[N, W], ...]:
        told = _table(table, key)
        self._compare(told, set(names), f"{key}.")
        return tuple((name, self._entry(kind, told, name, f"{key}.")) for name in names)

    def _entry(self, kind: type[W], table: Mapping[str, Any], key: str, place: str = "") -> W:
        told = _table(table, key)
        place = f"{place}{key}."
        known = get_type_hints(kind, include_extras=True)
        self._compare(told, known.keys(), place)
        for name, hint in known.items():
            self._check(told.get(name, ""), frozenset(getattr(hint, "__metadata__", ())), place + name)
        return kind(**{name: str(told.get(name, "")) for name in known})

    def _compare(self, told: Mapping[str, Any], known: AbstractSet[str], place: str) -> None:
        self.problems.extend(
            self._problem(f"'{place}{key}' is missing") for key in sorted(known - told.keys())
        )
        self.problems.extend(
            self._problem(f"'{place}{key}' is not known") for key in sorted(told.keys() - known)
        )

    def _check(self, value: object, names: frozenset[str], key: str) -> None:
        if not isinstance(value, str):
            self.problems.append(self._problem(f"'{key}' must be a text"))
            return
        used = {name for _, name, _, _ in string.Formatter().parse(value) if name is not None}
        if value and used != names:
            wanted = " and ".join(f"{{{name}}}" for name in sorted(names)) or "no name in braces"
            self.problems.append(self._problem(f"'{key}' must use {wanted}"))

    def _problem(self, message: str) -> Problem:
        return Problem(self.path, 0, 0, message)


def _table(table: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    told = table.get(key)
    return told if isinstance(told, Mapping) else {}
