"""Whatever a name server or a URL says, only permitted addresses are dialled."""

import asyncio
import itertools
import socket
import threading
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.feeds.addresses import AddressPolicy
from bot.feeds.fetch import Fetcher, Limits
from bot.feeds.network import ForbiddenAddressError, Gate
from bot.feeds.page import Ask, Page, Reply
from bot.model.fetch import Failed, Refusal
from tests.servers import feed_server as servers
from tests.servers.feed_server import FeedServer

NOW = datetime(2024, 7, 13, 9, 0, tzinfo=UTC)
MINE, INSIDE = "127.0.0.1", "127.0.0.3"


class FakeResolver(AbstractResolver):
    """Answers each question with the next of these lists of addresses, at last with the last one."""

    def __init__(self, *answers: Iterable[str]) -> None:
        self._answers = itertools.chain(answers, itertools.repeat(answers[-1])) if answers else iter(())
        self.questions: list[str] = []

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Give the next answer."""
        del family
        self.questions.append(host)
        return [
            ResolveResult(hostname=host, host=address, port=port, family=socket.AF_INET, proto=0, flags=0)
            for address in next(self._answers)
        ]

    async def close(self) -> None:
        """Nothing is open."""


@pytest.fixture(scope="module")
def server() -> Iterator[FeedServer]:
    """Run a server at the one permitted address."""
    with servers.feed_server(MINE) as running:
        running.put("/feed", servers.page(b"<rss/>"))
        yield running


@pytest.fixture
def inside() -> Iterator[FeedServer]:
    """Run a server that nobody may reach."""
    with servers.feed_server(INSIDE) as running:
        running.put("/feed", servers.page(b"<rss/>"))
        yield running


def ask(resolver: FakeResolver, *urls: str) -> list[Reply]:
    """Ask for addresses one after the other, by these names."""

    async def run() -> list[Reply]:
        fetcher = Fetcher(2, "Draht/test", AddressPolicy.of([f"{MINE}/32"]))
        fetcher._client._resolver = resolver  # type: ignore[assignment]  # the name server is the world's
        try:
            return [await fetcher.get(Ask(url, NOW)) for url in urls]
        finally:
            await fetcher.close()

    return asyncio.run(run())


def refusals(replies: Iterable[Reply]) -> list[Refusal | None]:
    """Give the refusal of each reply."""
    return [reply.refusal if isinstance(reply, Failed) else None for reply in replies]


def test_a_name_that_first_is_public_and_then_private_leads_nowhere(
    server: FeedServer, inside: FeedServer
) -> None:
    """What is checked is the very address that is dialled, not an earlier answer of a name server."""
    first, later = (f"http://changing.example:{port}/feed" for port in (server.port, inside.port))
    replies = ask(FakeResolver([MINE], [INSIDE]), first, later)
    assert refusals(replies) == [None, Refusal.PRIVATE_ADDRESS]
    assert inside.connections == 0


def test_a_private_address_among_the_public_ones_of_a_name_is_passed_over(
    server: FeedServer, inside: FeedServer
) -> None:
    """A name with both kinds of addresses is read at a permitted one."""
    (reply,) = ask(FakeResolver([INSIDE, "10.0.0.1", MINE]), f"http://feeds.example:{server.port}/feed")
    assert isinstance(reply, Page)
    assert inside.connections == 0


def test_a_name_with_private_addresses_only_is_refused_by_one_of_them() -> None:
    """The sentence names the host and an address."""
    (reply,) = ask(FakeResolver(["10.0.0.1", "192.168.0.1"]), "http://feeds.example/")
    assert isinstance(reply, Failed)
    assert reply.refusal is Refusal.PRIVATE_ADDRESS
    assert "feeds.example is at the private address 1" in reply.detail


@pytest.mark.parametrize("host", [INSIDE, "127.0.3", "2130706435", "0177.0.0.3", "[::ffff:127.0.0.3]"])
def test_an_address_in_a_url_needs_no_name_server_to_be_refused(inside: FeedServer, host: str) -> None:
    """The client does not resolve literal addresses; the gate sees them all the same."""
    names = FakeResolver()
    assert refusals(ask(names, f"http://{host}:{inside.port}/feed")) == [Refusal.PRIVATE_ADDRESS]
    assert (names.questions, inside.connections) == ([], 0)


def test_a_redirect_to_a_name_or_an_address_passes_the_gate_too(
    server: FeedServer, inside: FeedServer
) -> None:
    """Each hop is checked like the first one."""
    by_name = server.put("/by-name", servers.redirect(f"http://inside.example:{inside.port}/feed"))
    by_address = server.put("/by-address", servers.redirect(inside.url("/feed")))
    assert refusals(ask(FakeResolver([INSIDE]), by_name, by_address)) == [Refusal.PRIVATE_ADDRESS] * 2
    assert inside.connections == 0


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "100.64.0.1",
        "169.254.169.254",
        "0.0.0.0",
        "224.0.0.1",
        "168.63.129.16",
        "::1",
        "::",
        "fe80::1",
        "fd00::1",
        "64:ff9b::a00:1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "ff02::1",
        "::ffff:0:127.0.0.1",
        "::5efe:10.0.0.1",
        "2a00:1450:4001:80b:0:5efe:10.0.0.1",
        "2a00:1450:4001:80b:200:5efe:8.8.8.8",
        "100:0:0:1::1",
        "3fff::1",
        "4000::1",
        "fe80::1%lo",
        "192.0.0.192",
        "192.88.99.1",
    ],
)
def test_no_socket_is_made_for_a_private_address(address: str) -> None:
    """The gate refuses before there is anything to connect."""
    gate = Gate(AddressPolicy())
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with pytest.raises(ForbiddenAddressError):
        gate((family, socket.SOCK_STREAM, 0, "", (address, 80)))


def test_closed_connections_are_not_counted_as_open() -> None:
    """A gate that forgot to count down would close every connection after the first hundreds."""
    gate = Gate(AddressPolicy.of(["127.0.0.0/8"]))
    made = [gate((socket.AF_INET, socket.SOCK_STREAM, 0, "", (MINE, 80))) for _ in range(512)]
    assert gate.crowded
    made.pop().close()
    assert not gate.crowded
    for each in made:
        each.close()


def test_names_that_hang_hold_up_neither_other_names_nor_threads(
    server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Dead name servers cost their own looks; the threads of asyncio stay free for the store."""
    over, ask_truly = threading.Event(), socket.getaddrinfo
    begun: list[str] = []
    loops: list[asyncio.AbstractEventLoop] = []
    all_hang = asyncio.Event()

    def getaddrinfo(host: str, *rest: Any) -> Any:
        if host.startswith("hanging"):
            begun.append(host)
            if len(begun) == 39:
                loops[0].call_soon_threadsafe(all_hang.set)
            over.wait()
        return ask_truly(MINE, *rest)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)

    async def run() -> list[Reply]:
        loops.append(asyncio.get_running_loop())
        fetcher = Fetcher(40, "Draht/test", AddressPolicy.of([f"{MINE}/32"]), Limits(seconds=1.0))
        urls = [f"http://hanging-{n}.example/feed" for n in range(39)]
        urls.append(f"http://living.example:{server.port}/feed")
        looks = asyncio.gather(*(fetcher.get(Ask(url, NOW)) for url in urls))
        try:
            async with asyncio.timeout(5):
                await all_hang.wait()
                assert await asyncio.to_thread(lambda: "free") == "free"
            return await looks
        finally:
            over.set()
            await fetcher.close()

    *hanging, living = asyncio.run(run())
    assert refusals(hanging) == [Refusal.TIMEOUT] * 39
    assert isinstance(living, Page)
