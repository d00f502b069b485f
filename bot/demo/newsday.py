"""The script of the demo: who publishes what, and when."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo


class Format(StrEnum):
    """How a feed is written."""

    RSS = "rss"
    RDF = "rdf"
    ATOM = "atom"


class Service(StrEnum):
    """How well a feed is served; see newsday.toml."""

    ETAG = "etag"
    DATED = "dated"
    PACKED = "packed"
    MENDING = "mending"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Outlet:
    """An invented outlet; `key` stands in its addresses, `opens` is when a mending feed works again."""

    key: str
    name: str
    language: str
    country: str
    zone: ZoneInfo
    format: Format
    service: Service
    opens: datetime | None = None

    @property
    def site(self) -> str:
        """Give the address of its front page; no such host exists."""
        return f"https://{self.key}.example/"


@dataclass(frozen=True, slots=True)
class Article:
    """What an outlet publishes at an instant (aware, in the day's zone)."""

    outlet: str
    at: datetime
    title: str
    text: str

    @property
    def url(self) -> str:
        """Give the address of its page."""
        return f"https://{self.outlet}.example/{self.at:%Y/%m/%d/%H%M}"


@dataclass(frozen=True, slots=True)
class NewsDay:
    """The whole script; articles stand in order of time, `keywords` are the demo's watch-list."""

    begins: datetime
    ends: datetime
    keywords: tuple[str, ...]
    outlets: tuple[Outlet, ...]
    articles: tuple[Article, ...]

    @property
    def zone(self) -> str:
        """Give the IANA name of the zone in which the day is told."""
        return str(self.begins.tzinfo)

    def published(self, outlet: Outlet, now: datetime) -> tuple[Article, ...]:
        """Give what an outlet has published so far, the newest first."""
        told = (article for article in self.articles if article.outlet == outlet.key and article.at <= now)
        return tuple(sorted(told, key=lambda article: article.at, reverse=True))


@cache
def load() -> NewsDay:
    """Read the script that is shipped with the package."""
    document = tomllib.loads(resources.files("bot.demo").joinpath("newsday.toml").read_text("utf-8"))
    zone = ZoneInfo(document["zone"])

    def at(clock: time, day: date = document["date"]) -> datetime:
        return datetime.combine(day, clock, zone)

    articles = (
        _article(entry, at(entry["at"], entry.get("day", document["date"]))) for entry in document["stories"]
    )
    return NewsDay(
        begins=at(document["begins"]),
        ends=at(document["ends"]),
        keywords=tuple(document["keywords"]),
        outlets=tuple(
            _outlet(key, entry, at(entry["opens"]) if "opens" in entry else None)
            for key, entry in document["outlets"].items()
        ),
        articles=tuple(sorted(articles, key=lambda article: article.at)),
    )


def _outlet(key: str, entry: dict[str, Any], opens: datetime | None) -> Outlet:
    return Outlet(
        key=key,
        name=entry["name"],
        language=entry["language"],
        country=entry["country"],
        zone=ZoneInfo(entry["zone"]),
        format=Format(entry["format"]),
        service=Service(entry["service"]),
        opens=opens,
    )


def _article(entry: dict[str, Any], at: datetime) -> Article:
    return Article(entry["outlet"], at, entry["title"], entry["text"])
