"""Times as people write them to the bot."""

import re
from datetime import date, datetime, timedelta

_AGO = re.compile(r"(\d{1,4})([dw])", re.ASCII)
_MONTH = re.compile(r"(\d{4})(?:-(\d{2}))?", re.ASCII)
_LENGTH = re.compile(r"(\d{1,4})([mhd])", re.ASCII)
_LIKE_A_DAY = re.compile(r"\d[\d.:/dwmyt-]*", re.ASCII | re.IGNORECASE)
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(days=7)}
LONGEST_MUTE = timedelta(days=30)


def since(text: str, today: date) -> date | None:
    """Read since when: an ISO day, month or year, or days (7d) or weeks (2w) ago; None of anything else.

    >>> since("2024-06", date(2024, 7, 12)), since("7d", date(2024, 7, 12))
    (datetime.date(2024, 6, 1), datetime.date(2024, 7, 5))
    """
    if ago := _AGO.fullmatch(text.lower()):
        days = int(ago[1]) * _UNITS[ago[2]]
        return today - days if days < today - date.min else date.min
    try:
        if month := _MONTH.fullmatch(text):
            return date(int(month[1]), int(month[2] or 1), 1)
        return date.fromisoformat(text)
    except ValueError:
        return None


def like_a_day(text: str) -> bool:
    """Whether a word is meant for a time, right or wrong."""
    return _LIKE_A_DAY.fullmatch(text) is not None


def until(text: str, now: datetime) -> datetime | None:
    """Read until when something lasts: minutes, hours or days (30m, 2h, 1d) from now on, a month at most."""
    match = _LENGTH.fullmatch(text.lower())
    if match is None or int(match[1]) == 0:
        return None
    return now + min(int(match[1]) * _UNITS[match[2]], LONGEST_MUTE)
