"""How the command line speaks: results to standard output, everything else to standard error."""

import json
import shutil
import sys
import textwrap
from typing import Any

from bot.errors import ConfigurationError, DrahtError

# What a terminal obeys instead of showing it, signs that turn a line around among them; a story or a
# file may hold it.
_TURNS = (0x61C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A))
_OBEYED = (*(sign for sign in range(0x20) if chr(sign) not in "\n\t"), *range(0x7F, 0xA0), *_TURNS)
_COMMANDS = dict.fromkeys(_OBEYED)
_ESCAPED = {sign: f"\\u{sign:04x}" for sign in _OBEYED}

_HANGING, _NARROWEST = 4, 40  # columns


def say(text: str) -> None:
    """Write a line of the result, of which a terminal obeys nothing."""
    print(tamed(text))


def tamed(text: str) -> str:
    """Give a text without what a terminal obeys."""
    return text.translate(_COMMANDS)


def say_folded(line: str) -> None:
    """Write a line for a person: on a terminal it is folded between words, the rest below its beginning."""
    if sys.stdout.isatty() and len(line) > (width := shutil.get_terminal_size().columns):
        indent = " " * (len(line) - len(line.lstrip()) + _HANGING)
        folder = textwrap.TextWrapper(
            max(width, _NARROWEST), subsequent_indent=indent, break_on_hyphens=False
        )
        folder.break_long_words = folder.break_on_hyphens = False
        line = "\n".join(folder.wrap(line))
    say(line)


def say_parts(*parts: str) -> None:
    """Write a line of several parts; on a terminal too narrow for it each begins a line of its own."""
    line = "   ".join(filter(None, parts))
    if sys.stdout.isatty() and len(line) > shutil.get_terminal_size().columns:
        first, *others = filter(None, parts)
        for folded in (first, *(" " * _HANGING + other for other in others)):
            say_folded(folded)
    else:
        say(line)


def answer(value: Any) -> None:  # noqa: ANN401  whatever JSON can hold
    """Write a value as one line of JSON, at once: a reading program may be waiting.

    What a terminal obeys is written as JSON's escapes, so that a program still reads it.
    """
    print(json.dumps(value, ensure_ascii=False).translate(_ESCAPED), flush=True)


def complain(error: DrahtError | str) -> None:
    """Write what is wrong, never wrapped, never with a secret.

    The problems of a configuration start with their place, as editors expect.
    """
    from bot.text.redact import redacted

    text = tamed(redacted(str(error)))
    prefix = "" if isinstance(error, ConfigurationError) else "draht: "
    print("\n".join(prefix + line for line in text.splitlines()), file=sys.stderr)
