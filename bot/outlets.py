"""What Draht speaks through: Telegram or the terminal, services, and the talk with people.

    watch-list, environment ─▶ channels, services ─▶ switchboard ─▶ tempo
                                                          └─▶ talk

Like `bot.assembly`, of which it is the speaking half, it imports what is heavy
where it is built.
"""

from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.clock import SystemClock
from bot.errors import UsageError
from bot.model.channel import is_chat
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.alerts.delivery import Pace
    from bot.configuration import Configuration
    from bot.model.channel import Service
    from bot.model.watchlist import Watch, WatchList
    from bot.pipeline.tempo import Tempo
    from bot.ports import Messenger
    from bot.runners.parley import Parley
    from bot.services.switchboard import Connected, Switchboard
    from bot.storage import SqlStore
    from bot.telegram.messenger import TelegramMessenger


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


def unconnected(watchlist: "WatchList") -> tuple[str, ...]:
    """Say which services cannot be connected, and what to do."""
    try:
        services(watchlist)
    except UsageError as error:
        return tuple(str(error).splitlines())
    return ()


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
    from bot.telegram.messenger import Manner, TelegramMessenger

    manner = Manner(profile=settings.telegram_profile, label=why_in(watchlist), known=known)
    chat, operator, api = settings.telegram_chat, settings.telegram_ops_chat, settings.telegram_api
    return TelegramMessenger(token, chat, operator, api, manner)


def why_in(watchlist: "WatchList") -> "Callable[[str], str]":
    """Give what says what the button "why?" is called in a channel: in the language of its posts."""
    from bot.languages import post

    def why(channel: str) -> str:
        return post.load(watchlist.channel(channel).language).labels.why

    return why


@asynccontextmanager
async def talk(settings: Settings, configuration: "Configuration") -> "AsyncIterator[Parley | None]":
    """Open the talk with people; None without a token, where there is nobody to talk with."""
    if settings.telegram_token is None:
        yield None
        return
    from importlib.metadata import version

    from bot.configuration import locate
    from bot.runners.parley import Files, Parley
    from bot.talk.access import Access
    from bot.telegram.conversation import TelegramConversation

    access = Access(settings.telegram_editors, settings.telegram_ops_chat)
    token, api = settings.telegram_token, settings.telegram_api
    conversation = TelegramConversation(token, access, SystemClock(), api)
    try:
        chat = settings.telegram_chat or ""
        folder = locate.folder(settings.config, Path.cwd())
        files = Files(folder, locate.is_lent(folder, settings.config, Path.cwd()))
        yield Parley(conversation, access, configuration.register, chat, version("draht"), files)
    finally:
        await conversation.close()


def tempo(board: "Switchboard", watchlist: "WatchList") -> "Tempo":
    """Telegram goes by its pace, counted by chat whatever its name, a push by its own; others at once."""
    from bot.alerts.delivery import UNLIMITED
    from bot.pipeline.tempo import Tempo, chat_named
    from bot.telegram.messenger import TelegramMessenger

    own = paces(watchlist)
    if isinstance(board.home, TelegramMessenger):
        return Tempo(chat=board.chat_of(board.home.chat_of), paces=own)
    return Tempo(pace=UNLIMITED, whole=UNLIMITED, chat=board.chat_of(chat_named), paces=own)


def paces(watchlist: "WatchList") -> "dict[str, Pace]":
    """Give the paces of the channels that are services: a webhook's none, a push Telegram's."""
    from bot.alerts.delivery import UNLIMITED, Pace

    told = [one for one in watchlist.all_channels if one.service]
    return {one.name: UNLIMITED if one.service and one.service.secret else Pace() for one in told}


def rewired(board: "Switchboard", store: "SqlStore", old: "WatchList", new: "WatchList") -> "Switchboard":
    """Give the switchboard of a new watch-list, the same one where its services are; home stays home.

    Raises `UsageError` where a service cannot be connected.
    """
    from bot.services.switchboard import Switchboard

    if _services_of(old) == _services_of(new):
        return board
    return Switchboard(board.home, services(new, store))


def speak_by(board: "Switchboard", tempo: "Tempo", watchlist: "WatchList") -> None:
    """Keep to a new watch-list's paces, and name buttons in the languages of its channels."""
    from bot.telegram.messenger import TelegramMessenger

    tempo.keep_to(paces(watchlist))
    if isinstance(board.home, TelegramMessenger):
        board.home.name_buttons(why_in(watchlist))


def _services_of(watchlist: "WatchList") -> "dict[str, Service | None]":
    return {one.name: one.service for one in watchlist.all_channels if one.service}
