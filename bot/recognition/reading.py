"""What the rooms of recognition read a story's contacts from."""

from dataclasses import dataclass
from datetime import date

from bot.recognition.dates import Day
from bot.recognition.ministers import Cast
from bot.recognition.token import Scan


@dataclass(frozen=True, slots=True)
class Reading:
    """A story scanned, with the people and days of each sentence."""

    scan: Scan
    casts: tuple[Cast, ...]
    days: tuple[tuple[Day, ...], ...]
    today: date | None
