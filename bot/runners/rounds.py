"""What one instance does at its ticks.

watch      the lock is still ours?                                  (vital)
beat       heartbeat
poll       due feeds → stories                                      (overlaps itself)
recognise  unread stories → contacts, outbox rows
pages      wanted pages → stories to be read anew                   (overlaps itself)
digest     a week that is over → outbox
deliver    outbox → channel                                         (to the end)
talk       what people say to the bot → answers, and what editors have done
cards      posts → operators' chat
listen     feeds' states → operator, once an hour at most
reload     saved files → the configuration of the rounds that begin after it
"""

import asyncio
from datetime import datetime, timedelta

import structlog

from bot.pipeline.deliver import deliver, paused
from bot.runners.asking import Asker
from bot.runners.heartbeat import BEAT, HEARTBEAT
from bot.runners.listening import Listening
from bot.runners.present import Present
from bot.runners.reading import read_all
from bot.runners.reloading import Reloading
from bot.runners.single import Round
from bot.runners.talking import Talking
from bot.runners.visiting import Visitor
from bot.runners.weekly import Weekly
from bot.runners.wire import Wire
from bot.storage.lock import InstanceLock

REST = timedelta(minutes=1)
"""What cannot be stored is asked for again: without a rest every second, at the cost of the feeds."""

log = structlog.get_logger("draht.run")


class Rounds:
    """The rounds of one instance, with what they remember between ticks."""

    def __init__(
        self,
        present: Present,
        lock: InstanceLock,
        stop: asyncio.Event,
        reloading: Reloading | None = None,
    ) -> None:
        parley = present.wire.parley
        self._present = present
        self._lock = lock
        self._stop = stop
        self._reloading = reloading
        self._asker = Asker(present)
        self._listening = Listening(present, self._asker.polling)
        self._visitor = Visitor(present)
        self._weekly = Weekly(present)
        self._talking = Talking(present, parley) if parley else None
        self._beaten: datetime | None = None
        self._absence = _Absence(present.wire)

    def all(self) -> tuple[Round, ...]:
        """Give the rounds in the order in which a tick starts them."""
        return (
            Round("watch", self.watch, vital=True),
            Round("beat", self.beat),
            Round("digest", self.digest, rest=REST),
            Round("deliver", self.deliver, to_the_end=True),
            Round("recognise", self.recognise),
            Round("poll", self._asker.ask_due, overlaps=True, rest=REST),
            Round("listen", self.listen, rest=REST),
            Round("ping", self._listening.ping),
            Round("pages", self.pages, overlaps=True, rest=REST),
            *([Round("reload", self._reloading.reload, rest=REST)] if self._reloading else ()),
            *(self._talking.rounds() if self._talking else ()),
        )

    async def watch(self) -> None:
        """Make sure that we still act alone."""
        self._lock.check()

    async def beat(self) -> None:
        """Say that we live; a database that is held or full just now need not be the end of us."""
        wire = self._present.wire
        now = wire.clock.now()
        if self._beaten is None or not timedelta() <= now - self._beaten < BEAT:
            wire.store.beat(HEARTBEAT, now)
            self._beaten = now

    async def listen(self) -> None:
        """Judge the feeds, once those due at the start have been asked."""
        if self._asker.caught_up:
            await self._listening.judge()

    async def recognise(self) -> None:
        """Read what is unread; a configuration that is to take its turn is let in after the story at hand."""
        present, caught_up = self._present, self._asker.caught_up
        if present.changing:
            return
        with present.taken(bound=True) as wire:
            await read_all(wire, lambda: present.changing or self._stop.is_set())
        if caught_up:
            await self._absence.tell(wire)

    async def pages(self) -> None:
        """Ask for the pages that are wanted; what they tell is read in the next round."""
        await self._visitor.visit()

    async def digest(self) -> None:
        """Queue the digests whose time has come."""
        self._weekly.make()

    async def deliver(self) -> None:
        """Send what is due; a stop, or a new configuration, lets the message under way come to its end.

        What is queued by a new one may be for a channel that only the next round knows.
        """
        present = self._present
        with present.taken() as wire:
            if paused(wire.store, wire.clock.now()):
                return  # what piles up in a pause of days is not read each second

            def over() -> bool:
                return self._stop.is_set() or present.wire is not wire

            await deliver(wire.store, wire.messenger, wire.clock, stop=over, tempo=wire.tempo)


class _Absence:
    """Says once, after the first run or a stop longer than `max_age`, how much was not posted for its age."""

    def __init__(self, wire: Wire) -> None:
        self._start = wire.clock.now()
        last = wire.store.last_beat(HEARTBEAT)
        self._due = last is None or self._start - last > wire.desk.watchlist.max_age

    async def tell(self, wire: Wire) -> None:
        if not self._due:
            return
        self._due = False
        number = wire.store.history.entered_unposted(self._start)
        if number:
            contacts = "One contact was" if number == 1 else f"{number} contacts were"
            await wire.messenger.tell_operator(f"{contacts} entered and not posted: older than max_age.")
