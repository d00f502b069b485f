"""A progress bar on standard error, where that is a terminal; nothing elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_EACH = 0.1
"""Seconds between two pictures of a bar."""


@contextmanager
def progress(what: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """Show how far long work is; the function given takes how much of `total` is done."""
    if not sys.stderr.isatty():
        yield _nowhere
        return
    from rich.console import Console
    from rich.progress import Progress

    due = 0.0
    # Drawn here and not by a thread of its own: who shares the work copies this process (`bot.cli.spread`).
    with Progress(console=Console(stderr=True), transient=True, auto_refresh=False) as bars:
        task = bars.add_task(what, total=total)

        def show(done: int) -> None:
            nonlocal due
            if time.monotonic() >= due:
                bars.update(task, completed=done, refresh=True)
                due = time.monotonic() + _EACH

        yield show


def _nowhere(_: int) -> None:
    pass
