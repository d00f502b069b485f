"""Where posts go, and how each place wants to be told."""

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True)
class Quiet:
    """The hours of a day, in the watch-list's zone, in which nothing should ring; may span midnight."""

    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Channel:
    """One place that alerts go to; "" is the default one (DRAHT_TELEGRAM_CHAT).

    `name` is what watches call it: a chat ("@draht", "-1001234"), a topic of a
    forum ("@draht/17"), or a name of the editor's own for another service.
    `language` is that of its posts. `digest` is when its weekly digest goes out,
    as five fields of a crontab, None for never. Where `approve` is set, first
    posts wait for an editor.
    """

    name: str
    language: str
    quiet: Quiet | None = None
    digest: str | None = None
    approve: bool = False
