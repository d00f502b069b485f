"""`draht run` within the test: the real rounds over real HTTP, and a listener who may save at any event."""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import structlog
from structlog.typing import EventDict, WrappedLogger

from bot import settings as environment
from bot.assembly import wired
from bot.fitting import Files, reloading
from bot.outlets import talk
from bot.runners.rounds import Rounds
from bot.runners.single import SingleRunner
from tests.runners.test_rounds import Held
from tests.servers.bot_api import BotApi
from tests.servers.feed_server import Behaviour, FeedServer, Request
from tests.servers.receiver import Receiver, receiver

TICK = timedelta(milliseconds=20)
PATIENCE = 20.0
"""Seconds that an event waits at most for what it saved to be taken up: it fails the test then."""


@dataclass
class Live:
    """One run, which ends once `done` holds; that is asked at every event.

    `listen` is told of every event by the thread in which it happens: "asked" (a
    feed), a method of the Bot API, done and not answered yet, or a line of the
    log. Nothing of that thread goes on before it returns. `hook` takes webhooks.
    """

    variables: Mapping[str, str]
    done: Callable[[], bool]
    listen: Callable[[str], None] = lambda _: None
    events: list[str] = field(default_factory=list)
    lines: list[EventDict] = field(default_factory=list)
    hook: Receiver = field(default_factory=Receiver)
    in_force: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    _stop: Callable[[], None] = lambda: None

    def counted(self) -> Counter[str]:
        """Count the events so far."""
        return Counter(self.events)

    def happened(self, event: str) -> None:
        """Take note of an event, and let the listener act before anything goes on."""
        self.events.append(event)
        self.listen(event)
        if self.done():
            self._stop()

    def wait_in_force(self) -> None:
        """Hold up an event until another configuration has come into force."""
        assert self.in_force.acquire(timeout=PATIENCE), "what was saved was not taken up"

    def run(self) -> None:
        """Run until it is done."""
        structlog.configure(processors=[self._logged])
        try:
            asyncio.run(asyncio.wait_for(self._run(), 60))
        finally:
            structlog.reset_defaults()

    def reloads(self) -> list[str]:
        """Give the lines of the log that tell what came into force."""
        return [line["event"] for line in self.lines if " in force: " in line["event"]]

    async def _run(self) -> None:
        settings, stop = environment.load(self.variables), asyncio.Event()
        loop = asyncio.get_running_loop()
        self._stop = lambda: _set(loop, stop)
        files = Files(settings)
        configuration = files.configuration
        async with (
            receiver() as self.hook,
            wired(settings, configuration) as silent,
            talk(settings, configuration),
            reloading(settings, files, silent) as (present, reload),
        ):
            await SingleRunner(Rounds(present, Held(), stop, reload).all(), TICK).run(stop)

    def _logged(self, _: WrappedLogger, __: str, line: EventDict) -> EventDict:
        self.lines.append(line)
        if " in force: " in line["event"]:
            self.in_force.release()
        self.happened(line["event"])
        raise structlog.DropEvent


def _set(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(stop.set)


def telling(live: Callable[[], Live], behaviour: Behaviour) -> Behaviour:
    """Let a run hear that a feed is being asked, before it is answered."""

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.to_thread(live().happened, "asked")
        await behaviour(request, writer)

    return behave


@dataclass
class Newsroom:
    """A folder with the configuration, its feeds and its channel."""

    folder: Path
    feeds: FeedServer
    api: BotApi
    variables: Mapping[str, str]
    saves: int = 0

    def save(self, name: str, text: str) -> None:
        """Save a file as an editor does: a new one, renamed."""
        beside = self.folder / f".{name}.new"
        beside.write_text(text, encoding="utf-8")
        beside.replace(self.folder / name)
        self.saves += 1

    def live(self, done: Callable[[], bool]) -> Live:
        """Give a run that ends once it is done; what the channel is told is an event of it."""
        live = Live(self.variables, done)
        known = len(self.api.calls)

        def posted() -> None:
            nonlocal known
            for call in self.api.calls[known:]:
                live.happened(call.method)
            known = len(self.api.calls)

        self.api.done = posted
        return live
