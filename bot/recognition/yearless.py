"""The year of a day that an undated story tells without one."""

from datetime import date

from bot.recognition.dates import Day
from bot.recognition.ministers import Minister

_YEARS_BACK = 12  # an undated story is hardly older


def settled(told: Day, ministers: tuple[Minister, ...], today: date) -> date | None:
    """Give a yearless day of an undated story the latest year in which all persons held office."""
    if told.day is not None or told.month is None:
        return told.day
    month, number = map(int, told.month.removeprefix("--").split("-"))
    holders = [m.holder for m in ministers if m.holder is not None]
    for year in range(today.year, today.year - _YEARS_BACK, -1):
        try:
            day = date(year, month, number)
        except ValueError:
            continue
        if day <= today and len(holders) > 1 and all(h.held_on(day) for h in holders):
            return day
    return None
