"""Work in as many processes as there are processors, in the order in which it was given."""

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

_work: Callable[[Any], Any]  # in a process that works for another: what it does


def spread(work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """Do what `map` does, on all processors; the processes begin with this call.

    They are copies of this one, so `work` may be anything, but items and results
    are pickled. What `work` raises is raised here; where a process is killed,
    `DrahtError`. With one processor only it is `map`. Call it while this process
    has no other thread.
    """
    processors = _processors()
    if processors == 1:
        return map(work, items)
    for stream in (sys.stdout, sys.stderr):
        stream.flush()  # what a copy holds unwritten it would write once more
    copies = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(processors, copies, initializer=_begin, initargs=(work,))
    pool.submit(_nothing)
    return _in_order(pool, items, processors * _AHEAD)


def _processors() -> int:
    """Count the processors that may be used; one where processes are not copied (only Linux does it well)."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


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


def _begin(work: Callable[[Any], Any]) -> None:
    global _work  # noqa: PLW0603 -- an executor has no other place for what its processes share
    _work = work
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # ctrl-c reaches every process: one of them says so


def _do(item: Any) -> Any:  # noqa: ANN401 -- whatever is worked on
    return _work(item)


def _nothing() -> None:
    """Have the pool begin its processes."""
