"""How the command line speaks: results to standard output, everything else to standard error."""

import json
import sys
from typing import Any

from bot.errors import ConfigurationError, DrahtError

# What a terminal obeys instead of showing it; a story or a file may hold it.
_COMMANDS = dict.fromkeys(sign for sign in (*range(0x20), *range(0x7F, 0xA0)) if chr(sign) not in "\n\t")


def say(text: str) -> None:
    """Write a line of the result, of which a terminal obeys nothing."""
    print(text.translate(_COMMANDS))


def answer(value: Any) -> None:  # noqa: ANN401  whatever JSON can hold
    """Write a value as one line of JSON, at once: a reading program may be waiting."""
    print(json.dumps(value, ensure_ascii=False), flush=True)


def complain(error: DrahtError | str) -> None:
    """Write what is wrong, never wrapped, never with a secret.

    The problems of a configuration start with their place, as editors expect.
    """
    from bot.text.redact import redacted

    text = redacted(str(error)).translate(_COMMANDS)
    prefix = "" if isinstance(error, ConfigurationError) else "draht: "
    print("\n".join(prefix + line for line in text.splitlines()), file=sys.stderr)
