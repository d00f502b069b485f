"""A service that Apprise reaches as a Messenger: ntfy, e-mail, Matrix, Slack, Discord and many more.

Apprise itself says only whether it worked. More is known from what a plugin logs:
while it does, the exception that it met is still being handled, and a status
stands in the line as "error=429".
"""

import asyncio
import logging
import re
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.model.message import Message
from bot.model.outcome import CannotLook, Outcome, Refused, RetryLater, Sent, Sighting
from bot.services.answers import outcome_of_fault, outcome_of_status
from bot.services.numbers import Numbers
from bot.services.words import letter

if TYPE_CHECKING:
    from apprise import Apprise, NotifyBase
    from apprise.logger import NotifyLogEntry

PATIENCE = 25.0
"""Seconds for an answer: each time-out is a post of unknown end."""

_SAD = ("WARNING", "ERROR", "CRITICAL")
# ntfy's own codes begin with the status: 42901.
_STATUS = re.compile(r"error=(\d{3})")
_NOW = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Log:
    """What a plugin said went wrong in one call."""

    statuses: list[int] = field(default_factory=list)
    errors: list[BaseException] = field(default_factory=list)

    def note(self, entry: "NotifyLogEntry", _plugin: "NotifyBase | None" = None) -> None:
        """Keep the status or the exception of a warning."""
        if entry.level not in _SAD:
            return
        if (error := sys.exc_info()[1]) is not None:
            self.errors.append(error)
        elif found := _STATUS.search(entry.message):
            self.statuses.append(int(found[1]))


class PushMessenger:
    """Tells a service; one for a channel. The address shows nowhere.

    A service cannot edit: there an edit is done without a message. A reply is a
    message of its own that names its post; `heads` gives the head line of an
    alert's post, `newest` the highest message number known of a channel.
    """

    def __init__(
        self, url: str, heads: Callable[[str], str | None], newest: Callable[[str], int | None]
    ) -> None:
        """Raise `ValueError` where Apprise knows no such address."""
        self._heads = heads
        self._numbers = Numbers(newest)
        self._apprise, self._plugin = _opened(url)

    async def close(self) -> None:
        """Do nothing: every call has connections of its own."""

    async def post(self, channel: str, message: Message) -> Outcome:
        """Send a message and say how it ended, as far as that can be known."""
        log = Log()
        sent = await asyncio.to_thread(self._send, message, log)
        if sent:
            return Sent(self._numbers.next(channel))
        return outcome_of(channel, log, len(self._plugin))

    async def edit(self, channel: str, message_id: int, message: Message) -> Outcome:  # noqa: ARG002
        """Do nothing: what changed and matters comes as a reply."""
        return Sent(message_id)

    async def look_for(self, channel: str, body: str, above: int | None, upto: int | None) -> Sighting:  # noqa: ARG002
        """Say that nothing can be seen."""
        return CannotLook(f"{channel} shows nobody what it holds")

    async def delete(self, channel: str, message_id: int) -> Outcome:  # noqa: ARG002
        """Refuse: what is sent is sent."""
        return Refused(f"{channel} takes nothing back")

    async def tell_operator(self, text: str) -> None:
        """Say nothing: the operator is told at home."""

    def _send(self, message: Message, log: Log) -> bool:
        from apprise import NotifyFormat  # noqa: PLC0415  see _opened

        links = self._plugin.notify_format != NotifyFormat.TEXT
        head = self._heads(message.about) if message.reply_to is not None and message.about else None
        written = letter(f"{head}\n{message.body}" if head else message.body, links=links)
        done = self._apprise.notify(
            title=written.subject if written.html else "",
            body=written.html or written.subject,
            body_format=NotifyFormat.HTML,
            log_callback=log.note,
        )
        return bool(done)


def outcome_of(channel: str, log: Log, receivers: int) -> Outcome:
    """Say how a call ended that did not work.

    Of several receivers some may have it: they are not told again and again.
    """
    if log.errors:
        outcome = outcome_of_fault(channel, log.errors)
    elif log.statuses:
        outcome = outcome_of_status(channel, log.statuses[-1], None, _NOW)
    else:
        outcome = Refused(f"{channel} did not take the message and gave no reason", by_channel=True)
    told_none = isinstance(outcome, RetryLater) and len(log.errors) + len(log.statuses) >= receivers
    if receivers > 1 and not told_none:
        return Refused(f"not all receivers of {channel} were reached; give each a channel of its own")
    return outcome


def _opened(url: str) -> "tuple[Apprise, NotifyBase]":
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Apprise looks for a module that Python drops
        from apprise import Apprise, NotifyBase  # noqa: PLC0415  an extra, and half a second

        for name in ("apprise", "urllib3"):
            # They repeat addresses, which are keys; what matters of it comes by the outcome.
            logging.getLogger(name).propagate = False
        plugin = Apprise.instantiate(url)
    if plugin is None:
        raise ValueError("Apprise does not know such an address")
    if plugin.socket_read_timeout == NotifyBase.socket_read_timeout:
        plugin.socket_read_timeout = PATIENCE  # an address may say otherwise: rto=
    board = Apprise()
    board.add(plugin)
    return board, plugin
