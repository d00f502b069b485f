"""When the weekly digests are made."""

from datetime import datetime, timedelta

import structlog
from apscheduler.triggers.cron import CronTrigger

from bot.pipeline.digest import digest
from bot.runners.wire import Wire

MISSED = timedelta(days=1)
"""One whose time came while Draht was down is made so much later at most: then it is news no more.

None was missed before any watch was known: of a week in which nobody listened there is nothing to say."""
FURTHEST = timedelta(days=8)
"""The next one is never so far ahead: the clock was wrong, and was set back since."""

log = structlog.get_logger("draht.digest")


class Weekly:
    """Makes each channel's digest at its time; what was made before is not made again."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._since = _listening_since(wire)
        zone, channels = wire.desk.watchlist.timezone, wire.desk.watchlist.all_channels
        self._triggers = {
            channel.name: CronTrigger.from_crontab(channel.digest, timezone=zone)
            for channel in channels
            if channel.digest is not None
        }
        self._next: dict[str, datetime] = {}

    def make(self) -> None:
        """Queue the digests whose time has come."""
        now = self._wire.clock.now()
        for channel, trigger in self._triggers.items():
            at = self._next.get(channel)
            if at is None or at > now + FURTHEST:
                at = trigger.get_next_fire_time(None, max(now - MISSED, min(self._since, now)))
            if at <= now:
                made = digest(channel, at, self._wire.desk, self._wire.store, now)
                log.info("digest made" if made else "digest stands already", channel=channel)
                at = trigger.get_next_fire_time(None, now + timedelta(seconds=1))
            self._next[channel] = at


def _listening_since(wire: Wire) -> datetime:
    """Say since when the eldest of the watches in force has been known."""
    with wire.store.ledger() as ledger:
        known = ledger.watches_since(watch.key for watch in wire.desk.watchlist.watches)
    return min(known.values(), default=wire.clock.now())
