"""Made-up reports, as short as a test can say them."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from hypothesis import HealthCheck, settings

from bot.model.claim import Basis, Claim, Initiative, Medium, Participant, Status
from bot.model.contact import Report
from bot.model.office import Office

US, RU, UA, DE, FR, PL = (Office(code) for code in ("US", "RU", "UA", "DE", "FR", "PL"))

WATCH = "any watch"

# Properties are about values, not about how busy the machine is.
steady = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def july(day: int) -> date:
    """Give a day of July 2024."""
    return date(2024, 7, day)


def noon(day: date) -> datetime:
    """Give the instant of a story that tells its date only."""
    return datetime.combine(day, time(12), UTC)


def seats(*offices: Office) -> tuple[Participant, ...]:
    """Seat these offices, without naming anyone."""
    return tuple(Participant(office) for office in offices)


def call(day: date | None = None, **slots: Any) -> Claim:
    """Claim a telephone call of the US and Russian ministers; `slots` change what else is told."""
    basis = Basis.WRITTEN if day else Basis.NONE
    plain = Claim(Status.HELD, seats(US, RU), day, day or date.max, Medium.PHONE, basis)
    return replace(plain, **slots)


def by(country: str) -> Initiative:
    """Give an initiative without saying who says so."""
    return Initiative(country)


def report(source: str, on: date, claim: Claim, **more: Any) -> Report:
    """Let a source tell a claim on a day; without a day told, the contact was by that day."""
    latest = claim.day or min(claim.by, on)
    story = more.pop("story", f"{source} of {on}")
    plain = Report(
        id=f"{story}: {claim.day} {claim.medium} {claim.status}",
        story=story,
        source=source,
        url=f"https://{source}.example/{on}",
        language="de",
        country=None,
        instant=noon(on),
        day=on,
        claim=replace(claim, by=latest),
        watches=frozenset({WATCH}),
    )
    return replace(plain, **more)
