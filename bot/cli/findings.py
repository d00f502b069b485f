"""What `draht doctor` looks at, each thing a finding."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.assembly import configured, database_file, stored
from bot.cli.wording import count, written
from bot.clock import SystemClock
from bot.errors import DrahtError, StateError
from bot.outlets import unconnected
from bot.pipeline.deliver import paused
from bot.pipeline.health import HEARD, conditions
from bot.runners.heartbeat import BEAT, HEARTBEAT
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.storage import SqlStore

# Longer than an instance may be held up by a full disk's retries or a long look at the database.
SILENT = 8 * BEAT
# A post that failed is tried again within ten minutes.
LATE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is well, and how it is."""

    name: str
    well: bool
    detail: str


def everything(settings: Settings) -> Iterator[Finding]:
    """Look at all there is."""
    yield configuration(settings)
    yield channel(settings)
    yield from services(settings)
    yield from state(settings)


def alive(settings: Settings) -> Finding:
    """Look at the heartbeat alone."""
    try:
        with existing(settings) as store:
            return heartbeat(store, SystemClock().now())
    except DrahtError as error:
        return Finding("heartbeat", well=False, detail=str(error))


def configuration(settings: Settings) -> Finding:
    """Look whether the configuration can be used."""
    try:
        found = configured(settings)
    except DrahtError as error:
        return Finding("configuration", well=False, detail=f"{error}\nsee: draht check")
    feeds, watches = len(found.feeds.enabled()), len(found.watchlist.watches)
    return Finding(
        "configuration", well=True, detail=f"{count(feeds, 'feed')}, {count(watches, 'watch', 'watches')}"
    )


def channel(settings: Settings) -> Finding:
    """Look whether posts have somewhere to go; whether they may go there says `draht telegram check`."""
    if settings.telegram_token is None:
        return Finding("channel", well=True, detail="the terminal (DRAHT_TELEGRAM_TOKEN is not set)")
    if settings.telegram_chat is None:
        return Finding("channel", well=False, detail="a token is set but no channel: set DRAHT_TELEGRAM_CHAT")
    blind = "" if settings.telegram_ops_chat else "; without DRAHT_TELEGRAM_OPS_CHAT faults are only logged"
    return Finding("channel", well=True, detail=f"{settings.telegram_chat}{blind}")


def services(settings: Settings) -> Iterator[Finding]:
    """Look whether the channels that are services can be connected; whether they answer shows a post."""
    try:
        watchlist = configured(settings).watchlist
    except DrahtError:
        return
    faults = unconnected(watchlist)
    names = [one.name for one in watchlist.all_channels if one.service]
    if names:
        yield Finding("services", well=not faults, detail="; ".join(faults) or ", ".join(names))


def state(settings: Settings) -> Iterator[Finding]:
    """Look at the database and what is in it."""
    try:
        with existing(settings) as store:
            yield contents(store)
            yield delivery(store, SystemClock().now())
            yield from heard(settings, store)
            yield from in_force(store)
            yield heartbeat(store, SystemClock().now())
    except DrahtError as error:
        yield Finding("state", well=False, detail=str(error))


def contents(store: "SqlStore") -> Finding:
    """Count what is stored; refused posts need a person."""
    counts = store.history.counts()
    detail = (
        f"{count(counts.stories, 'story', 'stories')} of {count(counts.feeds, 'feed')}, "
        f"{counts.unread} unread; {count(counts.contacts, 'contact')}, {count(counts.alerts, 'alert')}; "
        f"{counts.pending} waiting to be sent, {counts.refused} refused"
    )
    return Finding("state", well=not counts.refused, detail=detail)


def delivery(store: "SqlStore", now: datetime) -> Finding:
    """Look whether posts go out: since when do they wait that should have, and why."""
    late = store.archive.overdue(now)
    if late.since is None:
        return Finding("delivery", well=True, detail="no post is late")
    age = max(now - late.since, timedelta())
    verb = "waits" if late.messages == 1 else "wait"
    waiting = f"{count(late.messages, 'post')} {verb} to be sent, the eldest for {written(_rounded(age))}"
    pause = paused(store, now)
    if pause is not None:
        detail = f"{waiting}: {pause.by} has paused Draht; /resume in the operators' chat ends that"
        return Finding("delivery", well=False, detail=detail)
    why = f"; the last try: {late.error}" if late.error else "; look whether draht run runs"
    return Finding("delivery", well=age <= LATE, detail=waiting + (why if age > LATE else ""))


def heard(settings: Settings, store: "SqlStore") -> Iterator[Finding]:
    """Count the feeds that are heard; one that is not is daily life, all of them are not.

    Nothing where the configuration cannot be read, of which it is said elsewhere.
    """
    try:
        feeds = configured(settings).feeds.enabled()
    except DrahtError:
        return
    found = conditions(feeds, store.feed_states([feed.url for feed in feeds]), SystemClock().now())
    number = sum(one.health in HEARD for one in found)
    well = number > 0 or not any(one.deaf for one in found)
    remedy = "" if number == len(found) else "; see why: draht feeds health"
    yield Finding("feeds", well=well, detail=f"{number:,} of {count(len(found), 'feed')} heard{remedy}")


def in_force(store: "SqlStore") -> Iterator[Finding]:
    """Say which watch-list `draht run` acts by, and what keeps it from taking up files that were saved."""
    known = store.force.present()
    if known is not None:
        since = f"{known.revision} in force since {known.since:%Y-%m-%d %H:%M} UTC"
        fault = f"; what was saved later cannot be used:\n{known.fault}" if known.fault else ""
        yield Finding("watch-list", well=known.fault is None, detail=since + fault)


def heartbeat(store: "SqlStore", now: datetime) -> Finding:
    """Look when `draht run` last ticked."""
    last = store.last_beat(HEARTBEAT)
    if last is None:
        return Finding("heartbeat", well=False, detail="draht run has never run on this state: start it")
    age = max(now - last, timedelta())
    well = age <= SILENT
    remedy = "" if well else ": look whether draht run still runs, and start it again"
    return Finding("heartbeat", well=well, detail=f"last tick {written(_rounded(age))} ago{remedy}")


def _rounded(age: timedelta) -> timedelta:
    """Leave off what nobody reads: the seconds of minutes, the minutes of hours, the hours of days."""
    units = (timedelta(days=1), timedelta(hours=1), timedelta(minutes=1))
    unit = next((unit for unit in units if age >= 2 * unit), timedelta(seconds=1))
    return age // unit * unit


def existing(settings: Settings) -> AbstractContextManager["SqlStore"]:
    """Open the database if there is one: looking must not make one."""
    path = database_file(settings)
    if path is not None and path.parent.is_file():
        raise StateError(f"{path.parent} is a file; set DRAHT_STATE to a folder")
    if path is not None and not path.exists():
        raise StateError(f"there is no database at {path} yet: start draht run, or set DRAHT_STATE")
    return stored(settings)
