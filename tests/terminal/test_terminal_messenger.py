import asyncio
import io

import pytest

from bot.model.message import Message
from bot.model.outcome import NotFound, Sent
from bot.terminal.messenger import TerminalMessenger

POST = (
    "🔴 <b>A &amp; B</b> telefonieren\n"
    '<tg-time unix="1720778400" format="D">12. Juli 2024</tg-time> · '
    '<a href="https://example.org/">Quelle</a>\n'
    "<blockquote expandable><b>A:</b> Verteidigungsministerinnenkonferenz besprochen und vieles andere "
    "mehr dazu, was zwei Zeilen braucht</blockquote>"
)


def _shown(*bodies: str, width: int | None = None) -> str:
    paper = io.StringIO()
    messenger = TerminalMessenger(file=paper, width=width)
    for body in bodies:
        asyncio.run(messenger.post("", Message(body)))
    return paper.getvalue()


def test_a_post_looks_as_in_the_channel() -> None:
    """Text without markup, in a frame with a number, at most 80 columns where there is no terminal."""
    shown = _shown(POST)
    assert "🔴 A & B telefonieren" in shown
    assert "12. Juli 2024 · Quelle" in shown
    assert "#1 ─╯" in shown
    assert "<" not in shown
    assert "\x1b" not in shown
    assert max(map(len, shown.splitlines())) <= 80


@pytest.mark.parametrize("width", [40, 60, 80])
def test_no_word_is_broken(width: int) -> None:
    """Lines are wrapped between words."""
    for word in ("Verteidigungsministerinnenkonferenz", "telefonieren", "besprochen"):
        assert word in _shown(POST, width=width)


def test_signs_of_terminal_markup_stay_as_they_are() -> None:
    """Square brackets and colons in news are text."""
    assert "[bold] :smile: [/x]" in _shown("[bold] :smile: [/x]")


def test_numbers_go_on_after_a_restart() -> None:
    """The next number follows the highest one known."""
    messenger = TerminalMessenger(newest=lambda _: 41, file=io.StringIO())
    first = asyncio.run(messenger.post("", Message("a")))
    second = asyncio.run(messenger.post("", Message("b")))
    assert (first, second) == (Sent(42), Sent(43))


def test_an_edit_is_printed_as_such() -> None:
    """The new state appears under the post's number, named as an edit."""
    paper = io.StringIO()
    outcome = asyncio.run(TerminalMessenger(file=paper).edit("@draht", 7, Message("<i>neu</i>")))
    assert outcome == Sent(7)
    assert "#7 · edited" in paper.getvalue()
    assert "@draht" in paper.getvalue()


def test_what_was_printed_cannot_be_looked_for() -> None:
    """A post cut off by a kill is printed again."""
    messenger = TerminalMessenger(file=io.StringIO())
    assert asyncio.run(messenger.look_for("", "a", None, None)) == NotFound()
