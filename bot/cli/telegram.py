"""`draht telegram`."""

import asyncio
from typing import TYPE_CHECKING

from bot.cli.output import say
from bot.errors import ConfigurationError, UsageError

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.telegram.check import CheckLine


def check() -> None:
    """See whether the bot may post in every channel of the watch-list.

    Looks at the token, each channel, the bot's rights there, topics, the
    operator's chat and the profile that shows the channel, and makes a silent
    test post in each that it edits and removes at once. Ends with 1 where
    anything is missing, and says what to do.

    Example: draht telegram check
    """
    from bot import settings as environment
    from bot.telegram.check import Surroundings
    from bot.telegram.check import check as looked

    settings = environment.load()
    if settings.telegram_token is None:
        raise UsageError("DRAHT_TELEGRAM_TOKEN is not set; @BotFather gives a token to whoever makes a bot")
    channels, doubts = _channels(settings)
    around = Surroundings(settings.telegram_ops_chat, settings.telegram_api, settings.telegram_profile)
    found = (*doubts, *asyncio.run(looked(settings.telegram_token, channels, around)))
    for line in found:
        say(f"{'ok ' if line.ok else 'BAD'} {line.text}")
        if line.remedy:
            say(f"    {line.remedy}")
    if not all(line.ok for line in found):
        raise SystemExit(1)


def _channels(settings: "Settings") -> "tuple[tuple[str, ...], list[CheckLine]]":
    """Give the chats that are posted to, and what is wrong with how they are named."""
    from bot.assembly import watching
    from bot.outlets import chats_of
    from bot.telegram.check import CheckLine

    default = settings.telegram_chat or ""
    try:
        watches = watching(settings).watchlist.watches
    except ConfigurationError:
        text = "the watch-list cannot be read, so only DRAHT_TELEGRAM_CHAT is looked at"
        return (default,) if default else (), [
            CheckLine(ok=False, text=text, remedy="draht check says where it is wrong")
        ]
    homeless = [] if default else [watch.name for watch in watches if "" in watch.channels]
    remedy = "set DRAHT_TELEGRAM_CHAT to @name or the number of the channel, or give the watch a channel"
    doubts = [
        CheckLine(ok=False, text=f"the watch {name} has no channel", remedy=remedy) for name in homeless
    ]
    return chats_of(watches, default), doubts
