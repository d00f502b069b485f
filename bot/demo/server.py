"""The outlets' servers: real HTTP on the loopback, at a port of the system's choice.

request → which outlet? → open? → its edition at the simulated time → 200, or 304 where it is known
"""

import asyncio
import gzip
import hashlib
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from bot.demo.editions import edition
from bot.demo.newsday import NewsDay, Outlet, Service
from bot.model.feed import Feed, FeedList
from bot.ports import Clock

HOST = "127.0.0.1"
NETWORK = "127.0.0.0/8"
"""What a configuration has to allow, so that the demo's feeds may be asked."""
INTERVAL = timedelta(minutes=30)
"""How often each feed is asked: as often as a round of the demo comes."""

_MENDING = b"<!doctype html><html><head><title>Back soon</title></head><body>Back soon.</body></html>"
_REASONS = {200: "OK", 304: "Not Modified", 404: "Not Found"}


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for; names of headers are in lower case."""

    path: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered; the length is added on the way out."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


def reply_to(request: Request, day: NewsDay, now: datetime) -> Reply:
    """Answer a request as the outlets stand at an instant."""
    outlet = next((outlet for outlet in day.outlets if request.path == _path(outlet)), None)
    if outlet is None:
        return Reply(404)
    if outlet.opens is not None and now < outlet.opens:
        return Reply(200, (("content-type", "text/html"),), _MENDING)
    articles = day.published(outlet, now)
    body = edition(outlet, articles)
    mark = _mark(outlet, body, articles[0].at if articles else day.begins)
    if mark is not None and request.headers.get(mark.asked) == mark.value:
        return Reply(304, ((mark.header, mark.value),))
    headers = (
        ("content-type", "application/xml; charset=utf-8"),
        *([(mark.header, mark.value)] if mark else []),
    )
    if outlet.service is Service.PACKED:
        return Reply(200, (*headers, ("content-encoding", "gzip")), gzip.compress(body, mtime=0))
    return Reply(200, headers, body)


@asynccontextmanager
async def published(day: NewsDay, clock: Clock) -> AsyncIterator[FeedList]:
    """Open the outlets' servers and give their feeds; connections still open at the end are cut."""
    connections: set[asyncio.StreamWriter] = set()
    served: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.add(writer)
        if (task := asyncio.current_task()) is not None:
            served.add(task)
        with suppress(asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
            while True:
                reply = reply_to(await _request(reader), day, clock.now())
                writer.write(_bytes(reply))
                await writer.drain()
        connections.discard(writer)
        writer.close()

    # A port that is taken and that nobody listens at: who calls there is refused at once.
    with closing(socket.socket()) as nobody:
        nobody.bind((HOST, 0))
        server = await asyncio.start_server(serve, HOST, 0)
        ports = {True: nobody.getsockname()[1], False: server.sockets[0].getsockname()[1]}
        try:
            yield FeedList(
                tuple(_feed(outlet, ports[outlet.service is Service.DEAD]) for outlet in day.outlets),
                (NETWORK,),
            )
        finally:
            server.close()
            for writer in connections:
                writer.close()
            await server.wait_closed()
            # A connection that is cut while the loop ends would be reported as an error.
            await asyncio.gather(*served, return_exceptions=True)


@dataclass(frozen=True, slots=True)
class _Mark:
    """By what a feed can be asked whether it has changed: the header, and the one that asks."""

    header: str
    asked: str
    value: str


def _mark(outlet: Outlet, body: bytes, newest: datetime) -> _Mark | None:
    if outlet.service is Service.ETAG:
        return _Mark("etag", "if-none-match", f'"{hashlib.sha256(body).hexdigest()[:16]}"')
    if outlet.service is Service.DATED:
        written = format_datetime(newest.astimezone(UTC), usegmt=True)
        return _Mark("last-modified", "if-modified-since", written)
    return None


def _path(outlet: Outlet) -> str:
    return f"/{outlet.key}/feed.xml"


def _feed(outlet: Outlet, port: int) -> Feed:
    url = f"http://{HOST}:{port}{_path(outlet)}"
    return Feed(url, outlet.name, outlet.language, outlet.country, INTERVAL)


async def _request(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.split("\r\n")
    fields = (line.partition(":") for line in lines if line)
    _, _, asked = first.partition(" ")
    return Request(asked.partition(" ")[0], {name.lower(): value.strip() for name, _, value in fields})


def _bytes(reply: Reply) -> bytes:
    headers = (*reply.headers, ("content-length", str(len(reply.body))))
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return f"HTTP/1.1 {reply.status} {_REASONS[reply.status]}\r\n{lines}\r\n".encode() + reply.body
