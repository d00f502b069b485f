"""A messenger that keeps notices from the operators' chat while an editor wants none."""

import logging
from dataclasses import dataclass

from bot.model.message import Message
from bot.model.outcome import Outcome, Sighting
from bot.ports import Clock, Messenger, Store

MUTE = "mute"
"""The switch under which a person turns notices off."""

log = logging.getLogger("draht.talk")


@dataclass(frozen=True, slots=True)
class Discreet:
    """Passes everything on but notices while they are muted; those are in the log all the same."""

    messenger: Messenger
    store: Store
    clock: Clock

    async def post(self, channel: str, message: Message) -> Outcome:
        """Post a message and say how it ended."""
        return await self.messenger.post(channel, message)

    async def edit(self, channel: str, message_id: int, message: Message) -> Outcome:
        """Make a post say this instead."""
        return await self.messenger.edit(channel, message_id, message)

    async def look_for(self, channel: str, body: str, above: int | None, upto: int | None) -> Sighting:
        """Look for a post."""
        return await self.messenger.look_for(channel, body, above, upto)

    async def delete(self, channel: str, message_id: int) -> Outcome:
        """Remove a later copy of a post."""
        return await self.messenger.delete(channel, message_id)

    async def tell_operator(self, text: str) -> None:
        """Say a plain sentence to the operator, unless nobody wants to hear any just now."""
        switch = self.store.switch(MUTE)
        if switch is None or (switch.until is not None and switch.until <= self.clock.now()):
            await self.messenger.tell_operator(text)
        else:
            log.warning(text)
