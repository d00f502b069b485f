"""`draht run`."""

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.configuration import Configuration
    from bot.settings import Settings
    from bot.storage.lock import InstanceLock

WAITING = "another instance acts, waiting for it to end"


def run() -> None:
    """Watch the feeds and tell the channel, until stopped.

    Everything in one process. Without a token posts go to the terminal.
    SIGTERM and ctrl-c end it in order, never in the middle of a send.

    Example: DRAHT_TELEGRAM_CHAT=@draht draht run
    """
    from bot import logs
    from bot import settings as environment
    from bot.assembly import configured
    from bot.cli.check import show

    settings = environment.load()
    configuration = configured(settings)
    show(configuration.warnings)
    logs.configure(settings.log, settings.telegram_token)
    asyncio.run(_serve(settings, configuration))


async def _serve(settings: "Settings", configuration: "Configuration") -> None:
    import structlog

    from bot.assembly import turn
    from bot.runners.single import stopped_by_signals

    log = structlog.get_logger("draht.run")
    stop = asyncio.Event()
    with stopped_by_signals(stop):
        lock = await turn(settings, "draht run", stop, lambda who: log.warning(WAITING, who=who))
        if lock is not None:
            try:
                await _act(settings, configuration, lock, stop)
            finally:
                lock.release()
    log.info("stopped")


async def _act(
    settings: "Settings", configuration: "Configuration", lock: "InstanceLock", stop: asyncio.Event
) -> None:
    import structlog

    from bot.assembly import wired
    from bot.runners.rounds import Rounds
    from bot.runners.single import SingleRunner

    async with wired(settings, configuration) as wire:
        structlog.get_logger("draht.run").info(
            "started",
            feeds=len(wire.feeds.enabled()),
            watches=len(wire.desk.watchlist.watches),
            channel=settings.telegram_chat if settings.telegram_token else "terminal",
        )
        await SingleRunner(Rounds(wire, lock, stop).all()).run(stop)
