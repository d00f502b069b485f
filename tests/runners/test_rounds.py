"""What one instance does at its ticks, from feed to channel, and how it meets faults."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.errors import StateError
from bot.model.feed import Feed, FeedList, FeedState
from bot.model.fetch import Failed, Refusal, Unchanged
from bot.model.ruling import Switch
from bot.runners.asking import Asker
from bot.runners.heartbeat import BEAT, HEARTBEAT
from bot.runners.present import Present
from bot.runners.reading import read_all
from bot.runners.rounds import Rounds
from tests.fakes.feeds import brings
from tests.runners.wire import Stage, stage

BLATT = "https://blatt.example/rss"
BOTE = "https://bote.example/rss"
MINUTE = timedelta(minutes=1)


class Held:
    """A lock that is ours until it is lost."""

    def __init__(self) -> None:
        self.lost = False

    def check(self) -> None:
        """Say whether it is still ours."""
        if self.lost:
            raise StateError("the lock is lost")

    def release(self) -> None:
        """Let go."""


async def ticked(on: Stage, rounds: Rounds, times: int = 1) -> None:
    """Do all rounds one after another, as a tick would start them, with time between."""
    for _ in range(times):
        by_name = {one.name: one for one in rounds.all()}
        for name in ("watch", "beat", "poll", "recognise", "deliver"):
            await by_name[name].work()
        on.clock.advance(timedelta(minutes=1))


def test_a_story_travels_from_the_feed_to_the_channel() -> None:
    """Poll, recognise, deliver: one tick brings a new contact from its feed to the channel."""
    with stage({BLATT: [brings("call")]}) as on:
        asyncio.run(ticked(on, Rounds(Present(on.wire), Held(), asyncio.Event())))
        assert len(on.messenger.bodies()) == 1


def test_a_pause_sends_nothing_and_loses_nothing() -> None:
    """While it lasts the outbox is not even read; afterwards the post goes out."""
    with stage({BLATT: [brings("call")]}) as on:
        on.wire.store.turn_off(Switch("pause", "an editor", on.clock.now(), on.clock.now() + 2 * MINUTE))
        rounds = Rounds(Present(on.wire), Held(), asyncio.Event())
        asyncio.run(ticked(on, rounds, 2))
        assert on.messenger.said == []
        asyncio.run(ticked(on, rounds))
        assert len(on.messenger.bodies()) == 1


def test_a_feed_that_is_being_asked_is_not_asked_again() -> None:
    """While one feed hangs, the others are asked at their times and the hanging one is left alone."""

    async def main(on: Stage) -> list[str]:
        asker = Asker(Present(on.wire))
        await asyncio.gather(asker.ask_due(), asker.ask_due())
        return on.source.asked

    with stage({BLATT: [], BOTE: []}) as on:
        assert sorted(asyncio.run(main(on))) == [BLATT, BOTE]


def test_a_feed_is_asked_when_it_is_due() -> None:
    """Ten minutes after a look comes the next one, not earlier."""

    async def main(on: Stage) -> int:
        asker = Asker(Present(on.wire))
        await asker.ask_due()
        on.clock.advance(timedelta(minutes=1))
        await asker.ask_due()
        on.clock.advance(timedelta(minutes=9))
        await asker.ask_due()
        return len(on.source.asked)

    with stage({BLATT: []}) as on:
        assert asyncio.run(main(on)) == 2


def test_a_dead_feed_is_named_to_the_operator_once() -> None:
    """The first run says which feed cannot be read and why; the same fault is not told twice."""
    gone = Failed(Refusal.HTTP_STATUS, "blatt.example answered 404")
    with stage({BLATT: [gone, gone, gone]}) as on:

        async def main() -> None:
            asker = Asker(Present(on.wire))
            for _ in range(3):
                await asker.ask_due()
                on.clock.advance(timedelta(days=1))

        asyncio.run(main())
        assert on.messenger.told == [
            "One feed cannot be read:\nblatt.example/rss: blatt.example answered 404"
        ]


def test_a_machine_without_a_network_is_told_as_one_fault() -> None:
    """Not a sentence a feed; yet each is named, since no later round names it again."""
    lost = Failed(Refusal.UNREACHABLE, "https://a.example/ cannot be reached: the name cannot be resolved")
    names = ("a.example", "b.example", "c.example")
    with stage({f"https://{name}/": [lost] for name in names}) as on:
        asyncio.run(Asker(Present(on.wire)).ask_due())
        head, first, named = on.messenger.told[0].splitlines()
    assert head == ("None of the 3 feeds asked can be reached: look whether this machine is on the network.")
    assert first == f"The first: {lost.detail}"
    assert all(name in named for name in names)


def test_what_can_be_done_about_a_refused_feed_is_told() -> None:
    """A feed that is gone is to be removed, a page to be searched for its feeds."""
    page = Failed(Refusal.HTML, "https://a.example/ is a web page, not a feed")
    gone = Failed(Refusal.GONE, "https://b.example/ is gone for good (410)")
    with stage({"https://a.example/": [page], "https://b.example/": [gone]}) as on:
        asyncio.run(Asker(Present(on.wire)).ask_due())
        told = on.messenger.told[0]
    assert f"{page.detail}; draht feeds discover looks for its feeds" in told
    assert f"{gone.detail}; remove it from feeds.yaml" in told


def test_a_dead_feed_is_named_by_the_next_run_where_a_stop_came_first() -> None:
    """Stopped while other feeds were still being asked, the next run names what this one could not."""
    gone = Failed(Refusal.HTTP_STATUS, "blatt.example answered 404")
    with stage({BLATT: [gone, gone], BOTE: [Unchanged()]}) as on:

        async def main() -> None:
            on.source.silent = {BOTE}
            first = asyncio.create_task(Asker(Present(on.wire)).ask_due())
            for _ in range(10):
                await asyncio.sleep(0)
            assert on.wire.store.feed_states([BLATT])[BLATT].failures
            first.cancel()
            await asyncio.gather(first, return_exceptions=True)
            assert on.messenger.told == []
            on.source.silent = set()
            on.clock.advance(timedelta(days=1))
            await Asker(Present(on.wire)).ask_due()

        asyncio.run(main())
        assert on.messenger.told == [
            "One feed cannot be read:\nblatt.example/rss: blatt.example answered 404"
        ]


def test_a_story_that_trips_draht_up_does_so_once_and_alone() -> None:
    """A fault of ours in one story is logged and the story closed; the others are read and told."""
    with stage({BLATT: [brings("poison", "call")]}) as on, capture_logs() as lines:

        async def main() -> None:
            await Asker(Present(on.wire)).ask_due()
            await read_all(on.wire)
            await read_all(on.wire)

        asyncio.run(main())
        assert sorted(on.reader.read_titles) == ["call", "poison"]
        assert [line["event"] for line in lines if line["log_level"] == "error"] == [
            "story could not be read"
        ]
        assert on.wire.store.history.counts().alerts == 1


def test_a_heap_of_quiet_stories_is_read_to_its_end_and_counted() -> None:
    """Closed by the batch or alone, each story is decided once."""
    with stage({BLATT: [brings("call", *map(str, range(100)))]}) as on:

        async def main() -> Counter[str]:
            await Asker(Present(on.wire)).ask_due()
            return await read_all(on.wire)

        assert asyncio.run(main()) == {"new": 1, "none": 100}
        assert on.wire.store.history.counts().unread == 0


def test_reading_stops_when_it_is_told_to() -> None:
    """A stop waits for the story that is being read and no other; what is unread stays so."""
    with stage({BLATT: [brings(*map(str, range(100)))]}) as on:

        async def main() -> None:
            await Asker(Present(on.wire)).ask_due()
            await read_all(on.wire, stop=lambda: bool(on.reader.read_titles))

        asyncio.run(main())
        assert on.wire.store.history.counts().unread == 99


def test_the_heart_beats_every_quarter_of_a_minute() -> None:
    """The sign of life is written at the first tick and then once in fifteen seconds."""
    with stage({}) as on:
        rounds = Rounds(Present(on.wire), Held(), asyncio.Event())
        asyncio.run(rounds.beat())
        first = on.wire.store.last_beat(HEARTBEAT)
        on.clock.advance(BEAT / 2)
        asyncio.run(rounds.beat())
        assert on.wire.store.last_beat(HEARTBEAT) == first == on.clock.now() - BEAT / 2
        on.clock.advance(BEAT / 2)
        asyncio.run(rounds.beat())
        assert on.wire.store.last_beat(HEARTBEAT) == on.clock.now()


def test_a_clock_set_back_does_not_silence_the_heart() -> None:
    """The health check would call an instance dead whose clock was corrected."""
    with stage({}) as on:
        rounds = Rounds(Present(on.wire), Held(), asyncio.Event())
        asyncio.run(rounds.beat())
        on.clock.advance(timedelta(hours=-1))
        asyncio.run(rounds.beat())
        assert on.wire.store.last_beat(HEARTBEAT) == on.clock.now()


def test_a_database_that_is_held_does_not_end_the_run() -> None:
    """Without a sign of life the instance still is the only one; the rounds are tried again."""
    with stage({}) as on:
        rounds = Rounds(Present(on.wire), Held(), asyncio.Event())
        on.wire.store.close()
        asyncio.run(rounds.watch())
        with pytest.raises(StateError):
            asyncio.run(rounds.beat())


def test_a_lost_lock_is_noticed_at_the_next_tick() -> None:
    """Whoever no longer holds the lock must stop acting."""
    lock = Held()
    with stage({}) as on:
        rounds = Rounds(Present(on.wire), lock, asyncio.Event())
        lock.lost = True
        with pytest.raises(StateError, match="the lock is lost"):
            asyncio.run(rounds.watch())
        assert [one.name for one in rounds.all() if one.vital] == ["watch"]


def test_after_a_long_stop_the_operator_hears_what_was_not_posted() -> None:
    """Contacts grown older than max_age meanwhile are entered, not posted, and counted in one line, once."""
    with stage({BLATT: [brings("call"), Unchanged()]}) as on:
        on.wire.store.beat(HEARTBEAT, on.clock.now())
        on.clock.advance(timedelta(days=10))
        asyncio.run(ticked(on, Rounds(Present(on.wire), Held(), asyncio.Event()), times=3))
        assert on.messenger.bodies() == []
        assert on.messenger.told == ["One contact was entered and not posted: older than max_age."]


def test_after_a_short_stop_nothing_is_said() -> None:
    """A restart within max_age loses nothing, so there is nothing to count."""
    with stage({BLATT: [brings("call")]}) as on:
        on.wire.store.beat(HEARTBEAT, on.clock.now() - timedelta(hours=1))
        asyncio.run(ticked(on, Rounds(Present(on.wire), Held(), asyncio.Event()), times=2))
        assert len(on.messenger.bodies()) == 1
        assert on.messenger.told == []


def test_a_stop_that_has_come_sends_nothing_more() -> None:
    """Once the stop is set, no further post is begun."""
    stop = asyncio.Event()
    with stage({BLATT: [brings("call")]}) as on:
        rounds = Rounds(Present(on.wire), Held(), stop)

        async def main() -> None:
            await Asker(Present(on.wire)).ask_due()
            await rounds.recognise()
            stop.set()
            await rounds.deliver()

        asyncio.run(main())
        assert on.messenger.bodies() == []
        assert on.wire.store.history.counts().pending == 1


async def _turns(number: int = 50) -> None:
    for _ in range(number):
        await asyncio.sleep(0)


def test_a_network_that_is_gone_is_no_flood_of_messages() -> None:
    """Forty feeds that fall out one after another are each named once, in a few messages."""
    down = Failed(Refusal.UNREACHABLE, "cannot be reached")
    urls = [f"https://127.0.0.1/{n}" for n in range(40)]

    async def two_hours(on: Stage) -> None:
        asker = Asker(Present(on.wire))
        for _ in range(720):
            await asker.ask_due()
            on.clock.advance(timedelta(seconds=10))

    with stage({url: [brings("weather"), *[down] * 99] for url in urls}) as on:
        asyncio.run(two_hours(on))
        told = "\n".join(on.messenger.told)
        assert len(on.messenger.told) <= 3
        assert [told.count(f"{url.partition('//')[2]}: ") for url in urls] == [1] * 40


def test_a_feed_that_recovers_before_it_was_named_is_not() -> None:
    """What waits to be told together is looked at once more."""
    down = Failed(Refusal.UNREACHABLE, "cannot be reached")
    dead, shaky = (
        Feed("https://127.0.0.1/dead", "dead"),
        Feed("https://127.0.0.1/shaky", "shaky", interval=MINUTE),
    )

    async def half_an_hour(on: Stage) -> None:
        now = on.clock.now()
        stumbling = FeedState(
            shaky.url, first_read_at=now, checked_at=now, next_check=now + MINUTE, failures=2
        )
        on.wire.store.save_look(stumbling, ())
        asker = Asker(Present(replace(on.wire, feeds=FeedList((dead, shaky)))))
        for _ in range(30):
            await asker.ask_due()
            on.clock.advance(MINUTE)

    with stage({dead.url: [down] * 9, shaky.url: [down, brings("weather")]}) as on:
        asyncio.run(half_an_hour(on))
        assert on.source.asked.count(shaky.url) > 2
        assert on.messenger.told == ["One feed cannot be read:\ndead: cannot be reached"]


def test_a_feed_that_hangs_keeps_no_other_of_its_round_waiting() -> None:
    """Those that answered are asked again when they are due, though their round goes on."""
    hanging, quick = "https://127.0.0.1/hanging", "https://127.0.0.1/quick"

    async def two_intervals(on: Stage) -> None:
        asker = Asker(Present(on.wire))
        first = asyncio.create_task(asker.ask_due())
        await _turns()
        on.clock.advance(timedelta(minutes=11))
        await asker.ask_due()
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)

    with stage({hanging: [], quick: []}) as on:
        on.source.silent = {hanging}
        asyncio.run(two_intervals(on))
        assert sorted(on.source.asked) == [hanging, quick, quick]
