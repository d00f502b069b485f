"""The few calls of the Bot API that Draht makes; their ends are values, nothing is raised.

Importing python-telegram-bot takes 0.9 s: import this module at first use.
"""

import logging
from collections.abc import Awaitable
from dataclasses import dataclass, replace
from typing import TypeVar

import telegram
from telegram import Bot, LinkPreviewOptions, MessageOriginChannel, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import NetworkError, TelegramError
from telegram.request import HTTPXRequest

from bot.model.message import Message
from bot.model.outcome import Outcome, Refused, RetryLater, Sent, Unknown
from bot.telegram.outcome import is_deleted, is_unmodified, outcome_of
from bot.text.redact import redacted

TELEGRAM = "https://api.telegram.org"
CONNECT_SECONDS = 10.0
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_RIGHTS = ("can_post_messages", "can_edit_messages", "can_delete_messages")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Copy:
    """A forwarded copy: where it stands, what it says, and which message of the source it stems from."""

    message_id: int
    text: str
    origin: int | None


@dataclass(frozen=True, slots=True)
class Missing:
    """There is no message under this number."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """There is a message, but not one that can be forwarded (a service message)."""


@dataclass(frozen=True, slots=True)
class Protected:
    """The channel forbids forwarding."""


Forwarded = Copy | Missing | Unreadable | Protected | Outcome


@dataclass(frozen=True, slots=True)
class Account:
    """The bot itself."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Membership:
    """What the bot is in a chat: its status, and its rights where it is an administrator."""

    status: str
    rights: frozenset[str]


class BotApi:
    """A bot's connection to Telegram (or to the server at `base`)."""

    def __init__(self, token: str, base: str | None, patience: float) -> None:
        # It logs a traceback for each answer that is no JSON; that is an outcome here.
        logging.getLogger("telegram.request").setLevel(logging.CRITICAL)
        self._token = token
        self._request = _request(patience)
        self._bot = Bot(
            token,
            base_url=f"{(base or TELEGRAM).rstrip('/')}/bot",
            request=self._request,
            get_updates_request=self._request,
        )

    def __repr__(self) -> str:
        """Name the class alone: the bot inside shows its token."""
        return "BotApi()"

    async def close(self) -> None:
        """Close the connections."""
        await self._request.shutdown()

    async def send(self, chat: str, message: Message) -> Outcome:
        """Post a text; links get no preview. A reply stands by itself where its post is gone."""
        sent = await self._result(
            self._bot.send_message(
                chat,
                message.body,
                parse_mode=ParseMode.HTML,
                link_preview_options=_NO_PREVIEW,
                disable_notification=message.silent,
                reply_parameters=_answering(message.reply_to),
            )
        )
        return self._ended(sent, chat) if isinstance(sent, TelegramError) else Sent(sent.message_id)

    async def edit(self, chat: str, message_id: int, message: Message) -> Outcome:
        """Replace a post's text; that it already says so is done, too."""
        result = await self._result(
            self._bot.edit_message_text(
                message.body,
                chat,
                message_id,
                parse_mode=ParseMode.HTML,
                link_preview_options=_NO_PREVIEW,
            )
        )
        if isinstance(result, TelegramError) and not is_unmodified(result):
            return self._ended(result, chat)
        return Sent(message_id)

    async def delete(self, chat: str, message_id: int) -> Outcome:
        """Remove a message; that it is already gone is done, too."""
        result = await self._result(self._bot.delete_message(chat, message_id))
        if isinstance(result, TelegramError) and not is_deleted(result):
            return self._ended(result, chat)
        return Sent(message_id)

    async def forward(self, source: str, message_id: int, target: str) -> Forwarded:
        """Forward a message silently; the answer is the only way for a bot to read a channel."""
        message = await self._result(
            self._bot.forward_message(target, source, message_id, disable_notification=True)
        )
        if isinstance(message, TelegramError):
            return _unforwarded(message) or self._ended(message, target)
        return Copy(message.message_id, message.text or message.caption or "", _origin(message, source))

    async def account(self) -> Account | Outcome:
        """Say who the bot is; the way to see whether the token is right."""
        user = await self._result(self._bot.get_me())
        if isinstance(user, TelegramError):
            return self._ended(user, "the bot")
        return Account(user.id, user.username or user.first_name)

    async def title(self, chat: str) -> str | Outcome:
        """Give a chat's title."""
        found = await self._result(self._bot.get_chat(chat))
        return self._ended(found, chat) if isinstance(found, TelegramError) else found.effective_name or chat

    async def membership(self, chat: str, account: Account) -> Membership | Outcome:
        """Say what the bot is in a chat."""
        member = await self._result(self._bot.get_chat_member(chat, account.id))
        if isinstance(member, TelegramError):
            return self._ended(member, chat)
        return Membership(member.status, frozenset(r for r in _RIGHTS if getattr(member, r, False)))

    async def _result(self, call: Awaitable[T]) -> T | TelegramError:
        try:
            return await call
        except TelegramError as error:
            return error
        except (KeyError, TypeError, ValueError) as error:
            # An answer 200 that is no message: it may well have been done.
            return NetworkError(f"its answer cannot be read ({error!r})")

    def _ended(self, error: TelegramError, chat: str) -> Outcome:
        outcome = outcome_of(error, chat)
        if isinstance(outcome, RetryLater | Refused | Unknown):
            return replace(outcome, reason=redacted(outcome.reason, self._token))
        return outcome


def _answering(post: int | None) -> ReplyParameters | None:
    return None if post is None else ReplyParameters(post, allow_sending_without_reply=True)


def _request(patience: float) -> HTTPXRequest:
    # One sender a channel: a small pool will do. A longer read makes fewer unknown ends.
    return HTTPXRequest(
        connection_pool_size=16,
        connect_timeout=CONNECT_SECONDS,
        read_timeout=patience,
        write_timeout=CONNECT_SECONDS,
        pool_timeout=CONNECT_SECONDS,
    )


def _unforwarded(error: TelegramError) -> Missing | Unreadable | Protected | None:
    text = str(error).lower()
    if "to forward not found" in text or "message_id_invalid" in text:
        return Missing()
    if "protected content" in text:
        return Protected()
    return Unreadable() if "can't be forwarded" in text else None


def _origin(message: telegram.Message, source: str) -> int | None:
    origin = message.forward_origin
    if not isinstance(origin, MessageOriginChannel):
        return None
    names = {str(origin.chat.id), f"@{origin.chat.username}".lower()}
    return origin.message_id if source.lower() in names else None
