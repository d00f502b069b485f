"""The words that posts are written with, one file a language: bot/languages/post/<code>.toml.

How such files are read, and refused, `bot.languages.words` says. Dates, lists
and plural forms come from Babel, which is imported on first use (0.1 s).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, time
from functools import cache, partial
from importlib.resources import files
from typing import Any

from bot.languages import words
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
from bot.languages.words import Reader, subtable
from bot.model.claim import Bound, Duration, Medium, Status
from bot.model.office import Role

_FOLDER = files("bot.languages") / "post"
_NOT_HELD = (Status.PLANNED, Status.DENIED, Status.CANCELLED)
_HOUR, _HALF = 60, 30
_LONG = 120  # minutes: from here on halves are told in hours


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
    return words.codes(_FOLDER)


@cache
def load(code: str) -> PostWords:
    """Load the words of a language, or raise ConfigurationError with every fault of its file."""
    return words.load(_FOLDER, code, f"there are no posts in the language '{code}'", read)


def read(code: str, text: str) -> PostWords:
    """Read the words of a language from TOML, or raise ConfigurationError with every fault."""
    return words.read(f"bot/languages/post/{code}.toml", text, partial(_made, code))


def _made(code: str, reader: Reader, table: Mapping[str, Any]) -> PostWords:
    reader.compare(table, {field.name for field in fields(PostWords)} - {"code"}, "")
    return PostWords(
        code=code,
        locale=str(table.get("locale")),
        of_once=str(table.get("of_once")),
        labels=reader.entry(Labels, table, "labels"),
        patterns=reader.entry(Patterns, table, "patterns"),
        parts=reader.entry(Parts, table, "parts"),
        replies=reader.entry(Replies, table, "replies"),
        overviews=reader.entry(Overviews, table, "overviews"),
        mixed=reader.entry(RoleWords, table, "mixed"),
        roles=reader.entries(RoleWords, table, "roles", tuple(Role)),
        media=reader.entries(MediumWords, table, "media", tuple(Medium)),
        statuses=reader.entries(StatusWords, table, "statuses", _NOT_HELD),
        numbers=_pairs(table, "numbers"),
        articles=_pairs(table, "articles"),
        languages=_pairs(table, "languages"),
    )


def _pairs(table: Mapping[str, Any], key: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(word)) for name, word in subtable(table, key).items())
