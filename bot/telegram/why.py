"""The button under a post, through which a reader asks the bot why it rang."""

import asyncio
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.model.message import Message

if TYPE_CHECKING:
    from bot.telegram.api import BotApi, Button

LEARNING = 2.0
"""Seconds that the first posts of a process wait at most for the bot's name; later ones never wait."""
AGAIN = 300.0
"""Seconds after which the name is asked for again, where it could not be learnt."""
_USERNAME = re.compile(r"[A-Za-z0-9_]{4,32}")
_ALERT = re.compile(r"[A-Za-z0-9_-]{1,60}")  # a start parameter holds 64 of these, four are "why-"


class Why:
    """Makes the buttons; `label` says what one is called in a channel. Without the bot's name: none."""

    def __init__(self, label: Callable[[str], str]) -> None:
        self.label = label
        self._name: str | None = None
        self._asking: asyncio.Task[None] | None = None
        self._patient_until: float | None = None
        self._next = 0.0

    async def button(self, api: "BotApi", channel: str, message: Message) -> "Button | None":
        """Give the button of a post or an edit; replies have none, they point to their post."""
        from bot.telegram.api import Button  # noqa: PLC0415  loads python-telegram-bot: 0.9 s

        if message.reply_to is not None or _ALERT.fullmatch(message.about or "") is None:
            return None
        if self._name is None:
            await self._learn(api)
        if self._name is None:
            return None
        return Button(self.label(channel), f"https://t.me/{self._name}?start=why-{message.about}")

    async def close(self) -> None:
        """Ask no longer."""
        if self._asking:
            self._asking.cancel()
            await asyncio.gather(self._asking, return_exceptions=True)

    async def _learn(self, api: "BotApi") -> None:
        now = asyncio.get_running_loop().time()
        if self._asking is None and now >= self._next:
            self._asking = asyncio.create_task(self._ask(api))
        self._patient_until = now + LEARNING if self._patient_until is None else self._patient_until
        if self._asking is not None and now < self._patient_until:
            await asyncio.wait({self._asking}, timeout=self._patient_until - now)

    async def _ask(self, api: "BotApi") -> None:
        from bot.telegram.api import Account  # noqa: PLC0415  see button

        try:
            account = await api.account()
            if isinstance(account, Account) and _USERNAME.fullmatch(account.name):
                self._name = account.name
        finally:
            self._next = asyncio.get_running_loop().time() + AGAIN
            self._asking = None
