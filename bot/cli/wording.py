"""Numbers and lengths of time in words."""

from datetime import timedelta


def count(number: int, one: str, many: str | None = None) -> str:
    """Write a number of things: 1 feed, 2 feeds."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def written(length: timedelta) -> str:
    """Write a length of time as the configuration does: 3d, 90m.

    >>> written(timedelta(minutes=90))
    '90m'
    """
    seconds = int(length.total_seconds())
    units = {"d": 86400, "h": 3600, "m": 60, "s": 1}
    unit = next((unit for unit, size in units.items() if seconds and seconds % size == 0), "s")
    return f"{seconds // units[unit]}{unit}"
