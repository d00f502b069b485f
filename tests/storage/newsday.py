"""Stories, reports, contacts and alerts to put into a store, by the few things that matter."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.model.alert import Alert
from bot.model.claim import (
    Basis,
    Claim,
    Evidence,
    Initiative,
    Medium,
    Participant,
    Recognition,
    Status,
    Verdict,
)
from bot.model.contact import Contact, Report, Told
from bot.model.office import Office
from bot.model.story import Story, derived_id

NOON = datetime(2024, 7, 12, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
US, RU, DE, FR = Office("US"), Office("RU"), Office("DE"), Office("FR")
PAIR = frozenset({US, RU})


def story_of(name: str, instant: datetime = NOON) -> Story:
    """Make a dated German story; equal names are equal stories."""
    return Story(
        id=derived_id(name),
        feed="https://one.example/rss",
        source="Erste Zeitung",
        url=f"https://one.example/{name}",
        title=f"Minister sprechen ({name})",
        text="Die beiden Minister haben telefoniert.",
        language="de",
        country="DE",
        instant=instant,
        day=instant.date(),
    )


def report_of(name: str, day: date, offices: frozenset[Office] = PAIR) -> Report:
    """Make a report of a call on a day, with evidence."""
    claim = Claim(
        status=Status.HELD,
        participants=tuple(Participant(office, "A. Person") for office in sorted(offices)),
        day=day,
        by=day,
        medium=Medium.PHONE,
        basis=Basis.WEEKDAY,
        initiative=Initiative("RU", "Pentagon"),
        topics=("ukraine",),
        evidence=(Evidence("medium", "phone.verb", "telefoniert", 3, 14),),
    )
    return Report(
        id=derived_id("report", name),
        story=derived_id(name),
        source="Erste Zeitung",
        url=f"https://one.example/{name}",
        language="de",
        country="DE",
        instant=datetime(day.year, day.month, day.day, 15, tzinfo=UTC),
        day=day,
        claim=claim,
        watches=frozenset({"watch-one"}),
        earlier=("2023-03-15",),
    )


def contact_of(name: str, day: date, *reports: Report, offices: frozenset[Office] = PAIR) -> Contact:
    """Make a held call of a day; without reports it gets one of its own."""
    told = reports or (report_of(name, day, offices),)
    return Contact(
        id=name,
        offices=offices,
        participants=told[0].claim.participants,
        status=Status.HELD,
        medium=Medium.PHONE,
        day=day,
        by=day,
        days=(Told(day, ("Erste Zeitung",)),),
        initiatives=(Told(Initiative("RU", "Pentagon"), ("Erste Zeitung",)),),
        topics=(Told("ukraine", ("Erste Zeitung", "Zweite Zeitung")),),
        reports=tuple(replace(report, contact=name) for report in told),
    )


def alert_of(subject: str, body: str, channel: str = "") -> Alert:
    """Make an alert about a subject, as `bot.contacts` would."""
    return Alert(derived_id("alert", subject, channel), subject, channel, body, NOON)


def recognition_of(*claims: Claim) -> Recognition:
    """Make what a story that reports these claims says."""
    return Recognition(Verdict.CONTACT if claims else Verdict.NONE, claims, reasons=("a reason",))
