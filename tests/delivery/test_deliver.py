import asyncio
from datetime import timedelta

import pytest

from bot.alerts.delivery import Pace
from bot.model.alert import EntryState
from bot.model.message import Message
from bot.model.outcome import (
    CannotLook,
    ChatMoved,
    Found,
    LookLater,
    NotFound,
    Outcome,
    Refused,
    RetryLater,
    Sent,
    Sighting,
    Unknown,
)
from bot.pipeline.deliver import deliver
from tests.delivery.desk import Desk, alert
from tests.fakes.messenger import FakeMessenger


def _desk(*outcomes: Outcome) -> tuple[Desk, FakeMessenger]:
    messenger = FakeMessenger(list(outcomes))
    return Desk(messenger), messenger


def test_posts_go_out_once_in_order_and_ring() -> None:
    """Each alert is one ringing post, and a second round has nothing to do."""
    sender, messenger = _desk()
    sender.tell(alert("a"), alert("b"))
    report = asyncio.run(sender.deliver())
    asyncio.run(sender.deliver())
    assert [(did, body) for did, _, body in messenger.said] == [
        ("post", "<b>a</b> spoke"),
        ("post", "<b>b</b> spoke"),
    ]
    assert (report.posted, report.waiting, report.again_at) == (2, 0, None)


def test_a_changed_alert_edits_its_post() -> None:
    """The newest state reaches the post under its number, after a minute at most once."""
    sender, messenger = _desk()
    sender.tell(alert("a"))
    asyncio.run(sender.deliver())
    sender.tell(alert("a", "second state"))
    sender.tell(alert("a", "third state"))
    asyncio.run(sender.deliver_all())
    assert messenger.said[1:] == [("edit 1", "", "third state")]


def test_a_change_during_the_send_follows_as_an_edit() -> None:
    """What is told while a post is on its way is not lost."""
    sender, messenger = _desk(Unknown("reset"))
    messenger.sightings = [Found(5)]
    sender.tell(alert("a"))
    asyncio.run(sender.deliver())
    sender.tell(alert("a", "more is known"))
    asyncio.run(sender.deliver_all())
    assert messenger.said[1:] == [("edit 5", "", "more is known")]


def test_a_post_of_unknown_end_holds_up_nobody_and_is_found() -> None:
    """The next post goes out at once; the lost one is looked for later and not sent again."""
    sender, messenger = _desk(Unknown("reset"), Sent(8))
    messenger.sightings = [Found(7)]
    sender.tell(alert("a"), alert("b"))
    first = asyncio.run(sender.deliver())
    assert (first.posted, sender.open()) == (1, {"a": EntryState.UNKNOWN})
    asyncio.run(sender.deliver_all())
    assert messenger.bodies() == ["<b>a</b> spoke", "<b>b</b> spoke"]
    assert sender.open() == {}


def test_a_look_comes_after_the_wait_not_before() -> None:
    """A slow server gets at least half a minute to finish."""
    sender, messenger = _desk(Unknown("read timeout"))
    sender.tell(alert("a"))
    asyncio.run(sender.deliver())
    sender.clock.advance(timedelta(seconds=29))
    asyncio.run(sender.deliver())
    assert messenger.looked == []
    sender.clock.advance(timedelta(seconds=31))
    asyncio.run(sender.deliver())
    assert messenger.looked[0] == ("", "<b>a</b> spoke", None, None)


def test_a_lost_post_is_sent_again_and_the_gap_is_settled() -> None:
    """Where the first try arrived late after all, the first stays and the second goes."""
    sender, messenger = _desk(Sent(10), Unknown("reset"), Sent(14))
    messenger.sightings = [NotFound(), Found(12, (13,))]
    sender.tell(alert("before"))
    asyncio.run(sender.deliver())
    sender.tell(alert("a"))
    asyncio.run(sender.deliver_all())
    assert messenger.looked == [("", "<b>a</b> spoke", 10, None), ("", "<b>a</b> spoke", 10, 13)]
    assert messenger.deleted == [("", 13), ("", 14)]
    assert sender.store.highest_message("") == 12


def test_a_hindered_settling_goes_on_and_nothing_is_sent_a_third_time() -> None:
    """While the gap cannot be seen the post stays open; no edit goes to a number that may yet be removed."""
    sender, messenger = _desk(Sent(10), Unknown("reset"), Sent(14))
    messenger.sightings = [NotFound(), LookLater("no network"), Found(12)]
    sender.tell(alert("before"))
    asyncio.run(sender.deliver())
    sender.tell(alert("a"))
    asyncio.run(sender.deliver())
    sender.tell(alert("a", "new state"))
    asyncio.run(sender.deliver_all())
    assert messenger.looked[1:] == [("", "<b>a</b> spoke", 10, 13), ("", "<b>a</b> spoke", 10, 13)]
    assert messenger.deleted == [("", 14)]
    assert [said for said, _, _ in messenger.said] == ["post", "post", "post", "edit 12"]


class Killed(BaseException):
    """The process is gone."""


class DyingMessenger(FakeMessenger):
    """Its process is killed in its second look."""

    async def look_for(self, channel: str, body: str, above: int | None, upto: int | None) -> Sighting:
        """See nothing, and live no longer than that."""
        await super().look_for(channel, body, above, upto)
        if len(self.looked) > 1:
            raise Killed
        return NotFound()


def test_a_post_made_again_is_known_after_a_kill_in_its_settling() -> None:
    """The next process settles the gap; it does not make the post a third time."""
    dying = DyingMessenger([Sent(10), Unknown("reset"), Sent(14)])
    sender = Desk(dying)
    sender.tell(alert("before"))
    asyncio.run(sender.deliver())
    sender.tell(alert("a"))
    with pytest.raises(Killed):
        asyncio.run(sender.deliver_all())
    heir = FakeMessenger()
    asyncio.run(Desk(heir, sender.store, sender.clock).deliver_all())
    assert (heir.looked, heir.said) == ([("", "<b>a</b> spoke", 10, 13)], [])
    assert (sender.open(), sender.store.highest_message("")) == ({}, 14)


def test_copies_found_are_deleted_before_the_entry_is_closed() -> None:
    """A look that sees two keeps the earlier one."""
    sender, messenger = _desk(Unknown("reset"))
    messenger.sightings = [Found(3, (4, 5))]
    sender.tell(alert("a"))
    report = asyncio.run(sender.deliver_all())
    assert (messenger.deleted, report.copies, sender.open()) == ([("", 4), ("", 5)], 2, {})


def test_a_hindered_look_is_repeated() -> None:
    """A look that cannot be made now neither sends again nor gives up."""
    sender, messenger = _desk(Unknown("reset"))
    messenger.sightings = [LookLater("flood", 60), LookLater("no network"), Found(2)]
    sender.tell(alert("a"))
    asyncio.run(sender.deliver_all())
    assert len(messenger.bodies()) == 1
    assert len(messenger.looked) == 3


def test_where_nothing_can_be_seen_the_post_is_repeated_and_the_operator_told() -> None:
    """A rare copy is better than a lost alert, and a person knows of it."""
    sender, messenger = _desk(Unknown("reset"))
    messenger.sightings = [CannotLook("the channel forbids forwarding")]
    sender.tell(alert("a"))
    asyncio.run(sender.deliver_all())
    assert len(messenger.bodies()) == 2
    assert len(messenger.told) == 1
    assert "may stand twice: the channel forbids forwarding" in messenger.told[0]


def test_a_channel_out_of_reach_for_an_hour_is_told_of_once() -> None:
    """A service may be gone for weeks; its posts wait, and go out when it is back."""
    messenger = FakeMessenger([RetryLater("hook cannot be reached")] * 40)
    desk = Desk(messenger)
    desk.tell(alert("a", channel="hook"), alert("b", channel="hook"))
    asyncio.run(desk.deliver_all())
    assert messenger.told == ["hook has taken nothing for a while: hook cannot be reached"]
    assert messenger.bodies()[-2:] == ["<b>a</b> spoke", "<b>b</b> spoke"]
    assert desk.open() == {}


def test_a_wrong_token_loses_nothing_and_is_told_once() -> None:
    """Posts wait until the channel takes them; the operator hears of it once, not every minute."""
    refusal = Refused("wrong token", by_channel=True)
    sender, messenger = _desk(refusal, refusal, refusal)
    sender.tell(alert("a"), alert("b"))
    first = asyncio.run(sender.deliver())
    assert (first.problems, first.waiting) == (["post not accepted: wrong token"], 2)
    asyncio.run(sender.deliver_all())
    assert messenger.told == ["post not accepted: wrong token"]
    assert messenger.bodies()[-2:] == ["<b>a</b> spoke", "<b>b</b> spoke"]
    assert sender.open() == {}


def test_a_refused_edit_never_holds_up_a_first_post() -> None:
    """A post that somebody deleted is told, and the next alert goes out."""
    sender, messenger = _desk(Sent(1), Refused("the post is gone"))
    sender.tell(alert("a"))
    asyncio.run(sender.deliver())
    sender.tell(alert("a", "new state"))
    sender.clock.advance(timedelta(minutes=2))
    asyncio.run(sender.deliver())
    sender.tell(alert("b"))
    report = asyncio.run(sender.deliver())
    assert report.posted == 1
    assert messenger.told == ["edit not accepted: the post is gone"]


def test_a_flood_wait_rests_the_channel_and_keeps_the_order() -> None:
    """Nothing is sent before retry_after is over, also by a new process, and the first stays first."""
    sender, messenger = _desk(RetryLater("slow down", 90))
    sender.tell(alert("a"), alert("b"))
    asyncio.run(sender.deliver())
    again = Desk(messenger, sender.store, sender.clock)
    again.clock.advance(timedelta(seconds=89))
    asyncio.run(again.deliver())
    assert messenger.bodies() == ["<b>a</b> spoke"]
    asyncio.run(again.deliver_all())
    assert messenger.bodies() == ["<b>a</b> spoke", "<b>a</b> spoke", "<b>b</b> spoke"]


def test_a_flood_in_one_channel_leaves_the_others_alone() -> None:
    """Each channel has its own sender."""
    sender, messenger = _desk(RetryLater("slow down", 90))
    sender.tell(alert("a", channel="@one"), alert("b", channel="@two"))
    asyncio.run(sender.deliver())
    assert sender.open() == {"a": EntryState.DUE}
    assert messenger.bodies() == ["<b>a</b> spoke", "<b>b</b> spoke"]


def test_a_moved_chat_is_followed_for_good() -> None:
    """The post goes to the new address, and so does the next."""
    sender, messenger = _desk(ChatMoved("-1009"))
    sender.tell(alert("a", channel="@old"))
    asyncio.run(sender.deliver())
    sender.tell(alert("b", channel="@old"))
    asyncio.run(sender.deliver())
    assert [channel for _, channel, _ in messenger.said] == ["@old", "-1009", "-1009"]


def test_the_pace_of_telegram_is_kept_by_waiting() -> None:
    """Forty posts to one channel take more than a minute of (simulated) time."""
    messenger = FakeMessenger()
    sender = Desk(messenger, pace=Pace())
    sender.tell(*(alert(f"a{number:02}") for number in range(40)))
    began = sender.clock.now()
    asyncio.run(sender.deliver())
    assert len(messenger.bodies()) == 40
    assert timedelta(seconds=60) < sender.clock.now() - began < timedelta(seconds=90)


def test_a_stop_ends_between_two_messages() -> None:
    """A sender asked to stop finishes the one at hand and leaves the others due."""
    sender, messenger = _desk()
    sender.tell(alert("a"), alert("b"))
    work = deliver(
        sender.store, messenger, sender.clock, stop=lambda: bool(messenger.said), tempo=sender.tempo
    )
    report = asyncio.run(work)
    assert (messenger.bodies(), report.waiting) == (["<b>a</b> spoke"], 1)


class SlowMessenger(FakeMessenger):
    """Posts only once its gate is opened."""

    def __init__(self) -> None:
        super().__init__()
        self.under_way = asyncio.Event()
        self.gate = asyncio.Event()

    async def post(self, channel: str, message: Message) -> Outcome:
        """Wait for the gate, then post."""
        self.under_way.set()
        await self.gate.wait()
        return await super().post(channel, message)


def test_a_cancellation_never_comes_between_a_send_and_its_commit() -> None:
    """Cancelled in the middle of a send, twice, delivery records its end first."""
    messenger = SlowMessenger()
    sender = Desk(messenger)
    sender.tell(alert("a"), alert("b"))

    async def story() -> None:
        task = asyncio.create_task(sender.deliver())
        await messenger.under_way.wait()
        for _ in range(2):
            task.cancel()
            await asyncio.sleep(0)
        messenger.gate.set()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(story())
    assert sender.open() == {"b": EntryState.DUE}
    assert sender.store.highest_message("") == 1
