"""The operator hears of silence once, of everything once a day; a channel hears nothing of it."""

import asyncio
from datetime import timedelta

from bot.runners.asking import Asker
from bot.runners.listening import Listening
from tests.fakes.feeds import brings
from tests.runners.wire import Stage, stage

BLATT = "https://127.0.0.1/rss"  # an address of our own: no gap between looks
HOUR = timedelta(hours=1)


async def hours(on: Stage, number: int) -> None:
    """Let hours pass with a look and a judgement in each, by one instance."""
    asker = Asker(on.wire)
    listening = Listening(on.wire, asker.polling)
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
