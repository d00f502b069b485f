"""The server of the benchmarks: as cheap as Python can be, a process of its own, on all of 127.0.0.0/8.

    python -m tests.benchmarks.feed_server [--keep-alive] [--real DIR] [--news FILE]

Prints its port, then answers until its standard input ends:

    /same/N     304 to who has its ETag, else a small feed
    /late/N     the same after 50 ms, as over a network
    /hang/N     takes the request and never answers
    /real/N     a real feed as it is at the present turn
    /news/N     a feed in which stories come out at their times
    /turn/T     from now on it is turn T
    /drop       every idle connection is closed, as it is after some minutes
    /begin/B/S  the news begin at the instant B (seconds of the epoch), time runs S times as fast
"""

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.benchmarks.documents import Piece, RealFeeds, news, small

LATE = 0.05
_SENT = "Server: nginx\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\nVary: Accept-Encoding\r\n"
_END = b"\r\n\r\n"

Answer = bytes | None  # None: never


@dataclass(slots=True)
class Shelf:
    """What the server serves, and what time it is there."""

    keep_alive: bool = False
    real: RealFeeds | None = None
    pieces: dict[int, list[Piece]] = field(default_factory=dict)
    turn: int = 0
    began: float = 0.0
    speed: float = 1.0
    connections: set["_Connection"] = field(default_factory=set)

    def answer(self, path: str, head: bytes) -> Answer:
        """Answer a request."""
        _, kind, *rest = path.split("/")
        what, *more = rest or [""]
        match kind:
            case "same" | "late":
                return self._conditional(head, b'"same"', lambda: small(int(what)))
            case "real":
                return self._real(int(what), head)
            case "news":
                return self._news(int(what), head)
        return self._obey(kind, what, *more)

    def _obey(self, kind: str, what: str, *more: str) -> Answer:
        match kind:
            case "turn":
                self.turn = int(what)
            case "drop":
                for one in tuple(self.connections):
                    asyncio.get_running_loop().call_soon(one.close)  # the asker's own after its answer
            case "begin":
                self.began, self.speed = float(what), float(more[0])
            case _:
                return None
        return self._reply("200 OK", b"noted")

    def _real(self, number: int, head: bytes) -> bytes:
        real, turn = self.real, self.turn
        assert real is not None
        return self._conditional(head, b'"turn%d"' % turn, lambda: real.document(number, turn))

    def _news(self, number: int, head: bytes) -> bytes:
        now = (time.time() - self.began) * self.speed  # noqa: TID251 -- the clock of another process
        out = [piece for piece in self.pieces.get(number, []) if piece.at <= now]
        began = datetime.fromtimestamp(self.began, UTC)
        dated = [(piece, began + timedelta(seconds=piece.at)) for piece in out]
        return self._conditional(head, b'"news%d"' % len(out), lambda: news(number, dated, began))

    def _conditional(self, head: bytes, etag: bytes, body: Callable[[], bytes]) -> bytes:
        if etag in head:
            return self._reply("304 Not Modified", b"", etag)
        return self._reply("200 OK", body(), etag)

    def _reply(self, status: str, body: bytes, etag: bytes = b"") -> bytes:
        kept = "keep-alive" if self.keep_alive else "close"
        told = f"ETag: {etag.decode()}\r\n" if etag else ""
        length = f"Content-Type: application/xml\r\nContent-Length: {len(body)}\r\n" if body else ""
        return f"HTTP/1.1 {status}\r\n{_SENT}{told}{length}Connection: {kept}\r\n\r\n".encode() + body


class _Connection(asyncio.Protocol):
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._heard = b""
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport
        self._shelf.connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        self._shelf.connections.discard(self)

    def close(self) -> None:
        """Say what is still to be said, and no more."""
        assert self._transport is not None
        self._transport.close()

    def data_received(self, data: bytes) -> None:
        self._heard += data
        while _END in self._heard:
            head, _, self._heard = self._heard.partition(_END)
            self._answer(head)

    def _answer(self, head: bytes) -> None:
        path = head.split(b" ", 2)[1].decode()
        answer = self._shelf.answer(path, head)
        if answer is None:
            return
        if path.startswith("/late/"):
            asyncio.get_running_loop().call_later(LATE, self._send, answer)
        else:
            self._send(answer)

    def _send(self, answer: bytes) -> None:
        assert self._transport is not None
        self._transport.write(answer)
        if not self._shelf.keep_alive:
            self._transport.close()


async def _serve(shelf: Shelf) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Connection(shelf), "0.0.0.0", 0, backlog=4096)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)


def _shelf(keep_alive: bool, real: Path | None, stories: Path | None) -> Shelf:  # noqa: FBT001
    shelf = Shelf(keep_alive, RealFeeds(real) if real else None)
    for told in json.loads(stories.read_text(encoding="utf-8")) if stories else []:
        piece = Piece(**told)
        shelf.pieces.setdefault(piece.feed, []).append(piece)
    return shelf


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep-alive", action="store_true")
    parser.add_argument("--real", type=Path)
    parser.add_argument("--news", type=Path)
    chosen = parser.parse_args()
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(_shelf(chosen.keep_alive, chosen.real, chosen.news)))
