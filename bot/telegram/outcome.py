"""Pure: how python-telegram-bot's exceptions end a send (DELIVERY.md §1).

    exception                      cause                         outcome
    RetryAfter                                                   RetryLater, with its seconds
    ChatMigrated                                                 ChatMoved
    InvalidToken (401, 404)                                      Refused by the channel
    Forbidden                                                    Refused by the channel
    BadRequest                     no chat, topic or right       Refused by the channel
    BadRequest                     else                          Refused
    TimedOut, NetworkError         never left this machine       RetryLater
    TimedOut, NetworkError         else (reset, read time, 5xx)  Unknown

BadRequest and TimedOut *are* NetworkErrors, so the order matters. A reset
before the message was posted and one after it look the same.
"""

import re
from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.model.outcome import ChatMoved, Outcome, Refused, RetryLater, Unknown

# By name, as httpx is the library's affair: nothing was sent where there was no connection or no request.
_NEVER_LEFT = frozenset(
    {
        "ConnectError",
        "ConnectTimeout",
        "PoolTimeout",
        "UnsupportedProtocol",
        "InvalidURL",
        "LocalProtocolError",
    }
)
_NO_CHAT = ("chat not found", "channel_invalid", "chat_id_invalid", "chat_id is empty", "peer_id_invalid")
_NO_RIGHT = (
    "administrator rights",
    "not enough rights",
    "no rights to send",
    "write_forbidden",
    "admin_required",
)
_LIBRARY = re.compile(r"^httpx\.\w+:\s*")
_NO_TOPIC = ("message thread not found", "topic_closed", "topic_deleted", "topic_id_invalid")
_MARKUP = ("can't parse entities", "can't parse message text", "unsupported start tag", "entities_too_long")
_MARKUP_TOO = ("entity_", "entities are too", "invalid entit")
_BUTTON = ("button", "reply_markup", "reply markup", "inline keyboard")
_SAME = "message is not modified"
_GONE = ("message to edit not found", "message_id_invalid")


def outcome_of(error: TelegramError, chat: str) -> Outcome:
    """Say how a call to this chat ended; a refusal says what a person has to do."""
    match error:
        case RetryAfter():
            outcome: Outcome = RetryLater("Telegram asks to slow down", _seconds(error.retry_after))
        case ChatMigrated():
            outcome = ChatMoved(str(error.new_chat_id))
        case InvalidToken():
            outcome = Refused(
                "Telegram does not know the bot's token; set DRAHT_TELEGRAM_TOKEN "
                "to the one that @BotFather shows (and check DRAHT_TELEGRAM_API if set)",
                by_channel=True,
            )
        case Forbidden():
            outcome = _no_right(error, chat)
        case BadRequest():
            outcome = _bad_request(error, chat)
        case _:
            outcome = _network(error)
    return outcome


def is_unmodified(error: TelegramError) -> bool:
    """Say whether an edit failed because the post already says this."""
    return isinstance(error, BadRequest) and _SAME in str(error).lower()


def is_deleted(error: TelegramError) -> bool:
    """Say whether a deletion failed because the message is already gone."""
    return isinstance(error, BadRequest) and "to delete not found" in str(error).lower()


def refuses_markup(error: TelegramError) -> bool:
    """Say whether a text was refused for how it is marked up; without markup it may be taken."""
    return isinstance(error, BadRequest) and _holds(error, (*_MARKUP, *_MARKUP_TOO))


def refuses_button(error: TelegramError) -> bool:
    """Say whether a message was refused for its button; without one it may be taken."""
    return isinstance(error, BadRequest) and not is_unmodified(error) and _holds(error, _BUTTON)


def _holds(error: TelegramError, signs: tuple[str, ...]) -> bool:
    text = str(error).lower()  # the library capitalises what Telegram says
    return any(sign in text for sign in signs)


def _bad_request(error: BadRequest, chat: str) -> Refused:
    if _holds(error, _NO_CHAT):
        return Refused(
            f"Telegram finds no chat {chat}; check its name or number, and that the bot is a member of it",
            by_channel=True,
        )
    if _holds(error, _NO_TOPIC):
        return Refused(
            f"the topic of {chat} takes nothing ({error}); "
            "open it again, or name another one in the watch-list",
            by_channel=True,
        )
    if _holds(error, _NO_RIGHT):
        return _no_right(error, chat)
    if _holds(error, _GONE):
        return Refused(f"the post is gone from {chat}; somebody has deleted it")
    return Refused(f"Telegram refuses this message to {chat}: {error}")


def _no_right(error: TelegramError, chat: str) -> Refused:
    return Refused(
        f"the bot may not post in {chat} ({error}); "
        "make it an administrator there with the right to post messages",
        by_channel=True,
    )


def _network(error: TelegramError) -> Outcome:
    names = {kind.__name__ for kind in type(error.__cause__).__mro__}
    surely_not = isinstance(error, NetworkError) and bool(names & _NEVER_LEFT)
    if surely_not or "too many requests" in str(error).lower():
        return RetryLater(f"Telegram cannot be reached: {_said(error)}")
    return Unknown(f"no clear answer from Telegram: {_said(error)}")


def _said(error: TelegramError) -> str:
    """Give the network's own words; the library puts its exception's name before them, or nothing else."""
    return _LIBRARY.sub("", str(error)) or str(error).removeprefix("httpx.").rstrip(": ")


def _seconds(told: int | timedelta) -> float:
    return told.total_seconds() if isinstance(told, timedelta) else float(told)
