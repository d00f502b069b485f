"""The talk with people by long polling; see `bot.talk` for what is said.

Importing python-telegram-bot takes 0.9 s: import this module at first use.
"""

import logging
import warnings
from collections.abc import Awaitable, Mapping, Sequence
from typing import Any, TypeGuard, TypeVar

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    CallbackQuery,
    ChatMemberUpdated,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    Update,
)
from telegram.constants import ChatType, ParseMode
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import HTTPXRequest

from bot.languages import talk
from bot.ports import Clock
from bot.talk.access import Access
from bot.talk.answer import Answer, Rows
from bot.talk.conversation import Deaf, Heard
from bot.talk.request import LONGEST_WATCH, Incoming
from bot.talk.wish import EDITORS_COMMANDS, READERS_COMMANDS
from bot.text.redact import redacted

TELEGRAM = "https://api.telegram.org"
POLL_SECONDS = 25
"""How long Telegram holds a question for updates open."""
PATIENCE = 10.0
"""Seconds for everything else; a person waits."""
ALLOWED = ("message", "callback_query", "my_chat_member")
FIRST_REST, LONGEST_REST = 1.0, 60.0
LONGEST_NOTICE = 200  # characters of what a pressed button may show
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

T = TypeVar("T")
log = logging.getLogger(__name__)


class TelegramConversation:
    """Talks through the bot of a token (or at the server `api`); the token shows nowhere."""

    def __init__(
        self, token: str, access: Access, clock: Clock, api: str | None = None, poll: int = POLL_SECONDS
    ) -> None:
        self._token = token
        self._access = access
        self._clock = clock
        self._poll = poll
        # What comes back unreadable is an outcome here, and no traceback in the log.
        logging.getLogger("telegram.request").setLevel(logging.CRITICAL)
        # The library's own getUpdates gives up on all that was said for one thing that it cannot read.
        warnings.filterwarnings("ignore", "Please use 'Bot.getUpdates'")
        self._request, self._polling = _request(), _request()
        base = f"{(api or TELEGRAM).rstrip('/')}/bot"
        self._bot = Bot(token, base_url=base, request=self._request, get_updates_request=self._polling)
        self._next: int | None = None
        self._faults = 0
        self._misread = False

    def __repr__(self) -> str:
        """Name the class alone: the bot inside shows its token."""
        return "TelegramConversation()"

    async def close(self) -> None:
        """Close the connections."""
        await self._request.shutdown()
        await self._polling.shutdown()

    async def introduce(self, languages: Sequence[str]) -> str | None:
        """Give the bot's own name, having shown its commands to people; None where it cannot be had now.

        Commands that cannot be shown (an editor has never written to the bot) are only not shown.
        """
        me = await self._result(self._bot.get_me())
        if isinstance(me, TelegramError):
            return None
        everybody = BotCommandScopeAllPrivateChats()
        places = [str(number) for number in sorted(self._access.editors)]
        places += [self._access.ops_chat] if self._access.ops_chat else []
        for code in languages:
            told = None if code == languages[0] else code
            await self._result(self._bot.set_my_commands(_commands(code, READERS_COMMANDS), everybody, told))
            every = _commands(code, (*READERS_COMMANDS, *EDITORS_COMMANDS))
            for place in dict.fromkeys(places):
                await self._result(self._bot.set_my_commands(every, BotCommandScopeChat(place), told))
        return me.username or me.first_name

    async def listen(self) -> Sequence[Heard] | Deaf:
        """Wait for what is said next, half a minute at most; it comes again until it is `done`."""
        asked = {"timeout": self._poll, "allowed_updates": list(ALLOWED)}
        since = {} if self._next is None else {"offset": self._next}
        told = await self._result(
            self._bot.do_api_request("getUpdates", asked | since, read_timeout=self._poll + PATIENCE)
        )
        if isinstance(told, TelegramError):
            return self._deaf(told)
        if not _are_updates(told):
            return self._deaf(NetworkError("its answer is no list of updates"))
        self._faults = 0
        return [Heard(update["update_id"], self._read(update)) for update in told]

    def done(self, number: int) -> None:
        """Note that this update, and all before it, need not come again."""
        self._next = number + 1

    async def acknowledge(self, query: str, text: str | None) -> None:
        """Let a pressed button come to rest; one pressed long ago cannot be answered any more."""
        notice = text[:LONGEST_NOTICE] if text else None
        await self._result(self._bot.answer_callback_query(query, notice))

    async def say(self, chat: str, answer: Answer, *, silent: bool = False) -> None:
        """Send an answer as a new message."""
        sent = await self._result(
            self._bot.send_message(
                chat,
                answer.text,
                parse_mode=ParseMode.HTML,
                link_preview_options=_NO_PREVIEW,
                disable_notification=silent,
                reply_markup=_markup(answer.buttons),
            )
        )
        self._log(sent)

    async def change(self, chat: str, message: int, answer: Answer) -> None:
        """Put an answer in the place of a message of the bot's own; that it already says so is done."""
        changed = await self._result(
            self._bot.edit_message_text(
                answer.text,
                chat,
                message,
                parse_mode=ParseMode.HTML,
                link_preview_options=_NO_PREVIEW,
                reply_markup=_markup(answer.buttons),
            )
        )
        if not (isinstance(changed, TelegramError) and "message is not modified" in str(changed).lower()):
            self._log(changed)

    async def _result(self, call: Awaitable[T]) -> T | TelegramError:
        try:
            return await call
        except TelegramError as error:
            return error
        except (KeyError, TypeError, ValueError) as error:
            return NetworkError(f"its answer cannot be read ({error!r})")

    def _log(self, result: object) -> None:
        if isinstance(result, TelegramError):
            log.warning("an answer could not be given: %s", redacted(str(result), self._token))

    def _deaf(self, error: TelegramError) -> Deaf:
        """Say how long to leave Telegram alone: longer each time, or as it asks."""
        self._faults += 1
        rest = min(FIRST_REST * 2 ** (self._faults - 1), LONGEST_REST)
        match error:
            case RetryAfter():
                after = error.retry_after
                seconds = after if isinstance(after, int) else after.total_seconds()
                return Deaf("Telegram asks to slow down", float(seconds))
            case Conflict():
                return Deaf(
                    "Another program reads what people say to this bot, or a webhook is set: "
                    "end it, or remove the webhook (deleteWebhook)",
                    LONGEST_REST,
                    told=True,
                )
            case InvalidToken():
                # It was known a moment ago, when the bot's name was asked for.
                return Deaf(
                    "The bot cannot hear what people say to it: its token was revoked, "
                    "or the Bot API server does not know getUpdates",
                    LONGEST_REST,
                    told=True,
                )
            case TimedOut():
                return Deaf("Telegram does not answer", rest)
        return Deaf(f"Telegram cannot be heard: {redacted(str(error), self._token)}", rest)

    def _read(self, update: Mapping[str, Any]) -> Incoming | None:
        """Read one update by itself: a kind of message that the library does not know holds up no other."""
        try:
            return self._incoming(Update.de_json(dict(update), self._bot))
        except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as error:
            if not self._misread:
                self._misread = True
                log.warning("an update that cannot be read is left aside (%r), as others will be", error)
            return None

    def _incoming(self, update: Update) -> Incoming | None:
        if update.message is not None:
            return _written(update.update_id, update.message)
        if update.callback_query is not None:
            return self._pressed(update.update_id, update.callback_query)
        if update.my_chat_member is not None:
            _note(update.my_chat_member)
        return None

    def _pressed(self, number: int, query: CallbackQuery) -> Incoming | None:
        if query.message is None or query.data is None:
            return None
        chat, user = query.message.chat, query.from_user
        return Incoming(
            number=number,
            at=self._clock.now(),
            user=user.id,
            name=user.full_name,
            language=user.language_code,
            chat=chat.id,
            place=f"@{chat.username}" if chat.username else "",
            kind=str(chat.type),
            data=query.data,
            message=query.message.message_id,
            query=query.id,
        )


def _are_updates(told: object) -> TypeGuard[list[dict[str, Any]]]:
    """Whether an answer is a list of updates, each with its number."""
    return isinstance(told, list) and all(
        isinstance(one, dict) and isinstance(one.get("update_id"), int) for one in told
    )


def _written(number: int, message: Message) -> Incoming | None:
    chat, user = message.chat, message.from_user
    if user is None:
        return None
    return Incoming(
        number=number,
        at=message.date,
        user=user.id,
        name=user.full_name,
        language=user.language_code,
        chat=chat.id,
        place=f"@{chat.username}" if chat.username else "",
        kind=str(chat.type),
        text=(message.text or "")[:LONGEST_WATCH],
        message=message.message_id,
        posing=user.is_bot or message.sender_chat is not None or message.forward_origin is not None,
    )


def _note(change: ChatMemberUpdated) -> None:
    """Say in the log where the bot was put or taken from; in a group of strangers it is silent."""
    chat, status = change.chat, change.new_chat_member.status
    if chat.type != ChatType.PRIVATE:  # whoever blocks the bot and lets it in again writes no log with that
        log.info("the bot is now %s in the %s %s", status, chat.type, chat.id)


def _commands(code: str, names: Sequence[str]) -> list[BotCommand]:
    told = talk.load(code).commands
    return [BotCommand(name, str(getattr(told, name))) for name in names]


def _markup(buttons: Rows) -> InlineKeyboardMarkup | None:
    if not buttons:
        return None
    rows = [[InlineKeyboardButton(one.label, callback_data=one.data) for one in row] for row in buttons]
    return InlineKeyboardMarkup(rows)


def _request() -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=4,
        connect_timeout=PATIENCE,
        read_timeout=PATIENCE,
        write_timeout=PATIENCE,
        pool_timeout=PATIENCE,
    )
