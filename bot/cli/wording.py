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


def shortened(text: str, most: int = 90) -> str:
    """Write a text in one line of at most so many characters, cut between words where that is near.

    >>> shortened("  Es  bleibt trocken und warm ", 20)
    'Es bleibt trocken …'
    """
    line = " ".join(text[: most * 8].split())
    if len(line) <= most and len(text) <= most * 8:
        return line
    head = line[: most - 1]
    blank = head.rfind(" ")
    return f"{head[:blank] if blank > most // 2 else head[:-1]} …"


def quoted(text: str, most: int = 90) -> str:
    """Quote words of a story in one line."""
    return f"“{shortened(text, most)}”"
