"""A sender as a program of its own, to be killed: delivers what a database holds, in simulated time.

python -m tests.delivery.sender DATABASE_URL BOT_API_URL OPS_CHAT|- START
"""

import asyncio
import sys
from datetime import datetime

from bot.storage import open_store
from bot.telegram.messenger import Manner, TelegramMessenger
from tests.delivery.desk import Desk
from tests.fakes.clock import FakeClock
from tests.servers.bot_api import TOKEN


async def _send(database: str, api: str, ops: str, start: str) -> None:
    messenger = TelegramMessenger(TOKEN, "@draht", None if ops == "-" else ops, api, Manner(5))
    desk = Desk(messenger, open_store(database), FakeClock(datetime.fromisoformat(start)))
    report = await desk.deliver_all()
    await messenger.close()
    desk.store.close()
    sys.exit(1 if report.waiting else 0)


if __name__ == "__main__":
    asyncio.run(_send(*sys.argv[1:5]))
