"""What somebody said to the bot or pressed, as a request; everything else is none."""

import re
from dataclasses import dataclass
from datetime import datetime

from bot.alerts.budget import clean, clip

# What is longer was not typed to a bot; the rest of it is not even looked at.
LONGEST = 500
LONGEST_WATCH = 4_096
"""Of what is said about the watch-list, which may be a story to try: as long as a message can be."""
LONGEST_NAME = 40
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@(\w{1,64}))?(?:\s+(.*))?", re.DOTALL)
_ADDRESS = re.compile(r"(?:https?://)?(?:t|telegram)\.me/\S+")
_WATCH = re.compile(r"\s*/watch\b", re.IGNORECASE)
PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message or a pressed button as Telegram tells it; nothing in it can be trusted but the numbers.

    `chat` and `place` are the chat's number and its @name, `kind` is Telegram's
    ("private", "group", "supergroup", "channel"). `message` is the number of the
    message, or of the one whose button was pressed; `query` names the pressing.
    `posing` says that it speaks for another: forwarded, or in a chat's name.
    """

    number: int
    at: datetime
    user: int
    name: str
    language: str | None
    chat: int
    place: str
    kind: str
    text: str = ""
    data: str | None = None
    message: int | None = None
    query: str | None = None
    posing: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """Who wants what, where: a command with its arguments, or a button's data.

    `command` is "" where somebody simply wrote something.
    """

    user: int
    name: str
    language: str
    chat: int
    place: str
    private: bool
    at: datetime
    command: str = ""
    arguments: str = ""
    button: str | None = None
    message: int | None = None
    query: str | None = None

    @property
    def by(self) -> str:
        """Name who asks, for the books."""
        return f"{self.name} ({self.user})" if self.name else str(self.user)


def request_of(incoming: Incoming, bot: str) -> Request | None:
    """Read what was said to the bot of this name; None where nothing was said to it.

    Nothing is that is posted in a channel, forwarded, said in a chat's name or,
    in a group, said to another bot or to nobody.
    """
    if incoming.kind == "channel" or incoming.posing:
        return None
    said = ("", "") if incoming.data is not None else _said(incoming, bot)
    if said is None:
        return None
    command, arguments = said
    return Request(
        user=incoming.user,
        name=clip(incoming.name[:LONGEST], LONGEST_NAME),
        language=(incoming.language or "")[:2].lower(),
        chat=incoming.chat,
        place=incoming.place,
        private=incoming.kind == PRIVATE,
        at=incoming.at,
        command=command,
        arguments=arguments,
        button=incoming.data,
        message=incoming.message,
        query=incoming.query,
    )


def _said(incoming: Incoming, bot: str) -> tuple[str, str] | None:
    longest = LONGEST_WATCH if _WATCH.match(incoming.text) else LONGEST
    text = incoming.text[:longest].strip()
    match = _COMMAND.fullmatch(text)
    if match is None:
        return _plainly_said(text) if text and incoming.kind == PRIVATE else None
    command, whose, arguments = match.groups()
    if whose and whose.lower() != bot.lower():
        return None
    # Of the watch-list more than one line is said: words below each other, or a story.
    told = (arguments or "").splitlines() if longest == LONGEST_WATCH else [arguments or ""]
    return command.lower(), "\n".join(filter(None, map(clean, told)))


def _plainly_said(text: str) -> tuple[str, str]:
    """Take a pasted link as a question about its post."""
    return ("why", text) if _ADDRESS.fullmatch(text) else ("", "")
