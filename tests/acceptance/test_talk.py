"""`draht run`, spoken to: from a feed to the channel, to a question, to an editor's correction."""

from collections.abc import Iterator

import pytest

from tests.acceptance.desk import Desk
from tests.acceptance.test_run import FEED, FIRST, WATCH_LIST, stopped, until
from tests.servers.bot_api import TOKEN, BotApi, serving
from tests.servers.feed_server import feed_server, page
from tests.servers.telegram_people import PeopledWorld, Person

EDITOR, READER = Person(42, "Erika"), Person(77, "Leser")


@pytest.fixture
def world() -> Iterator[PeopledWorld]:
    """Serve the Bot API with people in it."""
    peopled = PeopledWorld(TOKEN)
    with serving(BotApi(world=peopled)) as api:
        peopled.url = api.url
        yield peopled


def test_what_was_posted_can_be_asked_about_and_corrected(desk: Desk, world: PeopledWorld) -> None:
    """A reader asks why; the operators' chat got a card, whose button corrects; the case is printed."""
    world.channel("@draht", number=-1001000000001)
    ops, home = world.group(-1009), world.private(READER.id)
    with feed_server() as feeds:
        feeds.put("/blatt.xml", page(FEED.format(items=FIRST).encode()))
        address = feeds.url("/blatt.xml")
        desk.configure(f'allow_private: ["127.0.0.0/8"]\nfeeds:\n  - url: {address}\n', WATCH_LIST)
        desk.environment |= {
            "DRAHT_TELEGRAM_API": world.url,
            "DRAHT_TELEGRAM_TOKEN": TOKEN,
            "DRAHT_TELEGRAM_CHAT": "@draht",
            "DRAHT_TELEGRAM_OPS_CHAT": str(ops.id),
            "DRAHT_TELEGRAM_EDITORS": str(EDITOR.id),
            "DRAHT_LOG": "debug",
        }
        with desk.start("run") as process:
            try:
                until(lambda: any("Gemeldet" in text for text in ops.texts()), process)
                world.writes(READER, home, "/why")
                until(lambda: any("Initiative: USA" in text for text in home.texts()), process)
                card = next(shown for shown in world.answers(ops) if "Gemeldet" in shown.text)
                data = world.keyboard(ops, card)[0].data
                world.presses(READER, ops, card.id, data)
                world.presses(EDITOR, ops, card.id, data)
                until(lambda: "Berichtigt: kein Kontakt." in ops.texts(), process)
                assert stopped(process) == 0
            finally:
                process.kill()
    (case,) = desk.draht("contacts", "cases").answers()
    assert isinstance(case["label"], dict)
    assert case["label"]["kind"] == "no-contact"
    assert TOKEN not in desk.said()
