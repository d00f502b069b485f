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
"""

import asyncio
from datetime import datetime, timedelta

import structlog

from bot.pipeline.deliver import deliver, paused
from bot.runners.asking import Asker
from bot.runners.heartbeat import BEAT, HEARTBEAT
from bot.runners.listening import Listening
from bot.runners.reading import read_all
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

    def __init__(self, wire: Wire, lock: InstanceLock, stop: asyncio.Event) -> None:
        self._wire = wire
        self._lock = lock
        self._stop = stop
        self._asker = Asker(wire)
        self._listening = Listening(wire, self._asker.polling)
        self._visitor = Visitor(wire, wire.articles) if wire.articles else None
        self._weekly = Weekly(wire)
        self._talking = Talking(wire, wire.parley) if wire.parley else None
        self._beaten: datetime | None = None
        self._absence = _Absence(wire)

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
            *(self._talking.rounds() if self._talking else ()),
        )

    async def watch(self) -> None:
        """Make sure that we still act alone."""
        self._lock.check()

    async def beat(self) -> None:
        """Say that we live; a database that is held or full just now need not be the end of us."""
        now = self._wire.clock.now()
        if self._beaten is None or not timedelta() <= now - self._beaten < BEAT:
            self._wire.store.beat(HEARTBEAT, now)
            self._beaten = now

    async def listen(self) -> None:
        """Judge the feeds, once those due at the start have been asked."""
        if self._asker.caught_up:
            await self._listening.judge()

    async def recognise(self) -> None:
        """Read what is unread."""
        caught_up = self._asker.caught_up
        await read_all(self._wire, self._stop.is_set)
        if caught_up:
            await self._absence.tell()

    async def pages(self) -> None:
        """Ask for the pages that are wanted; what they tell is read in the next round."""
        if self._visitor is not None:
            await self._visitor.visit()

    async def digest(self) -> None:
        """Queue the digests whose time has come."""
        self._weekly.make()

    async def deliver(self) -> None:
        """Send what is due; a stop lets the message under way come to its end."""
        wire = self._wire
        if paused(wire.store, wire.clock.now()):
            return  # what piles up in a pause of days is not read each second
        await deliver(wire.store, wire.messenger, wire.clock, stop=self._stop.is_set, tempo=wire.tempo)


class _Absence:
    """Says once, after the first run or a stop longer than `max_age`, how much was not posted for its age."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._start = wire.clock.now()
        last = wire.store.last_beat(HEARTBEAT)
        self._due = last is None or self._start - last > wire.desk.watchlist.max_age

    async def tell(self) -> None:
        if not self._due:
            return
        self._due = False
        number = self._wire.store.history.entered_unposted(self._start)
        if number:
            contacts = "One contact was" if number == 1 else f"{number} contacts were"
            await self._wire.messenger.tell_operator(
                f"{contacts} entered and not posted: older than max_age."
            )
