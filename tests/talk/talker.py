"""A talking bot as a program of its own, to be killed: hears and answers what is said, then ends.

python -m tests.talk.talker DATABASE_URL BOT_API_URL EDITOR OPS_CHAT [FOLDER]
"""

import asyncio
import sys
from dataclasses import replace
from pathlib import Path

from bot.register.load import load
from bot.runners.parley import Files, Parley
from bot.runners.present import Present
from bot.runners.talking import Talking
from bot.storage import open_store
from bot.talk.access import Access
from bot.telegram.conversation import TelegramConversation
from tests.fakes.clock import FakeClock
from tests.runners.wire import stage
from tests.servers.bot_api import TOKEN
from tests.storage.newsday import NOON


async def _talk(database: str, api: str, editor: str, ops: str, folder: str = "") -> None:
    access, clock, store = Access(frozenset({int(editor)}), ops), FakeClock(NOON), open_store(database)
    conversation = TelegramConversation(TOKEN, access, clock, api, 1)
    with stage({}) as behind:
        files = Files(Path(folder)) if folder else None
        parley = Parley(conversation, access, load(), "@draht", files=files)
        talking = Talking(Present(replace(behind.wire, store=store, clock=clock, parley=parley)), parley)
        await talking.talk()
        await talking.talk()
    await conversation.close()
    store.close()


if __name__ == "__main__":
    asyncio.run(_talk(*sys.argv[1:6]))
