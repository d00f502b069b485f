"""A webhook as a Messenger: each message is one signed POST of JSON.

    Draht-Delivery: the same at each try of the same message, another for any other
    Draht-Timestamp: seconds since 1970
    Draht-Signature: sha256=<hex of HMAC-SHA256 over "timestamp.body" with the secret>

So a receiver drops what it has seen before, and to send again is safe.
"""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.model.message import Message
from bot.model.outcome import NotFound, Outcome, Refused, Sent, Sighting
from bot.ports import Clock
from bot.services.answers import outcome_of_fault, outcome_of_status
from bot.services.numbers import Numbers
from bot.services.words import text

if TYPE_CHECKING:
    import httpx

PATIENCE = 25.0
CONNECTING = 10.0
"""Seconds for each part of an answer, and for a connection; one that trickles may take twice as long."""


class WebhookMessenger:
    """Tells a program of others; `secret` and the address show nowhere.

    `newest` gives the highest message number that a channel is known to hold.
    """

    def __init__(
        self,
        url: str,
        secret: str,
        clock: Clock,
        newest: Callable[[str], int | None],
        patience: float = PATIENCE,
    ) -> None:
        self._url = url
        self._secret = secret.encode()
        self._clock = clock
        self._numbers = Numbers(newest)
        self._patience = patience
        self._client: httpx.AsyncClient | None = None

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def post(self, channel: str, message: Message) -> Outcome:
        """Send a first post or a reply; the receiver's "2xx" is its receipt."""
        number = self._numbers.next(channel)
        kind = "post" if message.reply_to is None else "reply"
        return await self._send(channel, kind, number, message)

    async def edit(self, channel: str, message_id: int, message: Message) -> Outcome:
        """Send a post's new state."""
        return await self._send(channel, "edit", message_id, message)

    async def look_for(self, channel: str, body: str, above: int | None, upto: int | None) -> Sighting:  # noqa: ARG002
        """Find nothing, so that it is sent again: the receiver knows the delivery by its id."""
        return NotFound()

    async def delete(self, channel: str, message_id: int) -> Outcome:  # noqa: ARG002
        """Do nothing: the receiver has dropped copies by itself."""
        return Sent(message_id)

    async def tell_operator(self, text: str) -> None:
        """Say nothing: the operator is told at home."""

    async def _send(self, channel: str, kind: str, number: int, message: Message) -> Outcome:
        import httpx  # noqa: PLC0415  a tenth of a second, and most have no webhook

        now = self._clock.now()
        told = {
            "alert": message.about,
            "kind": kind,
            "channel": channel,
            "number": number,
            "reply_to": message.reply_to,
            "silent": message.silent,
            "text": text(message.body),
            "html": message.body,
            "at": now.isoformat(),
        }
        content = json.dumps(told, ensure_ascii=False).encode()
        stamp = str(int(now.timestamp()))
        headers = {
            "Content-Type": "application/json",
            "Draht-Delivery": delivery_id(kind, message),
            "Draht-Timestamp": stamp,
            "Draht-Signature": signature(self._secret, stamp, content),
        }
        try:
            # The status is all that counts: a body without end is never read.
            async with (
                asyncio.timeout(CONNECTING + 2 * self._patience),
                self._opened().stream("POST", self._url, content=content, headers=headers) as answer,
            ):
                pass
        except httpx.InvalidURL:
            return Refused(f"the address of {channel} is no URL; correct its service", by_channel=True)
        except (httpx.HTTPError, TimeoutError) as error:
            return outcome_of_fault(channel, [error])
        if answer.is_success:
            return Sent(number)
        return outcome_of_status(channel, answer.status_code, answer.headers.get("Retry-After"), now)

    def _opened(self) -> "httpx.AsyncClient":
        if self._client is None:
            import httpx  # noqa: PLC0415  see _send

            self._client = httpx.AsyncClient(timeout=httpx.Timeout(self._patience, connect=CONNECTING))
        return self._client


def signature(secret: bytes, timestamp: str, content: bytes) -> str:
    """Sign a delivery, as a receiver has to do to compare."""
    return "sha256=" + hmac.new(secret, timestamp.encode() + b"." + content, hashlib.sha256).hexdigest()


def delivery_id(kind: str, message: Message) -> str:
    """Name a message by its outbox entry and its words: an entry not yet sent may get newer ones."""
    parts = (kind, message.entry or message.about or "", message.body)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
