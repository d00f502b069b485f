"""The terminal as a Messenger: each post as it would look in the channel."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO

from bot.model.message import Message
from bot.model.outcome import NotFound, Outcome, Sent, Sighting

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 80
"""Columns where the output is no terminal."""


class TerminalMessenger:
    """Prints posts in panels; edits are printed again, marked as such.

    `newest` gives the highest message number that a channel is known to hold,
    so that numbers go on after a restart. `file` is standard output unless
    given. What a terminal showed cannot be looked for: a post that was being
    printed when the process died is printed again.
    """

    def __init__(
        self,
        newest: Callable[[str], int | None] = lambda _channel: None,
        file: TextIO | None = None,
        width: int | None = None,
    ) -> None:
        self._newest = newest
        self._file = file or sys.stdout
        self._width = width
        self._numbers: dict[str, int] = {}
        self._made: Console | None = None

    async def post(self, channel: str, message: Message) -> Outcome:
        """Print a post under the channel's next number; paper does not ring."""
        last = self._numbers.get(channel)
        number = (last if last is not None else self._newest(channel) or 0) + 1
        self._numbers[channel] = number
        answered = "" if message.reply_to is None else f" · on #{message.reply_to}"
        self._print(channel, message.body, f"#{number}{answered}")
        return Sent(number)

    async def edit(self, channel: str, message_id: int, message: Message) -> Outcome:
        """Print the post's new state."""
        self._print(channel, message.body, f"#{message_id} · edited")
        return Sent(message_id)

    async def look_for(self, channel: str, body: str, above: int | None, upto: int | None) -> Sighting:  # noqa: ARG002
        """Find nothing: what was printed is out of reach."""
        return NotFound()

    async def delete(self, channel: str, message_id: int) -> Outcome:
        """Say that a post counts no more."""
        self._print(channel, "", f"#{message_id} · removed")
        return Sent(message_id)

    async def tell_operator(self, text: str) -> None:
        """Print a sentence to standard error."""
        print(text, file=sys.stderr)  # noqa: T201  the operator sits at this terminal

    def _print(self, channel: str, body: str, number: str) -> None:
        from rich.panel import Panel  # noqa: PLC0415  rich is loaded when there is something to show
        from rich.text import Text  # noqa: PLC0415  the same

        from bot.terminal.markup import styled  # noqa: PLC0415  the same

        console = self._console()
        panel = Panel(
            styled(body),
            title=Text(channel or "Draht"),
            title_align="left",
            subtitle=Text(number),
            subtitle_align="right",
            width=min(console.width, WIDTH),
            padding=(0, 1),
        )
        console.print(panel, soft_wrap=False)

    def _console(self) -> "Console":
        if self._made is None:
            from rich.console import Console  # noqa: PLC0415  see _print

            width = self._width or (None if self._file.isatty() else WIDTH)
            self._made = Console(file=self._file, width=width, highlight=False, emoji=False, markup=False)
        return self._made
