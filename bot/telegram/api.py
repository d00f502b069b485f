"""The few calls of the Bot API that Draht makes; their ends are values, nothing is raised.

Importing python-telegram-bot takes 0.9 s: import this module at first use.
"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import telegram
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MessageOriginChannel,
    ReplyParameters,
)
from telegram.constants import ChatType, ParseMode
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut
from telegram.request import HTTPXRequest

from bot.model.message import Message
from bot.model.outcome import Outcome, Refused, RetryLater, Sent, Unknown
from bot.telegram.outcome import is_deleted, is_unmodified, outcome_of, refuses_button, refuses_markup
from bot.telegram.place import Place
from bot.telegram.plain import plain
from bot.text.redact import redacted

TELEGRAM = "https://api.telegram.org"
CONNECT_SECONDS = 10.0
TRIES = 3
"""So often a call is made that does no harm when it is done twice, where it fails at once."""
PROFILE_MESSAGES = 20
"""The Bot API's most for getUserPersonalChatMessages."""
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
class Line:
    """A message of a chat as it was read: its number, what it says, and of which message it is a copy."""

    message_id: int
    text: str
    origin: int | None = None


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
class Description:
    """A chat: its number and title, whether it is a channel or a forum, and forbids forwarding."""

    number: str
    title: str
    is_channel: bool
    is_forum: bool
    is_protected: bool


@dataclass(frozen=True, slots=True)
class Button:
    """What stands under a post and leads somewhere."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class _Form:
    """How a message is dressed: with markup or without, and its button."""

    html: bool = True
    button: Button | None = None

    def worn(self, message: Message) -> "dict[str, Any]":
        """Give what every call with a text has in common."""
        url = self.button and InlineKeyboardButton(self.button.label, url=self.button.url)
        return {
            "text": message.body if self.html else plain(message.body),
            "parse_mode": ParseMode.HTML if self.html else None,
            "link_preview_options": _NO_PREVIEW,
            "reply_markup": InlineKeyboardMarkup([[url]]) if url else None,
        }

    def without(self, error: TelegramError) -> "_Form | None":
        """Give a simpler form, without what was refused; None where that is not the form's fault."""
        if self.html and refuses_markup(error):
            return replace(self, html=False)
        return replace(self, button=None) if self.button and refuses_button(error) else None


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
        self.misread: list[str] = []
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

    async def send(self, chat: str, message: Message, button: Button | None = None) -> Outcome:
        """Post a text; links get no preview. A reply stands by itself where its post is gone.

        What Telegram refuses of the form is left off, and noted in `misread`.
        """
        place = Place.of(chat)
        sent = await self._taken(
            lambda form: self._bot.send_message(
                place.chat,
                message_thread_id=place.topic,
                disable_notification=message.silent,
                reply_parameters=_answering(message.reply_to),
                **form.worn(message),
            ),
            _Form(button=button),
        )
        return self._ended(sent, chat) if isinstance(sent, TelegramError) else Sent(sent.message_id)

    async def edit(
        self, chat: str, message_id: int, message: Message, button: Button | None = None
    ) -> Outcome:
        """Replace a post's text and button; that it already says so is done, too."""
        place = Place.of(chat)
        result = await self._taken(
            lambda form: self._bot.edit_message_text(
                chat_id=place.chat, message_id=message_id, **form.worn(message)
            ),
            _Form(button=button),
        )
        if isinstance(result, TelegramError) and not is_unmodified(result):
            return self._ended(result, chat)
        return Sent(message_id)

    async def delete(self, chat: str, message_id: int) -> Outcome:
        """Remove a message; that it is already gone is done, too."""
        place = Place.of(chat)
        result = await self._repeated(lambda: self._bot.delete_message(place.chat, message_id))
        if isinstance(result, TelegramError) and not is_deleted(result):
            return self._ended(result, chat)
        return Sent(message_id)

    async def forward(self, source: str, message_id: int, target: str) -> Forwarded:
        """Forward a message silently; the answer is the only way for a bot to read any channel.

        A copy whose answer is lost does no harm but within the source itself: there it is tried once.
        """
        place, origin = Place.of(target), Place.of(source).chat

        def call() -> Awaitable[telegram.Message]:
            return self._bot.forward_message(
                place.chat, origin, message_id, disable_notification=True, message_thread_id=place.topic
            )

        message = await (self._result(call()) if place.chat == origin else self._repeated(call))
        if isinstance(message, TelegramError):
            return _unforwarded(message) or self._ended(message, target)
        return Copy(message.message_id, message.text or message.caption or "", _origin(message, origin))

    async def on_profile(self, user: int, chat: str) -> tuple[Line, ...] | Outcome:
        """Read the newest messages of the channel that a user's profile shows; none where it shows another.

        Newest first, at most `PROFILE_MESSAGES`. Nothing is changed or sent by it.
        """
        found = await self._repeated(
            lambda: self._bot.get_user_personal_chat_messages(user, PROFILE_MESSAGES)
        )
        if isinstance(found, TelegramError):
            return self._ended(found, f"the profile of user {user}")
        name = Place.of(chat).chat
        ours = (message for message in found if name.lower() in _names(message.chat))
        lines = (Line(m.message_id, m.text or m.caption or "", _origin(m, name)) for m in ours)
        return tuple(sorted(lines, key=lambda line: -line.message_id))

    async def account(self) -> Account | Outcome:
        """Say who the bot is; the way to see whether the token is right."""
        user = await self._result(self._bot.get_me())
        if isinstance(user, TelegramError):
            return self._ended(user, "the bot")
        return Account(user.id, user.username or user.first_name)

    async def described(self, chat: str) -> Description | Outcome:
        """Say what a chat is."""
        found = await self._repeated(lambda: self._bot.get_chat(Place.of(chat).chat))
        if isinstance(found, TelegramError):
            return self._ended(found, chat)
        return Description(
            number=str(found.id),
            title=found.effective_name or chat,
            is_channel=found.type == ChatType.CHANNEL,
            is_forum=bool(found.is_forum),
            is_protected=bool(found.has_protected_content),
        )

    async def membership(self, chat: str, account: Account) -> Membership | Outcome:
        """Say what the bot is in a chat."""
        member = await self._result(self._bot.get_chat_member(Place.of(chat).chat, account.id))
        if isinstance(member, TelegramError):
            return self._ended(member, chat)
        return Membership(member.status, frozenset(r for r in _RIGHTS if getattr(member, r, False)))

    async def _taken(self, call: Callable[[_Form], Awaitable[T]], form: _Form) -> T | TelegramError:
        """Make a call in its full form, then without what Telegram refuses of it."""
        result = await self._result(call(form))
        while isinstance(result, TelegramError) and (simpler := form.without(result)):
            self.misread.append(redacted(str(result), self._token))
            form = simpler
            result = await self._result(call(form))
        return result

    async def _repeated(self, call: Callable[[], Awaitable[T]]) -> T | TelegramError:
        """Make a call that may well be done twice: one that fails at once is tried again.

        Not one that waited in vain for an answer: others wait behind it.
        """
        result = await self._result(call())
        for _ in range(TRIES - 1):
            if not isinstance(result, NetworkError) or isinstance(result, BadRequest | TimedOut):
                break
            result = await self._result(call())
        return result

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
    return origin.message_id if source.lower() in _names(origin.chat) else None


def _names(chat: telegram.Chat) -> set[str]:
    return {str(chat.id), f"@{chat.username}".lower()}
