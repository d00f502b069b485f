"""What reaches the log, and what never does."""

import io
import json
import logging
import subprocess
import sys
from collections.abc import Iterator

import pytest
import structlog

from bot import logs

TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """Give logging back as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.mark.parametrize("stream", [io.StringIO(), _Terminal()], ids=["json", "terminal"])
def test_a_token_never_reaches_the_log(stream: io.StringIO) -> None:
    """Not in a message, an argument, a field or an exception, from Draht or from a library, at any level."""
    logs.configure("debug", stream=stream)
    structlog.get_logger("bot").info("sent", address=f"https://api.telegram.org/bot{TOKEN}/getMe")
    logging.getLogger("some.library").debug("GET https://api.telegram.org/bot%s/getMe", TOKEN)
    try:
        int(f"bot{TOKEN}")
    except ValueError:
        structlog.get_logger("bot").exception("failed")
    written = stream.getvalue()
    assert written.count("[token]") >= 3
    assert "AAbbCC" not in written


def test_a_token_of_odd_shape_is_redacted_when_it_is_known() -> None:
    """A test server's token need not look like Telegram's to be kept secret."""
    stream = io.StringIO()
    logs.configure("info", secret="odd-token", stream=stream)
    logging.getLogger("library").warning("bot%s", "odd-token")
    assert "odd-token" not in stream.getvalue()


def test_elsewhere_than_on_a_terminal_each_line_is_json() -> None:
    """A program that reads the log finds one object a line, with level, time and fields."""
    stream = io.StringIO()
    logs.configure("info", stream=stream)
    structlog.get_logger("bot").info("feed read", feed="tagesschau", new=3)
    line = json.loads(stream.getvalue())
    assert (line["event"], line["feed"], line["new"], line["level"]) == ("feed read", "tagesschau", 3, "info")
    assert line["timestamp"].endswith("Z")


def test_the_level_is_obeyed_and_talkative_libraries_are_quiet() -> None:
    """At info neither Draht's debug lines nor httpx's request lines are written."""
    stream = io.StringIO()
    logs.configure("info", stream=stream)
    structlog.get_logger("bot").debug("not this")
    logging.getLogger("httpx").info("nor this")
    assert stream.getvalue() == ""


def test_a_traceback_shows_no_token() -> None:
    """What Draht did not foresee ends a command with 1 and a traceback, even that without secrets."""
    fault = "from bot.cli import app; app.app.command('fall')(lambda: 1 / int('bot' + '{}')); app.main()"
    command = [sys.executable, "-c", fault.format(TOKEN), "fall"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert "Traceback" in done.stderr
    assert "'bot[token]'" in done.stderr
    assert "AAbbCC" not in done.stderr
