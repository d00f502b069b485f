"""Where posts go, and how each place wants to be told."""

from dataclasses import dataclass, field
from datetime import time


@dataclass(frozen=True, slots=True)
class Quiet:
    """The hours of a day, in the watch-list's zone, in which nothing should ring; may span midnight."""

    start: time
    end: time


def is_chat(name: str) -> bool:
    """Whether a channel's name is that of a Telegram chat or topic; any other is a service's.

    >>> [is_chat(name) for name in ("", "@draht/17", "-1001234", "ntfy")]
    [True, True, True, False]
    """
    return not name or name[0] in "@-0123456789"


@dataclass(frozen=True, slots=True)
class Service:
    """Where a channel that is no Telegram chat goes.

    `address` may be "env:NAME": that variable of the environment holds it. An
    http or https address is a webhook, whose posts are signed with the `secret`
    (again "env:NAME"); any other is read by Apprise. Neither shows in a `repr`.
    """

    address: str = field(repr=False)
    secret: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Channel:
    """One place that alerts go to; "" is the default one (DRAHT_TELEGRAM_CHAT).

    `name` is what watches call it: a chat ("@draht", "-1001234"), a topic of a
    forum ("@draht/17"), or a name of the editor's own for another service.
    `language` is that of its posts. `digest` is when its weekly digest goes out,
    as five fields of a crontab, None for never. Where `approve` is set, first
    posts wait for an editor. `service` is None for a Telegram chat.
    """

    name: str
    language: str
    quiet: Quiet | None = None
    digest: str | None = None
    approve: bool = False
    service: Service | None = None
