"""A sign of life to a service that misses it when it stays away (healthchecks.io and its like)."""

from bot.feeds.addresses import AddressPolicy
from bot.feeds.fetch import Fetcher, Limits
from bot.feeds.page import Ask
from bot.model.fetch import Failed
from bot.ports import Clock

# The operator's own address, not one that somebody else wrote: it may lie on his own network.
_ANYWHERE = ("0.0.0.0/0", "::/0")
_LIMITS = Limits(seconds=10.0, size=100_000, redirects=2)


class Ping:
    """Asks one address; whoever knows it could feign life, so no word about it holds it."""

    def __init__(self, url: str, agent: str, clock: Clock) -> None:
        self._url = url
        self._clock = clock
        self._fetcher = Fetcher(1, agent, AddressPolicy.of(_ANYWHERE), _LIMITS)

    async def __call__(self) -> str | None:
        """Give the sign; say in a word why it was not taken, None where it was."""
        reply = await self._fetcher.get(Ask(self._url, self._clock.now()))
        return reply.refusal.value if isinstance(reply, Failed) else None

    async def close(self) -> None:
        """Close the connection."""
        await self._fetcher.close()
