"""Work that is spread over processes ends as if it had been done by one."""

import errno
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from operator import length_hint

import pytest

from bot.cli import spread as spreading
from bot.cli.spread import spread
from bot.errors import DrahtError


@pytest.fixture(params=[1, 2, 3], autouse=True)
def processors(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Have so many processors, whatever this machine has."""
    monkeypatch.setattr(spreading, "_processors", lambda: request.param)
    return int(request.param)


def test_results_come_in_the_order_of_the_items() -> None:
    """Whichever process is done first."""
    assert list(spread(lambda number: number * number, range(100))) == [n * n for n in range(100)]


def test_work_may_hold_what_cannot_be_sent() -> None:
    """A process that is copied has everything already: here a function of this test."""
    known = {"seven": lambda: 7}
    assert list(spread(lambda name: known[name](), ["seven", "seven"])) == [7, 7]


def test_no_more_is_read_than_is_worked_on() -> None:
    """A file that is larger than the memory can be read."""
    items = iter(range(1_000))
    results = spread(abs, items)
    assert next(results) == 0
    assert length_hint(items) >= 1_000 - 3 * spreading._AHEAD
    assert list(results) == list(range(1, 1_000))


def test_what_goes_wrong_is_raised_where_the_results_are_taken() -> None:
    """The results before it are given."""
    results = spread(lambda number: 12 // number, [3, 2, 0, 1])
    assert (next(results), next(results)) == (4, 6)
    with pytest.raises(ZeroDivisionError):
        next(results)


def test_the_process_that_asks_does_none_of_the_work(processors: int) -> None:
    """Each item is worked on in another process, unless there is one processor only."""
    others = set(spread(lambda _: os.getpid(), range(20))) - {os.getpid()}
    assert len(others) <= processors
    assert bool(others) == (processors > 1)


def test_a_process_that_is_killed_is_a_sentence(processors: int) -> None:
    """It does not wait for ever."""
    if processors > 1:
        with pytest.raises(DrahtError, match="was killed, perhaps for want of memory; try again"):
            list(spread(lambda _: os.kill(os.getpid(), signal.SIGKILL), [1]))


_ENDED = """
import os, sys
from bot.cli import spread as spreading
spreading._processors = lambda: int(sys.argv[1])
results = spreading.spread(abs, range(100))
next(results)
os.kill(os.getpid(), int(sys.argv[2]))
"""

_INTERRUPTED = """
import os, signal, sys
from bot.cli import spread as spreading
spreading._processors = lambda: int(sys.argv[1])
interrupt = lambda: os.kill(os.getpid(), signal.SIGINT)
os.register_at_fork(after_in_parent=interrupt, after_in_child=interrupt)
try:
    list(spreading.spread(abs, range(100)))
    interrupt()  # where nothing is copied
except KeyboardInterrupt:
    sys.exit(130)
"""


def _script(text: str, *arguments: int) -> "subprocess.CompletedProcess[str]":
    """Run a script to its end, and that of every process that holds its output."""
    command = [sys.executable, "-c", text, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_no_process_outlives_the_one_that_asks(processors: int, how: signal.Signals) -> None:
    """However that one is killed: a copy that waits for work would wait for ever."""
    assert _script(_ENDED, processors, how).returncode == -how


def test_ctrl_c_while_processes_begin_is_heard_without_a_trace(processors: int) -> None:
    """Python itself drops what is raised in the midst of a fork, and tells of it."""
    done = _script(_INTERRUPTED, processors)
    assert (done.returncode, done.stderr) == (130, "")


@pytest.fixture
def deaf() -> Iterator[None]:
    """Have ctrl-c ignored, as in a job that a shell began in the background."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("deaf")
def test_where_ctrl_c_is_ignored_every_process_ignores_it() -> None:
    """Else it would end those that work, and not the one that asks."""
    assert set(spread(lambda _: signal.getsignal(signal.SIGINT), range(9))) == {signal.SIG_IGN}


@pytest.mark.parametrize("most", [0, 1, 2])
def test_where_there_may_be_no_more_processes_one_does_it_all(
    monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """Those that had begun end: else this one would wait for them at its end."""
    fork, begun = os.fork, iter(range(most))

    def reluctantly() -> int:
        if next(begun, None) is None:
            raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")
        return fork()

    monkeypatch.setattr(os, "fork", reluctantly)
    assert list(spread(lambda number: -number, range(100))) == [-n for n in range(100)]
    assert multiprocessing.active_children() == []


def test_many_processors_get_no_more_processes_than_can_be_fed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each takes memory."""
    monkeypatch.setattr(spreading, "_processors", lambda: 20)
    results = spread(abs, range(100))
    next(results)
    assert len(multiprocessing.active_children()) == spreading._MOST
    assert list(results) == list(range(1, 100))
