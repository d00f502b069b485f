"""A server of feeds on the loopback: real HTTP, files, validators, and misbehaviour by name.

In tests it runs in a thread (`feed_server`); as a program
(`python -m tests.servers.feed_server --port 8082 --folder DIR`) it serves the
files of a folder with ETag and gzip. Written on bare sockets, because most of
what it has to do wrong an HTTP library would not let it do.
"""

import argparse
import asyncio
import contextlib
import gzip
import hashlib
import socket
import ssl
import struct
import threading
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote

import brotli  # type: ignore[import-untyped]  # it ships no types
import zstandard

XML = "application/rss+xml; charset=utf-8"
_CHUNK = 64 * 1024
_TLS_HELLO = b"\x16"
_TEN_MEGABYTES = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came; header names in lower case."""

    path: str
    headers: Mapping[str, str]


Behaviour = Callable[[Request, asyncio.StreamWriter], Awaitable[None]]


class HangUpError(Exception):
    """The behaviour is over and the connection with it."""


def reply(status: int, body: bytes = b"", **headers: str) -> Behaviour:
    """Answer properly; `content_type="…"` names the header Content-Type."""

    async def behave(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(_head(status, {"content-length": str(len(body)), **headers}) + body)
        await writer.drain()

    return behave


def page(body: bytes, packing: str = "", content_type: str = XML, **headers: str) -> Behaviour:
    """Answer 200 with a body and an ETag, 304 to who has it; `packing` is gzip, br, zstd or deflate."""
    etag = f'"{hashlib.sha1(body, usedforsecurity=False).hexdigest()}"'
    packed = packed_as(packing, body)
    all_headers = {"etag": etag, "content_type": content_type, **headers}
    if packing:
        all_headers["content_encoding"] = packing
    fresh, known = reply(200, packed, **all_headers), reply(304, etag=etag)

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        await (known if request.headers.get("if-none-match") == etag else fresh)(request, writer)

    return behave


def packed_as(packing: str, body: bytes) -> bytes:
    """Compress a body as a content encoding says."""
    match packing:
        case "gzip":
            return gzip.compress(body)
        case "deflate":
            return zlib.compress(body)
        case "br":
            return bytes(brotli.compress(body, quality=4))
        case "zstd":
            return zstandard.ZstdCompressor().compress(body)
        case _:
            return body


def bomb(packing: str, megabytes: int = 100) -> Behaviour:
    """Answer a small body that unpacks to a huge one."""
    return reply(200, packed_as(packing, bytes(megabytes << 20)), content_encoding=packing)


def redirect(target: str, status: int = 302) -> Behaviour:
    """Send the asker elsewhere."""
    return reply(status, location=target)


def raw(answer: bytes) -> Behaviour:
    """Say exactly these bytes and hang up."""

    async def behave(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        await writer.drain()
        raise HangUpError

    return behave


def unframed(head: bytes, body: bytes) -> Behaviour:
    """Say a head of one's own and a body behind it, whatever the head says of it, and stay connected."""

    async def behave(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(head + b"\r\n" + body)
        await writer.drain()

    return behave


def short_of_length(body: bytes, missing: int) -> Behaviour:
    """Promise more than the body and hang up after it."""
    return raw(_head(200, {"content-length": str(len(body) + missing), "content-type": XML}) + body)


def endless(chunk: bytes = b" " * _CHUNK, before: bytes = b"") -> Behaviour:
    """Begin a body that never ends."""

    async def behave(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(_head(200, {"content-type": XML, "connection": "close"}) + before)
        while True:
            writer.write(chunk)
            await writer.drain()

    return behave


def drip(body: bytes, every: float = 0.05, *, head_at_once: bool = False) -> Behaviour:
    """Send a byte at a time (slow loris), the head too unless it is told to come at once."""
    head = _head(200, {"content-length": str(len(body)), "content-type": XML})

    async def behave(_: Request, writer: asyncio.StreamWriter) -> None:
        if head_at_once:
            writer.write(head)
        for byte in body if head_at_once else head + body:
            writer.write(bytes((byte,)))
            await writer.drain()
            await asyncio.sleep(every)

    return behave


def silent() -> Behaviour:
    """Take the request and never answer."""

    async def behave(_: Request, writer: asyncio.StreamWriter) -> None:
        del writer
        await asyncio.Event().wait()

    return behave


def reset(head: bytes = b"") -> Behaviour:
    """Say these bytes, then reset the connection."""

    async def behave(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        await writer.drain()
        await asyncio.sleep(0.05)  # let the bytes arrive before the reset overtakes them
        connection = writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()
        raise HangUpError

    return behave


def reset_within(body: bytes, promised: int) -> Behaviour:
    """Begin a body of a promised length and reset the connection within it."""
    return reset(_head(200, {"content-length": str(promised), "content-type": XML}) + body)


def hinting() -> Behaviour:
    """Answer with informational replies only, for ever."""

    async def behave(_: Request, writer: asyncio.StreamWriter) -> None:
        while True:
            writer.write(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 10)
            await writer.drain()
            await asyncio.sleep(0.01)

    return behave


def repeating(what: bytes, before: bytes = b"") -> Behaviour:
    """Say these bytes again and again for ever, a good deal at a time."""
    many = what * (_CHUNK // len(what) + 1)

    async def behave(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(before)
        while True:
            writer.write(many)
            await writer.drain()

    return behave


def redirect_here(location: str, status: int = 302) -> Behaviour:
    """Send the asker to a place on this server; `{host}` stands for its host and port."""

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        await redirect(location.format(host=request.headers["host"]), status)(request, writer)

    return behave


def many_headers(size: int = _TEN_MEGABYTES) -> Behaviour:
    """Answer with more headers than anybody can want."""
    line = b"X-Filling: " + b"x" * 1000 + b"\r\n"
    return raw(b"HTTP/1.1 200 OK\r\n" + line * (size // len(line)))


@dataclass(slots=True)
class FeedServer:
    """A running server: what each path does, what was asked of it, over how many connections."""

    host: str = "127.0.0.1"
    port: int = 0
    connections: int = 0
    tls: ssl.SSLContext | None = None
    mute: bool = False  # takes connections and says nothing, not even in a handshake
    requests: list[Request] = field(default_factory=list)
    _behaviours: dict[str, Behaviour] = field(default_factory=dict)

    def put(self, path: str, behaviour: Behaviour) -> str:
        """Give a path its behaviour and return its URL."""
        self._behaviours[path] = behaviour
        return self.url(path)

    def put_folder(self, folder: Path, packing: str = "gzip") -> tuple[str, ...]:
        """Serve each file of a folder under its name; give the URLs in order."""
        files = sorted(file for file in folder.iterdir() if file.is_file())
        return tuple(
            self.put(f"/{quote(file.name)}", page(file.read_bytes(), packing, "application/xml"))
            for file in files
        )

    def url(self, path: str) -> str:
        """Give the URL of a path."""
        return f"{'https' if self.tls else 'http'}://{self.host}:{self.port}{path}"

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        self.connections += 1
        try:
            await self._serve(reader, writer)
        except (HangUpError, OSError, asyncio.IncompleteReadError):
            writer.close()
        finally:
            if not writer.is_closing():
                writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            first = await reader.readexactly(1)
            if self.mute:
                await asyncio.Event().wait()
            if first == _TLS_HELLO:
                writer.write(_head(400, {}))
                raise HangUpError
            request = _request(first + await reader.readuntil(b"\r\n\r\n"))
            self.requests.append(request)
            behaviour = self._behaviours.get(request.path.partition("?")[0], reply(404, b"not here"))
            await behaviour(request, writer)


def _request(head: bytes) -> Request:
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = (line.partition(":") for line in lines if line)
    return Request(
        quote(unquote(first.split(" ")[1]), safe="/?=&%"),
        {name.lower(): value.strip() for name, _, value in headers},
    )


def _head(status: int, headers: Mapping[str, str]) -> bytes:
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status} Of Some Kind\r\n{lines}\r\n".encode()


@asynccontextmanager
async def serving(server: FeedServer) -> AsyncIterator[FeedServer]:
    """Run a server in this event loop; connections still open at the end are cut."""
    at_work: set[asyncio.Task[None]] = set()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(server.handle(reader, writer))
        at_work.add(task)
        task.add_done_callback(at_work.discard)

    listener = await asyncio.start_server(handle, server.host, server.port, backlog=1024, ssl=server.tls)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listener.close()
        for task in tuple(at_work):
            task.cancel()
        await asyncio.gather(*at_work, return_exceptions=True)
        await asyncio.sleep(0)  # cut connections say good-bye one turn later


@contextmanager
def feed_server(
    host: str = "127.0.0.1", tls: ssl.SSLContext | None = None, *, mute: bool = False
) -> Iterator[FeedServer]:
    """Run a server in a thread of its own."""
    server, ready = FeedServer(host, tls=tls, mute=mute), threading.Event()
    loop, over = asyncio.new_event_loop(), asyncio.Event()

    async def live() -> None:
        async with serving(server):
            ready.set()
            await over.wait()

    def run() -> None:
        with contextlib.closing(loop):
            loop.run_until_complete(live())

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    ready.wait(5)
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(5)


async def _main(port: int, folder: Path) -> None:
    async with serving(FeedServer(port=port)) as server:
        urls = server.put_folder(folder)
        print(f"{len(urls)} feeds at {server.url('/')}", flush=True)  # noqa: T201 -- a program's word to its starter
        await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--folder", type=Path, required=True)
    chosen = parser.parse_args()
    asyncio.run(_main(chosen.port, chosen.folder))
