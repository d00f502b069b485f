"""`draht run`."""

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.fitting import Files
    from bot.runners.wire import Wire
    from bot.settings import Settings
    from bot.storage.lock import InstanceLock

WAITING = "another instance acts, waiting for it to end"


def run() -> None:
    """Watch the feeds and tell the channel, until stopped.

    Everything in one process. Without a token posts go to the terminal; with
    one, what would hold up posts is said at the start.
    SIGTERM and ctrl-c end it in order, never in the middle of a send.

    Example: DRAHT_TELEGRAM_CHAT=@draht draht run
    """
    from bot import logs
    from bot import settings as environment
    from bot.cli.check import show
    from bot.fitting import Files
    from bot.outlets import channels

    settings = environment.load()
    files = Files(settings)
    channels(settings, files.configuration)
    show(files.configuration.warnings)
    logs.configure(settings.log, settings.telegram_token)
    asyncio.run(_serve(settings, files))


async def _serve(settings: "Settings", files: "Files") -> None:
    import structlog

    from bot.assembly import turn
    from bot.runners.single import stopped_by_signals

    log = structlog.get_logger("draht.run")
    stop = asyncio.Event()
    with stopped_by_signals(stop):
        lock = await turn(settings, "draht run", stop, lambda who: log.warning(WAITING, who=who))
        if lock is not None:
            try:
                files.read_again()  # another instance may have acted for days
                await _act(settings, files, lock, stop)
            finally:
                lock.release()
    log.info("stopped")


async def _act(settings: "Settings", files: "Files", lock: "InstanceLock", stop: asyncio.Event) -> None:
    from dataclasses import replace

    from bot.assembly import wired
    from bot.fitting import reloading, tell_hindrances
    from bot.outlets import channels, talk
    from bot.runners.rounds import Rounds
    from bot.runners.single import SingleRunner

    configuration = files.configuration
    async with (
        wired(settings, configuration) as silent,
        talk(settings, configuration) as parley,
        reloading(settings, files, replace(silent, parley=parley)) as (present, reload),
    ):
        _say(settings, present.wire)
        hindrances = asyncio.create_task(tell_hindrances(settings, channels(settings, configuration)))
        try:
            await SingleRunner(Rounds(present, lock, stop, reload).all()).run(stop)
        finally:
            hindrances.cancel()
            await asyncio.gather(hindrances, return_exceptions=True)


def _say(settings: "Settings", wire: "Wire") -> None:
    import structlog

    structlog.get_logger("draht.run").info(
        "started",
        feeds=len(wire.feeds.enabled()),
        watches=len(wire.desk.watchlist.watches),
        watch_list=wire.desk.watchlist.revision,
        channel=settings.telegram_chat if settings.telegram_token else "terminal",
    )
