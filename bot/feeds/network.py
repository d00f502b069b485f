"""The HTTP client's way to the network: every connection passes the address policy.

A name is resolved once and the connection made to the very address that was
checked. To check first and let the client resolve again would leave a gap in
which a name server can give another answer (DNS rebinding); to check the
peer after connecting would already have touched a private port. TLS still
verifies the name, since that comes from the URL and not from the address.
"""

import asyncio
import socket
from collections.abc import Iterable

import httpcore
import httpx

from bot.feeds.addresses import AddressPolicy


class ForbiddenAddressError(Exception):
    """A host has no address that the policy permits."""

    def __init__(self, host: str, address: str) -> None:
        """Name the host and one of its refused addresses."""
        super().__init__(f"{host} is at the private address {address}")


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Connects to permitted addresses only, for each hop anew."""

    def __init__(self, policy: AddressPolicy) -> None:
        self._policy = policy
        self._backend = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 -- httpcore's interface
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first permitted address that answers."""
        addresses = await _resolve(host, port)
        permitted = [address for address in addresses if self._policy.permits(address)]
        if not permitted:
            raise ForbiddenAddressError(host, addresses[0])
        for address in permitted[:-1]:
            try:
                return await self._backend.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._backend.connect_tcp(permitted[-1], port, timeout, local_address, socket_options)

    async def sleep(self, seconds: float) -> None:
        """Wait, as httpcore asks between attempts."""
        await self._backend.sleep(seconds)


async def _resolve(host: str, port: int) -> list[str]:
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"the name {host} cannot be resolved") from error
    return list(dict.fromkeys(str(address[4][0]) for address in found))


class GuardedTransport(httpx.AsyncHTTPTransport):
    """httpx's own transport over a pool whose connections are guarded.

    HTTP/2 stays off: with one request a host it costs twice the CPU.
    """

    def __init__(self, policy: AddressPolicy, workers: int) -> None:
        context = httpx.create_ssl_context(trust_env=False)
        context.load_default_certs()  # beside certifi's, those that the machine's owner trusts
        super().__init__(verify=context)
        # httpx has no argument for a network backend; its pool is replaced before it is used.
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            max_connections=workers,
            max_keepalive_connections=workers,
            keepalive_expiry=5.0,
            network_backend=GuardedBackend(policy),
        )
