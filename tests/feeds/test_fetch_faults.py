"""How a feed is asked for: packed, on condition, through redirects, with patience and without secrets.

What servers do wrong is in test_fault_server.
"""

import asyncio
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from bot.feeds.fetch import Limits
from bot.feeds.source import HttpFeedSource
from bot.model.feed import Feed, FeedState
from bot.model.fetch import Failed, Fetched, Modified, Refusal, Unchanged, Validators, Wishes
from tests.servers import feed_server as servers
from tests.servers.feed_server import Behaviour, FeedServer

NOW = datetime(2024, 7, 13, 9, 0, tzinfo=UTC)
Look = Callable[..., Fetched]
TIGHT = Limits(seconds=1.0, size=300_000, redirects=5)
ITEM = "<item><guid>{n}</guid><title>Meldung {n}</title><description>Ein Satz.</description></item>"
ITEMS = "".join(ITEM.format(n=n) for n in range(1, 4))
FEED = (
    f'<?xml version="1.0"?><rss version="2.0"><channel><title>Blatt</title>{ITEMS}</channel></rss>'.encode()
)
SEVERED = FEED[: FEED.index(b"Meldung 3") + 4]


@pytest.fixture(scope="module")
def server() -> Iterator[FeedServer]:
    """Run one feed server for the module."""
    with servers.feed_server() as running:
        yield running


@contextmanager
def looking(allow: tuple[str, ...] = ("127.0.0.1/32",), limits: Limits = TIGHT) -> Iterator[Look]:
    """Give a way to look at URLs, one after the other, with one source."""
    with asyncio.Runner() as runner:
        source = HttpFeedSource(workers=2, allow_private=allow, agent="Draht/test", limits=limits)

        def look(url: str, state: FeedState | None = None) -> Fetched:
            return runner.run(source.look(Feed(url, "Blatt"), state or FeedState(url), NOW))

        yield look
        runner.run(source.close())


@pytest.fixture(scope="module")
def look() -> Iterator[Look]:
    """Look at this machine's 127.0.0.1, all else of it being private."""
    with looking() as usual:
        yield usual


@pytest.mark.parametrize("packing", ["", "gzip", "deflate", "br", "zstd"])
def test_a_packed_feed_is_read(look: Look, server: FeedServer, packing: str) -> None:
    """Every content encoding that Draht asks for is read."""
    fetched = look(server.put("/feed", servers.page(FEED, packing)))
    assert isinstance(fetched, Modified)
    assert [story.title for story in fetched.stories] == ["Meldung 1", "Meldung 2", "Meldung 3"]


@pytest.mark.parametrize(
    "behaviour",
    [
        servers.reply(200, servers.packed_as("gzip", FEED)),
        servers.reply(200, FEED, content_encoding="gzip"),
        servers.reply(200, servers.packed_as("gzip", FEED[:100]) + servers.packed_as("gzip", FEED[100:])),
        servers.reply(200, servers.packed_as("gzip", FEED) + b"trailing", content_encoding="gzip"),
    ],
    ids=["gzip without saying so", "gzip said and not done", "two gzip members", "something behind the gzip"],
)
def test_a_feed_packed_otherwise_than_told_is_read(
    look: Look, server: FeedServer, behaviour: Behaviour
) -> None:
    """Common lies about compression do not hide the news."""
    fetched = look(server.put("/feed", behaviour))
    assert isinstance(fetched, Modified)
    assert len(fetched.stories) == 3


@pytest.mark.parametrize(
    "behaviour",
    [
        servers.short_of_length(SEVERED, 400),
        servers.reset_within(SEVERED, 9999),
        servers.reply(200, servers.packed_as("gzip", FEED * 9)[:-30], content_encoding="gzip"),
        servers.page(SEVERED),
    ],
    ids=["less than promised", "reset midway", "gzip without end", "complete but severed"],
)
def test_a_severed_feed_gives_its_whole_entries_and_is_asked_for_anew(
    look: Look, server: FeedServer, behaviour: Behaviour
) -> None:
    """What arrived whole is news at once; no validator is kept that would hide the rest."""
    fetched = look(server.put("/feed", behaviour))
    assert isinstance(fetched, Modified)
    assert {"Meldung 1", "Meldung 2"} <= {story.title for story in fetched.stories}
    assert "Meld" not in {story.title for story in fetched.stories}
    assert (fetched.validators.etag, fetched.validators.digest) == (None, None)


def test_a_redirect_loop_ends_after_the_limit(look: Look, server: FeedServer) -> None:
    """Five redirects are followed, no sixth."""
    url = server.put("/loop", servers.redirect("/loop"))
    before = len(server.requests)
    fetched = look(url)
    assert isinstance(fetched, Failed)
    assert fetched.refusal is Refusal.TOO_MANY_REDIRECTS
    assert len(server.requests) - before == 6


def test_a_refused_address_is_never_connected_to(look: Look, server: FeedServer) -> None:
    """A redirect into a private network sends not one byte there."""
    with servers.feed_server("127.0.0.3") as inside:
        secret = inside.put("/secret", servers.page(FEED))
        fetched = look(server.put("/feed", servers.redirect(secret)))
        assert isinstance(fetched, Failed)
        assert inside.requests == []


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "0x7f.1", "0", "[::1]", "[::ffff:127.0.0.1]", "2130706433"]
)
def test_without_permission_this_machine_is_refused_by_any_spelling(server: FeedServer, host: str) -> None:
    """The loopback is private however it is written."""
    with looking(allow=()) as strict:
        fetched = strict(f"http://{host}:{server.port}/feed")
    assert isinstance(fetched, Failed)
    assert fetched.refusal is Refusal.PRIVATE_ADDRESS


@pytest.mark.parametrize(
    "url",
    [
        "ftp://blatt.example/rss",
        "blatt.example/rss",
        "http://",
        "http://[",
        "http://ex ample/",
        "",
        "http://a:b/",
    ],
)
def test_what_is_no_web_address_is_refused_by_name(look: Look, url: str) -> None:
    """An address that cannot be asked says so."""
    fetched = look(url)
    assert isinstance(fetched, Failed)
    assert fetched.refusal in {Refusal.BAD_ADDRESS, Refusal.UNREACHABLE}


def test_a_plain_server_behind_https_is_a_tls_fault(look: Look, server: FeedServer) -> None:
    """TLS is required where the address says so."""
    fetched = look(f"https://127.0.0.1:{server.port}/feed")
    assert isinstance(fetched, Failed)
    assert fetched.refusal is Refusal.TLS


def test_a_closed_port_and_an_unknown_name_are_unreachable() -> None:
    """What cannot be reached is told apart from what answers wrongly."""
    with looking(limits=Limits(seconds=20)) as patient:
        for url in ("http://127.0.0.1:1/rss", "http://nirgends.invalid/rss"):
            fetched = patient(url)
            assert isinstance(fetched, Failed)
            assert fetched.refusal is Refusal.UNREACHABLE, fetched.detail


def test_credentials_are_used_and_never_shown(look: Look, server: FeedServer) -> None:
    """User and password of a feed's URL reach its server and nothing else."""
    server.put("/feed", servers.reply(401))
    fetched = look(f"http://draht:geheim@127.0.0.1:{server.port}/feed")
    assert isinstance(fetched, Failed)
    assert "geheim" not in fetched.detail
    assert server.requests[-1].headers["authorization"].startswith("Basic ")


def test_links_resolved_against_a_feed_with_credentials_carry_none(look: Look, server: FeedServer) -> None:
    """A relative link of a protected feed can be posted without giving the password away."""
    entry = b"<item><title>Neu</title><link>/artikel/1</link></item>"
    server.put("/feed", servers.page(b'<rss version="2.0"><channel>' + entry + b"</channel></rss>"))
    fetched = look(f"http://draht:geheim@127.0.0.1:{server.port}/feed")
    assert isinstance(fetched, Modified)
    assert [story.url for story in fetched.stories] == [server.url("/artikel/1")]


def test_no_cookie_is_sent_back(look: Look, server: FeedServer) -> None:
    """A cookie set on the way is not kept."""
    server.put("/two", servers.page(FEED))
    look(server.put("/one", servers.reply(302, location="/two", set_cookie="id=7; Path=/")))
    assert "cookie" not in server.requests[-1].headers


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        ("Sat, 13 Jul 2024 09:01:00 GMT", 60.0),
        ("Fri, 12 Jul 2024 09:00:00 GMT", 0.0),
        ("soon", None),
    ],
)
def test_a_server_that_asks_for_patience_is_heard(
    look: Look, server: FeedServer, header: str, seconds: float | None
) -> None:
    """Retry-After is read as seconds or as a date."""
    for status in (429, 503):
        fetched = look(server.put("/feed", servers.reply(status, retry_after=header)))
        assert isinstance(fetched, Failed)
        assert (fetched.refusal, fetched.retry_after) == (Refusal.HTTP_STATUS, seconds)


def test_permanent_redirects_are_remembered_up_to_the_first_passing_one(
    look: Look, server: FeedServer
) -> None:
    """301 and 308 move a feed, a 302 behind them does not."""
    server.put("/c", servers.page(FEED))
    server.put("/b", servers.redirect("/c", 302))
    fetched = look(server.put("/a", servers.redirect("/b", 301)))
    assert isinstance(fetched, Modified)
    assert fetched.validators.moved_to == server.url("/b")
    assert isinstance(moved := look(server.put("/p", servers.redirect("/c", 308))), Modified)
    assert moved.validators.moved_to == server.url("/c")


def test_a_feed_once_read_is_asked_for_on_condition(look: Look, server: FeedServer) -> None:
    """The ETag of the last look makes the next one a 304."""
    url = server.put("/feed", servers.page(FEED))
    first = look(url)
    assert isinstance(first, Modified)
    second = look(url, FeedState(url, etag=first.validators.etag, first_read_at=NOW))
    assert isinstance(second, Unchanged)


def test_a_304_leaves_its_connection_open(look: Look, server: FeedServer) -> None:
    """Nearly all looks of a settled feed are 304s; each must not cost a handshake."""
    url = server.put("/settled", servers.page(FEED))
    state = FeedState(url, etag='"' + hashlib.sha1(FEED, usedforsecurity=False).hexdigest() + '"')
    look(url, state)
    before = server.connections
    assert [type(look(url, state)) for _ in range(3)] == [Unchanged] * 3
    assert server.connections == before


def test_the_same_body_again_is_unchanged_even_with_a_new_build_date(look: Look, server: FeedServer) -> None:
    """A server without validators costs a digest, not a parse."""
    dated = FEED.replace(b"<title>Blatt</title>", b"<title>Blatt</title><lastBuildDate>%s</lastBuildDate>")
    first = look(server.put("/feed", servers.reply(200, dated % b"Sat, 13 Jul 2024 09:00:00 GMT")))
    assert isinstance(first, Modified)
    url = server.put("/feed", servers.reply(200, dated % b"Sat, 13 Jul 2024 09:10:00 GMT"))
    state = FeedState(url, digest=first.validators.digest, first_read_at=NOW)
    assert isinstance(look(url, state), Unchanged)
    more = dated.replace(b"Meldung 3", b"Meldung drei")
    assert isinstance(look(server.put("/feed", servers.reply(200, more)), state), Modified)


def test_the_request_says_truthfully_who_asks(look: Look, server: FeedServer) -> None:
    """Draht names itself and what it can read."""
    look(server.put("/feed", servers.page(FEED)))
    headers = server.requests[-1].headers
    assert headers["user-agent"] == "Draht/test"
    assert "application/rss+xml" in headers["accept"]
    assert headers["accept-encoding"] == "gzip, br, zstd, deflate"


def test_a_304_tells_how_long_it_is_fresh(look: Look, server: FeedServer) -> None:
    """What a server wishes is heard in the answer that it gives most often."""
    url = server.put("/feed", servers.reply(304, etag='"1"', cache_control="max-age=900"))
    assert look(url, FeedState(url, etag='"1"')) == Unchanged(
        Validators(etag='"1"'), Wishes(pause=timedelta(minutes=15)), not_modified=True
    )


def test_without_validators_nothing_is_asked_on_condition(look: Look, server: FeedServer) -> None:
    """A look that must bring the body says so by asking plainly."""
    look(server.put("/feed", servers.page(FEED)))
    assert {"if-none-match", "if-modified-since"}.isdisjoint(server.requests[-1].headers)


def test_credentials_go_along_with_a_redirect_on_their_server(look: Look, server: FeedServer) -> None:
    """A protected feed that moves within its server is still read, elsewhere nothing is given away."""
    server.put("/new", servers.page(FEED))
    server.put("/feed", servers.redirect_here("http://{host}/new"))
    look(f"http://draht:geheim@127.0.0.1:{server.port}/feed")
    assert server.requests[-1].headers["authorization"].startswith("Basic ")
    with servers.feed_server("127.0.0.1") as other:
        server.put("/feed", servers.redirect(other.put("/new", servers.page(FEED))))
        look(f"http://draht:geheim@127.0.0.1:{server.port}/feed")
        assert "authorization" not in other.requests[-1].headers


def test_in_a_crowd_connections_end_with_their_answer(
    look: Look, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A round over thousands of hosts must not leave thousands of connections open."""
    url = server.put("/feed", servers.page(FEED))
    look(url)
    assert server.requests[-1].headers.get("connection") != "close"
    monkeypatch.setattr("bot.feeds.network._MOST_OPEN", 0)
    look(url)
    assert server.requests[-1].headers["connection"] == "close"
