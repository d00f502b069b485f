"""The polling half of a round: feeds that are due, each look one line in the log."""

import random
from collections.abc import Callable, Sequence

import structlog

from bot import cadence
from bot.model.feed import Feed
from bot.model.fetch import Failed, Modified
from bot.pipeline.poll import Look, Polling, PollReport, Round
from bot.runners.wire import Wire

log = structlog.get_logger("draht.poll")


class Asker:
    """Asks feeds when they are due; one that is still being asked is not asked again meanwhile.

    `caught_up` says that the feeds due at the start have all been asked.
    """

    def __init__(self, wire: Wire) -> None:
        self.caught_up = False
        self._wire = wire
        self.polling = polling(wire, logged)
        self._busy: set[str] = set()

    async def ask_due(self) -> None:
        """Ask every due feed, and tell the operator of those that have begun to fail."""
        feeds = [
            feed
            for feed in self.polling.due(self._wire.feeds.enabled(), self._wire.clock.now())
            if feed.url not in self._busy
        ]
        asked = {feed.url for feed in feeds}
        self._busy |= asked
        try:
            await ask(self._wire, self.polling, feeds)
        finally:
            self._busy -= asked
        self.caught_up = self.caught_up or not self._busy


def polling(wire: Wire, on_look: Callable[[Look], None], *, due_only: bool = False) -> Polling:
    """Make ready to ask the feeds of a configuration."""
    plan = Round(random.random, due_only=due_only, private=wire.feeds.allow_private, on_look=on_look)
    return Polling(wire.source, wire.store, wire.clock, plan)


async def ask(wire: Wire, polling: Polling, feeds: Sequence[Feed]) -> PollReport:
    """Ask feeds once; the operator hears once of each that has begun to fail, whatever ends this round."""
    report = await polling.look_at(feeds)
    if report.faults:
        await wire.messenger.tell_operator(faults_told(report))
        polling.note_told([feed for feed, _ in report.faults])
    return report


def faults_told(report: PollReport) -> str:
    """Name the feeds that have begun to fail, each with its reason."""
    lines = [f"{feed.name}: {failed.detail}" for feed, failed in report.faults]
    head = "One feed cannot be read:" if len(lines) == 1 else f"{len(lines)} feeds cannot be read:"
    return "\n".join([head, *lines])


def logged(look: Look) -> None:
    """Write the line of one look; one that brings nothing new, stories or fault, only at debug."""
    match look.fetched:
        case Failed() as failed:
            # What the operator is told of is not said twice, nor the same fault at every look.
            new = look.state.failures <= 1 and not cadence.worth_telling(look.state, failed)
            write = log.warning if new else log.debug
            write("feed refused", feed=look.feed.name, reason=failed.refusal.value, detail=failed.detail)
        case Modified() as read:
            write = log.info if look.stories else log.debug
            write("feed read", feed=look.feed.name, new=look.stories, skipped=dict(read.skipped))
        case _:
            log.debug("feed unchanged", feed=look.feed.name)
