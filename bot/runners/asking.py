"""The polling half of a round: feeds that are due, each look one line in the log."""

import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog

from bot import cadence
from bot.model.feed import Feed
from bot.model.fetch import Failed, Modified, Refusal
from bot.pipeline.health import advised
from bot.pipeline.poll import Look, Polling, PollReport, Round
from bot.runners.present import Present
from bot.runners.wire import Wire
from bot.text.hosts import site_of

APART = timedelta(minutes=10)
"""So long lies between two messages about failing feeds: without a network each fails at its own time."""

log = structlog.get_logger("draht.poll")

_SEVERAL = 3
"""Fewer sites out of reach together may be down themselves."""


class Asker:
    """Asks feeds when they are due; one that is still being asked is not asked again meanwhile.

    `caught_up` says that the feeds due at the start have all been asked.
    """

    def __init__(self, present: Present) -> None:
        self.caught_up = False
        self.polling = polling(present.wire, self._ended)
        self._present = present
        self._under_way: list[set[str]] = []
        self._untold: dict[str, tuple[Feed, Failed]] = {}
        self._told_at: datetime | None = None

    async def ask_due(self) -> None:
        """Ask every due feed, and tell the operator of those that have begun to fail."""
        with self._present.taken() as wire:
            await self._ask_due(wire)

    async def _ask_due(self, wire: Wire) -> None:
        self.polling.source = wire.source
        due = self.polling.due(wire.feeds.enabled(), wire.clock.now())
        busy = set[str]().union(*self._under_way)
        feeds = [feed for feed in due if feed.url not in busy]
        asked = {feed.url for feed in feeds}
        self._under_way.append(asked)
        try:
            report = await self.polling.look_at(feeds)
        finally:
            self._under_way = [others for others in self._under_way if others is not asked]
        self._untold |= {feed.url: (feed, failed) for feed, failed in report.faults}
        self.caught_up = self.caught_up or not any(self._under_way)
        await self._tell(wire)

    def _ended(self, look: Look) -> None:
        """Let a feed that answered be asked again when it is due, however long others of its round hang."""
        logged(look)
        if not isinstance(look.fetched, Failed):
            for asked in self._under_way:
                asked.discard(look.feed.url)

    async def _tell(self, wire: Wire) -> None:
        """Name the feeds that have begun to fail and still do, those of the last minutes together."""
        now = wire.clock.now()
        if not self._untold or (self._told_at and timedelta() <= now - self._told_at < APART):
            return
        untold, self._untold = self._untold, {}
        states = self.polling.states([feed for feed, _ in untold.values()])
        faults = [untold[url] for url, state in states.items() if state.failures and not state.told]
        if faults:
            self._told_at = now
            every = self.polling.states(wire.feeds.enabled()).values()
            alone = all(state.failures for state in every)
            await wire.messenger.tell_operator(faults_told(faults, none_answers=alone))
            self.polling.note_told([feed for feed, _ in faults])


def polling(wire: Wire, on_look: Callable[[Look], None], *, due_only: bool = False) -> Polling:
    """Make ready to ask the feeds of a configuration."""
    plan = Round(random.random, due_only=due_only, private=wire.feeds.allow_private, on_look=on_look)
    return Polling(wire.source, wire.store, wire.clock, plan)


async def ask(wire: Wire, polling: Polling, feeds: Sequence[Feed]) -> PollReport:
    """Ask feeds once; the operator hears once of each that has begun to fail, whatever ends this round."""
    report = await polling.look_at(feeds)
    if report.faults:
        alone = report.feeds == len(report.faults)
        await wire.messenger.tell_operator(faults_told(report.faults, none_answers=alone))
        polling.note_told([feed for feed, _ in report.faults])
    return report


def faults_told(faults: Sequence[tuple[Feed, Failed]], *, none_answers: bool) -> str:
    """Name the feeds that have begun to fail, each with its reason, or one where that is this machine's.

    `none_answers` says that no other feed was heard either.
    """
    if none_answers and _are_many_and_lost(faults):
        return _outage_told(faults)
    lines = [f"{feed.name}: {advised(failed.refusal, failed.detail)}" for feed, failed in faults]
    head = "One feed cannot be read:" if len(lines) == 1 else f"{len(lines)} feeds cannot be read:"
    return "\n".join([head, *lines])


def _are_many_and_lost(faults: Sequence[tuple[Feed, Failed]]) -> bool:
    """Whether the reason is rather this machine's than the sites': none of several could be reached."""
    sites = {site_of(feed.url) for feed, _ in faults}
    return len(sites) >= _SEVERAL and all(failed.refusal is Refusal.UNREACHABLE for _, failed in faults)


def _outage_told(faults: Sequence[tuple[Feed, Failed]]) -> str:
    """Say it once of all, and name each nevertheless: of none is it said again."""
    _, first = faults[0]
    names = ", ".join(feed.name for feed, _ in faults)
    return (
        f"None of the {len(faults):,} feeds asked can be reached: "
        "look whether this machine is on the network.\n"
        f"The first: {first.detail}\nAll of them: {names}"
    )


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
