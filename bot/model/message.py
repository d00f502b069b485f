"""What goes out to a channel in one piece."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """A text and how it is to arrive.

    `body` is Telegram HTML. `silent` ones do not ring. `reply_to` is the number
    of the post in the same channel that it answers. `about` is the alert it
    belongs to: readers may ask why it rang, so an edit has to name it as well. `entry` is
    the outbox entry that it comes from: the same at each try.
    """

    body: str
    silent: bool = False
    reply_to: int | None = None
    about: str | None = None
    entry: str | None = None
