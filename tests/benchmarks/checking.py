"""How long `draht check` takes for a watch-list of 5,000 lines, beside ruamel.yaml's own reading of it.

    python tests/benchmarks/checking.py [LINES]

The whole command is timed, from the start of its process to its end; the ratio
of processor times to what the same file costs ruamel.yaml alone (pure Python,
as Draht uses it) says it apart from the machine.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from ruamel.yaml import YAML

from bot.configuration import lint, load
from bot.configuration.locate import shipped
from bot.register.load import load as load_register
from tests.benchmarks.parts import Row

LINES = 5_000
ROUNDS = 5
SECONDS = 3.0
_WORDS = (
    "Abkommen",
    "Drohne",
    "Flotte",
    "Luftabwehr",
    "Munition",
    "Panzer",
    "Patriot",
    "Taurus",
    "Telefonat",
)


def watch_list(lines: int, seed: int = 1) -> str:
    """Give a watch-list of so many lines, of all kinds of watches, in which nothing is wrong."""
    chance, register = random.Random(seed), load_register()  # noqa: S311 -- only varied
    people = sorted({holder.person for holder in register.holders})
    offices = [str(office) for office in register.offices()]
    text = ["language: de", "watches:"]
    number = 0
    while True:
        number += 1
        watch = list(_watch(number, chance, people, offices))
        if len(text) + len(watch) > lines:
            break
        text += watch
    return "\n".join([*text, *["# nothing more"] * (lines - len(text)), ""])


def _watch(number: int, chance: random.Random, people: list[str], offices: list[str]) -> Iterator[str]:
    yield f"  - name: Watch {number}"
    match number % 5:
        case 0:
            yield "    contacts:"
            yield from (f"      - {office}" for office in chance.sample(offices, 3))
            yield f"    keywords: [{', '.join(chance.sample(people, 4))}]"
        case 1:
            yield "    ring: stories"
            yield "    keywords:"
            yield from (f"      - {word}{chance.randrange(2_000)}" for word in chance.sample(_WORDS, 8))
            yield f"    exclude: [Konzert, Texas{number}]"
        case 2:
            yield "    query: >-"
            yield f'      person:"{chance.choice(people)}" AND ({chance.choice(_WORDS)} OR telefon*)'
            yield f"      AND NOT title:Interview{number}"
            yield f'    channel: "@channel{number % 20}"'
        case 3:
            yield f"    contacts: [{chance.choice(people)}]"
            yield "    media: [phone, video]"
        case _:
            yield "    keywords:"
            yield from (f"      - {person}" for person in chance.sample(people, 12))


def rows(lines: int, folder: Path) -> Iterator[Row]:
    """Measure, and give a line for each figure."""
    (folder / "feeds.yaml").write_text((shipped() / "feeds.yaml").read_text("utf-8"), "utf-8")
    file = folder / "watchlist.yaml"
    file.write_text(watch_list(lines), "utf-8")
    text, register = file.read_text("utf-8"), load_register()
    command = _fastest(lambda: _check(folder), time.perf_counter)
    inside = _fastest(lambda: lint(load(folder, register)))
    bare = _fastest(lambda: YAML(typ="safe", pure=True).load(text))
    yield Row("draht check, the whole command", f"{command:.2f} s", f"< {SECONDS:.0f} s", command < SECONDS)
    yield Row("reading and linting alone", f"{inside:.2f} s")
    yield Row("ruamel.yaml's own load of the file", f"{bare:.2f} s")
    yield Row("reading and linting ÷ ruamel.yaml", f"{inside / bare:.2f}", "≤ 4", inside <= 4 * bare)


def _check(folder: Path) -> None:
    own = {"DRAHT_CONFIG": str(folder), "DRAHT_STATE": str(folder / "state")}
    environment = os.environ | own  # noqa: TID251 -- handed on
    call = [sys.executable, "-m", "bot", "check"]
    subprocess.run(call, env=environment, check=True, capture_output=True)


def _fastest(act: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    return min(_timed(act, clock) for _ in range(ROUNDS))


def _timed(act: Callable[[], object], clock: Callable[[], float]) -> float:
    start = clock()
    act()
    return clock() - start


def main() -> int:
    """Print the figures; 1 where one misses its target."""
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else LINES
    with tempfile.TemporaryDirectory() as folder:
        told = list(rows(lines, Path(folder)))
    sys.stdout.write(f"{lines:,} lines, the fastest of {ROUNDS} rounds\n")
    for row in told:
        missed = "" if row.met else "missed"
        sys.stdout.write(f"{row.what:40} {row.figure:>8}  {row.target:8} {missed}\n")
    return 0 if all(row.met for row in told) else 1


if __name__ == "__main__":
    sys.exit(main())
