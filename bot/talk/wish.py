"""What a request asks for, given who asks; nothing here changes anything."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.model.archive import Search
from bot.talk import times
from bot.talk.access import Rank
from bot.talk.buttons import Pressed, ShowContact, ShowPost, pressed
from bot.talk.links import Place, place
from bot.talk.request import Request
from bot.talk.watching import WatchWish, watch_wish
from bot.talk.who import Directory

FEW, MOST = 5, 10
DEFAULT_MUTE = "2h"
_NUMBER = re.compile(r"\d{1,2}", re.ASCII)
_ENTRY = re.compile(r"\d{1,12}", re.ASCII)
_ALERT = re.compile(r"(?:why-)?([0-9a-f]{20})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Help:
    """Say what can be asked; `first` greets, `lost` says that the words were not understood."""

    first: bool = False
    lost: bool = False


@dataclass(frozen=True, slots=True)
class LastPosts:
    """Show the latest posts."""

    count: int


@dataclass(frozen=True, slots=True)
class FindContacts:
    """Show contacts."""

    search: Search


@dataclass(frozen=True, slots=True)
class NumberedPost:
    """Show what the n-th of the latest posts rests on."""

    number: int


@dataclass(frozen=True, slots=True)
class LinkedPost:
    """Show what the post under a link rests on."""

    place: Place


@dataclass(frozen=True, slots=True)
class Unclear:
    """Say that a part of the request is not understood: "who", "since", "length" or "post"."""

    part: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """Say politely that this is not for everybody."""


@dataclass(frozen=True, slots=True)
class ShowStatus:
    """Say how things stand."""


@dataclass(frozen=True, slots=True)
class ShowHealth:
    """Say which feeds are not heard."""


@dataclass(frozen=True, slots=True)
class MuteUntil:
    """No notices until then."""

    until: datetime


@dataclass(frozen=True, slots=True)
class StopSending:
    """Send nothing more."""


@dataclass(frozen=True, slots=True)
class SendAgain:
    """Send again."""


@dataclass(frozen=True, slots=True)
class ShowHeld:
    """Show what waits for approval."""


@dataclass(frozen=True, slots=True)
class ApproveHeld:
    """Let out the post of this number, or (None) all that waited when it was asked.

    The number is the outbox entry's, not a place in a list: asked twice, it lets out nothing else.
    """

    number: int | None
    asked_at: datetime


Wish = (
    Help
    | LastPosts
    | FindContacts
    | NumberedPost
    | LinkedPost
    | Unclear
    | Refused
    | ShowStatus
    | ShowHealth
    | MuteUntil
    | StopSending
    | SendAgain
    | ShowHeld
    | ApproveHeld
    | Pressed
    | WatchWish
)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a request is read with: who asks, whom there is to ask about, and which day it is."""

    rank: Rank
    directory: Directory
    today: date


def wish_of(request: Request, circumstances: Circumstances) -> Wish:
    """Say what is asked for; what only editors may do is refused to everybody else."""
    if request.button is not None:
        return _button(request.button, circumstances.rank)
    if request.command in _EDITORS:
        if circumstances.rank is not Rank.EDITOR:
            return Refused()
        return _EDITORS[request.command](request.arguments, request.at)
    if request.command in _READERS:
        return _READERS[request.command](request.arguments, circumstances)
    return Help(lost=bool(request.command))


def _button(written: str, rank: Rank) -> Wish:
    wish = pressed(written)
    if wish is None:
        return Unclear("button")
    free = isinstance(wish, ShowPost | ShowContact)
    return wish if free or rank is Rank.EDITOR else Refused()


def _start(arguments: str, _: Circumstances) -> Wish:
    asked = _ALERT.fullmatch(arguments)
    return ShowPost(asked[1]) if asked else Help(first=True)


def _last(arguments: str, _: Circumstances) -> Wish:
    count = int(arguments) if _NUMBER.fullmatch(arguments) else FEW
    return LastPosts(min(max(count, 1), MOST))


def _why(arguments: str, _: Circumstances) -> Wish:
    if not arguments:
        return NumberedPost(1)
    if _NUMBER.fullmatch(arguments):
        return NumberedPost(int(arguments))
    if named := _ALERT.fullmatch(arguments):
        return ShowPost(named[1])
    where = place(arguments)
    return LinkedPost(where) if where else Unclear("post")


def _contacts(arguments: str, circumstances: Circumstances) -> Wish:
    words = arguments.split()
    last = words[-1] if words else ""
    since = times.since(last, circumstances.today)
    if since is not None:
        words = words[:-1]
    elif times.like_a_day(last):
        return Unclear("since", last)
    parties = circumstances.directory.parties(
        " ".join(w for w in words if w.lower() not in {"since", "seit"})
    )
    if isinstance(parties, str):
        return Unclear("who", parties)
    return FindContacts(Search(parties, since, MOST))


def _mute(arguments: str, at: datetime) -> Wish:
    until = times.until(arguments or DEFAULT_MUTE, at)
    return MuteUntil(until) if until else Unclear("length")


def _approve(arguments: str, at: datetime) -> Wish:
    if arguments.lower() in {"all", "alle"}:
        return ApproveHeld(None, at)
    return ApproveHeld(int(arguments), at) if _ENTRY.fullmatch(arguments) else ShowHeld()


_READERS: Mapping[str, Callable[[str, Circumstances], Wish]] = {
    "start": _start,
    "help": lambda _, __: Help(),
    "last": _last,
    "contacts": _contacts,
    "why": _why,
}
_EDITORS: Mapping[str, Callable[[str, datetime], Wish]] = {
    "status": lambda _, __: ShowStatus(),
    "health": lambda _, __: ShowHealth(),
    "mute": _mute,
    "pause": lambda _, __: StopSending(),
    "resume": lambda _, __: SendAgain(),
    "approve": _approve,
    "watch": lambda arguments, _: watch_wish(arguments),
}
READERS_COMMANDS = tuple(_READERS)
EDITORS_COMMANDS = tuple(_EDITORS)
