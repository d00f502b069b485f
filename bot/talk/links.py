"""Where a post stands on the web: its link, and the post that a link means."""

import re
from dataclasses import dataclass

_CHANNEL = re.compile(r"(?:@(?P<name>\w+)|-100(?P<number>\d+))(?:/(?P<topic>\d+))?", re.ASCII)
_ADDRESS = re.compile(
    r"(?:https?://)?(?:t|telegram)\.me/(?:c/(?P<number>\d{1,16})|(?P<name>[A-Za-z]\w{2,63}))"
    r"(?:/\d{1,12})?/(?P<message>\d{1,12})/?(?:\?\S*)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Place:
    """The post that a link means: the channel, without its topic, and the number in it."""

    channel: str
    message: int


def link(channel: str, message: int | None) -> str | None:
    """Give the link to a post; None where it has none, as in a private chat or another service.

    >>> link("@draht", 17), link("-1001234", 5), link("@draht/3", 9)
    ('https://t.me/draht/17', 'https://t.me/c/1234/5', 'https://t.me/draht/3/9')
    """
    match = _CHANNEL.fullmatch(channel)
    if match is None or message is None:
        return None
    home = match["name"] or f"c/{match['number']}"
    topic = f"/{match['topic']}" if match["topic"] else ""
    return f"https://t.me/{home}{topic}/{message}"


def place(address: str) -> Place | None:
    """Read the link to a post; None where it is none.

    >>> place("https://t.me/c/1234/5?single"), place("t.me/Draht/3/9")
    (Place(channel='-1001234', message=5), Place(channel='@draht', message=9))
    """
    match = _ADDRESS.fullmatch(address.strip())
    if match is None:
        return None
    channel = f"-100{match['number']}" if match["number"] else f"@{match['name'].lower()}"
    return Place(channel, int(match["message"]))


def stands_in(channel: str, meant: str) -> bool:
    """Whether a post in this channel, or a topic of it, is one in the channel that a link means."""
    return channel.partition("/")[0].lower() == meant
