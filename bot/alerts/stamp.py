"""As of when an edited post stands.

An instant, so the reader's zone is the right one: `tg-time` shows it there, and
where a client does not know it, the time of the watch-list's zone stands. Each
names the day too, unless it is the day of the post, which Telegram shows beside it.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.alerts.markup import Instant, Line, Plain
from bot.alerts.press import Press


def stamp(posted_at: datetime, now: datetime, timezone: str, press: Press) -> str:
    """Write the line as Telegram HTML; at most STAMP_ROOM units are seen of it."""
    zone, words = ZoneInfo(timezone), press.words
    local = now.astimezone(zone)
    time = words.patterns.clock.format(time=words.clock(local.time()))
    same_day = posted_at.astimezone(zone).date() == local.date()
    dated = words.patterns.day_and_clock.format(day=words.long_day(local.date()), time=time)
    instant = Instant(time if same_day else dated, now, "t" if same_day else "Dt")
    before, _, after = words.patterns.stamp.partition("{time}")
    return Line((Plain(before), instant, *([Plain(after)] if after else []))).html()
