"""A program that is measured in a process of its own: orders go in and answers come out, a JSON line each."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

# What a service is given: `requests` searches the whole environment for proxies at each request.
_SERVICE = {"PATH": "/usr/bin:/bin", "HOME": "/root", "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}

Order = dict[str, Any]


class Child:
    """A program under way."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def line(self) -> str:
        """Read what it says next."""
        assert self._process.stdout is not None
        said = self._process.stdout.readline()
        if not said:
            raise RuntimeError(f"a measured program ended by itself: {self._process.args!r}")
        return said

    def ask(self, **order: Any) -> Order:
        """Give an order and wait for its answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answer: Order = json.loads(self.line())
        return answer


@contextmanager
def child(*command: str | Path) -> Iterator[Child]:
    """Start a program; it ends when nobody speaks to it any more."""
    process = subprocess.Popen(
        command, cwd=ROOT, env=_SERVICE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield Child(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait(30)


def program(module: str, *arguments: str | Path) -> Sequence[str | Path]:
    """Give the command of a module of the benchmarks, in Draht's own Python."""
    return (sys.executable, "-m", f"tests.benchmarks.{module}", *arguments)


def obey(answer: Callable[[Order], Order]) -> None:
    """Answer the orders on standard input until there are no more."""
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(json.loads(line))) + "\n")
        sys.stdout.flush()


def peak() -> float:
    """Give the most megabytes of memory that this process held at once.

    Not `ru_maxrss`: a child inherits there what its parent had at the fork.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024
