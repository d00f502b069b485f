"""`draht demo`."""

import asyncio
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from bot.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from bot.demo.play import Event
    from bot.demo.telling import Line

PAUSE = 0.4
"""Seconds after a line with `--pace`."""


def demo(
    language: Annotated[str, typer.Option(help="Language of the posts: de or en.")] = "de",
    pace: Annotated[bool, typer.Option("--pace", help="Pause after each line, on a terminal.")] = False,
) -> None:
    """Play an invented news day.

    Made-up outlets publish their feeds over HTTP on this machine, on a clock of
    their own; Draht asks them, reads the stories and posts to the terminal. Ends
    by itself after a few seconds. Needs no configuration, no token and no network,
    and leaves nothing behind.

    Example: draht demo --language en
    """
    from bot import logs
    from bot.languages import post

    if language not in post.codes():
        raise UsageError(f"--language {language}: posts are written in {' and '.join(post.codes())}")
    logs.configure("error")
    asyncio.run(_demo(language, PAUSE if pace and sys.stdout.isatty() else 0.0))


async def _demo(language: str, pause: float) -> None:
    from rich.console import Console

    from bot.demo import newsday, telling
    from bot.demo.play import play
    from bot.terminal.messenger import TerminalMessenger

    day, events = newsday.load(), list["Event"]()
    console = Console(highlight=False, emoji=False, markup=False, soft_wrap=True)

    async def tell(event: "Event") -> None:
        events.append(event)
        line = telling.told(event, day)
        if line is not None:
            _say(console, line)
            await asyncio.sleep(pause)

    for line in telling.opening(day):
        _say(console, line)
    await play(day, TerminalMessenger(), language, tell)
    for line in telling.closing(events, day):
        _say(console, line)


def _say(console: "Console", line: "Line") -> None:
    console.print(line.text, style="bold" if line.loud else None)
