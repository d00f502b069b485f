"""A conversation goes on while the watch-list is saved, and answers by the new one."""

from dataclasses import replace

from bot.runners.talking import Talking
from tests.servers.telegram_people import Person
from tests.talk.stage import Stage

GUEST = Person(99, "Gast", None)


def nothing() -> None:
    """Enter nothing."""


def test_who_asks_after_a_save_is_answered_by_it(talk: Stage) -> None:
    """Though the bot had listened since before: in the new list's language, to one whose own is not told."""
    home = talk.world.private(GUEST.id)

    async def asks(talking: Talking) -> None:
        talk.writes(GUEST, "/help", home)
        await talking.talk()
        await talking.talk()

    async def story(talking: Talking) -> None:
        await asks(talking)
        wire = talk.present.wire
        english = replace(wire.desk.watchlist, language="en")
        await talk.present.change(replace(wire, desk=replace(wire.desk, watchlist=english)), nothing)
        await asks(talking)

    talk.run(story)
    german, translated = (shown.text for shown in talk.world.answers(home))
    assert "die letzten Meldungen" in german
    assert "latest posts" in translated
