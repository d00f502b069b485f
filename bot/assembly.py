"""The one place that builds adapters, by plain constructor calls.

What is heavy is imported where it is built: `draht check` does not wait for a
database driver, nor `draht recognise` for an HTTP client.
"""

import asyncio
import gc
import os
import platform
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.clock import SystemClock
from bot.errors import StateError, UsageError
from bot.model.channel import is_chat
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.configuration import Configuration, Watching
    from bot.model.feed import Feed
    from bot.model.fetch import Fetched
    from bot.model.office import Newcomer, Register
    from bot.model.watchlist import Watch, WatchList
    from bot.pipeline.deliver import Tempo
    from bot.pipeline.desk import Desk
    from bot.ports import Messenger
    from bot.recognition import Recogniser
    from bot.runners.parley import Parley
    from bot.runners.wire import Wire
    from bot.services.switchboard import Connected, Switchboard
    from bot.storage import SqlStore
    from bot.storage.lock import InstanceLock
    from bot.telegram.messenger import TelegramMessenger

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


def channels(settings: Settings, configuration: "Configuration") -> tuple[str, ...]:
    """Give the Telegram chats that the watches post to, none without a token.

    Raises `UsageError` where a token is set and a watch has no chat, or where a service cannot be connected.
    """
    services(configuration.watchlist)
    if settings.telegram_token is None:
        return ()
    watches = configuration.watchlist.watches
    homeless = [] if settings.telegram_chat else [watch.name for watch in watches if "" in watch.channels]
    if homeless:
        raise UsageError(
            f"a token is set, but no channel for the watch {homeless[0]}: "
            "set DRAHT_TELEGRAM_CHAT to @name or the number of the channel"
        )
    return chats_of(watches, settings.telegram_chat or "")


def chats_of(watches: "Sequence[Watch]", default: str) -> tuple[str, ...]:
    """Give the Telegram chats that these watches ring in, each once; the nameless channel is `default`."""
    names = (name for watch in watches for name in watch.channels if is_chat(name))
    return tuple(dict.fromkeys(name or default for name in names))


def services(watchlist: "WatchList", store: "SqlStore | None" = None) -> "dict[str, Connected]":
    """Connect the channels that are services; nothing is sent. Raises `UsageError` where one cannot be."""
    from bot import settings as environment
    from bot.services.connect import Around, connect
    from bot.services.words import text

    def head(alert: str) -> str | None:
        body = store.history.body(alert) if store else None
        return text(body.partition("\n")[0]) if body else None

    def newest(channel: str) -> int | None:
        return store.highest_message(channel) if store else None

    return connect(watchlist.all_channels, Around(environment.variable, SystemClock(), head, newest))


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


def unconnected(watchlist: "WatchList") -> tuple[str, ...]:
    """Say which services cannot be connected, and what to do."""
    try:
        services(watchlist)
    except UsageError as error:
        return tuple(str(error).splitlines())
    return ()


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


@asynccontextmanager
async def channel(
    settings: Settings, store: "SqlStore", watchlist: "WatchList", now: datetime
) -> AsyncIterator["Messenger"]:
    """Open the channel: Telegram where there is a token, else the terminal.

    The operator hears of posts that were made elsewhere and are out of reach.
    """
    if settings.telegram_token is None:
        from bot.terminal.messenger import TerminalMessenger

        terminal = TerminalMessenger(store.highest_message)
        await _out_of_reach(store.speaks_through("terminal", "", now), terminal)
        yield terminal
        return
    messenger = telegram(settings, settings.telegram_token, watchlist, store.numbers_above)
    try:
        left = store.speaks_through("telegram", settings.telegram_chat or "", now)
        await _out_of_reach(left, messenger)
        yield messenger
    finally:
        await messenger.close()


@asynccontextmanager
async def switchboard(
    settings: Settings, store: "SqlStore", watchlist: "WatchList", now: datetime
) -> AsyncIterator["Switchboard"]:
    """Open all channels: Telegram or the terminal, and the services, with a token or without."""
    from bot.services.switchboard import Switchboard

    connected = services(watchlist, store)
    async with channel(settings, store, watchlist, now) as home:
        board = Switchboard(home, connected)
        try:
            yield board
        finally:
            await board.close()


async def _out_of_reach(posts: int, messenger: "Messenger") -> None:
    if posts:
        stand = "One earlier post stands" if posts == 1 else f"{posts} earlier posts stand"
        await messenger.tell_operator(f"{stand} where Draht no longer speaks, and will not be edited.")


def telegram(
    settings: Settings,
    token: str,
    watchlist: "WatchList",
    known: "Callable[[str, int], Collection[int]]",
) -> "TelegramMessenger":
    """Give the channels as the bot of a token sees them; of the `known` numbers it is known what they say."""
    from bot.languages import post
    from bot.telegram.messenger import Manner, TelegramMessenger

    def why(channel: str) -> str:
        return post.load(watchlist.channel(channel).language).labels.why

    manner = Manner(profile=settings.telegram_profile, label=why, known=known)
    chat, operator, api = settings.telegram_chat, settings.telegram_ops_chat, settings.telegram_api
    return TelegramMessenger(token, chat, operator, api, manner)


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
    from bot.pipeline.poll import WORKERS
    from bot.runners.wire import Wire

    watchlist, clock, feeds = configuration.watchlist, SystemClock(), configuration.feeds
    with stored(settings) as store:
        store.know_watches((watch.key for watch in watchlist.watches), clock.now())
        source = HttpFeedSource(2 * WORKERS, watchlist.timezone, feeds.allow_private)
        articles = HttpArticleSource(feeds.allow_private) if feeds.articles else None
        ping = Ping(settings.heartbeat, user_agent(), clock) if settings.heartbeat else None
        spare_the_collector()
        try:
            async with switchboard(settings, store, watchlist, clock.now()) as messenger:
                home = settings.telegram_chat or "" if settings.telegram_token else None
                reading = desk(configuration, pages=feeds.articles, home=home)
                tempo = _tempo(messenger, watchlist)
                yield Wire(feeds, reading, source, store, messenger, clock, tempo, ping, articles)
        finally:
            for opened in (source, articles, ping):
                if opened is not None:
                    await opened.close()


@asynccontextmanager
async def talk(settings: Settings, configuration: "Configuration") -> "AsyncIterator[Parley | None]":
    """Open the talk with people; None without a token, where there is nobody to talk with."""
    if settings.telegram_token is None:
        yield None
        return
    from importlib.metadata import version

    from bot.runners.parley import Parley
    from bot.talk.access import Access
    from bot.telegram.conversation import TelegramConversation

    access = Access(settings.telegram_editors, settings.telegram_ops_chat)
    token, api = settings.telegram_token, settings.telegram_api
    conversation = TelegramConversation(token, access, SystemClock(), api)
    try:
        chat = settings.telegram_chat or ""
        yield Parley(conversation, access, configuration.register, chat, version("draht"))
    finally:
        await conversation.close()


def _tempo(board: "Switchboard", watchlist: "WatchList") -> "Tempo":
    """Telegram goes by its pace, counted by chat whatever its name, a push by its own; others at once."""
    from bot.alerts.delivery import UNLIMITED, Pace
    from bot.pipeline.tempo import Tempo, chat_named
    from bot.telegram.messenger import TelegramMessenger

    told = [one for one in watchlist.all_channels if one.service]
    paces = {one.name: UNLIMITED if one.service and one.service.secret else Pace() for one in told}
    if isinstance(board.home, TelegramMessenger):
        return Tempo(chat=board.chat_of(board.home.chat_of), paces=paces)
    return Tempo(pace=UNLIMITED, whole=UNLIMITED, chat=board.chat_of(chat_named), paces=paces)


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
