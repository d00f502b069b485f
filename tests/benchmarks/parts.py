"""The parts of the benchmark of feeds, each with its figures and targets."""

import json
import random
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from itertools import combinations
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple
from urllib.request import urlopen

from bot.model.office import Role
from bot.register.load import load
from tests.benchmarks.child import ROOT, Child, Order, child, program
from tests.benchmarks.documents import Piece

HALF, WHOLE = 1_000, 2_000
REAL = 500
SIZES = (200, 2_000, 20_000)
SECONDS_OF_LARGEST = 60  # as many rounds of 20,000 feeds as fit, at most five
HANG = 0.5  # s until a look at a hanging feed is given up, here
INTERVAL, STORIES, SPEED = 60.0, 200, 2.0
CALM, NEWS = 30.0, 90.0  # s until all feeds have been read once; s in which the stories come out
_PER_HOST = 5
_HERE = re.compile(r"//127\.[0-9.]+:[0-9]+")

Stories = dict[str, tuple[str, str]]
Costs = dict[str, list[float]]
Commands = dict[str, Sequence[str | Path]]


class Row(NamedTuple):
    """One line of the table."""

    what: str
    figure: str
    target: str = ""
    met: bool = True


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a part may write, the Python that has `reader` (or None), how often to measure."""

    folder: Path
    reader: str | None
    rounds: int = 5

    @contextmanager
    def server(self, *arguments: str | Path) -> Iterator[tuple[Child, int]]:
        """Run the server of feeds; give it with its port."""
        with child(*program("feed_server", *arguments)) as server:
            yield server, int(server.line())

    def draht(self, *arguments: str) -> Sequence[str | Path]:
        """Give the command of Draht's program."""
        return program("asking_draht", self.folder, *arguments)

    def others(self, *, bare: bool) -> Commands:
        """Give the commands of the programs to compare with."""
        commands: Commands = {"aiohttp": program("asking_bare")} if bare else {}
        if self.reader:
            commands["reader"] = (self.reader, ROOT / "tests/benchmarks/asking_reader.py", self.folder)
        return commands


def shared() -> Path:
    """Give the folder of real feeds."""
    return ROOT.parent / "shared/feeds" if (ROOT.parent / "shared").is_dir() else Path("/work/shared/feeds")


def addresses(kind: str, port: int, count: int) -> list[str]:
    """Give the URLs of so many feeds, five on each host, one host after another."""
    hosts = max(1, count // _PER_HOST)
    numbers = ((number, number % hosts) for number in range(count))
    return [
        f"http://127.{1 + host // 62_500}.{host // 250 % 250}.{1 + host % 250}:{port}/{kind}/{number}"
        for number, host in numbers
    ]


def unchanged(setting: Setting) -> Iterator[Row]:
    """2,000 feeds over 400 hosts, all 304: processor time of a feed, store included.

    Once the servers close each connection after its answer. Once they keep it
    for the other four feeds of the host, but none from one round to the next.
    """
    for what, how in (("304, closed", ()), ("304, kept", ("--keep-alive",))):
        folder = setting.folder / what
        folder.mkdir()
        yield from _compared(
            what, _unchanged(replace(setting, folder=folder), how), {"reader": 1 / 4, "aiohttp": 3}
        )


def _unchanged(setting: Setting, how: Sequence[str]) -> Costs:
    with setting.server(*how) as (_, port), ExitStack() as running:
        programs: Commands = {"Draht": setting.draht()} | setting.others(bare=True)
        asking = {name: running.enter_context(child(*command)) for name, command in programs.items()}
        sets = {"half": addresses("same", port, WHOLE)[:HALF], "whole": addresses("same", port, WHOLE)}
        for one, urls in ((one, urls) for one in asking.values() for urls in sets.items()):
            one.ask(set=urls[0], urls=urls[1])
        costs: Costs = {name: [] for name in asking}
        for _ in range(setting.rounds):
            for name, one in asking.items():
                again = {s: {"urls": urls} if name != "Draht" else {} for s, urls in sets.items()}
                cpu = {}
                for s in sets:
                    _tell(port, "drop")
                    cpu[s] = one.ask(set=s, **again[s])["cpu"]
                costs[name].append((cpu["whole"] - cpu["half"]) / (WHOLE - HALF))
    return costs


def _compared(what: str, costs: Costs, targets: dict[str, float]) -> Iterator[Row]:
    middle = {name: median(values) for name, values in costs.items()}
    for name, cost in middle.items():
        spread = f"{min(costs[name]) * 1000:.2f}-{max(costs[name]) * 1000:.2f}"
        yield Row(f"{what}: {name}, CPU a feed ({spread})", f"{cost * 1000:.2f} ms")
    for name, target in targets.items():
        if name in middle:
            ratio = middle["Draht"] / middle[name]
            bound = f"<= {target:g}x" if target >= 1 else f"<= 1/{1 / target:g}"
            figure = f"{ratio:.2f}x" if target >= 1 else f"1/{1 / ratio:.1f}"
            yield Row(f"{what}: Draht against {name}", figure, bound, ratio <= target)


def changed(setting: Setting) -> Iterator[Row]:
    """500 real feeds, each with one new item a round: processor time of a feed, and what is stored."""
    with setting.server("--real", shared()) as (_, port), ExitStack() as running:
        urls = addresses("real", port, REAL)
        programs: Commands = {"Draht": setting.draht()} | setting.others(bare=False)
        asking = {name: running.enter_context(child(*command)) for name, command in programs.items()}
        first = {name: one.ask(set="real", urls=urls) for name, one in asking.items()}
        draht = asking["Draht"]
        costs: Costs = {name: [] for name in asking}
        known, looks, new = _stories(draht, "real"), [], {}
        for turn in range(1, setting.rounds + 1):
            _tell(port, f"turn/{turn}")
            for name, one in asking.items():
                look = one.ask(set="real", **({"urls": urls} if name == "reader" else {}))
                costs[name].append(look["cpu"] / REAL)
                looks += [look] if name == "Draht" else []
            if turn == 1:
                new = _but(_stories(draht, "real"), known)
                draht.ask(set="again", urls=urls)
                whole = _but(_stories(draht, "again"), known)
    yield Row(
        "changed: first look at all, Draht, CPU a feed", f"{first['Draht']['cpu'] / REAL * 1000:.1f} ms"
    )
    yield from _compared("changed", costs, {"reader": 1 / 8})
    yield Row(
        "changed: new stories of the second look, a whole parse's", f"{len(whole)}", "> 450", len(whole) > 450
    )
    amiss = sum(1 for name in whole | new if whole.get(name) != new.get(name))
    yield Row("changed: of these missing or otherwise stored", f"{amiss}", "0", amiss == 0)
    yield Row("changed: peak memory, 500 real feeds", f"{looks[-1]['peak']:.0f} MB")


def _stories(draht: Child, which: str) -> Stories:
    """Give the title and link of each stored story; which of two feeds brought it first is left to chance."""
    told = draht.ask(set=which, stories=True)["stories"]
    return {name: (title, _HERE.sub("//here", url or "")) for name, title, url in told}


def _but(stories: Stories, known: Stories) -> Stories:
    return {name: story for name, story in stories.items() if name not in known}


def _tell(port: int, path: str) -> None:
    with urlopen(f"http://127.0.0.1:{port}/{path}") as answer:
        answer.read()


def size(setting: Setting) -> Iterator[Row]:
    """200, 2,000 and 20,000 feeds, all 304, with everything loaded that a running Draht holds."""
    with setting.server() as (_, port), child(*setting.draht()) as draht:
        draht.ask(everything=True)
        costs, memory = {}, {}
        for count in SIZES:
            name = str(count)
            rounds: list[Order] = []
            draht.ask(set=name, urls=addresses("same", port, count), known=True)
            begun = time.monotonic()
            while len(rounds) < setting.rounds and time.monotonic() - begun < SECONDS_OF_LARGEST:
                rounds.append(draht.ask(set=name))
            costs[count] = median(look["cpu"] for look in rounds)
            memory[count] = rounds[-1]["peak"]
            what = f"size: a round of {count:,} feeds, CPU a feed ({len(rounds)} rounds)"
            yield Row(what, f"{costs[count] / count * 1000:.2f} ms")
    few, some, many = SIZES
    slope = (costs[many] - costs[some]) / (many - some) / ((costs[some] - costs[few]) / (some - few))
    yield Row(
        "size: slope from 2,000 to 20,000 against 200 to 2,000",
        f"{slope:.2f}x",
        "0.85-1.15",
        0.85 <= slope <= 1.15,
    )
    for count, most in ((some, 130), (many, 200)):
        yield Row(
            f"size: peak memory at {count:,} feeds",
            f"{memory[count]:.0f} MB",
            f"<= {most} MB",
            memory[count] <= most,
        )


def dead(setting: Setting) -> Iterator[Row]:
    """1,000 feeds that answer after 50 ms, alone and among 1,000 that hang or have no server."""
    with setting.server() as (_, port), child(*setting.draht(str(HANG))) as draht:
        living = addresses("late", port, HALF)
        others = addresses("hang", port, HALF // 2) + addresses("gone", 1, HALF // 2)
        mixed = random.Random(7).sample(living + others, WHOLE)  # noqa: S311 -- for an order
        alone, among = [], []
        for name, urls in (("alone", living), ("among", mixed)):
            draht.ask(set=name, urls=urls)
        for _ in range(setting.rounds):
            alone.append(draht.ask(set="alone", until="/late/")["times"])
            among.append(draht.ask(set="among", until="/late/")["times"])
    ends = [median(max(times) for times in some) for some in (alone, among)]
    means = [median(sum(times) / len(times) for times in some) for some in (alone, among)]
    yield Row("dead: 1,000 living feeds alone, the last after", f"{ends[0]:.2f} s")
    yield Row("dead: beside 1,000 dead ones, from the second round", f"{ends[1]:.2f} s")
    for what, (without, beside) in (("the last", ends), ("on average", means)):
        ratio = beside / without
        yield Row(f"dead: delay of a living feed, {what}", f"{ratio:.2f}x", "<= 1.1x", ratio <= 1.1)


def delay(setting: Setting) -> Iterator[Row]:
    """2,000 feeds, 200 of which tell of a contact: the time from publishing to the outbox."""
    pieces = _pieces()
    file = setting.folder / "news.json"
    file.write_text(json.dumps([asdict(piece) for piece in pieces]), encoding="utf-8")
    with setting.server("--news", file) as (_, port):
        config = _configuration(setting.folder, addresses("news", port, WHOLE))
        with child(*program("running_draht", config, setting.folder / "state")) as draht:
            began = time.time()  # noqa: TID251 -- all three processes have to agree
            _tell(port, f"begin/{began}/{SPEED}")
            ran = draht.ask(began=began, speed=SPEED, seconds=CALM + NEWS + INTERVAL + 10)
    # A title twice: an entry that came to be later is not the one that counts.
    queued: dict[str, float] = dict(sorted(ran["queued"], key=lambda told: -told[1]))
    delays = [queued[piece.title] - began - piece.at for piece in pieces if piece.title in queued]
    yield Row(
        "delay: stories that came into the outbox",
        f"{len(delays)} of {STORIES}",
        "all",
        len(delays) == STORIES,
    )
    p95 = quantiles(delays, n=20)[-1]
    yield Row("delay: from publishing to the outbox, median", f"{median(delays):.1f} s")
    yield Row("delay: 95 of 100 within", f"{p95:.1f} s", f"<= {INTERVAL + 2:.0f} s", p95 <= INTERVAL + 2)
    yield Row("delay: CPU of it all, of one core", f"{ran['cpu'] / (CALM + NEWS + INTERVAL + 10):.1%}")
    yield Row("delay: peak memory", f"{ran['peak']:.0f} MB", "<= 130 MB", ran["peak"] <= 130)


def _pieces() -> list[Piece]:
    """Let 200 feeds tell of a call each, of two ministers of whom no other story tells."""
    dice = random.Random(7)  # noqa: S311 -- for times and names
    ministers = [
        one.person for one in load().holders if one.incumbent and one.office.role is Role.DEFENCE_MINISTER
    ]
    pairs = dice.sample(list(combinations(ministers, 2)), STORIES)
    return [
        Piece(
            feed,
            CALM + dice.random() * NEWS,
            f"Defence ministers {one} and {other} speak by phone",
            f"Defence Minister {one} spoke by phone with Defence Minister {other} today, the ministry said.",
        )
        for feed, (one, other) in zip(dice.sample(range(WHOLE), STORIES), pairs, strict=True)
    ]


def _configuration(folder: Path, urls: Sequence[str]) -> Path:
    config = folder / "config"
    config.mkdir()
    feeds = "".join(f"  - url: {url}\n    name: Blatt {n}\n    language: en\n" for n, url in enumerate(urls))
    head = f'interval: {INTERVAL:.0f}s\nallow_private: ["127.0.0.0/8"]\nfeeds:\n'
    (config / "feeds.yaml").write_text(head + feeds, encoding="utf-8")
    watch = "watches:\n  - name: Verteidigungsminister\n    contacts: [any defence minister]\n"
    (config / "watchlist.yaml").write_text(watch, encoding="utf-8")
    return config
