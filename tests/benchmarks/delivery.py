"""How much of Telegram's permitted rate the sender uses, and what an idle bot costs.

    python -m tests.benchmarks.delivery [rate] [real] [idle] [--minutes 5]

rate    1,000 queued first posts to 50 chats. Permitted are 30 messages within any
        second in all, and to one chat one a second and twenty a minute (DELIVERY.md
        §6): the last of 1,000 may begin 33 s after the first, for 33 whole seconds
        of 30 have to pass before it; twenty to a chat take 19 s, so it is not the
        chats that bind. By a simulated clock, in which only waits take time and an
        answer of Telegram a tenth of a second: the schedule itself, the same on any
        machine. With it, what the processor spends on a post.
real    the same by the real clock over real HTTP to the stand-in: on a machine with
        a core to spare.
idle    `draht run` as a process of its own, with twenty feeds asked each minute that
        have nothing new, a channel and an operator's chat at the stand-in; its time
        on the processor and its memory by /proc, after a minute for the start.
"""

import argparse
import asyncio
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

from bot.clock import SystemClock
from bot.model.alert import Alert
from bot.model.message import Message
from bot.model.outcome import Outcome
from bot.pipeline.deliver import Tempo, deliver
from bot.storage import SqlStore, open_store
from bot.telegram.messenger import TelegramMessenger
from tests.benchmarks.child import ROOT, child, program
from tests.delivery.desk import START
from tests.fakes.messenger import FakeMessenger
from tests.servers.bot_api import TOKEN

POSTS, CHATS, WHOLE = 1_000, 50, 30
WARM_UP = 60.0
_TICKS = os.sysconf("SC_CLK_TCK")


@contextmanager
def _stand_in(more: int = 0) -> Iterator[str]:
    command = [sys.executable, "-m", "tests.servers.bot_api", "--more", str(more)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


class _Leaping(selectors.SelectSelector):
    """A selector that waits for nothing: it moves its clock."""

    passed = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Let the time pass at once."""
        self.passed += timeout or 0.0
        return super().select(0)


class Simulated(asyncio.SelectorEventLoop):
    """An event loop whose time only waits move; it is the clock of what runs in it as well."""

    def __init__(self) -> None:
        self.leaping = _Leaping()
        super().__init__(self.leaping)

    def time(self) -> float:
        """Give the seconds that have passed in it."""
        return self.leaping.passed

    def now(self) -> datetime:
        """Give the instant that it is in it."""
        return START + timedelta(seconds=self.time())


class Answering(FakeMessenger):
    """Takes everything, a tenth of a second after it was told."""

    async def post(self, channel: str, message: Message) -> Outcome:
        """Take a post."""
        await asyncio.sleep(0.1)
        return await super().post(channel, message)


class Timed(Tempo):
    """Notes when each post may begin."""

    begun: list[tuple[datetime, str]]

    def called(self, chat: str, now: datetime) -> None:
        """Note the time, and count the call."""
        self.begun.append((now, chat))
        super().called(chat, now)


def rate(posts: int = POSTS, chats: int = CHATS) -> float:
    """Give the share of the permitted rate that the schedule uses, by the simulated clock."""
    store, tempo, loop = open_store("sqlite://"), Timed(), Simulated()
    tempo.begun = []
    _queue(store, loop.now(), posts, chats)
    began = time.process_time()
    try:
        report = loop.run_until_complete(deliver(store, Answering(), loop, tempo=tempo))
    finally:
        loop.close()
        store.close()
    assert report.posted == posts, report
    return _share(tempo.begun, time.process_time() - began)


def real() -> float:
    """Give the share of the permitted rate that is used by the real clock, over HTTP."""
    with _stand_in(CHATS) as url, tempfile.TemporaryDirectory() as folder:
        begun, spent = asyncio.run(_sent(url, Path(folder)))
    return _share(begun, spent)


def _share(begun: Sequence[tuple[datetime, str]], spent: float) -> float:
    _assert_within_limits(begun)
    passed, permitted = (begun[-1][0] - begun[0][0]).total_seconds(), float((len(begun) - 1) // WHOLE)
    _say(
        f"{len(begun)} posts to {len({to for _, to in begun})} chats: {passed:.2f} s from the first "
        f"to the last, permitted {permitted:.2f} s: {permitted / passed:.1%} of the permitted rate; "
        f"{spent / len(begun) * 1000:.1f} ms of the processor a post"
    )
    return permitted / passed


def _queue(store: SqlStore, now: datetime, posts: int, chats: int) -> None:
    with store.ledger() as ledger:
        for number in range(posts):
            body = f"🔴 <b>A und B telefonieren</b> {number}\n" + "Sie sprachen über vieles. " * 25
            one = Alert(f"a{number}", f"contact {number}", f"@c{number % chats}", body, now)
            ledger.tell(one, now)


async def _sent(url: str, folder: Path) -> tuple[list[tuple[datetime, str]], float]:
    store, clock = open_store(f"sqlite:///{folder / 'draht.db'}"), SystemClock()
    _queue(store, clock.now(), POSTS, CHATS)
    messenger = TelegramMessenger(TOKEN, None, "777", url)
    tempo = Timed(chat=messenger.chat_of)
    tempo.begun = []
    await messenger.start()
    began = time.process_time()
    report = await deliver(store, messenger, clock, tempo=tempo)
    spent = time.process_time() - began
    assert report.posted == POSTS, report
    await messenger.close()
    store.close()
    return tempo.begun, spent


def _assert_within_limits(begun: Sequence[tuple[datetime, str]]) -> None:
    """More than permitted is no use at all."""
    times, second = [at for at, _ in begun], timedelta(seconds=1)
    assert all(b - a >= second for a, b in zip(times, times[WHOLE:], strict=False))
    for chat in {chat for _, chat in begun}:
        assert all(b - a >= second for a, b in pairwise([at for at, to in begun if to == chat]))


def idle(minutes: float) -> tuple[float, float]:
    """Give what an idle bot takes: its share of a core, and the most megabytes."""
    with (
        tempfile.TemporaryDirectory() as made,
        _stand_in() as url,
        child(*program("feed_server")) as feeds,
    ):
        folder, port = Path(made), feeds.line().strip()
        _configure(folder, port)
        environment = {
            "PATH": os.environ["PATH"],  # noqa: TID251 -- handed on
            "PYTHONPATH": str(ROOT),
            "DRAHT_CONFIG": str(folder),
            "DRAHT_STATE": str(folder),
            "DRAHT_TELEGRAM_TOKEN": TOKEN,
            "DRAHT_TELEGRAM_CHAT": "@draht",
            "DRAHT_TELEGRAM_OPS_CHAT": "777",
            "DRAHT_TELEGRAM_API": url,
            "DRAHT_WEB": "off",
        }
        command = [sys.executable, "-m", "bot", "run"]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        try:
            return _watched(process, minutes)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)
            sys.stdout.write((folder / "log").read_text(encoding="utf-8")[-600:])


def _configure(folder: Path, port: str) -> None:
    feeds = "".join(f"  - url: http://127.0.0.{n + 2}:{port}/same/{n}\n    language: de\n" for n in range(20))
    head = "interval: 1m\nallow_private: ['127.0.0.0/8']\nfeeds:\n"
    (folder / "feeds.yaml").write_text(head + feeds, encoding="utf-8")
    (folder / "watchlist.yaml").write_text("keywords: [Austin, Beloussow, Telefonat]\n", encoding="utf-8")


def _watched(process: "subprocess.Popen[bytes]", minutes: float) -> tuple[float, float]:
    _pause(process, WARM_UP)
    before, began = _processor_time(process.pid), time.monotonic()
    _pause(process, minutes * 60)
    share = (_processor_time(process.pid) - before) / (time.monotonic() - began)
    most, present = (_megabytes(process.pid, key) for key in ("VmHWM", "VmRSS"))
    _say(
        f"idle for {minutes:g} min with 20 feeds a minute: {share:.2%} of a core; "
        f"{present:.0f} MB, {most:.0f} MB at most"
    )
    return share, most


def _pause(process: "subprocess.Popen[bytes]", seconds: float) -> None:
    """Wait, unless the bot ends by itself, which it must not."""
    try:
        status = process.wait(seconds)
    except subprocess.TimeoutExpired:
        return
    raise RuntimeError(f"draht run ended by itself with status {status}")


def _processor_time(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _megabytes(pid: int, key: str) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.partition(f"{key}:")[2].split()[0]) / 1024


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Measure; exit with 1 where a bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("what", nargs="*", default=["rate", "idle"], help="rate, real, idle")
    parser.add_argument("--minutes", type=float, default=5.0)
    chosen = parser.parse_args()
    good = True
    if "rate" in chosen.what:
        good &= rate() >= 0.95
    if "real" in chosen.what:
        good &= real() >= 0.95
    if "idle" in chosen.what:
        share, most = idle(chosen.minutes)
        good &= share < 0.005 and most < 150
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
