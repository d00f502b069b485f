"""The list of feeds as a table for people and as lines for programs."""

import sys
from collections.abc import Iterator, Sequence
from typing import Any

from bot.cli.output import tamed
from bot.cli.wording import written
from bot.feeds.page import shown
from bot.model.feed import Feed

_WIDEST_NAME = 18  # columns, so that most addresses have a line to themselves in a terminal of 80
_UNBOUNDED = 100_000  # columns of a table that no terminal shows: nothing is wrapped or cut


def table(feeds: Sequence[Feed]) -> str:
    """Give the feeds as a table: cut and folded to fit a terminal, whole and one line each elsewhere."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    terminal = sys.stdout.isatty()
    console = Console(width=None if terminal else _UNBOUNDED, highlight=False)
    rows = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, header_style="bold")
    rows.add_column("NAME", no_wrap=True, max_width=_WIDEST_NAME if terminal else None)
    for head in ("LANG", "CTRY", "EVERY", "ON"):
        rows.add_column(head, no_wrap=True)
    rows.add_column("URL", overflow="fold")
    for feed in feeds:
        cells = map(tamed, _cells(feed))
        rows.add_row(*(Text(cell) for cell in cells), style=None if feed.enabled else "dim")
    with console.capture() as captured:
        console.print(rows)
    return "\n".join(line.rstrip() for line in captured.get().splitlines())


def _cells(feed: Feed) -> tuple[str, ...]:
    language, country = feed.language or "-", feed.country or "-"
    enabled = "yes" if feed.enabled else "no"
    return feed.name, language, country, written(feed.interval), enabled, shown(feed.url)


def answers(feeds: Sequence[Feed]) -> Iterator[dict[str, Any]]:
    """Shape the feeds as `--json` prints them, one line each."""
    for feed in feeds:
        yield {
            "name": feed.name,
            "language": feed.language,
            "country": feed.country,
            "interval": written(feed.interval),
            "enabled": feed.enabled,
            "url": shown(feed.url),
        }
