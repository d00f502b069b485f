"""Stories' claims for tests of posts, in own words, and the contacts that Draht makes of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.alerts.press import Press
from bot.contacts.slots import contact_of
from bot.languages.post import load as load_words
from bot.model.claim import Cited, Claim, Initiative, Medium, Participant, Statement, Status
from bot.model.contact import Contact, Report
from bot.model.office import Office
from bot.register.load import load as load_register

US, RU, DE, FR, PL, GB = (Office(code) for code in ("US", "RU", "DE", "FR", "PL", "GB"))
AUSTIN, BELOUSOV = Participant(US, "Lloyd Austin"), Participant(RU, "Andrei Belousov")


LABELS: Mapping[tuple[str, str], str] = {
    ("lines of communication", "de"): "Gesprächskanäle",
    ("escalation risk", "de"): "Eskalationsrisiko",
    ("escalation risk", "en"): "risk of escalation",
    ("arms deliveries", "de"): "Waffenlieferungen",
    ("Ukraine war", "de"): "Krieg in der Ukraine",
    ("Ukraine war", "en"): "war in Ukraine",
}


def press(language: str = "de") -> Press:
    """Give what posts are written with: the shipped register and words, own labels of topics."""
    return Press(load_words(language), load_register(), lambda topic, code: LABELS.get((topic, code), topic))


@dataclass(frozen=True)
class Outlet:
    """Who tells: the report's outer half."""

    source: str
    language: str = "de"
    country: str = "DE"
    url: str | None = None


PROSIEBEN = Outlet("prosieben.de", url="https://www.prosieben.de/newstime/396324?a=1&b=2")
TAGESSCHAU = Outlet("tagesschau.de", url="https://www.tagesschau.de/ausland/telefonat-102.html")
PENTAGON = Outlet("Pentagon", "en", "US", "https://www.defense.gov/News/Releases/1/")
TASS = Outlet("TASS", "ru", "RU", "https://tass.ru/armiya/1")
AFP = Outlet("AFP", "fr", "FR", "https://www.afp.com/fr/1")


@dataclass
class Desk:
    """Files reports one after the other, each an hour later than the one before."""

    base: Claim
    first: datetime
    reports: list[Report] = field(default_factory=list)

    def file(self, outlet: Outlet, *, earlier: tuple[str, ...] = (), **slots: Any) -> "Desk":
        """Add an outlet's report; slots replace those of the base claim."""
        number = len(self.reports)
        instant = self.first + timedelta(hours=number)
        claim = replace(self.base, **slots)
        report = Report(
            id=f"r{number:03}",
            story=f"s{number:03}",
            source=outlet.source,
            url=outlet.url,
            language=outlet.language,
            country=outlet.country,
            instant=instant,
            day=instant.date(),
            claim=claim,
            earlier=earlier,
        )
        self.reports.append(report)
        return self

    def contact(self) -> Contact:
        """Put together what was filed."""
        return contact_of(self.reports, "contact")


def call(**slots: Any) -> Claim:
    """Claim a call between Austin and Belousov, told on 26 June 2024 to be the day before."""
    base = Claim(
        status=Status.HELD,
        participants=(AUSTIN, BELOUSOV),
        day=date(2024, 6, 25),
        by=date(2024, 6, 25),
        medium=Medium.PHONE,
    )
    return replace(base, **slots)


def desk(claim: Claim, year: int = 2024, month: int = 6, day: int = 26) -> Desk:
    """Open a desk on a day, at nine in the morning UTC."""
    return Desk(claim, datetime(year, month, day, 9, tzinfo=UTC))


def june_call() -> Contact:
    """Tell of the call of 25 June 2024: Washington's initiative by both sides, an outlet a day late."""
    said_us = Statement(
        "US",
        "Pentagon-Sprecher Pat Ryder",
        "Austin habe betont, wie wichtig offene Gesprächskanäle seien.",
        "de",
    )
    said_ru = Statement(
        "RU",
        "russisches Verteidigungsministerium",
        "Beloussow habe vor einer Eskalation durch weitere Waffenlieferungen gewarnt.",
        "de",
    )
    topics = ("lines of communication", "arms deliveries", "escalation risk", "Ukraine war")
    return (
        desk(call())
        .file(
            PROSIEBEN,
            initiative=Initiative("US", "Pentagon"),
            topics=topics,
            statements=(said_us, said_ru),
            earlier=("2023-03-15",),
        )
        .file(PENTAGON, initiative=Initiative("US"), earlier=("2023-03",))
        .file(TASS, initiative=Initiative("US", "Минобороны России"))
        .contact()
    )


def july_call(*, with_day: bool) -> Contact:
    """Tell of the call of 12 July 2024: its first story tells no day and misdates the call before."""
    said_ru = Statement(
        "RU",
        "russisches Verteidigungsressort",
        "Es sei darum gegangen, das Risiko einer Eskalation zu verringern.",
        "de",
    )
    said_us = Statement(
        "US",
        "Pentagon",
        "Secretary Austin emphasized the importance of maintaining lines of communication.",
        "en",
    )
    claim = call(day=None, by=date(2024, 7, 13))
    filed = (
        desk(claim, 2024, 7, 13)
        .file(
            TAGESSCHAU,
            initiative=Initiative("RU", None),
            topics=("escalation risk", "lines of communication"),
            statements=(said_ru,),
            told_by=(Cited("RU", "russisches Verteidigungsressort"),),
            earlier=("2024-06-26",),
        )
        .file(PENTAGON, statements=(said_us,), earlier=("2024-06-25", "2023-03"))
    )
    if with_day:
        filed.file(PROSIEBEN, day=date(2024, 7, 12), by=date(2024, 7, 12), earlier=("2024-06",))
    return filed.contact()
