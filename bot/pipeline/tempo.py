"""How fast a process may speak, and what it remembers of the chats it speaks in."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.alerts.delivery import WHOLE, Pace

SLICE = 1.0
"""Seconds after which a wait looks whether to stop."""
TOPIC = "/"
"""What stands between the name of a forum and the number of its topic."""


async def chat_named(channel: str) -> str:
    """Say which chat a channel lies in, by its name alone: a topic lies in its forum."""
    return channel.partition(TOPIC)[0].lower()


@dataclass(slots=True)
class Tempo:
    """How a process waits and draws, and what it remembers of its channels; keep one for its life.

    `pace` is how fast one chat may be told things, `whole` all of them together;
    `jitter` draws between 0 and 1. `chat` says which chat a channel lies in, the
    same for all its names and topics: they share a pace and the count of messages.
    """

    wait: Callable[[float], Awaitable[None]] = asyncio.sleep
    jitter: Callable[[], float] = random.random
    pace: Pace = field(default_factory=Pace)
    whole: Pace = WHOLE
    chat: Callable[[str], Awaitable[str]] = chat_named
    paces: dict[str, Pace] = field(default_factory=dict)
    highest: dict[str, int] = field(default_factory=dict)
    told: set[tuple[str, str]] = field(default_factory=set)

    def keep_to(self, paces: Mapping[str, Pace]) -> None:
        """Keep to these limits from now on; where they stay the same, calls made before count."""
        for channel, pace in paces.items():
            known = self.paces.get(channel)
            if known is None or known.limits != pace.limits:
                self.paces[channel] = pace

    async def chats(self, channels: Iterable[str]) -> dict[str, str]:
        """Say which chat each of these channels lies in."""
        names = list(dict.fromkeys(channels))
        return dict(zip(names, await asyncio.gather(*map(self.chat, names)), strict=True))

    def seen(self, chat: str, message_id: int) -> None:
        """Remember that a message stands under this number."""
        self.highest[chat] = max(message_id, self.highest.get(chat, 0))

    def free_in(self, chat: str, now: datetime) -> timedelta:
        """Say how long a chat wants to be left alone."""
        return self.paces.get(chat, self.pace).free_at(now) - now

    def free_anywhere(self, now: datetime) -> timedelta:
        """Say how long Telegram as a whole wants to be left alone."""
        return self.whole.free_at(now) - now

    def called(self, chat: str, now: datetime) -> None:
        """Count a call."""
        self.paces[chat] = self.paces.get(chat, self.pace).called(now)
        self.whole = self.whole.called(now)
