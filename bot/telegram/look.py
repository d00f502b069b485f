"""Looking for a post that may have been sent: the forward probe (DELIVERY.md §4).

A bot cannot read a channel, but the answer to forwardMessage holds the whole
message. So each number above the floor is forwarded, silently, and the copy is
deleted at once: to the operator's chat, or where there is none within the
channel itself. That changes no post and needs no right but to post. Editing
numbers to see whether they are "not modified" would overwrite other posts.

Within the channel a copy may be left behind by a kill. It is known by its
origin, a younger number of the same channel, and removed by the next look.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from typing import assert_never

from bot.model.outcome import (
    CannotLook,
    ChatMoved,
    Found,
    LookLater,
    NotFound,
    Outcome,
    Refused,
    RetryLater,
    Sent,
    Sighting,
    Unknown,
)
from bot.telegram.api import BotApi, Copy, Missing, Protected, Unreadable
from bot.telegram.plain import plain, visible

MISSES = 8
"""Numbers without a message in a row after which nothing more is expected: holes are rare and short."""
PROBES = 40
"""At most so many numbers are looked at; a lost post lies close to its floor or to the newest one."""
MARKER = "·"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: a post's body in a chat, within these numbers.

    `others` are numbers of posts known to say something else. `target` is where
    the copies go.
    """

    chat: str
    target: str
    body: str
    above: int | None
    upto: int | None
    others: Container[int] = ()

    @property
    def within(self) -> bool:
        """Whether copies are made in the channel itself."""
        return self.target == self.chat

    def is_said_by(self, text: str) -> bool:
        """Whether a message with this text is the post."""
        return visible(text) == visible(plain(self.body))


@dataclass(slots=True)
class _Seen:
    """What a look has seen so far: numbers of the post, copies still to delete, the newest number."""

    posts: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    top: int | None = None
    misses: int = 0


async def look(api: BotApi, wanted: Wanted) -> Sighting:
    """Look at the numbers in question, one by one, and say where the post stands."""
    numbers = await _numbers(api, wanted)
    if isinstance(numbers, CannotLook | LookLater):
        return numbers
    seen = _Seen(top=wanted.upto)
    for number in numbers:
        if (seen.top is not None and number > seen.top) or seen.misses >= MISSES:
            break
        if number not in wanted.others:
            trouble = await _probe(api, wanted, number, seen)
            if trouble:
                return trouble
    return _sighting(seen)


def _sighting(seen: _Seen) -> Sighting:
    posts = sorted(seen.posts)
    if posts:
        return Found(posts[0], (*posts[1:], *seen.left))
    if seen.left:
        return LookLater("a copy made while looking could not be removed yet")
    return NotFound()


async def _numbers(api: BotApi, wanted: Wanted) -> Iterable[int] | CannotLook | LookLater:
    """Say which numbers to look at; without a floor, those just below the newest one."""
    if wanted.above is not None:
        first, last = wanted.above + 1, wanted.upto
        if last is None or last - first < PROBES:
            return range(first, first + PROBES)
        half = PROBES // 2
        return [*range(first, first + half), *range(last - half + 1, last + 1)]
    newest = wanted.upto + 1 if wanted.upto is not None else await _newest(api, wanted.chat)
    return range(newest - 1, max(newest - 1 - MISSES, 0), -1) if isinstance(newest, int) else newest


async def _newest(api: BotApi, chat: str) -> int | CannotLook | LookLater:
    """Learn a channel's newest number by a sign that is posted silently and deleted at once."""
    outcome = await api.send(chat, MARKER, silent=True)
    if isinstance(outcome, Sent):
        await api.delete(chat, outcome.message_id)
        return outcome.message_id
    return _hindered(outcome)


async def _probe(api: BotApi, wanted: Wanted, number: int, seen: _Seen) -> CannotLook | LookLater | None:
    forwarded = await api.forward(wanted.chat, number, wanted.target)
    match forwarded:
        case Missing():
            seen.misses += wanted.upto is None and wanted.above is not None
            return None
        case Unreadable():
            seen.misses = 0
            return None
        case Protected():
            return CannotLook(
                f"{wanted.chat} forbids forwarding; allow it (channel settings, restrict saving content), "
                "so that posts of unknown end can be looked for"
            )
        case Copy():
            seen.misses = 0
            await _read(api, wanted, number, (forwarded, seen))
            return None
        case _:
            return _hindered(forwarded)


async def _read(api: BotApi, wanted: Wanted, number: int, found: tuple[Copy, _Seen]) -> None:
    copy, seen = found
    removed = isinstance(await api.delete(wanted.target, copy.message_id), Sent)
    if wanted.within:
        seen.top = min(seen.top or copy.message_id, copy.message_id - 1)
        seen.left += [] if removed else [copy.message_id]
    if _is_litter(wanted, number, copy):
        removed = isinstance(await api.delete(wanted.chat, number), Sent)
        seen.left += [] if removed else [number]
    elif wanted.is_said_by(copy.text):
        seen.posts.append(number)


def _is_litter(wanted: Wanted, number: int, copy: Copy) -> bool:
    """Say whether a message is what an earlier look left behind."""
    remade = copy.origin is not None and copy.origin != number and copy.origin > (wanted.above or 0)
    return remade or copy.text == MARKER


def _hindered(outcome: Outcome) -> CannotLook | LookLater:
    match outcome:
        case Refused(reason):
            return CannotLook(reason)
        case RetryLater(reason, seconds):
            return LookLater(reason, seconds)
        case Unknown(reason):
            return LookLater(reason)
        case ChatMoved(new_chat):
            return LookLater(f"the chat moved to {new_chat}")
        case Sent():
            return LookLater("Telegram answered something else than was asked")
        case _:
            assert_never(outcome)
