"""A Telegram channel as a Messenger."""

import logging
from html import escape
from itertools import islice
from typing import TYPE_CHECKING

from bot.alerts.budget import units
from bot.model.message import Message
from bot.model.outcome import CannotLook, LookLater, Outcome, Refused, Sent, Sighting
from bot.telegram.plain import plain, portions, visible

if TYPE_CHECKING:
    from bot.telegram.api import BotApi
    from bot.telegram.look import Barred, Look, Wanted

PATIENCE = 25.0
"""Seconds for an answer; Telegram is slow at times, and each time-out is a post of unknown end."""
SOURCE_BYTES = 32_768
TEXT_UNITS = 4_096
"""Limits of the Bot API: a message before parsing, and its text after (UTF-16 units)."""
OPERATOR_PIECES = 5
"""So many messages at most for one thing that the operator is told, as where a hundred feeds are dead."""
REMEMBERED = 500
"""Posts of this process whose text is kept, so that a look-up need not forward them."""
BARRED = 3
"""So many look-ups in a row wait for the operator's chat to take copies; then the channel itself is used."""

log = logging.getLogger(__name__)


class TelegramMessenger:
    """Tells Telegram channels through a bot; one for a process and token.

    `chat` is where the default channel "" goes, `ops_chat` the operator's
    private chat, `api` the base URL of another Bot API server. No fault is
    raised: each call ends in a value. The token shows nowhere.
    """

    def __init__(
        self,
        token: str,
        chat: str | None,
        ops_chat: str | None = None,
        api: str | None = None,
        patience: float = PATIENCE,
    ) -> None:
        self._token = token
        self._chat = chat
        self._ops_chat = ops_chat
        self._base = api
        self._patience = patience
        self._opened: BotApi | None = None
        self._said: dict[tuple[str, int], str] = {}
        self._barred = 0
        self._looks: dict[Wanted, Look] = {}

    def __repr__(self) -> str:
        """Name the channel, never the token."""
        return f"TelegramMessenger({self._chat!r})"

    async def start(self) -> None:
        """Load the library and prepare the connections; nothing is sent."""
        self._api()

    async def close(self) -> None:
        """Close the connections."""
        if self._opened:
            await self._opened.close()
            self._opened = None

    async def post(self, channel: str, message: Message) -> Outcome:
        """Post a message and say how it ended."""
        chat = self._address(channel)
        fault = self._fault(chat, message.body)
        if fault:
            return fault
        return self._noted(chat, message.body, await self._api().send(chat, message))

    async def edit(self, channel: str, message_id: int, message: Message) -> Outcome:
        """Make a post say this instead; `Sent` also where it already did."""
        chat = self._address(channel)
        fault = self._fault(chat, message.body)
        if fault:
            return fault
        return self._noted(chat, message.body, await self._api().edit(chat, message_id, message))

    async def look_for(self, channel: str, body: str, above: int | None, upto: int | None) -> Sighting:
        """Look for a post with this body; see `bot.telegram.look`.

        The operator's chat receives the copies; where there is none, or it
        takes nothing time and again, the channel itself.
        """
        from bot.telegram.look import REST, Barred, Wanted  # noqa: PLC0415  loads python-telegram-bot: 0.9 s

        chat = self._address(channel)
        said = visible(plain(body))
        others = {number for (place, number), text in self._said.items() if place == chat and text != said}
        if self._ops_chat and self._barred < BARRED:
            sighting = await self._run(Wanted(chat, self._ops_chat, body, above, upto), others)
            self._barred = self._barred + 1 if isinstance(sighting, Barred) else 0
            return LookLater(sighting.reason, REST) if isinstance(sighting, Barred) else sighting
        self._barred = 0
        sighting = await self._run(Wanted(chat, chat, body, above, upto), others)
        return CannotLook(sighting.reason) if isinstance(sighting, Barred) else sighting

    async def delete(self, channel: str, message_id: int) -> Outcome:
        """Remove a later copy of a post; `Sent` also where it is already gone."""
        chat = self._address(channel)
        self._said.pop((chat, message_id), None)
        return await self._api().delete(chat, message_id)

    async def tell_operator(self, text: str) -> None:
        """Say a plain sentence in the operator's chat and in the log; never raises.

        Of many lines the chat gets the first few messages, the log all.
        """
        log.warning(text)
        for piece in islice(portions(text, TEXT_UNITS), OPERATOR_PIECES if self._ops_chat else 0):
            outcome = await self._api().send(self._ops_chat or "", Message(escape(piece, quote=False)))
            if not isinstance(outcome, Sent):
                log.warning("the operator's chat could not be told: %s", outcome)

    async def _run(self, wanted: "Wanted", others: set[int]) -> "Sighting | Barred":
        from bot.telegram.look import Look  # noqa: PLC0415  see look_for

        look = self._looks.pop(wanted, None) or Look(wanted)
        sighting = await look.run(self._api(), others)
        if isinstance(sighting, LookLater):
            self._looks[wanted] = look
        return sighting

    def _api(self) -> "BotApi":
        if self._opened is None:
            from bot.telegram.api import BotApi  # noqa: PLC0415  loads python-telegram-bot: 0.9 s

            self._opened = BotApi(self._token, self._base, self._patience)
        return self._opened

    def _address(self, channel: str) -> str:
        return channel or self._chat or ""

    def _noted(self, chat: str, body: str, outcome: Outcome) -> Outcome:
        if isinstance(outcome, Sent):
            self._said[chat, outcome.message_id] = visible(plain(body))
            while len(self._said) > REMEMBERED:
                del self._said[next(iter(self._said))]
        return outcome

    def _fault(self, chat: str, body: str) -> Refused | None:
        if not chat:
            return Refused("no channel is set; set DRAHT_TELEGRAM_CHAT", by_channel=True)
        length = units(plain(body))
        if length > TEXT_UNITS or len(body.encode()) > SOURCE_BYTES:
            return Refused(f"a post of {length} UTF-16 units is too long for Telegram ({TEXT_UNITS})")
        return None
