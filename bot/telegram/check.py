"""Whether the bot can do its work: token, every channel, rights, topics, the operator's chat, the profile.

look_over   sees what can be seen without a post, for the start of a run
check       makes a silent test post in each channel too, edits it, looks for it
as for a lost one, and removes it again
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.model.message import Message
from bot.model.outcome import ChatMoved, Outcome, RetryLater, Sent
from bot.telegram.place import Place

if TYPE_CHECKING:
    from bot.telegram.api import Account, BotApi, Description, Membership

TEST_POST = "Draht: test post, removed at once"
TEST_EDIT = "Draht: test post, edited, removed at once"
PATIENCE = 20.0
"""Seconds to wait for each answer."""
_UNREACHED = "the bot cannot be reached by its token"
_RIGHTS = {"can_post_messages": "post", "can_edit_messages": "edit", "can_delete_messages": "delete"}
_SHOWN = "it could be seen on the profile of user {}"
_WHERE = "(channel, administrators, the bot)"


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One thing looked at: how it is, and what to do where it is not well (or could be better)."""

    ok: bool
    text: str
    remedy: str | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What there is beside the channels; `profile` is the number of the user whose profile shows one.

    `patience` is the number of seconds to wait for each answer.
    """

    ops_chat: str | None = None
    api: str | None = None
    profile: int | None = None
    patience: float = PATIENCE


async def check(token: str, channels: Sequence[str], around: Surroundings) -> tuple[CheckLine, ...]:
    """Look at everything that posting needs; stops at the first thing that the rest needs."""
    from bot.telegram.api import BotApi  # noqa: PLC0415  loads python-telegram-bot: 0.9 s

    telegram = BotApi(token, around.api, around.patience)
    try:
        return tuple(await _Visit(telegram, around).all(channels))
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
        channels = [line for chat in chats for line in await _seen(telegram, chat, account)]
        return (*channels, *await _operator(telegram, ops_chat))
    finally:
        await telegram.close()


@dataclass(frozen=True, slots=True)
class _Visit:
    """A check under way."""

    telegram: "BotApi"
    around: Surroundings

    async def all(self, channels: Sequence[str]) -> list[CheckLine]:
        account = await self.telegram.account()
        if isinstance(account, Outcome):
            return [_problem(_UNREACHED, account)]
        lines = [_fine(f"the token is that of @{account.name}")]
        if not channels:
            remedy = "set DRAHT_TELEGRAM_CHAT to @name or the number of the channel"
            lines.append(CheckLine(ok=False, text="no channel is set", remedy=remedy))
        operator = await _operator(self.telegram, self.around.ops_chat)
        if self.around.ops_chat and operator[0].ok:
            operator += await self._tried(self.around.ops_chat, "operator's chat")
        for chat in channels:
            seen = await _seen(self.telegram, chat, account)
            lines += seen
            if seen[0].ok:
                lines += await self._tested(chat, by_forward=all(line.ok for line in operator))
        return [*lines, *self._profile(lines), *operator]

    async def _tested(self, chat: str, *, by_forward: bool) -> list[CheckLine]:
        """Post, edit, look for and remove a test post."""
        sent = await self.telegram.send(chat, Message(TEST_POST, silent=True))
        if not isinstance(sent, Sent):
            return [_problem(f"a test post to {chat} was not taken", sent)]
        lines = [_fine(f"a silent test post stood in {chat}")]
        edited = await self.telegram.edit(chat, sent.message_id, Message(TEST_EDIT))
        lines.append(
            _fine("it could be edited")
            if isinstance(edited, Sent)
            else _problem("it could not be edited, so that news would not reach posts", edited, "edit")
        )
        if self.around.ops_chat and by_forward:
            lines.append(await self._forwarded(chat, sent.message_id, self.around.ops_chat))
        if self.around.profile is not None:
            lines.append(await self._on_profile(chat, sent.message_id, self.around.profile))
        return [*lines, await self._removed(chat, sent.message_id)]

    async def _tried(self, chat: str, role: str) -> list[CheckLine]:
        sent = await self.telegram.send(chat, Message(TEST_POST, silent=True))
        if not isinstance(sent, Sent):
            return [_problem(f"the {role} {chat} takes no message", sent)]
        return [
            _fine(f"a silent test message stood in the {role}"),
            await self._removed(chat, sent.message_id),
        ]

    async def _removed(self, chat: str, number: int) -> CheckLine:
        removed = await self.telegram.delete(chat, number)
        if isinstance(removed, Sent):
            return _fine("it is removed again")
        text = f"it could not be removed; delete message {number} in {chat} yourself"
        return _problem(text, removed, "delete")

    async def _forwarded(self, chat: str, number: int, ops_chat: str) -> CheckLine:
        from bot.telegram.api import Copy  # noqa: PLC0415  see check

        copy = await self.telegram.forward(chat, number, ops_chat)
        if isinstance(copy, Copy):
            await self.telegram.delete(ops_chat, copy.message_id)
            return _fine("it could be found through the operator's chat, as a lost post would be")
        text = "it could not be found through the operator's chat, as a lost post should be"
        if isinstance(copy, Outcome):
            return _problem(text, copy)
        remedy = f"allow forwarding in {chat} (its settings, restrict saving content)"
        return CheckLine(ok=False, text=text, remedy=remedy)

    async def _on_profile(self, chat: str, number: int, profile: int) -> CheckLine:
        lines = await self.telegram.on_profile(profile, chat)
        if isinstance(lines, Outcome):
            return _problem(f"the profile of user {profile} cannot be read", lines)
        if any(line.message_id == number for line in lines):
            return _fine(_SHOWN.format(profile))
        return _fine(f"the profile of user {profile} shows another channel")

    def _profile(self, lines: Sequence[CheckLine]) -> list[CheckLine]:
        """Say so where the profile shows none of the channels; of several it can show but one."""
        profile = self.around.profile
        seen = any(line.text == _SHOWN.format(profile) for line in lines)
        if profile is None or seen:
            return []
        remedy = (
            "choose a public channel there (Telegram, settings, edit profile, channel), "
            "or unset DRAHT_TELEGRAM_PROFILE: then lost posts are looked for by forwards"
        )
        text = f"the profile of user {profile} shows none of the channels"
        return [CheckLine(ok=False, text=text, remedy=remedy)]


async def _seen(telegram: "BotApi", chat: str, account: "Account") -> list[CheckLine]:
    """Look at a channel and what the bot may do there."""
    found = await telegram.described(chat)
    if isinstance(found, Outcome):
        return [_problem(f"the channel {chat} cannot be seen", found)]
    lines = [_fine(f"the channel {chat} is there: {found.title}")]
    if Place.of(chat).topic is not None and not found.is_forum:
        remedy = "name it without the topic in the watch-list, or turn on topics in the group's settings"
        lines.append(CheckLine(ok=False, text=f"{Place.of(chat).chat} has no topics", remedy=remedy))
    if found.is_protected:
        remedy = "allow it (channel settings, restrict saving content), so that lost posts can be looked for"
        lines.append(CheckLine(ok=False, text=f"{chat} forbids forwarding", remedy=remedy))
    member = await telegram.membership(chat, account)
    if isinstance(member, Outcome):
        return [*lines, _problem(f"the bot's rights in {chat} cannot be seen", member)]
    return [*lines, _rights(chat, found, member)]


def _rights(chat: str, found: "Description", member: "Membership") -> CheckLine:
    if member.status in {"left", "kicked"}:
        remedy = "add it to the channel as an administrator with the right to post messages"
        return CheckLine(ok=False, text=f"the bot is not in {chat} ({member.status})", remedy=remedy)
    if not found.is_channel:
        return _fine(f"the bot is in {chat} as {member.status}")
    told = ", ".join(f"{name} {'yes' if right in member.rights else 'no'}" for right, name in _RIGHTS.items())
    if "can_post_messages" not in member.rights:
        text = f"the bot is {member.status} of {chat} and may not post ({told})"
        return CheckLine(ok=False, text=text, remedy=f"give it the right to post messages {_WHERE}")
    return _fine(f"the bot is {member.status} of {chat}; rights: {told} (its own posts it may always edit)")


async def _operator(telegram: "BotApi", ops_chat: str | None) -> list[CheckLine]:
    if ops_chat is None:
        remedy = (
            "set DRAHT_TELEGRAM_OPS_CHAT to a private chat with the bot: faults are told there, and posts "
            "that got lost are looked for there instead of by short-lived silent copies in the channel"
        )
        return [CheckLine(ok=True, text="no operator's chat is set", remedy=remedy)]
    found = await telegram.described(ops_chat)
    if isinstance(found, Outcome):
        return [_problem(f"the operator's chat {ops_chat} cannot be seen", found)]
    return [_fine(f"the operator's chat {ops_chat} is there: {found.title}")]


def _fine(text: str) -> CheckLine:
    return CheckLine(ok=True, text=text)


def _problem(text: str, outcome: Outcome, right: str | None = None) -> CheckLine:
    if isinstance(outcome, ChatMoved):
        remedy = f"the chat moved; set its new number {outcome.new_chat}"
    elif isinstance(outcome, Sent):
        remedy = "try again"
    elif isinstance(outcome, RetryLater) and outcome.seconds is not None:
        remedy = f"{outcome.reason}; try again in {outcome.seconds:.0f} seconds"
    else:
        wish = f"; give the bot the right to {right} messages {_WHERE}" if right else ""
        remedy = f"{outcome.reason}{wish}"
    return CheckLine(ok=False, text=text, remedy=remedy)
