"""When a weekly digest comes: "Mon 07:00", or the five fields of a crontab that say the same."""

import re

from bot.configuration.quote import quoted
from bot.configuration.strict import refuse
from bot.configuration.values import text_of

# As a crontab counts: Sunday is both 0 and 7.
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun")
_GERMAN = {"mo": "mon", "di": "tue", "mi": "wed", "do": "thu", "fr": "fri", "sa": "sat", "so": "sun"}
_LONG = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
DAY_WORDS = frozenset({*_DAYS, *_GERMAN, *_LONG})
"""Every word for a day, in small letters; any case is read."""

_PLAIN = re.compile(r"(\w+?)[.,]?\s+([0-9]{1,2}):([0-9]{2})")
_FIELDS = re.compile(r"([0-9]{1,2})\s+([0-9]{1,2})\s+\*\s+\*\s+(\w+)")
_HINT = 'write a day and a time, e.g. "Mon 07:00"'


def read_weekly(value: object) -> str:
    """Read a time of the week as five fields of a crontab, the day by its name: "0 7 * * mon".

    Numbers of days differ between cron (0 is Sunday) and APScheduler (0 is Monday).
    """
    text = text_of(value, "digest").strip()
    if found := _PLAIN.fullmatch(text):
        day, hour, minute = found[1], int(found[2]), int(found[3])
    elif found := _FIELDS.fullmatch(text):
        day, hour, minute = found[3], int(found[2]), int(found[1])
    else:
        hint = "a digest comes once a week, e.g. 0 7 * * mon" if len(text.split()) == _CRONTAB else _HINT
        refuse(f"{quoted(text)} is not a time of the week", hint)
    named = _day(day)
    if named is None or hour > 23 or minute > 59:  # noqa: PLR2004  a day's hours, an hour's minutes
        refuse(f"{quoted(text)} is not a time of the week", _HINT)
    return f"{minute} {hour} * * {named}"


_CRONTAB = 5


def _day(word: str) -> str | None:
    folded = word.casefold()
    if folded.isdecimal():
        return _DAYS[int(folded)] if int(folded) < len(_DAYS) else None
    short = folded[:3] if folded in _LONG else folded
    return short if short in _DAYS else _GERMAN.get(folded)
