"""A program that is told things over HTTP, on the loopback, and does as it is told itself."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

RESET, HANG, LOSE, ENDLESS = "reset", "hang", "lose", "endless"
"""Instead of a status: hang up before reading, never answer, take it and hang up, or answer without end."""


@dataclass(frozen=True)
class Taken:
    """A request that was taken: its path, headers (names in lower case) and body."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """Answers by `script`, then with 200; `taken` is what it acted on."""

    port: int = 0
    script: list[int | str] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    retry_after: str | None = None
    serving: set["asyncio.Task[None]"] = field(default_factory=set)

    def will(self, *answers: int | str) -> None:
        """Say how the next requests are answered."""
        self.script.extend(answers)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take one request of a connection, and close it."""
        task = asyncio.ensure_future(self._take(reader, writer))
        self.serving.add(task)
        task.add_done_callback(self.serving.discard)
        await task

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        answer = self.script.pop(0) if self.script else 200
        if answer == RESET:
            writer.transport.abort()
            return
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = dict(_header(line) for line in head[1:] if line)
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        if answer == HANG:
            await reader.read()
        elif answer in {LOSE, ENDLESS} or (isinstance(answer, int) and answer < 300):
            self.taken.append(Taken(head[0].split()[1], headers, body))
        if answer == ENDLESS:
            writer.write(b"HTTP/1.1 200 X\r\n\r\n" + b"x" * 100)
            await reader.read()  # until the other side hangs up
        if isinstance(answer, int):
            wait = f"Retry-After: {self.retry_after}\r\n" if self.retry_after else ""
            writer.write(
                f"HTTP/1.1 {answer} X\r\n{wait}Content-Length: 0\r\nConnection: close\r\n\r\n".encode()
            )
        writer.close()
        await writer.wait_closed()


def _header(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.strip().lower(), value.strip()


@asynccontextmanager
async def receiver(script: Iterable[int | str] = ()) -> AsyncIterator[Receiver]:
    """Run a receiver on the loopback."""
    one = Receiver(script=list(script))
    server = await asyncio.start_server(one.serve, "127.0.0.1", 0)
    one.port = server.sockets[0].getsockname()[1]
    try:
        yield one
    finally:
        server.close()
        await asyncio.gather(*one.serving)
