import asyncio

from bot.model.message import Message
from bot.model.outcome import Outcome, Sighting
from bot.services.switchboard import Switchboard
from tests.delivery.desk import Desk, alert
from tests.fakes.messenger import FakeMessenger


class FakeService(FakeMessenger):
    """A service that remembers whether it was closed."""

    closed = False

    async def close(self) -> None:
        """Be closed."""
        self.closed = True


def test_each_channel_is_told_where_it_lives() -> None:
    """A service by its name, everything else and what the operator hears at home."""
    home, phone = FakeMessenger(), FakeService(first_id=100)
    board = Switchboard(home, {"phone": phone})

    async def tell() -> list[Outcome | Sighting]:
        ends = [
            await board.post("phone", Message("a")),
            await board.post("@draht", Message("b")),
            await board.edit("phone", 100, Message("c")),
            await board.look_for("", "d", 1, 2),
            await board.delete("phone", 7),
        ]
        await board.tell_operator("e")
        await board.close()
        return ends

    asyncio.run(tell())
    assert phone.said == [("post", "phone", "a"), ("edit 100", "phone", "c")]
    assert (phone.deleted, phone.told, phone.closed) == ([("phone", 7)], [], True)
    assert (home.said, home.looked, home.told) == ([("post", "@draht", "b")], [("", "d", 1, 2)], ["e"])


def test_what_was_meant_for_a_service_that_is_described_no_more_goes_nowhere_else() -> None:
    """It is refused for good and the operator told once, instead of being tried at Telegram each minute."""
    home = FakeMessenger()
    desk = Desk(Switchboard(home, {}))
    desk.tell(alert("a", channel="phone"), alert("b", channel="phone"), alert("c"))
    report = asyncio.run(desk.deliver())
    assert home.said == [("post", "", "<b>c</b> spoke")]
    assert (report.refused, desk.open()) == (2, {})
    assert home.told == [
        'post not accepted: no entry of "channels" in the watch-list describes phone any more'
    ]
