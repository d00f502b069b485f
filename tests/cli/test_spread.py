"""Work that is spread over processes ends as if it had been done by one."""

import os
import signal
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
