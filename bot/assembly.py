"""The one place that builds adapters, by plain constructor calls; `bot.outlets` is its speaking half.

What is heavy is imported where it is built: `draht check` does not wait for a
database driver, nor `draht recognise` for an HTTP client.
"""

import asyncio
import gc
import os
import platform
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.clock import SystemClock
from bot.errors import StateError
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.configuration import Configuration, Watching
    from bot.model.feed import Feed
    from bot.model.fetch import Fetched
    from bot.model.office import Newcomer, Register
    from bot.model.watchlist import WatchList
    from bot.pipeline.desk import Desk
    from bot.ports import Stage
    from bot.recognition import Recogniser
    from bot.runners.wire import Wire
    from bot.storage import History, SqlStore
    from bot.storage.lock import InstanceLock

# How often a waiting instance looks whether it is its turn.
_LOCK_PAUSE = 1.0
# New ministers are looked for among so many stories of so many days, so that `draht check` stays quick.
_OF_LATE, _MOST_STORIES = timedelta(days=30), 200
_AT_ONCE = 0.5
_SQLITE = "sqlite:///"


def configured(settings: Settings) -> "Configuration":
    """Read the configuration that the settings choose; raises `ConfigurationError` with all its problems."""
    from bot.configuration import load, locate
    from bot.register.load import load as shipped

    return load(locate.folder(settings.config, Path.cwd()), shipped())


def holders_file(settings: Settings) -> str:
    """Give the holders.yaml of the configuration, there or not, as the user would type it."""
    from bot.configuration import locate
    from bot.configuration.load import HOLDERS
    from bot.configuration.read import shown

    return shown(locate.folder(settings.config, Path.cwd()) / HOLDERS)


def watching(settings: Settings) -> "Watching":
    """Read what is listened for, and no feeds; raises `ConfigurationError` with all its problems."""
    from bot.configuration import load_watching, locate
    from bot.register.load import load as shipped

    return load_watching(locate.folder(settings.config, Path.cwd()), shipped())


def desk(
    watching: "Watching",
    recogniser: "Recogniser | None" = None,
    *,
    pages: bool = False,
    home: str | None = None,
) -> "Desk":
    """Put together everything that decides what becomes of a story; a recogniser may be at hand.

    With `pages` it notes which stories' pages are to be read; `home` is the
    default channel's chat, None where posts go to no chat that could be linked to.
    """
    from bot.alerts.press import Press
    from bot.alerts.writer import ChannelWriter
    from bot.languages import post
    from bot.matching.watch import Watcher
    from bot.pipeline.desk import Desk
    from bot.recognition import Recogniser

    register, watchlist = watching.register, watching.watchlist
    presses = {
        language: Press(post.load(language), register)
        for language in {watchlist.language, *(channel.language for channel in watchlist.channels)}
    }
    reader = recogniser or Recogniser(register)
    return Desk(
        recogniser=reader,
        watcher=Watcher(watchlist, register),
        watchlist=watchlist,
        writer=ChannelWriter(watchlist, presses, home),
        nearness=reader.nearness if pages else None,
    )


@contextmanager
def stored(settings: Settings) -> Iterator["SqlStore"]:
    """Open the database, made and brought up to date as needed; raises `StateError`."""
    from bot.storage import open_store

    store = open_store(settings.database)
    try:
        yield store
    finally:
        store.close()


def newcomers(settings: Settings, register: "Register", now: datetime) -> "tuple[Newcomer, ...]":
    """Give whom stored stories of late call a new minister.

    Nobody where there is no database yet, or none that answers at once.
    """
    file = database_file(settings)
    if file is not None and not file.exists():
        return ()
    from bot.recognition import Recogniser
    from bot.recognition import strangers as unknown
    from bot.storage import look_into

    try:
        with look_into(settings.database, _AT_ONCE) as history:
            stories = history.of_contacts(now - _OF_LATE, _MOST_STORIES)
    except StateError:
        return ()
    recogniser = Recogniser(register)
    return unknown.newcomers((story, recogniser.strangers(story)) for story in stories)


def database_file(settings: Settings) -> Path | None:
    """Give the file of a SQLite database; None of any other."""
    path = settings.database.removeprefix(_SQLITE)
    return Path(path) if path != settings.database else None


@contextmanager
def nowhere() -> Iterator["SqlStore"]:
    """Open an empty store that leaves no trace."""
    from bot.storage import open_store

    store = open_store("sqlite://")
    try:
        yield store
    finally:
        store.close()


@contextmanager
def archive(settings: Settings) -> "Iterator[History]":
    """Read the stored stories as they are; raises `StateError` where there is no database."""
    from bot.storage import look_into

    file = database_file(settings)
    if file is not None and not file.exists():
        where = "start draht run, set DRAHT_STATE, or name a file of stories: --jsonl"
        raise StateError(f"there is no database at {file} yet: {where}")
    with look_into(settings.database) as history:
        yield history


def stage() -> "Stage":
    """Make an empty stage on which stories can be played, without a database."""
    from bot.pipeline.memory import MemoryStore

    return MemoryStore()


def spare_the_collector() -> None:
    """Keep the collector from walking through what lives as long as the process: a tenth of a round."""
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


@asynccontextmanager
async def wired(settings: Settings, configuration: "Configuration") -> AsyncIterator["Wire"]:
    """Put one instance together, and close what it opened."""
    from bot.articles.source import HttpArticleSource
    from bot.feeds.ping import Ping
    from bot.feeds.source import HttpFeedSource, user_agent
    from bot.outlets import switchboard, tempo
    from bot.pipeline.poll import WORKERS
    from bot.runners.wire import Wire

    watchlist, clock, feeds = configuration.watchlist, SystemClock(), configuration.feeds
    with stored(settings) as store:
        enter(store, watchlist, clock.now())
        source = HttpFeedSource(2 * WORKERS, watchlist.timezone, feeds.allow_private)
        articles = HttpArticleSource(feeds.allow_private) if feeds.articles else None
        ping = Ping(settings.heartbeat, user_agent(), clock) if settings.heartbeat else None
        spare_the_collector()
        try:
            async with switchboard(settings, store, watchlist, clock.now()) as messenger:
                home = settings.telegram_chat or "" if settings.telegram_token else None
                reading = desk(configuration, pages=feeds.articles, home=home)
                pace = tempo(messenger, watchlist)
                yield Wire(feeds, reading, source, store, messenger, clock, pace, ping, articles)
        finally:
            for opened in (source, articles, ping):
                if opened is not None:
                    await opened.close()


def enter(store: "SqlStore", watchlist: "WatchList", now: datetime) -> None:
    """Make known that a watch-list acts from now on: nothing in the ledger rings for its new watches."""
    store.force.enter(watchlist.revision, (watch.key for watch in watchlist.watches), now)


async def fetched(
    feed: "Feed", allow_private: Sequence[str], timezone: str
) -> "tuple[bytes | None, Fetched]":
    """Ask an address once, as a feed; give its body too, where there was one."""
    from bot.feeds.addresses import AddressPolicy
    from bot.feeds.decode import Circumstances, decode
    from bot.feeds.fetch import Fetcher
    from bot.feeds.page import Ask, Page
    from bot.feeds.source import user_agent

    now = SystemClock().now()
    fetcher = Fetcher(1, user_agent(), AddressPolicy.of(allow_private))
    try:
        reply = await fetcher.get(Ask(feed.url, now))
    finally:
        await fetcher.close()
    if not isinstance(reply, Page):
        return None, reply
    return reply.body, decode(reply, feed, Circumstances(now, timezone))


async def turn(
    settings: Settings, what: str, stop: asyncio.Event, waiting: Callable[[str], None]
) -> "InstanceLock | None":
    """Wait until no other instance acts (DESIGN.md §4.8) and become the one; None where `stop` came first.

    `waiting` is told once who acts meanwhile.
    """
    from bot.storage.lock import HeldBy, acquire

    name = f"{what}, process {os.getpid()} on {platform.node()}"
    told = False
    while isinstance(lock := acquire(settings.database, settings.state, name), HeldBy):
        if not told:
            waiting(lock.who)
            told = True
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), _LOCK_PAUSE)
            return None
    return lock
