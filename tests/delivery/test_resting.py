"""What keeps a channel waiting, and what becomes of what waits."""

import asyncio
from datetime import timedelta

import pytest

from bot.alerts.delivery import Pace
from bot.model.alert import EntryState, Reply
from bot.model.message import Message
from bot.model.outcome import ChatMoved, Found, LookLater, NotFound, Outcome, RetryLater, Sent, Unknown
from bot.model.ruling import Switch
from bot.pipeline.tempo import SLICE
from tests.delivery.desk import Desk, alert
from tests.fakes.messenger import FakeMessenger

FLOOD = RetryLater("slow down", 90)


def _desk(*outcomes: Outcome, pace: Pace | None = None) -> tuple[Desk, FakeMessenger]:
    messenger = FakeMessenger(list(outcomes))
    return (Desk(messenger, pace=pace) if pace else Desk(messenger)), messenger


def _posted(desk: Desk, *names: str, channel: str = "") -> None:
    desk.tell(*(alert(name, channel=channel) for name in names))
    asyncio.run(desk.deliver())
    desk.clock.advance(timedelta(minutes=2))


def _reply(desk: Desk, name: str, body: str, channel: str = "") -> None:
    with desk.store.ledger() as ledger:
        ledger.tell(alert(name, channel=channel), desk.clock.now(), Reply(body))


def test_a_reply_answers_its_post_silently() -> None:
    """It goes out under the number of the post."""
    desk, messenger = _desk(Sent(7))
    _posted(desk, "a")
    _reply(desk, "a", "Moscow confirms")
    asyncio.run(desk.deliver())
    assert messenger.said[1:] == [("silent reply 7", "", "Moscow confirms")]


def test_a_lost_reply_is_looked_for_and_not_said_twice() -> None:
    """Its end unknown, it is found in the channel."""
    desk, messenger = _desk(Sent(7), Unknown("reset"))
    messenger.sightings = [Found(8)]
    _posted(desk, "a")
    _reply(desk, "a", "Moscow confirms")
    asyncio.run(desk.deliver_all())
    assert len(messenger.said) == 2
    assert messenger.looked == [("", "Moscow confirms", 7, None)]
    assert desk.open() == {}


def test_a_reply_to_a_post_that_stays_behind_stands_by_itself() -> None:
    """The chat moved while the reply waited: nothing is left there to answer, but it is said."""
    desk, messenger = _desk(Sent(7), ChatMoved("-1009"))
    _posted(desk, "a")
    _reply(desk, "a", "it was denied")
    asyncio.run(desk.deliver_all())
    assert messenger.said[2:] == [("silent post", "-1009", "it was denied")]


@pytest.mark.parametrize("twin", [Found(8), Found(9), Found(8, (9,))])
def test_equal_texts_are_told_apart(twin: Found) -> None:
    """Two replies of the same words: what one is known to have made is not taken for the other's."""
    desk, messenger = _desk(Sent(5), Sent(6), Sent(8), Unknown("reset"), Sent(10))
    _posted(desk, "a", "b")
    _reply(desk, "a", "Moscow confirms")
    _reply(desk, "b", "Moscow confirms")
    messenger.sightings = [twin, twin]
    asyncio.run(desk.deliver_all())
    resent = twin == Found(8)
    assert messenger.deleted == []
    assert len(messenger.said) == (5 if resent else 4)
    assert [(e.id, e.message_id) for e in desk.store.made_under([8])] != []
    assert len(desk.store.made_under([8, 10 if resent else 9])) == 2


def test_of_equal_texts_in_two_topics_one_at_a_time_is_sent() -> None:
    """While the first may stand in the forum unknown, the second waits; another post does not."""
    desk, messenger = _desk(Unknown("reset"))
    messenger.sightings = [NotFound()]
    same = "<b>one contact</b>"
    desk.tell(alert("a", same, "@f/5"), alert("b", same, "@f/6"), alert("c", "other", "@f/6"))
    asyncio.run(desk.deliver())
    assert [body for _, _, body in messenger.said] == [same, "other"]
    asyncio.run(desk.deliver_all())
    assert [(c, body) for _, c, body in messenger.said[2:]] == [("@f/5", same), ("@f/6", same)]


def test_a_flood_wait_of_an_edit_rests_its_channel_across_a_restart() -> None:
    """A new process sends nothing before it is over; then first posts go first."""
    desk, messenger = _desk(Sent(1), FLOOD)
    _posted(desk, "a")
    desk.tell(alert("a", "new words"))
    asyncio.run(desk.deliver())
    desk.tell(alert("b"))
    again = Desk(messenger, desk.store, desk.clock)
    report = asyncio.run(again.deliver())
    assert len(messenger.said) == 2
    assert report.again_at is not None
    assert report.again_at - desk.clock.now() >= timedelta(seconds=90)
    asyncio.run(again.deliver_all())
    assert messenger.said[2:] == [("post", "", "<b>b</b> spoke"), ("edit 1", "", "new words")]


def test_a_flood_wait_of_a_look_rests_its_channel_only() -> None:
    """Also forwards and deletions count; another chat goes on."""
    desk, messenger = _desk(Unknown("reset"))
    messenger.sightings = [LookLater("slow down", 90), Found(1)]
    desk.tell(alert("a", channel="@one"))
    asyncio.run(desk.deliver())
    desk.clock.advance(timedelta(minutes=1))
    desk.tell(alert("b", channel="@one"), alert("c", channel="@two"))
    asyncio.run(desk.deliver())
    assert [channel for _, channel, _ in messenger.said] == ["@one", "@two"]
    asyncio.run(desk.deliver_all())
    assert messenger.bodies()[2:] == ["<b>b</b> spoke"]


def test_updates_of_one_contact_are_merged_while_the_channel_rests() -> None:
    """After the wait the post gets its newest words once; the newest reply names all that changed."""
    desk, messenger = _desk(Sent(1), FLOOD)
    _posted(desk, "a")
    desk.tell(alert("a", "first change"))
    asyncio.run(desk.deliver())
    with desk.store.ledger() as ledger:
        for number in ("second", "third"):
            ledger.tell(alert("a", f"{number} change"), desk.clock.now(), Reply(f"{number} reply"))
    asyncio.run(desk.deliver_all())
    assert messenger.said[2:] == [
        ("silent reply 1", "", "third reply"),
        ("edit 1", "", "third change"),
    ]


def test_while_paused_nothing_is_sent_and_nothing_is_lost() -> None:
    """Who paused is said; turned on again, everything goes out in order."""
    desk, messenger = _desk()
    desk.tell(alert("a"), alert("b"))
    desk.store.turn_off(Switch("pause", "Ada", desk.clock.now()))
    report = asyncio.run(desk.deliver())
    assert (messenger.said, report.waiting, report.again_at) == ([], 2, None)
    assert report.problems == ["sending is paused by Ada"]
    desk.store.turn_on("pause")
    asyncio.run(desk.deliver())
    assert messenger.bodies() == ["<b>a</b> spoke", "<b>b</b> spoke"]


def test_a_pause_ends_when_its_time_is_over() -> None:
    """One with an end needs nobody to turn it on again, and says when to come back."""
    desk, messenger = _desk()
    desk.tell(alert("a"))
    until = desk.clock.now() + timedelta(hours=1)
    desk.store.turn_off(Switch("pause", "Ada", desk.clock.now(), until))
    assert asyncio.run(desk.deliver()).again_at == until
    desk.clock.set(until)
    asyncio.run(desk.deliver())
    assert messenger.bodies() == ["<b>a</b> spoke"]


class PausingMessenger(FakeMessenger):
    """A person pauses everything while the first post is under way."""

    desk: Desk

    def _next(self, message_id: int) -> Outcome:
        self.desk.store.turn_off(Switch("pause", "Ada", self.desk.clock.now()))
        return super()._next(message_id)


def test_a_pause_stops_a_sender_at_work() -> None:
    """What is under way comes to its end, the next waits."""
    messenger = PausingMessenger()
    messenger.desk = Desk(messenger)
    messenger.desk.tell(alert("a"), alert("b"))
    asyncio.run(messenger.desk.deliver())
    assert messenger.bodies() == ["<b>a</b> spoke"]
    assert messenger.desk.open() == {"b": EntryState.DUE}


def test_two_names_of_one_chat_share_its_pace_and_its_order() -> None:
    """Telegram counts by chat, whatever it is called."""
    desk, messenger = _desk(pace=Pace())
    chats = {"@one": "-1", "-1": "-1", "@two": "-2"}

    async def chat(channel: str) -> str:
        return chats[channel]

    desk.tempo.chat = chat
    desk.tell(*(alert(f"a{n:02}", channel="@one" if n % 2 else "-1") for n in range(21)))
    began = desk.clock.now()
    asyncio.run(desk.deliver())
    assert messenger.bodies() == [f"<b>a{n:02}</b> spoke" for n in range(21)]
    assert desk.clock.now() - began >= timedelta(seconds=60)


def test_all_chats_together_keep_telegrams_whole_pace() -> None:
    """Of a hundred chats no more than thirty are told something within a second."""
    desk, messenger = _desk(pace=Pace())
    desk.tell(*(alert(f"a{n:03}", channel=f"@c{n}") for n in range(100)))
    began = desk.clock.now()
    asyncio.run(desk.deliver())
    assert len(messenger.said) == 100
    assert timedelta(seconds=3) <= desk.clock.now() - began < timedelta(seconds=4)


def test_posts_lost_in_a_chat_that_moves_are_looked_for_where_they_were_sent() -> None:
    """The move is followed only then, so that nothing stands in both places."""
    desk, messenger = _desk(Unknown("reset"), ChatMoved("-1009"), ChatMoved("-1009"))
    messenger.sightings = [Found(7)]
    desk.tell(alert("a", channel="-5"), alert("b", channel="-5"))
    asyncio.run(desk.deliver_all())
    assert [channel for channel, *_ in messenger.looked] == ["-5"]
    assert [(c, b) for _, c, b in messenger.said] == [
        ("-5", "<b>a</b> spoke"),
        ("-5", "<b>b</b> spoke"),
        ("-5", "<b>b</b> spoke"),
        ("-1009", "<b>b</b> spoke"),
    ]


class Tireless(FakeMessenger):
    """While a long queue goes out in one chat, something new is told to another."""

    desk: Desk

    async def post(self, channel: str, message: Message) -> Outcome:
        """Post, and let the fifth post be followed by news elsewhere."""
        outcome = await super().post(channel, message)
        if len(self.said) == 5:
            self.desk.tell(alert("news", channel="@two"), alert("more", channel="@three"))
        return outcome


def test_a_long_queue_in_one_chat_delays_no_other() -> None:
    """What becomes due elsewhere goes out within the same round, also in a chat that had ended its work."""
    messenger = Tireless()
    messenger.desk = Desk(messenger, pace=Pace())
    messenger.desk.tell(*(alert(f"a{n:02}", channel="@one") for n in range(40)), alert("b", channel="@two"))
    real_wait = messenger.desk.tempo.wait

    async def wait(seconds: float) -> None:
        await asyncio.sleep(SLICE / 20)
        await real_wait(seconds)

    messenger.desk.tempo.wait = wait
    asyncio.run(messenger.desk.deliver())
    places = [body for _, _, body in messenger.said]
    assert len(places) == 43
    assert max(places.index("<b>news</b> spoke"), places.index("<b>more</b> spoke")) < 40
