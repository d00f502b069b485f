"""Fits out a running instance anew when the files of its configuration are saved.

Files ─▶ configuration, desk (in a thread) ─▶ a wire that shares with the old
one whatever is the same or remembers something: the store, Telegram, the pace.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, TypeVar

import structlog

from bot.assembly import configured, desk, enter
from bot.configuration import Configuration, locate
from bot.configuration.vigil import Marks, marks
from bot.feeds.source import HttpFeedSource
from bot.outlets import channels, rewired, speak_by
from bot.pipeline.desk import Desk
from bot.pipeline.poll import WORKERS
from bot.ports import ArticleSource, FeedSource, Messenger
from bot.recognition import Recogniser
from bot.runners.discreet import Discreet
from bot.runners.present import Present
from bot.runners.reloading import Reloading
from bot.runners.wire import Wire
from bot.services.switchboard import Switchboard
from bot.settings import Settings

log = structlog.get_logger("draht.run")


class Closable(Protocol):
    """Something that holds connections."""

    async def close(self) -> None:
        """Close them."""
        ...


Part = TypeVar("Part", bound=Closable)


@dataclass(frozen=True, slots=True)
class Opened:
    """What was opened for a wire; `part` is the wire's part by which it is used."""

    part: object
    connections: Closable


class Files:
    """The three files of the configuration as they were when they were read: the last time, at the start.

    Raises `ConfigurationError` with all their problems.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.folder = locate.folder(settings.config, Path.cwd())
        self.marks: Marks = marks(self.folder)  # first: what is saved while they are read is seen
        self.configuration = configured(settings)

    def read_again(self) -> None:
        """Read them again if they were saved since; raises `ConfigurationError` as the first time."""
        now = marks(self.folder)
        if now != self.marks:
            self.marks, self.configuration = now, configured(self._settings)


class Fitter:
    """Makes the wires that take each other's place; what they were opened with, `sweep` closes."""

    def __init__(self, settings: Settings, files: Files, board: Switchboard) -> None:
        self._settings = settings
        self._folder = files.folder
        self._register = files.configuration.register
        self._board = board
        self._chats = frozenset(channels(settings, files.configuration))
        self._opened: list[Opened] = []

    def look(self) -> Marks:
        """Look at the files: three stats."""
        return marks(self._folder)

    def read(self, wire: Wire) -> tuple[Configuration, Desk]:
        """Read the whole configuration and build what stories are read with; raises `DrahtError`.

        Of the same holders the recogniser is the same one: it has learnt its languages.
        """
        found = configured(self._settings)
        channels(self._settings, found)
        chat = self._settings.telegram_chat or "" if self._settings.telegram_token else None
        known = wire.desk.recogniser
        reader = known if isinstance(known, Recogniser) and found.register == self._register else None
        return found, desk(found, reader, pages=found.feeds.articles, home=chat)

    def fit(self, configuration: Configuration, desk: Desk, wire: Wire) -> Wire:
        """Make the wire that takes another one's place; raises `UsageError` for a service without address."""
        old, new = wire.desk.watchlist, configuration.watchlist
        board = rewired(self._board, wire.store, old, new)
        messenger: Messenger = wire.messenger
        if board is not self._board:
            messenger = Discreet(board, wire.store, wire.clock)
            self._opened.append(Opened(messenger, board))
            self._board = board
        parley = wire.parley and replace(wire.parley, register=configuration.register)
        return replace(
            wire,
            feeds=configuration.feeds,
            desk=desk,
            messenger=messenger,
            source=self._source(configuration, wire),
            articles=self._articles(configuration, wire),
            parley=parley,
        )

    def enter(self, configuration: Configuration, wire: Wire) -> None:
        """Make known that this wire is in force from now on."""
        enter(wire.store, configuration.watchlist, wire.clock.now())
        speak_by(self._board, wire.tempo, configuration.watchlist)
        self._register = configuration.register

    async def try_new(self, configuration: Configuration) -> None:
        """Say what would hold up posts in chats that were not posted to before."""
        chats = channels(self._settings, configuration)
        new = tuple(chat for chat in chats if chat not in self._chats)
        self._chats |= frozenset(chats)
        if new:
            await tell_hindrances(self._settings, new)

    async def sweep(self, in_use: Sequence[Wire]) -> None:
        """Close what was opened for a wire and is used by none of these."""
        parts = {id(part) for wire in in_use for part in (wire.source, wire.articles, wire.messenger)}
        idle = [one for one in self._opened if id(one.part) not in parts]
        self._opened = [one for one in self._opened if id(one.part) in parts]
        for one in idle:
            await one.connections.close()

    def _source(self, configuration: Configuration, wire: Wire) -> FeedSource:
        zone, private = configuration.watchlist.timezone, configuration.feeds.allow_private
        if (zone, private) == (wire.desk.watchlist.timezone, wire.feeds.allow_private):
            return wire.source
        return self._open(HttpFeedSource(2 * WORKERS, zone, private))

    def _articles(self, configuration: Configuration, wire: Wire) -> ArticleSource | None:
        if not configuration.feeds.articles:
            return None
        if wire.articles and configuration.feeds.allow_private == wire.feeds.allow_private:
            return wire.articles
        from bot.articles.source import HttpArticleSource  # noqa: PLC0415  most read no pages

        return self._open(HttpArticleSource(configuration.feeds.allow_private))

    def _open(self, opened: Part) -> Part:
        self._opened.append(Opened(opened, opened))
        return opened


@asynccontextmanager
async def reloading(
    settings: Settings, files: Files, silent: Wire
) -> AsyncIterator[tuple[Present, Reloading]]:
    """Give the holder of the wire in force and what renews it, and close at the end what that opened.

    `silent` is the wire of the start, whose messenger is the switchboard itself.
    """
    board = silent.messenger
    if not isinstance(board, Switchboard):
        raise TypeError("a wire is fitted out anew at its switchboard")
    present = Present(replace(silent, messenger=Discreet(board, silent.store, silent.clock)))
    fitter = Fitter(settings, files, board)
    try:
        yield present, Reloading(present, fitter, files.configuration, files.marks)
    finally:
        await fitter.sweep(())


async def tell_hindrances(settings: Settings, chats: tuple[str, ...]) -> None:
    """Say what would hold up posts now, not weeks later at the first of them."""
    from bot.telegram.check import look_over  # noqa: PLC0415  without a token it is not needed

    if settings.telegram_token is None:
        return
    token, operator, api = settings.telegram_token, settings.telegram_ops_chat, settings.telegram_api
    lines = await look_over(token, chats, operator, api)
    for hindrance in (f"{line.text}: {line.remedy}" for line in lines if not line.ok):
        log.warning(hindrance)
