"""A hundred kinds of misbehaviour: each look ends in a named outcome while other feeds go on."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from bot.feeds.fetch import Limits
from bot.feeds.source import HttpFeedSource
from bot.model.feed import Feed, FeedState
from bot.model.fetch import Failed, Fetched, Modified
from tests.servers.feed_server import FeedServer, feed_server, page
from tests.servers.handshakes import let_go
from tests.servers.misbehaviour import FAULTS, FEED, HOST, Fault

NOW = datetime(2024, 7, 13, 9, 0, tzinfo=UTC)
TIGHT = Limits(seconds=1.5, size=300_000, redirects=3)
HANGS = 10.0  # a look that takes so long ignores its limits
Looks = Callable[..., list[Fetched]]


@contextmanager
def looking() -> Iterator[Looks]:
    """Give a way to look at several feeds at the same time, with one source."""
    with asyncio.Runner() as runner:
        source = HttpFeedSource(workers=3, allow_private=[f"{HOST}/32"], agent="Draht/test", limits=TIGHT)

        async def look(urls: tuple[str, ...], known: str | None) -> list[Fetched]:
            states = [FeedState(url, etag=known, first_read_at=NOW if known else None) for url in urls]
            looks = (source.look(Feed(state.url, "Blatt"), state, NOW) for state in states)
            async with asyncio.timeout(HANGS):
                return await asyncio.gather(*looks)

        yield lambda *urls, known=None: runner.run(look(urls, known))
        runner.run(source.close())
    let_go()


@pytest.fixture(scope="module")
def look() -> Iterator[Looks]:
    """Look with one source for the module, as a process does for its life."""
    with looking() as looks:
        yield looks


@pytest.fixture(scope="module")
def server() -> Iterator[FeedServer]:
    """Run one server for the module; at /good it behaves."""
    with feed_server(HOST) as running:
        running.put("/good", page(FEED))
        yield running


def outcome(fetched: Fetched) -> object:
    """Give what a look ended in: a refusal, or the type of what it brought."""
    return fetched.refusal if isinstance(fetched, Failed) else type(fetched)


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])
def test_each_misbehaviour_ends_in_its_outcome_and_holds_up_nobody(
    look: Looks, server: FeedServer, fault: Fault
) -> None:
    """The look at it ends by its name, the one beside it and the next one bring their feed."""
    bad, good = server.put("/feed", fault.behaviour), server.url("/good")
    fetched, beside = look(bad, good, known=fault.known)
    (after,) = look(good)
    assert outcome(fetched) == fault.outcome, fetched
    for other in (beside, after):
        assert isinstance(other, Modified)
        assert len(other.stories) == 3
    assert "cookie" not in server.requests[-1].headers
    assert "geheim" not in repr(fetched)
    assert getattr(fetched, "detail", "x").isprintable()


def test_every_misbehaviour_has_a_name_of_its_own() -> None:
    """At least the forty that the issue asks for, and none twice."""
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) >= 40
