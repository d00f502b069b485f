"""A stand-in for the Bot API: real HTTP on the loopback, Telegram's parser, faults by plan.

In tests it runs in a thread (`serving`); as a program
(`python -m tests.servers.bot_api --port 8081 --state FILE`) it writes what its
channels show to FILE after every call and takes faults at `POST /plan`.
"""

import argparse
import asyncio
import json
import os
import random
import signal
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from aiohttp import web

from tests.servers.telegram_chats import ApiError, World

TOKEN = "123456789:TEST-token_of_the_stand-in_0000000"


class FaultKind(StrEnum):
    """What can go wrong with one call (DELIVERY.md §1)."""

    FLOOD = "flood"  # 429 with retry_after, not done
    ERROR_JSON = "error-json"  # 500, not done
    ERROR_HTML = "error-html"  # 502 of a proxy, not done
    RESET = "reset"  # connection reset, not done
    LOST = "lost"  # done, the reply is lost
    HANG = "hang"  # never answered, not done
    LATE = "late"  # never answered in time, done `seconds` later
    KICKED = "kicked"
    NO_CHAT = "no-chat"
    KILL_BEFORE = "kill-before"  # the caller is killed, not done
    KILL_DONE = "kill-done"  # the caller is killed, done, no reply
    KILL_REPLIED = "kill-replied"  # done, replied, then the caller is killed


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault for the first call of this method that has none before it."""

    kind: FaultKind
    method: str = "sendMessage"
    seconds: float = 1.0


@dataclass
class Call:
    """A call as it came in."""

    method: str
    params: dict[str, str]


@dataclass
class BotApi:
    """The stand-in: its world, its plan of faults, its record of calls.

    `chance` decides about calls that no planned fault meets; `kill` ends the
    caller for the kill faults. `done` is told of each call done before it is
    answered; `extra` joins what `/state` shows.
    """

    world: World = field(default_factory=lambda: World(TOKEN))
    plan: list[Fault] = field(default_factory=list)
    chance: Callable[[Call], Fault | None] = lambda _call: None
    kill: Callable[[], None] = lambda: None
    done: Callable[[], None] = lambda: None
    extra: Callable[[], dict[str, Any]] = dict
    calls: list[Call] = field(default_factory=list)
    url: str = ""
    state: Path | None = None
    _late: set[asyncio.Task[None]] = field(default_factory=set)

    def methods(self) -> list[str]:
        """Name the methods called so far, in order."""
        return [call.method for call in self.calls]

    def application(self) -> web.Application:
        """Give the aiohttp application."""
        app = web.Application(client_max_size=1 << 22)
        app.router.add_post("/plan", self._add_faults)
        app.router.add_get("/state", self._show)
        app.router.add_route("*", "/bot{token}/{method}", self._answer)
        return app

    async def _add_faults(self, request: web.Request) -> web.Response:
        for item in await request.json():
            self.plan.append(Fault(**(item | {"kind": FaultKind(item["kind"])})))
        return web.json_response({"planned": len(self.plan)})

    async def _show(self, _: web.Request) -> web.Response:
        return web.json_response(self.snapshot())

    def snapshot(self) -> dict[str, Any]:
        """Give all chats and calls as plain values."""
        return {
            "chats": [asdict(chat) for chat in self.world.chats],
            "calls": [asdict(call) for call in self.calls],
        } | self.extra()

    def _write_state(self) -> None:
        if self.state:
            beside = self.state.with_suffix(".new")
            beside.write_text(json.dumps(self.snapshot(), ensure_ascii=False), "utf-8")
            beside.replace(self.state)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.world.token:
            return _refusal(ApiError(401, "Unauthorized"))
        call = Call(request.match_info["method"], await _params(request))
        self.calls.append(call)
        fault = self._next_fault(call)
        if fault is None:
            return self._do(call)
        return await self._misbehave(fault, call, request)

    def _next_fault(self, call: Call) -> Fault | None:
        for fault in self.plan:
            if fault.method.lower() == call.method.lower():
                self.plan.remove(fault)
                return fault
        return self.chance(call)

    def _do(self, call: Call) -> web.Response:
        try:
            result = self.world.call(call.method, call.params)
        except ApiError as error:
            return _refusal(error)
        finally:
            self._write_state()
            self.done()
        return web.json_response({"ok": True, "result": result})

    async def _misbehave(self, fault: Fault, call: Call, request: web.Request) -> web.StreamResponse:
        refusal = _planned_refusal(fault)
        if refusal is not None:
            return refusal
        if fault.kind in {FaultKind.KILL_BEFORE, FaultKind.KILL_DONE}:
            self.kill()
        if fault.kind in {FaultKind.LOST, FaultKind.KILL_DONE, FaultKind.KILL_REPLIED}:
            response = self._do(call)
            if fault.kind is FaultKind.KILL_REPLIED:
                return await self._reply_and_kill(request, response)
        if fault.kind is FaultKind.LATE:
            self._do_later(call, fault.seconds)
        if fault.kind in {FaultKind.HANG, FaultKind.LATE}:
            await asyncio.Event().wait()
        if request.transport:
            request.transport.abort()
        return web.Response()

    def _do_later(self, call: Call, seconds: float) -> None:
        async def later() -> None:
            await asyncio.sleep(seconds)
            self._do(call)

        task = asyncio.create_task(later())
        self._late.add(task)
        task.add_done_callback(self._late.discard)

    async def _reply_and_kill(self, request: web.Request, response: web.Response) -> web.StreamResponse:
        await response.prepare(request)
        await response.write_eof()
        self.kill()
        return response


async def _params(request: web.Request) -> dict[str, str]:
    if request.content_type == "application/json":
        return {key: str(value) for key, value in (await request.json()).items()}
    return {key: str(value) for key, value in {**request.query, **(await request.post())}.items()}


def _refusal(error: ApiError) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": error.status, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return web.json_response(body, status=error.status)


def _planned_refusal(fault: Fault) -> web.Response | None:
    seconds = max(1, round(fault.seconds))
    match fault.kind:
        case FaultKind.FLOOD:
            text = f"Too Many Requests: retry after {seconds}"
            return _refusal(ApiError(429, text, retry_after=seconds))
        case FaultKind.ERROR_JSON:
            return _refusal(ApiError(500, "Internal Server Error"))
        case FaultKind.ERROR_HTML:
            return web.Response(
                status=502, content_type="text/html", text="<html><h1>502 Bad Gateway</h1></html>"
            )
        case FaultKind.KICKED:
            return _refusal(ApiError(403, "Forbidden: bot was kicked from the channel chat"))
        case FaultKind.NO_CHAT:
            return _refusal(ApiError(400, "Bad Request: chat not found"))
        case _:
            return None


def random_faults(seed: int, share: float, kinds: list[FaultKind]) -> Callable[[Call], Fault | None]:
    """Draw a fault for this share of all calls, the same ones for the same seed."""
    draw = random.Random(seed)  # noqa: S311  a test's dice

    def chance(call: Call) -> Fault | None:
        if draw.random() >= share:
            return None
        return Fault(draw.choice(kinds), call.method, draw.choice([1, 5, 60]))

    return chance


@asynccontextmanager
async def _listening(api: BotApi, port: int) -> AsyncIterator[None]:
    runner = web.AppRunner(api.application(), shutdown_timeout=0.05)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    api.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield
    finally:
        for task in list(api._late):
            task.cancel()
        await runner.cleanup()


@contextmanager
def serving(api: BotApi) -> Iterator[BotApi]:
    """Run the stand-in in a thread on a free port, given as `api.url`."""
    ready, loop, stop = threading.Event(), asyncio.new_event_loop(), asyncio.Event()

    async def run() -> None:
        async with _listening(api, 0):
            ready.set()
            await stop.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(run()), daemon=True)
    thread.start()
    ready.wait(10)
    try:
        yield api
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
        loop.close()


def _main() -> None:
    parser = argparse.ArgumentParser(description="A stand-in for Telegram's Bot API.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--state", type=Path, help="file that shows the channels after every call")
    parser.add_argument("--channel", default="@draht", help="name of the channel it holds")
    parser.add_argument("--more", type=int, default=0, help="hold so many more channels, @c0, @c1 …")
    parser.add_argument("--kill", type=int, metavar="PID", help="the process that kill faults end")
    options = parser.parse_args()
    api = BotApi(state=options.state)
    api.world.channel(options.channel, number=-1001000000001)
    for number in range(options.more):
        api.world.channel(f"@c{number}", number=-1002000000000 - number)
    api.world.private(777)
    if options.kill:
        api.kill = lambda: os.kill(options.kill, signal.SIGKILL)
    asyncio.run(_serve_until_stopped(api, options.port))


async def _serve_until_stopped(api: BotApi, port: int) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with _listening(api, port):
        print(api.url, flush=True)  # noqa: T201  the caller reads where it listens
        await stop.wait()


if __name__ == "__main__":
    _main()
