"""How an attempt to send ended: a value that carries what to do next."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sent:
    """The post stands in the channel under this number."""

    message_id: int


@dataclass(frozen=True, slots=True)
class RetryLater:
    """Surely not sent; try again, after `seconds` where the server named them."""

    reason: str
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Will not be accepted as it is; a person has to act (`reason` says how).

    `by_channel`: it is not this post but the channel that takes nothing (token,
    rights, address): its posts stay due, so that none is lost.
    """

    reason: str
    by_channel: bool = False


@dataclass(frozen=True, slots=True)
class ChatMoved:
    """The channel lives under a new id now."""

    new_chat: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """May have been sent; has to be looked for before it is sent again."""

    reason: str


Outcome = Sent | RetryLater | Refused | ChatMoved | Unknown


@dataclass(frozen=True, slots=True)
class Found:
    """The look-up saw the post: its number, and later copies that should go."""

    message_id: int
    copies: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class NotFound:
    """The look-up could see the channel, and the post is not there."""


@dataclass(frozen=True, slots=True)
class CannotLook:
    """There is no way to see the channel; `reason` says what the operator can set up."""

    reason: str


@dataclass(frozen=True, slots=True)
class LookLater:
    """The channel cannot be seen just now; look again, after `seconds` where the server named them."""

    reason: str
    seconds: float | None = None


Sighting = Found | NotFound | CannotLook | LookLater
