"""Stories of our own for the recogniser, and short ways to ask what it read."""

from datetime import UTC, date, datetime
from functools import cache

from bot.model.claim import Recognition
from bot.model.story import Story
from bot.recognition import Recogniser
from bot.register.load import load

FRIDAY = date(2024, 3, 15)


def story(
    text: str, *, title: str = "Meldung", language: str | None = "de", day: date | None = FRIDAY
) -> Story:
    """Make a story of a title and a text, published at noon of a day (None: undated)."""
    instant = datetime.combine(day or date(2026, 11, 21), datetime.min.time(), UTC).replace(hour=12)
    return Story(
        "s",
        "",
        "outlet.example",
        None,
        title,
        text,
        language,
        None,
        instant,
        instant.date(),
        dated=day is not None,
    )


@cache
def recogniser() -> Recogniser:
    """Give one recogniser over the shipped register to all tests."""
    return Recogniser(load())


def read(
    text: str, *, title: str = "Meldung", language: str | None = "de", day: date | None = FRIDAY
) -> Recognition:
    """Read one story."""
    return recogniser().read(story(text, title=title, language=language, day=day))


def countries(recognition: Recognition) -> list[str]:
    """Give the countries of each claim, as "DE-PL"."""
    return ["-".join(sorted(o.country for o in claim.offices)) for claim in recognition.claims]
