"""`draht telegram`."""

import asyncio

from bot.cli.output import say
from bot.errors import UsageError


def check() -> None:
    """See whether the bot may post in the channel.

    Looks at the token, the channel, the bot's rights and the operator's chat,
    and makes a silent test post that it removes at once. Ends with 1 where
    anything is missing, and says what to do.

    Example: draht telegram check
    """
    from bot import settings as environment
    from bot.telegram.check import check as looked

    settings = environment.load()
    if settings.telegram_token is None:
        raise UsageError("DRAHT_TELEGRAM_TOKEN is not set; @BotFather gives a token to whoever makes a bot")
    found = asyncio.run(
        looked(
            settings.telegram_token,
            settings.telegram_chat,
            settings.telegram_ops_chat,
            settings.telegram_api,
        )
    )
    for line in found:
        say(f"{'ok ' if line.ok else 'BAD'} {line.text}")
        if line.remedy:
            say(f"    {line.remedy}")
    if not all(line.ok for line in found):
        raise SystemExit(1)
