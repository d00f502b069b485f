"""On which local day an instant fell (DESIGN.md §4 "Time")."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.feeds.dates import Moment


@cache
def capital_zones() -> Mapping[str, str]:
    """Give the time zone of each country's capital, by ISO 3166-1 code (IANA zone.tab)."""
    text = files("bot.feeds").joinpath("zones.json").read_text(encoding="utf-8")
    return MappingProxyType({str(country): str(zone) for country, zone in json.loads(text).items()})


def local_day(moment: Moment, country: str | None, timezone: str) -> date:
    """Give the day on which a story was told, where it was told.

    The offset of the date decides, else the zone of the feed's country, else
    `timezone`. A date without a time is that day.
    """
    if moment.day is not None:
        return moment.day
    if moment.offset is not None:
        return (moment.instant + moment.offset).date()
    return day_in(moment.instant, capital_zones().get(country or "", timezone))


def day_in(instant: datetime, zone: str) -> date:
    """Give the day of an instant in an IANA zone."""
    return instant.astimezone(ZoneInfo(zone)).date()
