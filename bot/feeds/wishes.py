"""How a feed's document asks to be asked: ttl, sy:updatePeriod, skipHours, skipDays.

feedparser gives only the last of several hours and days, so they are read from
the document's head and tail themselves; they stand outside of the entries.
"""

import re
from collections.abc import Mapping
from datetime import timedelta

from bot.model.fetch import NO_WISHES, Wishes

# Nobody means a longer one (RSS's `ttl` is in minutes; some write seconds).
LONGEST_PAUSE = timedelta(days=30)
_HEAD = 50_000
_TAIL = 5_000
_TTL = re.compile(rb"<ttl>\s*(\d{1,7})\s*</ttl", re.IGNORECASE)
_PERIOD = re.compile(rb"<(?:[\w-]+:)?updatePeriod>\s*(\w{1,20})\s*</", re.IGNORECASE)
_FREQUENCY = re.compile(rb"<(?:[\w-]+:)?updateFrequency>\s*(\d{1,7})\s*</", re.IGNORECASE)
_HOURS = re.compile(rb"<skipHours>(.{0,1500}?)</skipHours", re.IGNORECASE | re.DOTALL)
_DAYS = re.compile(rb"<skipDays>(.{0,1500}?)</skipDays", re.IGNORECASE | re.DOTALL)
_HOUR = re.compile(rb"<hour>\s*(\d{1,2})\s*</hour", re.IGNORECASE)
_DAY = re.compile(rb"<day>\s*([a-z]{3})[a-z]{0,10}\s*</day", re.IGNORECASE)
_SIGNS = (b"ttl>", b"updateperiod>", b"skiphours>", b"skipdays>")
_PERIODS: Mapping[bytes, timedelta] = {
    b"hourly": timedelta(hours=1),
    b"daily": timedelta(days=1),
    b"weekly": timedelta(weeks=1),
    b"monthly": timedelta(days=30),
    b"yearly": timedelta(days=365),
}
_WEEK = (b"mon", b"tue", b"wed", b"thu", b"fri", b"sat", b"sun")
_ALL_HOURS = 24


def wishes_of(head: bytes, tail: bytes, fresh_for: timedelta | None) -> Wishes:
    """Read the wishes in what stands before the first entry and behind the last.

    `fresh_for` is the server's own; the longest pause counts. What nobody can
    mean is not a wish: no time, more than 30 days, every hour or every day.
    """
    around = head[:_HEAD] + tail[-_TAIL:]
    low = around.lower()
    if not any(sign in low for sign in _SIGNS):
        return Wishes(_longest(fresh_for)) if fresh_for else NO_WISHES
    return Wishes(
        _longest(_ttl(around), _rhythm(around), fresh_for),
        _some(_hours(around), _ALL_HOURS),
        _some(_days(around), len(_WEEK)),
    )


def _longest(*pauses: timedelta | None) -> timedelta | None:
    meant = [pause for pause in pauses if pause and timedelta() < pause <= LONGEST_PAUSE]
    return max(meant, default=None)


def _ttl(around: bytes) -> timedelta | None:
    found = _TTL.search(around)
    return timedelta(minutes=int(found[1])) if found else None


def _rhythm(around: bytes) -> timedelta | None:
    """Read the syndication module: so many times (once, if untold) in a period.

    Once an hour is what WordPress writes into every feed; nobody has chosen it.
    """
    period, often = _PERIOD.search(around), _FREQUENCY.search(around)
    length = _PERIODS.get(period[1].lower()) if period else None
    times = int(often[1]) if often else 1
    rhythm = length / times if length and times else None
    return None if rhythm == _PERIODS[b"hourly"] else rhythm


def _hours(around: bytes) -> frozenset[int]:
    """Read the hours; RSS 0.91 calls midnight 24."""
    written = (int(hour) for block in _HOURS.findall(around) for hour in _HOUR.findall(block))
    return frozenset(hour % _ALL_HOURS for hour in written if hour <= _ALL_HOURS)


def _days(around: bytes) -> frozenset[int]:
    names = (day.lower() for block in _DAYS.findall(around) for day in _DAY.findall(block))
    return frozenset(_WEEK.index(name) for name in names if name in _WEEK)


def _some(told: frozenset[int], all_of_them: int) -> frozenset[int]:
    return told if len(told) < all_of_them else frozenset()
