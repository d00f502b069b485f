"""Where a post goes: a chat, and in a forum one of its topics."""

import re
from dataclasses import dataclass

GENERAL = 1
"""A forum's first topic; Telegram knows it by no number ("message thread not found")."""

_TELEGRAM = re.compile(r"(@[A-Za-z][A-Za-z0-9_]*|-?[0-9]+)(/[0-9]+)?")


def is_telegram(channel: str) -> bool:
    """Whether a channel is one of Telegram's by its name, not an editor's own name for another service."""
    return _TELEGRAM.fullmatch(channel) is not None


@dataclass(frozen=True, slots=True)
class Place:
    """A chat by its @name or number, and the number of a topic in it."""

    chat: str
    topic: int | None = None

    @classmethod
    def of(cls, channel: str) -> "Place":
        """Read "@name", "-1001234" or a topic, "@name/17"."""
        chat, _, topic = channel.partition("/")
        number = int(topic) if topic.isdecimal() else GENERAL
        return cls(chat, None if number == GENERAL else number)
