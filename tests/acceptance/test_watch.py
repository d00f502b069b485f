"""`draht run`, and an editor who changes the watch-list from the operators' chat."""

from collections.abc import Iterator

import pytest

from tests.acceptance.desk import Desk
from tests.acceptance.test_run import FEED, FIRST, SECOND, stopped, until
from tests.acceptance.test_saves import LIST, THIRD
from tests.servers.bot_api import TOKEN, BotApi, serving
from tests.servers.feed_server import FeedServer, feed_server, page
from tests.servers.telegram_people import PeopledWorld, Person

EDITOR, OPS = Person(42, "Erika"), -1009
ELSEWHERE = LIST.replace("Austin", "Scholz")


@pytest.fixture
def world() -> PeopledWorld:
    """Give Telegram with a channel."""
    peopled = PeopledWorld(TOKEN)
    peopled.channel("@draht", number=-1001000000001)
    return peopled


@pytest.fixture
def feeds() -> Iterator[FeedServer]:
    """Serve one feed with two contacts."""
    with feed_server() as server:
        server.put("/blatt.xml", page(FEED.format(items=SECOND + FIRST).encode()))
        yield server


def test_a_word_added_from_the_chat_rings_within_seconds(
    desk: Desk, world: PeopledWorld, feeds: FeedServer
) -> None:
    """The bot writes the file, the same process takes it up: the next contact is posted for the new word."""
    feeds_file = f'interval: 1s\nallow_private: ["127.0.0.0/8"]\nfeeds:\n  - url: {feeds.url("/blatt.xml")}\n'
    desk.configure(feeds_file, ELSEWHERE)
    ops, channel = world.group(OPS), world.find_chat("@draht")
    with serving(BotApi(world=world)) as api:
        desk.environment |= {
            "DRAHT_CONFIG": str(desk.config),
            "DRAHT_TELEGRAM_API": api.url,
            "DRAHT_TELEGRAM_TOKEN": TOKEN,
            "DRAHT_TELEGRAM_CHAT": "@draht",
            "DRAHT_TELEGRAM_OPS_CHAT": str(OPS),
            "DRAHT_TELEGRAM_EDITORS": str(EDITOR.id),
        }
        with desk.start("run") as process:
            until(lambda: "story read" in desk.said(), process)
            assert channel.texts() == []
            world.writes(EDITOR, ops, "/watch add Austin")
            until(lambda: any("A: + Austin" in text for text in ops.texts()), process)
            until(lambda: " in force: 1 watch, 1 feed" in desk.said(), process)
            feeds.put("/blatt.xml", page(FEED.format(items=THIRD + SECOND + FIRST).encode()))
            until(lambda: len(channel.texts()) == 1, process)
            assert stopped(process) == 0
    assert "21. Juli 2024" in channel.texts()[0]
    written = (desk.config / "watchlist.yaml").read_text(encoding="utf-8")
    assert "    keywords: [Scholz, Austin]  # + Austin: Erika (42), " in written
