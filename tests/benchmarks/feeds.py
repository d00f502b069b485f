"""How fast Draht asks feeds and what it weighs, against the targets of issue 4.

    python tests/benchmarks/feeds.py [unchanged] [changed] [size] [dead] [delay] [--reader PYTHON]

PYTHON (or DRAHT_READER) is one that has the library `reader` 3.26; without one
its column is left out:

    python -m venv reader-venv && reader-venv/bin/pip install reader==3.26 feedparser sgmllib3k

Every program is measured in a process of its own against one server in
another, on the addresses of 127.0.0.0/8. Times are processor time (user and system, all threads), taken in
turns, so that all see the same machine; medians of five rounds. What a round
costs beside its feeds is cancelled by the difference of two sizes.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tests.benchmarks import parts
from tests.benchmarks.parts import Row, Setting

PARTS: Mapping[str, Callable[[Setting], Iterator[Row]]] = {
    "unchanged": parts.unchanged,
    "changed": parts.changed,
    "size": parts.size,
    "dead": parts.dead,
    "delay": parts.delay,
}


def main() -> int:
    """Print the table; 1 where a target is missed."""
    chosen = _chosen()
    if chosen.reader is None:
        _say("reader is left out: name a Python that has it with --reader.\n")
    met = True
    for name in chosen.parts or PARTS:
        with tempfile.TemporaryDirectory(prefix="draht-feeds-") as folder:
            setting = Setting(Path(folder), chosen.reader, chosen.rounds)
            for row in PARTS[name](setting):
                _say(f"{row.what:<58} {row.figure:>14}   {row.target:<10} {'' if row.met else 'MISSED'}\n")
                met = met and row.met
    return 0 if met else 1


def _say(line: str) -> None:
    sys.stdout.write(line)
    sys.stdout.flush()


def _chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", choices=tuple(PARTS), help="all where none is named")
    parser.add_argument("--reader", default=os.environ.get("DRAHT_READER"))  # noqa: TID251
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
