"""How fast the recogniser is and what it weighs, against the targets of issue 3.

    python tests/benchmarks/recognition.py

Times are processor time on one core, the best of several rounds; load and
memory are those of fresh processes. Ratios compare within one run.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from time import process_time
from typing import NamedTuple

from bot.model.story import Story
from bot.recognition import Recogniser
from bot.register.load import load
from tests.benchmarks.material import about_something_else, enlarged
from tests.corpus.reading import corpus

ROUNDS = 5
STORIES = 100  # of each language about something else

# Runs in a fresh process: prints seconds for imports, register and languages, and the resident kilobytes.
_WEIGH = """
import json, re
from time import process_time
def resident():
    with open("/proc/self/status") as told:
        return int(re.search(r"VmRSS:\\s+(\\d+)", told.read())[1])
bare, times = resident(), [process_time()]
from bot.languages.load import codes
from bot.model.story import Story
from bot.recognition import Recogniser
from bot.register.load import load
from datetime import UTC, datetime
times.append(process_time())
register = load()
times.append(process_time())
recogniser = Recogniser(register)
now = datetime(2024, 7, 12, tzinfo=UTC)
for code in codes():
    recogniser.read(Story("", "", "", None, "", "–", code, None, now, now.date()))
times.append(process_time())
parts = [after - before for before, after in zip(times, times[1:])]
print(json.dumps({"parts": parts, "kilobytes": resident() - bare}))
"""


class Row(NamedTuple):
    """One line of the table."""

    what: str
    figure: str
    target: str
    met: bool


@dataclass(frozen=True, slots=True)
class Weight:
    """A fresh process: seconds for imports, register and languages; megabytes above the bare interpreter."""

    imports: float
    register: float
    languages: float
    megabytes: float


def main() -> int:
    """Print the table; 1 where a target is missed."""
    rows = []
    for row in measured():
        sys.stdout.write(
            f"{row.what:<44} {row.figure:>14}   {row.target:<10} {'' if row.met else 'MISSED'}\n"
        )
        sys.stdout.flush()
        rows.append(row)
    return 0 if all(row.met for row in rows) else 1


def measured() -> Iterator[Row]:
    """Give every figure with its target."""
    register = load()
    recogniser, large = Recogniser(register), Recogniser(enlarged(register, 10))
    elsewhere, candidates = about_something_else(STORIES), [sample.story for sample in corpus()]
    for code, stories in elsewhere.items():
        yield _speed(f"about something else, {code}", _rate(recogniser, stories), 5_000)
    everything = list(chain.from_iterable(elsewhere.values()))
    yield _speed("about something else, all", _rate(recogniser, everything), 5_000)
    yield _speed("candidates (the corpus)", _rate(recogniser, candidates), 300)
    for what, stories in (("something else", everything), ("candidates", candidates)):
        yield _ratio(f"10x register, {what}", _times((recogniser, large), stories))
    yield from _weights()


def _rate(recogniser: Recogniser, stories: Sequence[Story]) -> float:
    return len(stories) / _times((recogniser,), stories)[0]


def _times(recognisers: Sequence[Recogniser], stories: Sequence[Story]) -> list[float]:
    """Give each one's best time over the stories; they take turns, so that both see the same machine."""
    rounds = [[_time(one, stories) for one in recognisers] for _ in range(ROUNDS + 1)]
    return [min(times) for times in zip(*rounds[1:], strict=True)]


def _time(recogniser: Recogniser, stories: Sequence[Story]) -> float:
    start = process_time()
    for story in stories:
        recogniser.read(story)
    return process_time() - start


def _speed(what: str, rate: float, target: int) -> Row:
    return Row(what, f"{rate:,.0f}/s", f">= {target:,}/s", rate >= target)


def _ratio(what: str, times: Sequence[float]) -> Row:
    ratio = times[1] / times[0]
    return Row(what, f"{ratio:.2f}x", "<= 1.3x", ratio <= 1.3)


def _weights() -> Iterator[Row]:
    best = min((_weight() for _ in range(ROUNDS)), key=lambda w: w.register + w.languages)
    seconds = best.register + best.languages
    yield Row("load: register", f"{best.register * 1000:.0f} ms", "", met=True)
    yield Row("load: languages and names", f"{best.languages * 1000:.0f} ms", "", met=True)
    yield Row("load: both", f"{seconds * 1000:.0f} ms", "<= 400 ms", seconds <= 0.4)
    yield Row(
        "memory above the bare interpreter", f"{best.megabytes:.0f} MB", "<= 40 MB", best.megabytes <= 40
    )


def _weight() -> Weight:
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", _WEIGH]
    told = json.loads(subprocess.run(command, cwd=root, capture_output=True, check=True).stdout)
    imports, register, languages = told["parts"]
    return Weight(imports, register, languages, told["kilobytes"] / 1024)


if __name__ == "__main__":
    sys.exit(main())
