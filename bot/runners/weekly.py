"""When the weekly digests are made."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from apscheduler.triggers.cron import CronTrigger

from bot.model.watchlist import WatchList
from bot.pipeline.digest import digest
from bot.runners.present import Present
from bot.runners.wire import Wire

MISSED = timedelta(days=1)
"""One whose time came while Draht was down is made so much later at most: then it is news no more.

None was missed before any watch was known: of a week in which nobody listened there is nothing to say."""
FURTHEST = timedelta(days=8)
"""The next one is never so far ahead: the clock was wrong, and was set back since."""

log = structlog.get_logger("draht.digest")


class Weekly:
    """Makes each channel's digest at its time; what was made before is not made again."""

    def __init__(self, present: Present) -> None:
        self._present = present
        self._since = _listening_since(present.wire)
        self._times = _times(present.wire.desk.watchlist)
        self._next: dict[str, datetime] = {}

    def make(self) -> None:
        """Queue the digests whose time has come."""
        wire = self._present.wire
        now = wire.clock.now()
        self._keep_to(_times(wire.desk.watchlist), now)
        for channel, time in self._times.items():
            at = self._next.get(channel)
            if at is None or at > now + FURTHEST:
                at = time.after(max(now - MISSED, min(self._since, now)))
            if at <= now:
                made = digest(channel, at, wire.desk, wire.store, now)
                log.info("digest made" if made else "digest stands already", channel=channel)
                at = time.after(now + timedelta(seconds=1))
            self._next[channel] = at

    def _keep_to(self, times: dict[str, "_Time"], now: datetime) -> None:
        """Keep to changed times from now on: what they would have asked for before was not missed."""
        if times == self._times:
            return
        changed = {name: time for name, time in times.items() if self._times.get(name) != time}
        kept = {name: at for name, at in self._next.items() if name in times}
        self._next = kept | {name: time.after(now) for name, time in changed.items()}
        self._times = times


@dataclass(frozen=True, slots=True)
class _Time:
    """When a channel's digest is made: a crontab of a zone."""

    crontab: str
    zone: str

    def after(self, instant: datetime) -> datetime:
        """Give the first such time from an instant on."""
        found: datetime = CronTrigger.from_crontab(self.crontab, timezone=self.zone).get_next_fire_time(
            None, instant
        )
        return found


def _times(watchlist: WatchList) -> dict[str, _Time]:
    channels = watchlist.all_channels
    return {one.name: _Time(one.digest, watchlist.timezone) for one in channels if one.digest is not None}


def _listening_since(wire: Wire) -> datetime:
    """Say since when the eldest of the watches in force has been known."""
    with wire.store.ledger() as ledger:
        known = ledger.watches_since(watch.key for watch in wire.desk.watchlist.watches)
    return min(known.values(), default=wire.clock.now())
