"""The operator hears of silence once, of everything once a day; a channel hears nothing of it."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

from structlog.testing import capture_logs

from bot.model.fetch import Failed, Refusal, Wishes
from bot.runners.asking import Asker
from bot.runners.listening import Listening
from bot.runners.present import Present
from tests.fakes.feeds import brings
from tests.runners.wire import Stage, stage

BLATT = "https://127.0.0.1/rss"  # an address of our own: no gap between looks
HOUR = timedelta(hours=1)


async def hours(on: Stage, number: int) -> None:
    """Let hours pass with a look and a judgement in each, by one instance."""
    asker = Asker(Present(on.wire))
    listening = Listening(Present(on.wire), asker.polling)
    for _ in range(number):
        await asker.ask_due()
        await listening.judge()
        await listening.judge()
        on.clock.advance(HOUR)


def test_a_feed_that_falls_silent_is_named_once() -> None:
    """Weeks of looks without news come to one sentence, over restarts too."""
    with stage({BLATT: [brings("weather")]}) as on:
        asyncio.run(hours(on, 20 * 24))
        asyncio.run(hours(on, 48))
        named = [text for text in on.messenger.told if text.startswith("One feed has fallen silent")]
        assert len(named) == 1
        assert on.messenger.bodies() == []


def test_the_day_is_summed_up_once_a_day() -> None:
    """Not at the start, then every 24 hours."""
    with stage({BLATT: [brings("weather")]}) as on:
        asyncio.run(hours(on, 73))
        days = [text for text in on.messenger.told if text.startswith("The last 24 hours: ")]
        assert len(days) == 3


async def minutes(on: Stage, number: int, pings: list[str | None]) -> list[int]:
    """Let minutes pass with a look and a sign of life in each; give the minutes in which it was given."""
    given: list[int] = []
    begun = on.clock.now()

    async def ping() -> str | None:
        given.append((on.clock.now() - begun) // timedelta(minutes=1))
        return pings.pop(0) if pings else None

    asker = Asker(Present(on.wire))
    listening = Listening(Present(replace(on.wire, ping=ping)), asker.polling)
    for _ in range(number):
        await asker.ask_due()
        await listening.ping()
        await listening.ping()
        on.clock.advance(timedelta(minutes=1))
    return given


def test_a_sign_of_life_is_given_once_a_minute_while_feeds_are_heard() -> None:
    """With all feeds out of reach for half an hour it stays away, and somebody is woken."""
    down = Failed(Refusal.UNREACHABLE, "cannot be reached")
    with stage({BLATT: [brings("weather"), *[down] * 20]}) as on:
        assert asyncio.run(minutes(on, 120, [])) == list(range(26))


def test_feeds_that_wish_to_be_asked_once_an_hour_are_heard_between() -> None:
    """Left alone as they wish, they raise no alarm; out of reach after that, they do."""
    down = Failed(Refusal.UNREACHABLE, "cannot be reached")
    hourly = replace(brings("weather"), wishes=Wishes(timedelta(hours=1)))
    with stage({BLATT: [hourly, hourly, *[down] * 20]}) as on:
        given = asyncio.run(minutes(on, 240, []))
        assert given == list(range(len(given)))
        assert 120 <= len(given) <= 136


def test_the_first_sign_follows_the_first_feed_that_is_heard() -> None:
    """A restart costs no minute of life: before anything is heard none is given, then at once."""
    with stage({BLATT: [brings("weather")]}) as on:
        given: list[datetime] = []

        async def ping() -> str | None:
            given.append(on.clock.now())
            return None

        async def main() -> None:
            asker = Asker(Present(on.wire))
            listening = Listening(Present(replace(on.wire, ping=ping)), asker.polling)
            await listening.ping()
            assert given == []
            await asker.ask_due()
            await listening.ping()

        asyncio.run(main())
        assert given == [on.clock.now()]


def test_a_sign_that_is_not_taken_is_logged_once() -> None:
    """The address is a secret and stays unsaid."""
    with stage({BLATT: [brings("weather")]}) as on, capture_logs() as lines:
        asyncio.run(minutes(on, 4, ["http status", "http status", None, "timeout"]))
    told = [line for line in lines if line["event"] == "the heartbeat was not taken"]
    assert [line["reason"] for line in told] == ["http status", "timeout"]
