"""Where a post goes: a chat, and in a forum one of its topics."""

from dataclasses import dataclass

GENERAL = 1
"""A forum's first topic; Telegram knows it by no number ("message thread not found")."""


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
