"""The watch over the feeds themselves: who falls silent is told once, and once a day what was heard."""

from datetime import UTC, datetime, timedelta

import structlog

from bot.pipeline.health import conditions, newly_silent, silence_told, summary
from bot.pipeline.poll import Polling
from bot.runners.evidence import hint
from bot.runners.present import Present
from bot.runners.wire import Wire

SUMMARY = "summary"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
GRACE = timedelta(minutes=15)
"""So long after a feed should have been asked again nothing need have been heard."""

log = structlog.get_logger("draht.run")


class Listening:
    """Judges the feeds once an hour and tells the operator, never a channel."""

    def __init__(self, present: Present, polling: Polling) -> None:
        self._present = present
        self._polling = polling
        self._judged: datetime | None = None
        self._pinged: datetime | None = None
        self._refused: str | None = None
        self._heard: datetime | None = None
        self._expected = datetime.min.replace(tzinfo=UTC)

    async def judge(self) -> None:
        """Tell of feeds that have fallen silent, and once a day of everything."""
        with self._present.taken() as wire:
            now = wire.clock.now()
            if self._judged is None or not timedelta() <= now - self._judged < HOUR:
                self._judged = now
                await self._judge(wire, now)

    async def _judge(self, wire: Wire, now: datetime) -> None:
        store, feeds = wire.store, wire.feeds.enabled()
        found = conditions(feeds, self._polling.states(feeds), now)
        silent = newly_silent(found)
        if silent:
            await wire.messenger.tell_operator(silence_told(silent))
            self._polling.note_silence_told([one.feed for one in silent])
        last = store.last_beat(SUMMARY)
        if last is None or last > now:
            store.beat(SUMMARY, now)
        elif now - last >= DAY:
            told = [summary(found, store.history.since(now - DAY)), await hint(wire, now)]
            await wire.messenger.tell_operator("\n".join(filter(None, told)))
            store.beat(SUMMARY, now)

    async def ping(self) -> None:
        """Give the sign of life once a minute while feeds are heard; one not taken is logged once."""
        wire = self._present.wire
        ping, now = wire.ping, wire.clock.now()
        if ping is None or (self._pinged is not None and timedelta() <= now - self._pinged < MINUTE):
            return
        if not self._hears(now):
            return
        self._pinged = now
        refused = await ping()
        if refused is not None and refused != self._refused:
            log.warning("the heartbeat was not taken", reason=refused)
        self._refused = refused

    def _hears(self, now: datetime) -> bool:
        """Whether any feed was heard when one that answers was due: a network that is gone is no life."""
        heard = self._polling.heard_at
        if heard is None or heard > now:  # ahead: the clock was set back, and all feeds are due
            return False
        if heard != self._heard:
            self._heard, self._expected = heard, self._next_due(now)
        return now <= self._expected + GRACE

    def _next_due(self, now: datetime) -> datetime:
        """When the first of the feeds that answer is due again: some wish to be left alone for an hour."""
        feeds = self._present.wire.feeds.enabled()
        soonest = now + min((feed.interval for feed in feeds), default=timedelta())
        states = self._polling.states(feeds).values()
        planned = (state.next_check for state in states if state.next_check and not state.failures)
        return max(soonest, min((at for at in planned if at > now), default=soonest))
