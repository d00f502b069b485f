"""The edge of the talk: where what people say is heard, and answers are said."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.talk.answer import Answer
from bot.talk.request import Incoming


@dataclass(frozen=True, slots=True)
class Heard:
    """One update; `incoming` is None where it is of no kind that the bot answers."""

    number: int
    incoming: Incoming | None


@dataclass(frozen=True, slots=True)
class Deaf:
    """Nothing could be heard; `rest` seconds are to pass first. A person has to act where `told` is set."""

    reason: str
    rest: float
    told: bool = False


class Conversation(Protocol):
    """Hears and answers people; no fault is raised: a lost answer is only logged."""

    async def introduce(self, languages: Sequence[str]) -> str | None:
        """Give the bot's own name, having shown people its commands once; None where it cannot be had now."""
        ...

    async def listen(self) -> Sequence[Heard] | Deaf:
        """Wait for what is said next; it comes again until it is `done`."""
        ...

    def done(self, number: int) -> None:
        """Note that this update, and all before it, need not come again."""
        ...

    async def acknowledge(self, query: str, text: str | None) -> None:
        """Let a pressed button come to rest, with a short plain text where there is one."""
        ...

    async def say(self, chat: str, answer: Answer, *, silent: bool = False) -> None:
        """Send an answer as a new message."""
        ...

    async def change(self, chat: str, message: int, answer: Answer) -> None:
        """Put an answer in the place of a message of the bot's own."""
        ...
