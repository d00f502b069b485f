"""Takes up the configuration when its files are saved.

look (three stats) ─▶ saved, and at rest? ─▶ read the whole in a thread
    ─▶ faulty: the last good one goes on; said once
    ─▶ saved again meanwhile: look again
    ─▶ well: fit a new wire ─▶ in force between two rounds ─▶ close what nobody uses
"""

import asyncio
from collections.abc import Sequence
from typing import Protocol

import structlog

from bot.configuration import Configuration
from bot.configuration.vigil import Marks, Vigil
from bot.errors import ConfigurationError, DrahtError, Severity
from bot.pipeline.desk import Desk
from bot.runners.present import Present
from bot.runners.wire import Wire

MOST_PROBLEMS = 5
"""So many problems are told in full; `draht check` tells the rest."""

log = structlog.get_logger("draht.run")


class Fitting(Protocol):
    """Makes a wire of the configuration's files."""

    def look(self) -> Marks:
        """Look at the files."""
        ...

    def read(self, wire: Wire) -> tuple[Configuration, Desk]:
        """Read the files, in whatever thread; raises `DrahtError` where they cannot be used."""
        ...

    def fit(self, configuration: Configuration, desk: Desk, wire: Wire) -> Wire:
        """Make the wire that takes another one's place."""
        ...

    def enter(self, configuration: Configuration, wire: Wire) -> None:
        """Make known that this wire is in force from now on."""
        ...

    async def try_new(self, configuration: Configuration) -> None:
        """Say what would hold up posts in channels that were not posted to before."""
        ...

    async def sweep(self, in_use: Sequence[Wire]) -> None:
        """Close what none of these wires uses."""
        ...


class Reloading:
    """Watches over the files while one instance acts; `first` and `marks` are what it began with."""

    def __init__(self, present: Present, fitting: Fitting, first: Configuration, marks: Marks) -> None:
        self._present = present
        self._fitting = fitting
        self._configuration = first
        self._vigil = Vigil(marks, marks)
        self._fault: str | None = None

    async def reload(self) -> None:
        """Look at the files, and take up what was saved."""
        self._vigil = self._vigil.looked(self._fitting.look())
        if self._vigil.due:
            await self._take_up()
        # What an elder poll still has in line may be asked through the connections of a younger wire.
        if len(in_use := self._present.in_use()) == 1:
            await self._fitting.sweep(in_use)

    async def _take_up(self) -> None:
        present = self._present.wire
        try:
            configuration, desk = await asyncio.to_thread(self._fitting.read, present)
        except DrahtError as error:
            if self._stands():
                await self._broken(_told(error))
                self._vigil = self._vigil.taken()
            return
        if not self._stands():
            return
        if not _same(configuration, self._configuration):
            wire = self._fitting.fit(configuration, desk, present)
            await self._present.change(wire, lambda: self._fitting.enter(configuration, wire))
            self._configuration = configuration
            _say(configuration, wire)
        await self._well()
        self._vigil = self._vigil.taken()
        await self._fitting.try_new(configuration)

    def _stands(self) -> bool:
        """Whether the files are still as they were when they were about to be read."""
        return self._fitting.look() == self._vigil.seen

    async def _broken(self, fault: str) -> None:
        """Say what is wrong: each fault once in the log, only the first one in the operators' chat."""
        if fault == self._fault:
            return
        wire, told = self._present.wire, self._fault is not None
        revision = wire.desk.watchlist.revision
        wire.store.force.broken(fault, wire.clock.now())
        self._fault = fault
        log.error("the saved configuration cannot be used", problems=fault, goes_on=revision)
        if not told:
            await wire.messenger.tell_operator(
                f"The configuration as saved cannot be used; watch-list {revision} goes on.\n{fault}"
            )

    async def _well(self) -> None:
        """Say once that what was wrong is right."""
        if self._fault is None:
            return
        wire = self._present.wire
        watchlist = wire.desk.watchlist
        wire.store.force.enter(
            watchlist.revision, (watch.key for watch in watchlist.watches), wire.clock.now()
        )
        self._fault = None
        await wire.messenger.tell_operator(f"The configuration is well again: {_in_force(wire)}.")


def _told(error: DrahtError) -> str:
    """Say what is wrong in a few lines; warnings are none of it."""
    if not isinstance(error, ConfigurationError):
        return str(error)
    faults = [str(problem) for problem in error.problems if problem.severity is Severity.ERROR]
    more = len(faults) - MOST_PROBLEMS
    return "\n".join([*faults[:MOST_PROBLEMS], *([f"… and {more} more: draht check"] if more > 0 else [])])


def _same(one: Configuration, other: Configuration) -> bool:
    return one == other and one.watchlist.revision == other.watchlist.revision


def _say(configuration: Configuration, wire: Wire) -> None:
    """Write that a configuration is in force, and what of it is worth a look."""
    log.info(_in_force(wire))
    for problem in configuration.warnings:
        log.warning(str(problem))


def _in_force(wire: Wire) -> str:
    """Say what is in force: watch-list a1b2c3d4 in force: 3 watches, 41 feeds."""
    watches, feeds = len(wire.desk.watchlist.watches), len(wire.feeds.enabled())
    return (
        f"watch-list {wire.desk.watchlist.revision} in force: "
        f"{watches:,} {'watch' if watches == 1 else 'watches'}, {feeds:,} {'feed' if feeds == 1 else 'feeds'}"
    )
