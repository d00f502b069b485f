"""Looking for a post that may have been sent: the forward probe (DELIVERY.md §4).

A bot cannot read a channel, but the answer to forwardMessage holds the whole
message. So each number above the floor is forwarded, silently, and the copy is
deleted at once: to the operator's chat, or where there is none within the
channel itself. That changes no post and needs no right but to post. Editing
numbers to see whether they are "not modified" would overwrite other posts.

Within the channel a silent sign, deleted at once too, tells the newest number:
so nothing is looked for beyond it. A copy or a sign can be left behind there:
by a kill, or because an answer got lost. It is known (a copy by its origin, a
younger number of the same channel), lies below the next sign, and is removed by
this look or by the next one.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from bot.model.message import Message
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
from bot.telegram.place import Place
from bot.telegram.plain import plain, visible

MISSES = 8
"""Numbers without a message in a row after which nothing more is expected above a floor: holes are rare and
short. Where there is no floor: so many other messages are read downwards from the newest."""
PROBES = 40
"""At most so many numbers are asked for, beside known ones; a lost post lies close above its floor."""
WIDER = 25
"""So many times more within the channel, where earlier looks have made holes, and may have left copies."""
LAST = 3
"""So many times more between a floor and the post made again: that is the last time that anybody looks."""
MARKER = "·"
_ENDLESS = 2**53  # beyond any number of a message


@dataclass(frozen=True, slots=True)
class Barred:
    """The chat for the copies takes nothing from the bot."""

    reason: str


Hindrance = CannotLook | LookLater | Barred


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: a post's body in a chat, within these numbers.

    Copies go to `target`; where that lies in the chat itself it may name the topic.
    """

    chat: str
    target: str
    body: str
    above: int | None
    upto: int | None

    @property
    def within(self) -> bool:
        """Whether copies are made in the channel itself."""
        return Place.of(self.target).chat == self.chat

    @property
    def is_open(self) -> bool:
        """Whether it is the misses that end the look."""
        return self.above is not None and self.upto is None and not self.within

    @property
    def probes(self) -> int:
        """How many numbers are looked at, at most."""
        if self.within:
            return PROBES * WIDER
        return PROBES if self.upto is None else PROBES * LAST

    def is_said_by(self, text: str) -> bool:
        """Whether a message with this text is the post."""
        return visible(text) == visible(plain(self.body))

    def is_litter(self, number: int, text: str, origin: int | None) -> bool:
        """Whether a message is what an earlier look left behind in the channel."""
        remade = origin is not None and origin != number and origin > (self.above or 0)
        return remade or text == MARKER


@dataclass(slots=True)
class Look:
    """One look-up; a hindered one goes on where it stopped when it is run again.

    `made` are the numbers of its own copies and signs within the channel, `read`
    is what stands under the numbers that it saw; a service message says nothing.
    """

    wanted: Wanted
    made: set[int] = field(default_factory=set)
    read: dict[int, str] = field(default_factory=dict)
    _done: set[int] = field(default_factory=set)
    _missing: set[int] = field(default_factory=set)
    _posts: set[int] = field(default_factory=set)
    _litter: set[int] = field(default_factory=set)  # what is to be deleted in the channel

    async def run(self, api: BotApi, others: Container[int]) -> Sighting | Barred:
        """Look at the numbers in question; `others` are posts known to say something else, or gone."""
        hindrance = await self._cleared(api) or await self._searched(api, others) or await self._cleared(api)
        if hindrance:
            return hindrance
        posts = sorted(self._posts)
        return Found(posts[0], tuple(posts[1:])) if posts else NotFound()

    async def _numbers(self, api: BotApi) -> Sequence[int] | Hindrance:
        """Say which numbers to look at; without a floor, downwards from the newest one, if that is known."""
        wanted, last = self.wanted, self.wanted.upto
        if wanted.within:
            newest = await self._newest(api)
            if not isinstance(newest, int):
                return newest
            last = newest - 1
        if wanted.above is not None:
            return range(wanted.above + 1, last + 1 if last is not None else _ENDLESS)
        # Nothing is known of the channel: what is posted anew will tell where to look.
        return range(last, max(last - wanted.probes, 0), -1) if last is not None else ()

    async def _newest(self, api: BotApi) -> int | Hindrance:
        """Learn the channel's newest number by a sign that is posted silently and deleted at once."""
        outcome = await api.send(self.wanted.target, Message(MARKER, silent=True))
        if isinstance(outcome, Sent):
            self.made.add(outcome.message_id)
            if not isinstance(await api.delete(self.wanted.chat, outcome.message_id), Sent):
                self._litter.add(outcome.message_id)
            return outcome.message_id
        return _hindered(outcome, within=True)

    async def _searched(self, api: BotApi, others: Container[int]) -> Hindrance | None:
        numbers = await self._numbers(api)
        if not isinstance(numbers, Sequence):
            return numbers
        asked = misses = 0
        for number in self._chosen(numbers, others):
            if misses >= MISSES or asked >= self.wanted.probes:
                break
            if number in others:
                self._missing.discard(number)  # it was taken meanwhile
            elif number not in self._done and number not in self.made:
                asked += 1
                hindrance = await self._probe(api, number)
                if hindrance:
                    return hindrance
                self._done.add(number)
            misses = self._misses(misses, number)
        return None

    def _misses(self, before: int, number: int) -> int:
        """Count the numbers that lead to nothing: holes in a row above a floor, other messages without one.

        It is counted anew in each run, so that what a hindered one saw counts once more.
        """
        if self.wanted.is_open:
            return before + 1 if number in self._missing else 0
        passed = self.wanted.above is None and number in self.read and number not in self._posts
        return before + passed

    def _chosen(self, numbers: Sequence[int], others: Container[int]) -> Sequence[int]:
        """Leave out what is known where the end is known, too; of a gap too wide give both ends."""
        if self.wanted.is_open or self.wanted.above is None:
            return numbers
        unknown, most = [number for number in numbers if number not in others], self.wanted.probes
        return unknown if len(unknown) <= most else [*unknown[: most // 2], *unknown[-(most - most // 2) :]]

    async def _probe(self, api: BotApi, number: int) -> Hindrance | None:
        forwarded = await api.forward(self.wanted.chat, number, self.wanted.target)
        match forwarded:
            case Missing():
                self._missing.add(number)
            case Unreadable():
                self.read[number] = ""
            case Protected():
                return CannotLook(
                    f"{self.wanted.chat} forbids forwarding; allow it (channel settings, restrict saving "
                    "content), so that posts of unknown end can be looked for"
                )
            case Copy():
                await self._read(api, number, forwarded)
            case _:
                return _hindered(forwarded, within=self.wanted.within)
        return None

    async def _read(self, api: BotApi, number: int, copy: Copy) -> None:
        removed = isinstance(await api.delete(self.wanted.target, copy.message_id), Sent)
        if self.wanted.within:
            self.made.add(copy.message_id)
            self._litter |= set() if removed else {copy.message_id}
        if self.wanted.is_litter(number, copy.text, copy.origin):
            self._litter.add(number)
            return
        self.read[number] = copy.text
        if self.wanted.is_said_by(copy.text) and number <= (self.wanted.upto or number):
            self._posts.add(number)

    async def _cleared(self, api: BotApi) -> Hindrance | None:
        for number in sorted(self._litter):
            outcome = await api.delete(self.wanted.chat, number)
            # What is refused for itself is past deleting; a channel that takes nothing just now is not.
            if not isinstance(outcome, Sent | Refused) or (
                isinstance(outcome, Refused) and outcome.by_channel
            ):
                return _hindered(outcome, within=True)
            self._litter.discard(number)
        return None


def _hindered(outcome: Outcome, *, within: bool) -> Hindrance:
    match outcome:
        case Refused(reason, by_channel):
            # A channel that takes nothing takes no second post either; once it does, it can be seen too.
            barred = LookLater(reason) if within else Barred(reason)
            return barred if by_channel else CannotLook(reason)
        case RetryLater(reason, seconds):
            return LookLater(reason, seconds)
        case Unknown(reason):
            return LookLater(reason)
        case ChatMoved(new_chat):
            # It may be the chat for the copies that moved: then what was posted must not be posted blindly.
            moved = f"the chat moved to {new_chat}"
            return CannotLook(moved) if within else Barred(moved)
        case Sent():
            return LookLater("Telegram answered something else than was asked")
        case _:
            assert_never(outcome)
