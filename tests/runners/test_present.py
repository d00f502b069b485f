"""The wire in force: each round has one of its own, and another comes into force between two."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import StateError
from bot.model.feed import FeedList
from bot.runners.present import Present
from bot.runners.rounds import Rounds
from bot.runners.wire import Wire
from tests.fakes.feeds import brings
from tests.runners.test_rounds import BLATT, Held
from tests.runners.wire import Stage, stage


@pytest.fixture
def old() -> Iterator[Wire]:
    """Give the wire of the start."""
    with stage({}) as on:
        yield on.wire


def nothing() -> None:
    """Enter nothing."""


async def turns(number: int = 5) -> None:
    """Let the others go on."""
    for _ in range(number):
        await asyncio.sleep(0)


def test_a_round_under_way_keeps_the_wire_that_it_took(old: Wire) -> None:
    """One that lasts works with the old one to its end, one that begins takes the new one."""
    new = replace(old, feeds=FeedList(()))

    async def main() -> None:
        present = Present(old)
        with present.taken() as first:
            await present.change(new, nothing)
            with present.taken() as second:
                assert (first, second) == (old, new)
            assert present.in_use() == (new, old)
        assert present.in_use() == (new,)

    asyncio.run(main())


def test_who_is_bound_is_waited_for_and_nobody_sees_half(old: Wire) -> None:
    """What is entered in the ledger without a watch is entered before the watch is known."""
    new, seen = replace(old, feeds=FeedList(())), list[str]()

    async def main() -> None:
        present = Present(old)
        with present.taken(bound=True) as mine:
            change = asyncio.create_task(present.change(new, lambda: seen.append("known")))
            await turns()
            assert present.changing
            assert present.wire is mine is old
            seen.append("entered")
        await change
        assert not present.changing
        assert present.wire is new

    asyncio.run(main())
    assert seen == ["entered", "known"]


def test_what_cannot_be_entered_does_not_come_into_force(old: Wire) -> None:
    """A database that is held leaves the old one, whole."""
    new = replace(old, feeds=FeedList(()))

    def fail() -> None:
        raise StateError("held")

    async def main() -> None:
        present = Present(old)
        with pytest.raises(StateError):
            await present.change(new, fail)
        assert present.wire is old
        assert not present.changing
        assert present.in_use() == (old,)

    asyncio.run(main())


def test_a_stop_ends_the_waiting(old: Wire) -> None:
    """A change that is given up leaves the old one, and rounds may begin again."""

    async def main() -> None:
        present = Present(old)
        with present.taken(bound=True):
            change = asyncio.create_task(present.change(replace(old), nothing))
            await turns()
            change.cancel()
            await asyncio.gather(change, return_exceptions=True)
            assert not present.changing
            assert present.wire is old

    asyncio.run(main())


WORK = ("poll", "recognise", "deliver", "digest", "listen", "pages")


@settings(max_examples=30, deadline=None)
@given(st.lists(st.frozensets(st.sampled_from([*WORK, "save"])), max_size=12))
def test_whatever_is_saved_beside_whatever_rounds_each_contact_is_told_once(
    ticks: list[frozenset[str]],
) -> None:
    """Rounds start beside each other and beside saves in any order; then all is done, and one post stands."""

    async def main(on: Stage) -> None:
        present = Present(on.wire)
        rounds = {one.name: one.work for one in Rounds(present, Held(), asyncio.Event()).all()}

        async def save() -> None:
            desk = replace(on.wire.desk, watchlist=replace(on.wire.desk.watchlist, language="en"))
            await present.change(replace(present.wire, desk=desk), nothing)

        work = {**rounds, "save": save}
        for names in [*ticks, {"poll"}, {"recognise"}, {"deliver"}]:
            await asyncio.gather(*(work[name]() for name in sorted(names)))

    with stage({BLATT: [brings("weather", "call"), brings("call", "another call")]}) as on:
        asyncio.run(main(on))
        assert len(on.messenger.bodies()) == 1
        assert on.wire.store.history.counts().unread == 0
