"""A Telegram channel as a Messenger."""

import asyncio
import logging
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from html import escape
from itertools import islice
from typing import TYPE_CHECKING

from bot.alerts.budget import units
from bot.model.message import Message
from bot.model.outcome import CannotLook, LookLater, Outcome, Refused, Sent, Sighting
from bot.telegram.place import Place
from bot.telegram.plain import plain, portions, visible
from bot.telegram.why import Why

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
BARRED = 15
"""So many look-ups in a row wait for the operator's chat to take copies, about a minute each; then the
channel itself is used."""

NAMING = 3.0
"""Seconds to wait for what a chat is called; without an answer its own name has to do for a while."""
NAMING_AGAIN = 300.0

log = logging.getLogger(__name__)


def _nothing_known(_chat: str, _above: int) -> Collection[int]:
    return ()


def _unlabelled(_channel: str) -> str:
    return "?"


@dataclass(frozen=True, slots=True)
class Manner:
    """How the messenger goes about it.

    `patience` is the number of seconds to wait for an answer. `profile` is the
    number of the user whose profile shows the channel: there lost posts are looked
    for first. `label` says what the button "why?" is called in a channel. `known`
    gives the numbers in a chat above one of which it is known what they say: they
    need not be looked at.
    """

    patience: float = PATIENCE
    profile: int | None = None
    label: Callable[[str], str] = _unlabelled
    known: Callable[[str, int], Collection[int]] = _nothing_known


ORDINARY = Manner()


class TelegramMessenger:
    """Tells Telegram channels through a bot; one for a process and token.

    `chat` is where the default channel "" goes, `ops_chat` the operator's
    private chat, `api` the base URL of another Bot API server. A channel is
    "@name", a number, or a topic of a forum, "@name/17". No fault is raised: each
    call ends in a value. The token shows nowhere.
    """

    def __init__(
        self,
        token: str,
        chat: str | None,
        ops_chat: str | None = None,
        api: str | None = None,
        manner: Manner = ORDINARY,
    ) -> None:
        self._token = token
        self._chat = chat
        self._ops_chat = ops_chat
        self._base = api
        self._manner = manner
        self._why = Why(manner.label)
        self._numbers: dict[str, str] = {}
        self._unnumbered: dict[str, float] = {}
        self._misread = False
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
        await self._why.close()
        if self._opened:
            await self._opened.close()
            self._opened = None

    def name_buttons(self, label: Callable[[str], str]) -> None:
        """Call the button "why?" so in each channel from now on."""
        self._why.label = label

    async def post(self, channel: str, message: Message) -> Outcome:
        """Post a message and say how it ended."""
        chat = self._address(channel)
        fault = self._fault(chat, message.body)
        if fault:
            return fault
        button = await self._why.button(self._api(), channel, message)
        return await self._noted(chat, message.body, await self._api().send(chat, message, button))

    async def edit(self, channel: str, message_id: int, message: Message) -> Outcome:
        """Make a post say this instead; `Sent` also where it already did."""
        chat = self._address(channel)
        fault = self._fault(chat, message.body)
        if fault:
            return fault
        button = await self._why.button(self._api(), channel, message)
        outcome = await self._api().edit(chat, message_id, message, button)
        return await self._noted(chat, message.body, outcome)

    async def look_for(self, channel: str, body: str, above: int | None, upto: int | None) -> Sighting:
        """Look for a post with this body: on the profile that shows the channel, else by forwards.

        The operator's chat receives the copies; where there is none, or it
        takes nothing time and again, the channel itself. See `bot.telegram.look`.
        """
        from bot.telegram import profile  # noqa: PLC0415  loads python-telegram-bot: 0.9 s
        from bot.telegram.look import Barred, Wanted  # noqa: PLC0415  likewise

        address = self._address(channel)
        wanted = Wanted(Place.of(address).chat, address, body, above, upto)
        others = self._others(Place.of(channel).chat, wanted)
        if wanted in self._looks:
            return await self._within(wanted, others)  # what it left in the channel only it can clear
        if self._manner.profile is not None:
            sighting = await profile.seen(self._api(), self._manner.profile, wanted)
            if sighting is not None:
                return sighting
        if self._ops_chat and self._barred < BARRED:
            result = await self._run(replace(wanted, target=self._ops_chat), others)
            self._barred = self._barred + 1 if isinstance(result, Barred) else 0
            return LookLater(result.reason) if isinstance(result, Barred) else result
        self._barred = 0
        return await self._within(wanted, others)

    async def chat_of(self, channel: str) -> str:
        """Name the chat that a channel lies in, the same for its @name, its number and all its topics.

        Telegram is asked once for the number of a name; while it does not answer, the name stands for it.
        """
        name = Place.of(self._address(channel)).chat.lower()
        now = asyncio.get_running_loop().time()
        if name.startswith("@") and name not in self._numbers and now >= self._unnumbered.get(name, now):
            self._unnumbered[name] = now + NAMING_AGAIN
            with suppress(TimeoutError):
                found = await asyncio.wait_for(self._api().described(name), NAMING)
                self._numbers |= {} if isinstance(found, Outcome) else {name: found.number}
        return self._number_of(name)

    def _number_of(self, chat: str) -> str:
        return self._numbers.get(chat.lower(), chat.lower())

    async def delete(self, channel: str, message_id: int) -> Outcome:
        """Remove a later copy of a post; `Sent` also where it is already gone."""
        chat = Place.of(self._address(channel)).chat
        self._said.pop((self._number_of(chat), message_id), None)
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

    def _others(self, named: str, wanted: "Wanted") -> Collection[int]:
        """Give the numbers known to be something else in a chat, by whatever name it was spoken to."""
        chat, said = self._number_of(wanted.chat), visible(plain(wanted.body))
        names = {named, chat, *(name for name, number in self._numbers.items() if number == chat)}
        made = (self._manner.known(name, wanted.above or 0) for name in sorted(names))
        read = (number for (place, number), text in self._said.items() if place == chat and text != said)
        return {number for numbers in (*made, read) for number in numbers}

    async def _within(self, wanted: "Wanted", others: Collection[int]) -> Sighting:
        from bot.telegram.look import Barred  # noqa: PLC0415  see look_for

        result = await self._run(wanted, others)
        return CannotLook(result.reason) if isinstance(result, Barred) else result

    async def _run(self, wanted: "Wanted", others: Collection[int]) -> "Sighting | Barred":
        """Look; what was read on the way need not be read for other posts."""
        from bot.telegram.look import Barred, Look  # noqa: PLC0415  see look_for

        look = self._looks.pop(wanted, None) or Look(wanted)
        sighting = await look.run(self._api(), others)
        for number, text in look.read.items():
            self._remember(wanted.chat, number, visible(text))
        for number in look.made:
            self._remember(wanted.chat, number, "")  # a hole, or soon to be one
        if isinstance(sighting, LookLater | Barred):
            self._looks[wanted] = look
        return sighting

    def _api(self) -> "BotApi":
        if self._opened is None:
            from bot.telegram.api import BotApi  # noqa: PLC0415  loads python-telegram-bot: 0.9 s

            self._opened = BotApi(self._token, self._base, self._manner.patience)
        return self._opened

    def _address(self, channel: str) -> str:
        return channel or self._chat or ""

    async def _noted(self, chat: str, body: str, outcome: Outcome) -> Outcome:
        if isinstance(outcome, Sent):
            self._remember(Place.of(chat).chat, outcome.message_id, visible(plain(body)))
        misread, self._api().misread = self._api().misread, []
        for reason in misread:
            log.warning("the form of a post in %s was not taken, it was sent without: %s", chat, reason)
        if misread and not self._misread:
            self._misread = True
            await self.tell_operator(
                f"Telegram did not take the form of a post in {chat}, so it was sent without: {misread[0]}"
            )
        return outcome

    def _remember(self, chat: str, number: int, text: str) -> None:
        self._said[self._number_of(chat), number] = text
        while len(self._said) > REMEMBERED:
            del self._said[next(iter(self._said))]

    def _fault(self, chat: str, body: str) -> Refused | None:
        if not chat:
            return Refused("no channel is set; set DRAHT_TELEGRAM_CHAT", by_channel=True)
        length = units(plain(body))
        if length > TEXT_UNITS or len(body.encode()) > SOURCE_BYTES:
            return Refused(f"a post of {length} UTF-16 units is too long for Telegram ({TEXT_UNITS})")
        return None
