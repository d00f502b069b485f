"""Asking name servers in threads of its own.

asyncio looks names up in the few threads that also serve the store and the
decoder: a handful of name servers that do not answer would hold up everything.
A lookup cannot be cancelled, and Python waits for an executor's threads when a
program ends; these it does not wait for.
"""

import asyncio
import socket
from queue import SimpleQueue
from threading import Thread
from typing import Any, NamedTuple

from aiohttp.abc import AbstractResolver, ResolveResult

_NUMERIC = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV


class _Question(NamedTuple):
    loop: asyncio.AbstractEventLoop
    answer: asyncio.Future[list[Any]]
    host: str
    port: int
    family: socket.AddressFamily


class Resolver(AbstractResolver):
    """The machine's own resolver; `threads` is how many names are looked up at once."""

    def __init__(self, threads: int) -> None:
        self._most = threads
        self._threads = 0
        self._waiting = 0
        self._questions: SimpleQueue[_Question | None] = SimpleQueue()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Give the addresses of a name; raises OSError where it has none."""
        loop = asyncio.get_running_loop()
        question = _Question(loop, loop.create_future(), host, port, family)
        self._waiting += 1
        try:
            self._ask(question)
            found = await question.answer
        finally:
            self._waiting -= 1
        return [
            ResolveResult(
                hostname=host,
                host=str(address[0]),
                port=port,
                family=kind,
                proto=protocol,
                flags=_NUMERIC,
            )
            for kind, _, protocol, _, address in found
        ]

    def _ask(self, question: _Question) -> None:
        if self._threads < min(self._most, self._waiting):
            self._threads += 1
            Thread(target=_look_up, args=(self._questions,), name="names", daemon=True).start()
        self._questions.put(question)

    async def close(self) -> None:
        """Wait for no name that is still looked up."""
        for _ in range(self._threads):
            self._questions.put(None)


def _look_up(questions: SimpleQueue[_Question | None]) -> None:
    while (question := questions.get()) is not None:
        if question.answer.cancelled():
            continue
        found: list[Any] = []
        fault: Exception | None = None
        try:
            found = socket.getaddrinfo(
                question.host, question.port, question.family, socket.SOCK_STREAM, 0, socket.AI_ADDRCONFIG
            )
        except (OSError, UnicodeError) as error:
            fault = error
        try:
            question.loop.call_soon_threadsafe(_answer, question.answer, found, fault)
        except RuntimeError:
            return  # the loop has ended, and nobody waits any more


def _answer(answer: asyncio.Future[list[Any]], found: list[Any], fault: Exception | None) -> None:
    if answer.done():
        return
    if fault is not None:
        answer.set_exception(fault)
    else:
        answer.set_result(found)
