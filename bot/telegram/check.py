"""Whether the bot can do its work: token, channel, rights, the operator's chat, and a test post."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.model.message import Message
from bot.model.outcome import ChatMoved, Outcome, Sent

if TYPE_CHECKING:
    from bot.telegram.api import Account, BotApi

TEST_POST = "Draht: test post, removed at once"
PATIENCE = 20.0
"""Seconds to wait for each answer."""
_UNREACHED = "the bot cannot be reached by its token"


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One thing looked at: how it is, and what to do where it is not well (or could be better)."""

    ok: bool
    text: str
    remedy: str | None = None


async def check(
    token: str,
    chat: str | None,
    ops_chat: str | None = None,
    api: str | None = None,
    patience: float = PATIENCE,
) -> tuple[CheckLine, ...]:
    """Look at everything that posting needs; stops at the first thing that the rest needs.

    A silent test post is made in the channel and removed again. `patience` is
    the number of seconds to wait for each answer.
    """
    from bot.telegram.api import BotApi  # noqa: PLC0415  loads python-telegram-bot: 0.9 s

    telegram = BotApi(token, api, patience)
    try:
        return tuple(await _lines(telegram, chat, ops_chat))
    finally:
        await telegram.close()


async def look_over(
    token: str, chats: Iterable[str], ops_chat: str | None = None, api: str | None = None
) -> tuple[CheckLine, ...]:
    """Look at what posting in these channels needs, without posting anything."""
    from bot.telegram.api import BotApi  # noqa: PLC0415  loads python-telegram-bot: 0.9 s

    telegram = BotApi(token, api, PATIENCE)
    try:
        account = await telegram.account()
        if isinstance(account, Outcome):
            return (_problem(_UNREACHED, account),)
        channels = [line for chat in chats for line in await _channel(telegram, chat, account)]
        return (*channels, await _operator(telegram, ops_chat))
    finally:
        await telegram.close()


async def _lines(telegram: "BotApi", chat: str | None, ops_chat: str | None) -> list[CheckLine]:
    account = await telegram.account()
    if isinstance(account, Outcome):
        return [_problem(_UNREACHED, account)]
    lines = [CheckLine(ok=True, text=f"the token is that of @{account.name}")]
    if chat is None:
        remedy = "set DRAHT_TELEGRAM_CHAT to @name or the number of the channel"
        return [*lines, CheckLine(ok=False, text="no channel is set", remedy=remedy)]
    channel = await _channel(telegram, chat, account)
    test = await _test_post(telegram, chat) if channel[0].ok else []
    return [*lines, *channel, *test, await _operator(telegram, ops_chat)]


async def _channel(telegram: "BotApi", chat: str, account: "Account") -> list[CheckLine]:
    found = await _found(telegram, chat, "channel")
    return [found, await _rights(telegram, chat, account)] if found.ok else [found]


async def _found(telegram: "BotApi", chat: str, role: str) -> CheckLine:
    title = await telegram.title(chat)
    if isinstance(title, str):
        return CheckLine(ok=True, text=f"the {role} {chat} is there: {title}")
    return _problem(f"the {role} {chat} cannot be seen", title)


async def _rights(telegram: "BotApi", chat: str, account: "Account") -> CheckLine:
    member = await telegram.membership(chat, account)
    if isinstance(member, Outcome):
        return _problem(f"the bot's rights in {chat} cannot be seen", member)
    if member.status == "administrator" and "can_post_messages" not in member.rights:
        remedy = "give it the right to post messages (channel, administrators, the bot)"
        return CheckLine(
            ok=False, text=f"the bot is an administrator of {chat} that may not post", remedy=remedy
        )
    if member.status in {"left", "kicked"}:
        remedy = "add it to the channel as an administrator with the right to post messages"
        return CheckLine(ok=False, text=f"the bot is not in {chat} ({member.status})", remedy=remedy)
    return CheckLine(ok=True, text=f"the bot is in {chat} as {member.status}")


async def _test_post(telegram: "BotApi", chat: str) -> list[CheckLine]:
    sent = await telegram.send(chat, Message(TEST_POST, silent=True))
    if not isinstance(sent, Sent):
        return [_problem(f"a test post to {chat} was not taken", sent)]
    lines = [CheckLine(ok=True, text=f"a silent test post stood in {chat}")]
    removed = await telegram.delete(chat, sent.message_id)
    if isinstance(removed, Sent):
        return [*lines, CheckLine(ok=True, text="it is removed again")]
    return [*lines, _problem(f"it could not be removed; delete message {sent.message_id} yourself", removed)]


async def _operator(telegram: "BotApi", ops_chat: str | None) -> CheckLine:
    if ops_chat is None:
        remedy = (
            "set DRAHT_TELEGRAM_OPS_CHAT to a private chat with the bot: faults are told there, and posts "
            "that got lost are looked for there instead of by short-lived silent copies in the channel"
        )
        return CheckLine(ok=True, text="no operator's chat is set", remedy=remedy)
    return await _found(telegram, ops_chat, "operator's chat")


def _problem(text: str, outcome: Outcome) -> CheckLine:
    if isinstance(outcome, ChatMoved):
        remedy = f"the chat moved; set its new number {outcome.new_chat}"
    else:
        remedy = "try again" if isinstance(outcome, Sent) else outcome.reason
    return CheckLine(ok=False, text=text, remedy=remedy)
