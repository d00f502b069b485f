"""The shipped register: register.json, and others.json beside it, as a `Register`.

One line of a file is one country or one term in office; in others.json it
tells the role too. Days may be known to the month or the year only: a start is
then the first day of it, an end the last, so that nobody is left out for want
of a day. An end that is `end_unknown` is at the latest the eve of the next
start in the office; one that is not told is open. A language without `names`
spells the person as `person` does.
"""

import json
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NotRequired, TypedDict

from bot.model.office import Country, CountryWords, Holder, Office, Register, Role

_SHIPPED = Path(__file__).with_name("register.json")
_OTHERS = Path(__file__).with_name("others.json")


class _CountryLine(TypedDict):
    code: str
    words: dict[str, "_Words"]


class _Words(TypedDict, total=False):
    nouns: list[str]
    of: str
    adjectives: list[str]
    demonyms: list[str]
    metonyms: list[str]
    ministries: list[str]
    titles: list[str]


class _HolderLine(TypedDict):
    country: str
    person: str
    names: dict[str, list[str]]
    role: NotRequired[str]
    start: NotRequired[str]
    end: NotRequired[str]
    acting: NotRequired[bool]
    incumbent: NotRequired[bool]
    end_unknown: NotRequired[bool]
    homonym: NotRequired[str]


@cache
def load() -> Register:
    """Give the register that Draht ships; it is read once (20 ms)."""
    lines = json.loads(_SHIPPED.read_text("utf-8"))
    others = json.loads(_OTHERS.read_text("utf-8"))
    return Register(
        holders=tuple(_holders(lines["holders"])),
        countries=tuple(_country(line) for line in lines["countries"]),
        others=tuple(_holders(others["holders"])),
    )


def first_day(written: str) -> date:
    """Give the first day of a day, month or year in ISO form.

    >>> first_day("2023-03")
    datetime.date(2023, 3, 1)
    """
    return date.fromisoformat(written + "-01" * (2 - written.count("-")))


def last_day(written: str) -> date:
    """Give the last day of a day, month or year in ISO form.

    >>> last_day("2024-02"), last_day("2025")
    (datetime.date(2024, 2, 29), datetime.date(2025, 12, 31))
    """
    match written.split("-"):
        case [year]:
            return date(int(year), 12, 31)
        case [year, month]:
            return date(int(year), int(month), monthrange(int(year), int(month))[1])
        case _:
            return date.fromisoformat(written)


def _holders(lines: list[_HolderLine]) -> Iterator[Holder]:
    """Build the holders; an end that nobody knows is at the latest the eve of the next start."""
    starts = _starts(lines)
    for line in lines:
        holder = _holder(line)
        if line.get("end_unknown"):
            yield replace(holder, end=_eve_of_next(holder, starts[holder.office]))
        else:
            yield holder


def _starts(lines: Iterable[_HolderLine]) -> dict[Office, list[date]]:
    starts: dict[Office, list[date]] = defaultdict(list)
    for line in lines:
        if "start" in line:
            starts[_office(line)].append(first_day(line["start"]))
    return starts


def _office(line: _HolderLine) -> Office:
    return Office(line["country"], Role(line.get("role", Role.DEFENCE_MINISTER)))


def _eve_of_next(holder: Holder, starts: Iterable[date]) -> date | None:
    later = [start for start in starts if holder.start is not None and start > holder.start]
    return min(later) - timedelta(days=1) if later else None


def _holder(line: _HolderLine) -> Holder:
    return Holder(
        office=_office(line),
        person=line["person"],
        start=first_day(line["start"]) if "start" in line else None,
        end=last_day(line["end"]) if "end" in line else None,
        names=tuple((language, tuple(forms)) for language, forms in line["names"].items()),
        acting=line.get("acting", False),
        incumbent=line.get("incumbent", False),
        homonym=line.get("homonym"),
    )


def _country(line: _CountryLine) -> Country:
    return Country(line["code"], tuple((language, _words(of)) for language, of in line["words"].items()))


def _words(of: _Words) -> CountryWords:
    return CountryWords(
        nouns=tuple(of.get("nouns", ())),
        adjectives=tuple(of.get("adjectives", ())),
        demonyms=tuple(of.get("demonyms", ())),
        metonyms=tuple(of.get("metonyms", ())),
        ministries=tuple(of.get("ministries", ())),
        titles=tuple(of.get("titles", ())),
        of=of.get("of", ""),
    )
