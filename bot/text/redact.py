"""A bot's token stays out of every sentence and every line of the log."""

import re

# "123456:AbC…" as it stands in a URL too: `\b` in front would miss "/bot123456:…".
_TOKEN = re.compile(r"(?<!\d)\d{5,12}:[A-Za-z0-9_-]{10,}")


def redacted(text: str, secret: str | None = None) -> str:
    """Give the text without anything that looks like a bot token, nor the secret given."""
    return _TOKEN.sub("[token]", text.replace(secret, "[token]") if secret else text)
