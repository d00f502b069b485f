"""How the command line speaks: results to standard output, everything else to standard error."""

import json
import sys
from typing import Any

from bot.errors import ConfigurationError, DrahtError


def say(text: str) -> None:
    """Write a line of the result."""
    print(text)


def answer(value: Any) -> None:  # noqa: ANN401  whatever JSON can hold
    """Write a value as one line of JSON, at once: a reading program may be waiting."""
    print(json.dumps(value, ensure_ascii=False), flush=True)


def complain(error: DrahtError | str) -> None:
    """Write what is wrong, never wrapped, never with a secret.

    The problems of a configuration start with their place, as editors expect.
    """
    from bot.text.redact import redacted

    text = redacted(str(error))
    prefix = "" if isinstance(error, ConfigurationError) else "draht: "
    print("\n".join(prefix + line for line in text.splitlines()), file=sys.stderr)
