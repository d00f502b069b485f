"""Work in as many processes as there are processors, up to eight, in the order in which it was given."""

import ctypes
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Any, TypeVar

from bot.errors import DrahtError

Item = TypeVar("Item")
Result = TypeVar("Result")

_AHEAD = 3
"""Items for each process that wait or are being worked on: what comes later is not even asked for."""
_MOST = 8
"""Processes, 70 MB each: to read stories and to gather results takes a seventh of the time to hear them."""
_PR_SET_PDEATHSIG = 1
"""From <linux/prctl.h>: which signal a process gets when the one that began it ends."""

_work: Callable[[Any], Any]  # in a process that works for another: what it does


def spread(work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """Do what `map` does, on several processors; the processes begin with this call.

    They are copies of this one and end with it, however it ends; so `work` may be
    anything, but items and results are pickled. What `work` raises is raised here;
    where a process is killed, `DrahtError`. With one processor only, or where the
    system gives no processes, it is `map`. Call it in the main thread, while this
    process has no other.
    """
    processors = min(_processors(), _MOST)
    pool = _copies(processors, work) if processors > 1 else None
    return _in_order(pool, items, processors * _AHEAD) if pool else map(work, items)


def _processors() -> int:
    """Count the processors that may be used; one where processes are not copied (only Linux does it well)."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def _copies(processors: int, work: Callable[[Any], Any]) -> ProcessPoolExecutor | None:
    """Begin the processes; None where there may be no more, or where they could share nothing."""
    for stream in (sys.stdout, sys.stderr):
        stream.flush()  # what a copy holds unwritten it would write once more
    others = multiprocessing.active_children()
    # Ctrl-c waits until all have begun: on its way through a fork Python would lose it, with a trace.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        pool = ProcessPoolExecutor(
            processors,
            multiprocessing.get_context("fork"),
            initializer=_begin,
            initargs=(work, os.getpid(), before),
        )
        pool.submit(_nothing)
    except (OSError, RuntimeError):  # no process, no shared memory; no thread
        for begun in set(multiprocessing.active_children()).difference(others):
            begun.kill()
            begun.join()
        return None
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return pool


def _in_order(pool: ProcessPoolExecutor, items: Iterable[Any], ahead: int) -> Iterator[Any]:
    coming = iter(items)
    try:
        waiting: deque[Future[Any]] = deque(pool.submit(_do, item) for item in islice(coming, ahead))
        while waiting:
            yield waiting.popleft().result()
            waiting.extend(pool.submit(_do, item) for item in islice(coming, 1))
    except BrokenProcessPool:
        ended = "a process that did part of the work was killed, perhaps for want of memory"
        raise DrahtError(f"{ended}; try again with fewer stories") from None
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(work: Callable[[Any], Any], parent: int, signals: Iterable[int]) -> None:
    global _work  # noqa: PLW0603 -- an executor has no other place for what its processes share
    _work = work
    # Its own copy of the queue's other end would keep it waiting there for work for ever.
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before that
        os._exit(1)
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:  # as a shell's background jobs do
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # ctrl-c reaches every process: one of them says so
    signal.pthread_sigmask(signal.SIG_SETMASK, signals)


def _do(item: Any) -> Any:  # noqa: ANN401 -- whatever is worked on
    return _work(item)


def _nothing() -> None:
    """Have the pool begin its processes."""
