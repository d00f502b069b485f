"""One Messenger for all channels: each goes to where it lives."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

from bot.model.channel import is_chat
from bot.model.message import Message
from bot.model.outcome import CannotLook, Outcome, Refused, Sighting
from bot.ports import Messenger


class Connected(Messenger, Protocol):
    """A Messenger that has connections to close."""

    async def close(self) -> None:
        """Close them."""
        ...


class Nowhere:
    """Where a service was that the watch-list names no more: what was meant for it is refused for good."""

    async def post(self, channel: str, message: Message) -> Outcome:  # noqa: ARG002
        """Refuse."""
        return _gone(channel)

    async def edit(self, channel: str, message_id: int, message: Message) -> Outcome:  # noqa: ARG002
        """Refuse."""
        return _gone(channel)

    async def look_for(self, channel: str, body: str, above: int | None, upto: int | None) -> Sighting:  # noqa: ARG002
        """Say that nothing can be seen."""
        return CannotLook(_gone(channel).reason)

    async def delete(self, channel: str, message_id: int) -> Outcome:  # noqa: ARG002
        """Refuse."""
        return _gone(channel)

    async def tell_operator(self, text: str) -> None:
        """Say nothing: the operator is told at home."""


def _gone(channel: str) -> Refused:
    return Refused(f'no entry of "channels" in the watch-list describes {channel} any more')


class Switchboard:
    """Puts each call through to the service of the channel's name, chats home; the operator is told there."""

    def __init__(self, home: Messenger, services: Mapping[str, Connected]) -> None:
        self.home = home
        self._services = dict(services)
        self._nowhere = Nowhere()

    async def close(self) -> None:
        """Close the services; home is closed by who opened it."""
        for service in self._services.values():
            await service.close()

    async def post(self, channel: str, message: Message) -> Outcome:
        """Post a message and say how it ended."""
        return await self._of(channel).post(channel, message)

    async def edit(self, channel: str, message_id: int, message: Message) -> Outcome:
        """Make a post say this instead."""
        return await self._of(channel).edit(channel, message_id, message)

    async def look_for(self, channel: str, body: str, above: int | None, upto: int | None) -> Sighting:
        """Look for a post with this body."""
        return await self._of(channel).look_for(channel, body, above, upto)

    async def delete(self, channel: str, message_id: int) -> Outcome:
        """Remove a later copy of a post."""
        return await self._of(channel).delete(channel, message_id)

    def chat_of(self, at_home: Callable[[str], Awaitable[str]]) -> Callable[[str], Awaitable[str]]:
        """Give what says which chat a channel lies in: a service is one of its own."""

        async def chat(channel: str) -> str:
            return await at_home(channel) if is_chat(channel) else channel

        return chat

    async def tell_operator(self, text: str) -> None:
        """Say a plain sentence to the operator."""
        await self.home.tell_operator(text)

    def _of(self, channel: str) -> Messenger:
        return self.home if is_chat(channel) else self._services.get(channel, self._nowhere)
