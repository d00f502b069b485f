"""Only a server that proves its name is read over https; every other one is a fault by name."""

import asyncio
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.feeds.fetch import Limits
from bot.feeds.source import HttpFeedSource
from bot.model.feed import Feed, FeedState
from bot.model.fetch import Failed, Fetched, Modified, Refusal
from tests.servers.feed_server import FeedServer, feed_server, page, redirect, silent
from tests.servers.handshakes import let_go
from tests.servers.misbehaviour import FEED, HOST
from tests.servers.tls import Authority

NOW = datetime(2024, 7, 13, 9, 0, tzinfo=UTC)
TIGHT = Limits(seconds=0.8)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Found an authority for the module."""
    return Authority(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module")
def plain() -> Iterator[FeedServer]:
    """Run a server without TLS, with a feed at /feed."""
    with feed_server(HOST) as running:
        running.put("/feed", page(FEED))
        yield running


@contextmanager
def trusting(authority: Authority, limits: Limits = TIGHT) -> Iterator[Callable[..., list[Fetched]]]:
    """Give a way to look at feeds with the authority among those that the machine's owner trusts."""
    with asyncio.Runner() as runner, pytest.MonkeyPatch.context() as environment:
        environment.setenv("SSL_CERT_FILE", str(authority.trusted))
        source = HttpFeedSource(workers=3, allow_private=[f"{HOST}/32"], agent="Draht/test", limits=limits)

        async def look(urls: tuple[str, ...]) -> list[Fetched]:
            looks = (source.look(Feed(url, "Blatt"), FeedState(url), NOW) for url in urls)
            return await asyncio.gather(*looks)

        yield lambda *urls: runner.run(look(urls))
        runner.run(source.close())
    let_go()


def test_a_server_that_proves_its_name_is_read(authority: Authority) -> None:
    """What the machine's owner trusts counts beside the authorities of the web."""
    with feed_server(HOST, authority.server(HOST)) as server, trusting(authority) as look:
        (fetched,) = look(server.put("/feed", page(FEED, "gzip")))
    assert isinstance(fetched, Modified)


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("another name", "IP address mismatch"),
        ("expired", "certificate has expired"),
        ("vouches for itself", "self-signed certificate"),
        ("of an unknown authority", "unable to get local issuer certificate"),
    ],
)
def test_a_server_that_does_not_prove_its_name_is_refused_while_others_are_read(
    authority: Authority, plain: FeedServer, tmp_path: Path, kind: str, reason: str
) -> None:
    """The sentence says what is wrong with the certificate, and nothing is asked."""
    tls: dict[str, Callable[[], ssl.SSLContext]] = {
        "another name": lambda: authority.server("127.0.0.9"),
        "expired": lambda: authority.server(HOST, expired=True),
        "vouches for itself": lambda: authority.self_signed(tmp_path),
        "of an unknown authority": lambda: Authority(tmp_path).server(HOST),
    }
    with feed_server(HOST, tls[kind]()) as server, trusting(authority) as look:
        refused, beside = look(server.put("/feed", page(FEED)), plain.url("/feed"))
    assert isinstance(refused, Failed)
    assert refused.refusal is Refusal.TLS
    assert reason in refused.detail
    assert isinstance(beside, Modified)
    assert server.requests == []


def test_a_server_that_speaks_no_tls_is_a_tls_fault(authority: Authority, plain: FeedServer) -> None:
    """Https is never read as http."""
    with trusting(authority) as look:
        refused, beside = look(plain.url("/feed").replace("http:", "https:"), plain.url("/feed"))
    assert isinstance(refused, Failed)
    assert refused.refusal is Refusal.TLS
    assert isinstance(beside, Modified)


def test_a_server_that_only_speaks_tls_answers_http_with_nothing(
    authority: Authority, plain: FeedServer
) -> None:
    """Http to a TLS port is a broken reply, not an endless wait."""
    with feed_server(HOST, authority.server(HOST)) as server, trusting(authority) as look:
        refused, beside = look(server.put("/feed", page(FEED)).replace("https:", "http:"), plain.url("/feed"))
    assert isinstance(refused, Failed)
    assert refused.refusal in {Refusal.BROKEN_REPLY, Refusal.UNREACHABLE}
    assert isinstance(beside, Modified)


@pytest.mark.parametrize("answers", [True, False], ids=["after the handshake", "in the handshake"])
def test_a_server_that_stalls_costs_the_time_of_a_look_and_no_more(
    authority: Authority, plain: FeedServer, *, answers: bool
) -> None:
    """A handshake is within the time of the look, and holds up nobody."""
    tls = authority.server(HOST) if answers else None
    with feed_server(HOST, tls, mute=not answers) as server, trusting(authority) as look:
        url = server.put("/feed", silent()).replace("http:", "https:")
        stalled, beside = look(url, plain.url("/feed"))
    assert isinstance(stalled, Failed)
    assert stalled.refusal is Refusal.TIMEOUT
    assert isinstance(beside, Modified)


def test_a_redirect_out_of_tls_is_followed_but_keeps_no_credentials(
    authority: Authority, plain: FeedServer
) -> None:
    """Another scheme is another origin: a password goes nowhere that it was not given for."""
    plain.put("/from-tls", page(FEED))
    with feed_server(HOST, authority.server(HOST)) as server, trusting(authority) as look:
        server.put("/feed", redirect(plain.url("/from-tls")))
        (fetched,) = look(server.url("/feed").replace("//", "//draht:geheim@"))
    assert isinstance(fetched, Modified)
    assert "authorization" in server.requests[-1].headers
    assert "authorization" not in plain.requests[-1].headers
