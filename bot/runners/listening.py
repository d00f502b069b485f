"""The watch over the feeds themselves: who falls silent is told once, and once a day what was heard."""

from datetime import datetime, timedelta

from bot.pipeline.health import conditions, newly_silent, silence_told, summary
from bot.pipeline.poll import Polling
from bot.runners.wire import Wire

SUMMARY = "summary"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Listening:
    """Judges the feeds once an hour and tells the operator, never a channel."""

    def __init__(self, wire: Wire, polling: Polling) -> None:
        self._wire = wire
        self._polling = polling
        self._judged: datetime | None = None

    async def judge(self) -> None:
        """Tell of feeds that have fallen silent, and once a day of everything."""
        now = self._wire.clock.now()
        if self._judged is not None and timedelta() <= now - self._judged < HOUR:
            return
        self._judged = now
        store, feeds = self._wire.store, self._wire.feeds.enabled()
        found = conditions(feeds, self._polling.states(feeds), now)
        silent = newly_silent(found)
        if silent:
            await self._wire.messenger.tell_operator(silence_told(silent))
            self._polling.note_silence_told([one.feed for one in silent])
        last = store.last_beat(SUMMARY)
        if last is None or last > now:
            store.beat(SUMMARY, now)
        elif now - last >= DAY:
            await self._wire.messenger.tell_operator(summary(found, store.history.since(now - DAY)))
            store.beat(SUMMARY, now)
