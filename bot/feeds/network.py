"""The HTTP client's way to the network: every connection passes the address policy.

The gate makes the socket of each connection and is told the literal address
that it will dial, be it what a name server answered a moment ago or what the
URL itself holds, at the first hop or behind a redirect. To check a name first
and let the client resolve it again would leave a gap in which a name server
can give another answer (DNS rebinding); to check the peer after connecting
would already have touched a private port. TLS still verifies the name, since
that comes from the URL and not from the address.
"""

import asyncio
import socket
import ssl
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from weakref import WeakSet

import aiohttp
import certifi
from yarl import URL

from bot.feeds.addresses import AddressPolicy
from bot.feeds.framing import Answer
from bot.feeds.resolver import Resolver

# An idle connection serves the other feeds of its host in the same round, then it only costs the server.
_IDLE_SECONDS = 5.0
_MOST_OPEN = 512  # of the 1,024 files that a process may usually have open
# Real sites send 10 kB of Content-Security-Policy and some 60 headers.
_LONGEST_HEADER = 32 * 1024
_MOST_HEADERS = 200


class ForbiddenAddressError(OSError):
    """An address that the policy does not permit; an OSError, so that the next one of the host is tried."""

    def __init__(self, address: str) -> None:
        """Name the literal address that was refused."""
        # The address stays out of the words: where all of a host's are refused, aiohappyeyeballs hands
        # on the first error as it is only if all of them read alike.
        super().__init__("not permitted by the address policy")
        self.address = address


class _Socket(socket.socket):
    """A socket that leaves the gate's count when it is closed."""

    open: "WeakSet[_Socket]"

    def close(self) -> None:
        self.open.discard(self)
        super().close()


class Gate:
    """Makes sockets to permitted addresses only, and knows how many are open."""

    def __init__(self, policy: AddressPolicy) -> None:
        self._policy = policy
        self._open: WeakSet[_Socket] = WeakSet()

    def __call__(self, address: aiohttp.AddrInfoType) -> socket.socket:
        """Make the socket for this literal address, or raise `ForbiddenAddressError`."""
        family, kind, protocol, _, (host, *_) = address
        if not self._policy.permits(str(host)):
            raise ForbiddenAddressError(str(host))
        made = _Socket(family, kind, protocol)
        made.open = self._open
        self._open.add(made)
        return made

    @property
    def crowded(self) -> bool:
        """Whether no more connections should be kept open after their answer."""
        return len(self._open) >= _MOST_OPEN


class _Connector(aiohttp.TCPConnector):
    def __init__(self, limit: int, resolver: Resolver, gate: Gate) -> None:
        super().__init__(
            limit=limit,
            keepalive_timeout=_IDLE_SECONDS,
            ssl=_tls(),
            resolver=resolver,
            socket_factory=gate,
        )
        self.answers: WeakSet[Answer] = WeakSet()
        self._factory = self._answer  # type: ignore[assignment]  # there is no argument for it

    def _answer(self) -> Answer:
        made = Answer(loop=self._loop)
        self.answers.add(made)
        return made


class Client:
    """Asks over guarded connections; `workers` requests run at once, `headers` go with each.

    No cookie is kept, no proxy taken from the environment, no redirect followed
    and no body unpacked: `fetch` and `inflate` do that within bounds. There is
    no time limit either, the caller has one for the whole look.
    """

    def __init__(self, policy: AddressPolicy, workers: int, headers: Mapping[str, str]) -> None:
        self._gate = Gate(policy)
        self._workers = workers
        self._headers = headers
        # A lookup cannot be cancelled: that of a look that gave up may still occupy its thread.
        self._resolver = Resolver(2 * workers)
        self._session: aiohttp.ClientSession | None = None

    def get(self, url: URL, headers: dict[str, str]) -> AbstractAsyncContextManager[aiohttp.ClientResponse]:
        """Ask for an address with these headers beside the usual ones."""
        # A session belongs to the loop in which it is opened, so the first request opens it.
        session = self._session = self._session or self._opened()
        if self._gate.crowded:
            headers = {**headers, "Connection": "close"}
        return session.get(url, headers=headers, allow_redirects=False)

    def _opened(self) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=_Connector(self._workers, self._resolver, self._gate),
            headers=self._headers,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None),
            auto_decompress=False,
            trust_env=False,
            max_field_size=_LONGEST_HEADER,
            max_headers=_MOST_HEADERS,
        )

    async def close(self) -> None:
        """Close all connections."""
        if self._session is not None:
            connector = self._session.connector  # the session forgets it when it is closed
            await self._session.close()
            _abort_what_was_given_up(connector)
            await asyncio.sleep(0)  # a transport closes in the loop's next turn
        await self._resolver.close()


def _abort_what_was_given_up(connector: aiohttp.BaseConnector | None) -> None:
    """Close connections that a look gave up while they were made: the connector knows nothing of them."""
    if isinstance(connector, _Connector):
        for answer in connector.answers:
            if answer.transport is not None:
                answer.transport.abort()


def _tls() -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=certifi.where())
    context.load_default_certs()  # beside certifi's, those that the machine's owner trusts
    context.set_alpn_protocols(["http/1.1"])  # with one request a host, HTTP/2 costs twice the CPU
    return context
