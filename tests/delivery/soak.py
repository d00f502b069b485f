"""A soak of delivery: many alerts, every kind of fault, the sender killed again and again.

    python -m tests.delivery.soak --alerts 2000 --kills 200 --seed 1

The stand-in for Telegram and the sender are processes of their own; each sender
is ended by a real SIGKILL. Where it comes (before or after a call is done,
before or after its end is committed) is drawn, as are the faults, from the
seed. The sender makes one call at a time, so that a seed is one story. Time is
simulated: waiting moves a clock that outlives the senders.
"""

import argparse
import asyncio
import json
import mmap
import os
import random
import shutil
import signal
import struct
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.alerts.delivery import Pace
from bot.model.alert import Alert, EntryState, OutboxEntry, Reply
from bot.model.message import Message
from bot.model.outcome import Outcome, Sighting
from bot.pipeline.deliver import Tempo, deliver
from bot.storage import SqlStore, open_store
from bot.telegram import api as _heavy  # noqa: F401  once, before the forks
from bot.telegram.messenger import Manner, TelegramMessenger
from tests.delivery.desk import START
from tests.delivery.verdict import Told, Verdict, judged
from tests.servers.bot_api import TOKEN, BotApi, Call, Fault, FaultKind, _listening

PATIENCE = 0.5
OPS = 777
PROFILE = 5
GROUP, SUPERGROUP = -500, -1009
CHANNELS = ("@one", "@two/5", "-500", "-1001", "@two/6")
"""Three chats: a channel by both its names, two topics of a forum, and a group that becomes a supergroup."""
KINDS = [
    FaultKind.FLOOD,
    FaultKind.ERROR_JSON,
    FaultKind.ERROR_HTML,
    FaultKind.RESET,
    FaultKind.LOST,
    FaultKind.KICKED,
    FaultKind.NO_CHAT,
] * 3 + [FaultKind.HANG]
MOMENTS = 15
"""So many moments for each alert lie between the kills: starts and ends of calls and of commits. With its
faults and look-ups an alert takes about thirty, so the kills are over before the work is."""
CALM = 15
"""So many calls go well at first: Draht has posted in every chat before. What is lost in a chat where nothing
is known is tested elsewhere."""
KEEP = None


class Shared:
    """What outlives a sender: the time, and how many moments the present one has left to live."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, 24)
        self.seconds, self.left, self.victim = 0.0, 0, 0

    def _read(self) -> tuple[float, int, int]:
        seconds, left, victim = struct.unpack("dqq", self._memory[:24])
        return seconds, left, victim

    def _write(self, seconds: float, left: int, victim: int) -> None:
        self._memory[:24] = struct.pack("dqq", seconds, left, victim)

    seconds = property(lambda self: self._read()[0], lambda self, to: self._write(to, *self._read()[1:]))
    left = property(
        lambda self: self._read()[1], lambda self, to: self._write(self._read()[0], to, self._read()[2])
    )
    victim = property(lambda self: self._read()[2], lambda self, to: self._write(*self._read()[:2], to))

    def now(self) -> datetime:
        """Give the simulated time."""
        return START + timedelta(seconds=self.seconds)

    def moment(self) -> None:
        """Let a moment pass in which the sender may be killed."""
        if self.left > 0:
            self.left -= 1
            if self.left == 0:
                os.kill(self.victim, signal.SIGKILL)
                if self.victim == os.getpid():
                    signal.pause()


@dataclass
class Weather:
    """The faults: 30 % of all calls, a channel closed to the bot for a while, a group that moves."""

    shared: Shared
    draw: random.Random
    share: float
    api: BotApi = field(default_factory=BotApi)
    closed: tuple[int, int] = (0, 0)
    moves: int = 0
    calls: int = 0
    faults: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Open the chats."""
        world = self.api.world
        world.profiles[PROFILE] = world.channel("@one", number=-1001, first_id=100)
        self.forum = world.forum("@two", number=-1002, topics=(5, 6), first_id=900)
        self.group = world.forum("", number=GROUP, topics=(), first_id=40)
        world.private(OPS)
        self.api.chance = self.fault
        self.api.done = self.shared.moment

    def fault(self, call: Call) -> Fault | None:
        """Draw what happens to a call."""
        self.calls += 1
        self.shared.moment()
        self.forum.status = "kicked" if self.closed[0] <= self.calls < self.closed[1] else "administrator"
        if self.calls == self.moves:
            self.api.world.migrate(self.group, number=SUPERGROUP)
        if self.draw.random() >= self.share or self.calls <= CALM:
            return None
        fault = Fault(self.draw.choice(KINDS), call.method, self.draw.randint(1, 60))
        name = f"{fault.kind} {call.method}"
        self.faults[name] = self.faults.get(name, 0) + 1
        return fault


class Mortal(SqlStore):
    """A store whose process may be killed before and after each commit of the sender."""

    shared: Shared
    lost: Path

    def save_entry(self, entry: OutboxEntry) -> None:
        """Note what is lost, and keep an entry."""
        self.shared.moment()
        if entry.state is EntryState.UNKNOWN:
            with self.lost.open("a", encoding="utf-8") as journal:
                journal.write(f"{entry.alert}\n")
        super().save_entry(entry)
        self.shared.moment()


class OneByOne:
    """A messenger that makes one call after another."""

    def __init__(self, inner: TelegramMessenger) -> None:
        self._inner = inner
        self._turn = asyncio.Lock()

    async def post(self, channel: str, message: Message) -> Outcome:
        """Post."""
        async with self._turn:
            return await self._inner.post(channel, message)

    async def edit(self, channel: str, message_id: int, message: Message) -> Outcome:
        """Edit."""
        async with self._turn:
            return await self._inner.edit(channel, message_id, message)

    async def look_for(self, channel: str, body: str, above: int | None, upto: int | None) -> Sighting:
        """Look."""
        async with self._turn:
            return await self._inner.look_for(channel, body, above, upto)

    async def delete(self, channel: str, message_id: int) -> Outcome:
        """Delete."""
        async with self._turn:
            return await self._inner.delete(channel, message_id)

    async def tell_operator(self, text: str) -> None:
        """Tell."""
        async with self._turn:
            await self._inner.tell_operator(text)

    async def chat_of(self, channel: str) -> str:
        """Name a chat."""
        async with self._turn:
            return await self._inner.chat_of(channel)


@dataclass(frozen=True)
class Order:
    """What a run is to do."""

    alerts: int
    kills: int
    seed: int
    share: float = 0.3
    ops: bool = True


@dataclass
class Soak:
    """One run under way."""

    order: Order
    folder: Path
    shared: Shared = field(default_factory=Shared)
    told: Told = field(default_factory=Told)
    killed: int = 0
    lives: int = 0

    def __post_init__(self) -> None:
        """Draw by the seed."""
        self.draw = random.Random(f"story {self.order.seed}")  # noqa: S311  a test's dice

    @property
    def database(self) -> str:
        """The database that all senders share."""
        return f"sqlite:///{self.folder / 'draht.db'}"

    def run(self, url: str) -> None:
        """Let senders live and die until everything is told and nothing is left to do."""
        waiting = True
        while waiting or self.told.number < self.order.alerts or self.shared.left > 0:
            if not waiting and self.told.number >= self.order.alerts:
                break
            self._tell()
            if self.lives and self.shared.left == 0 and self.killed < self.order.kills:
                self.shared.left = self.draw.randint(1, 2 * MOMENTS * self.order.alerts // self.order.kills)
            status = self._live(url)
            self.lives += 1
            if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
                self.killed += 1
            elif os.WEXITSTATUS(status) != 0:
                raise RuntimeError(f"a sender ended by itself with status {status}")
            else:
                waiting = False
                continue
            waiting = True

    def _tell(self) -> None:
        """Let the ledger tell new alerts, changes of old ones, and replies."""
        remaining, lives = self.order.alerts - self.told.number, self.order.kills - self.killed + 1
        store = open_store(self.database)
        try:
            with store.ledger() as ledger:
                for one, reply in self._steps(-(-remaining // lives)):
                    ledger.tell(one, self.shared.now(), reply)
        finally:
            store.close()
        self.shared.seconds += self.draw.choice((0, 5, 70))

    def _steps(self, new: int) -> Iterator[tuple[Alert, Reply | None]]:
        for _ in range(max(new, 0 if self.told.number else len(CHANNELS))):
            channel = CHANNELS[self.told.number % len(CHANNELS)]
            yield self.told.new(channel, self.shared.now()), None
            if self.draw.random() < 0.25:
                old = self.draw.choice(list(self.told.alerts))
                said = Reply(f"re {old} {self.told.number}") if self.draw.random() < 0.6 else None
                yield self.told.changed(old, said), said

    def _live(self, url: str) -> int:
        """Let one sender work until it is done or killed; give its status."""
        pid = os.fork()
        if pid == 0:
            self.shared.victim = os.getpid()
            status = 1
            try:
                asyncio.run(self._send(url))
                status = 0
            finally:
                os._exit(status)
        return os.waitpid(pid, 0)[1]

    async def _send(self, url: str) -> None:
        draw = random.Random(f"life {self.order.seed} {self.lives}")  # noqa: S311
        store = open_store(self.database)
        store.__class__ = Mortal
        assert isinstance(store, Mortal)
        store.shared, store.lost = self.shared, self.folder / "lost"
        manner = Manner(PATIENCE, PROFILE, lambda _: "?", store.numbers_above)
        inner = TelegramMessenger(TOKEN, None, str(OPS) if self.order.ops else None, url, manner)
        messenger = OneByOne(inner)
        tempo = Tempo(self._wait, draw.random, Pace(), chat=messenger.chat_of)
        while True:
            report = await deliver(store, messenger, self.shared, tempo=tempo)
            if report.again_at is None:
                break
            ahead = (report.again_at - self.shared.now()).total_seconds()
            self.shared.seconds += max(ahead, 0.001)
        await inner.close()
        store.close()

    async def _wait(self, seconds: float) -> None:
        self.shared.seconds += seconds
        await asyncio.sleep(0)


@contextmanager
def _standing(weather: Weather, folder: Path) -> Iterator[str]:
    """Run the stand-in in a process of its own; give where it listens."""
    at = folder / "url"
    pid = os.fork()
    if pid == 0:
        try:
            asyncio.run(_serve(weather, at))
        finally:
            os._exit(1)
    try:
        while not at.exists():
            os.sched_yield()
        yield at.read_text(encoding="utf-8")
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


async def _serve(weather: Weather, at: Path) -> None:
    async with _listening(weather.api, 0):
        beside = at.with_suffix(".new")
        beside.write_text(weather.api.url, encoding="utf-8")
        weather.api.extra = lambda: {"faults": weather.faults, "made": weather.calls}
        beside.replace(at)
        await asyncio.Event().wait()


def soak(order: Order, said: Callable[[str], None]) -> Verdict:
    """Make one run and judge what stands in the channels and in the rows."""
    folder = Path(tempfile.mkdtemp(prefix="draht-soak-"))
    started = time.monotonic()
    one = Soak(order, folder)
    dice = random.Random(f"faults {order.seed}")  # noqa: S311  a test's dice
    begin = dice.randint(order.alerts // 2, order.alerts)
    weather = Weather(one.shared, dice, order.share, closed=(begin, begin + 60), moves=5 * order.alerts)
    try:
        with _standing(weather, folder) as url:
            one.run(url)
            with urllib.request.urlopen(f"{url}/state") as answer:  # noqa: S310  our own stand-in
                state: dict[str, Any] = json.load(answer)
        lost = (folder / "lost").read_text(encoding="utf-8").split() if (folder / "lost").exists() else []
        verdict = judged(one.told, state, folder / "draht.db", frozenset(lost))
    finally:
        if KEEP is None:
            shutil.rmtree(folder)
        else:
            (folder / "state").write_text(json.dumps(state), encoding="utf-8")
            folder.rename(KEEP)
    passed, simulated = time.monotonic() - started, timedelta(seconds=round(one.shared.seconds))
    said(
        f"seed {order.seed}: {one.told.number} alerts, {one.told.changes} changes, "
        f"{one.told.replies} replies; {state['made']} calls, {sum(state['faults'].values())} of them "
        f"faulty; {one.lives} senders, {one.killed} killed; {len(lost)} times of unknown end; "
        f"{simulated} simulated in {passed:.0f} s"
    )
    for name, number in sorted(state["faults"].items()):
        said(f"  {number:5} {name}")
    if one.killed < order.kills:
        verdict.faults.append(f"only {one.killed} of {order.kills} kills came before everything was done")
    return verdict


def main() -> None:
    """Run a soak; exit with 1 where anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--alerts", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", type=float, default=0.3, help="share of calls that go wrong")
    parser.add_argument("--no-ops", action="store_true", help="without an operator's chat")
    chosen = parser.parse_args()
    order = Order(chosen.alerts, chosen.kills, chosen.seed, chosen.share, not chosen.no_ops)
    verdict = soak(order, lambda line: print(line, flush=True))  # noqa: T201  a program
    for line in verdict.lines():
        print(line)  # noqa: T201
    sys.exit(1 if verdict.faults else 0)


if __name__ == "__main__":
    main()
