"""What the stored stories say of the watches: one that rings too often, one that never does."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.assembly import database_file
from bot.errors import Problem, Severity, StateError
from bot.matching.watch import Watcher
from bot.model.contact import Contact
from bot.model.watchlist import Ring, Watch
from bot.pipeline.rings import MOST_A_DAY, Rings, matched, of_contacts, of_stories, rings
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.configuration import Watching
    from bot.storage import History

LONG = timedelta(days=90)
# Bounds that keep `draht check` within a second: a database that does not answer at once is left out,
# and so many stories are matched at most, the newest.
_AT_ONCE, _MOST_STORIES = 0.5, 2_000
# Where nothing was stored for so long, that nothing rang says nothing of a watch.
_ASLEEP = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class _Late:
    """What is stored of late: the contacts of `LONG`, and the newest stories that tell of them.

    `age` is that of the archive, `rest` how long nothing has come.
    """

    contacts: tuple[Contact, ...]
    telling: tuple[str, ...]
    age: timedelta
    rest: timedelta

    @property
    def may_miss(self) -> bool:
        """Whether a watch can be missed: the archive is old enough and awake, all of it was looked at."""
        return len(self.telling) < _MOST_STORIES and self.age >= LONG and self.rest < _ASLEEP


def archive_doubts(settings: Settings, watching: "Watching", now: datetime) -> Iterator[Problem]:
    """Warn of each watch that would ring too often by the stored stories, or not once in 90 days.

    Nothing where there is no database, or none that answers at once.
    """
    file = database_file(settings)
    if file is not None and not file.exists():
        return
    from bot.storage import look_into

    try:
        with look_into(settings.database, _AT_ONCE) as history:
            found = list(_doubts(history, watching, now))
    except StateError:
        return
    if found:
        yield from _placed(found, settings)


@dataclass(frozen=True, slots=True)
class _Doubt:
    place: int
    key: str
    message: str
    hint: str


def _doubts(history: "History", watching: "Watching", now: datetime) -> Iterator[_Doubt]:
    oldest = history.oldest()
    if oldest is None:
        return
    late = _late(history, now, oldest)
    watcher = Watcher(watching.watchlist, watching.register)
    telling = matched(history.stories(late.telling), watcher)
    beats = any(watch.ring is Ring.STORIES for watch in watching.watchlist.watches)
    newest = history.newest(_MOST_STORIES) if beats else ()
    all_of_late = matched(newest, watcher)
    for place, watch in enumerate(watching.watchlist.watches):
        if watch.ring is Ring.STORIES:
            span = newest[0].instant - newest[-1].instant
            told = rings(of_stories(watch, newest, all_of_late), span)
            silent = _never_rang(history, watch, now, late)
        else:
            told = rings(of_contacts(watch, late.contacts, telling), min(LONG, late.age))
            silent = not told.count and late.may_miss
        if told.too_many and late.age >= timedelta(days=1):
            yield _Doubt(place, "name", *_too_broad(watch, told))
        elif silent:
            yield _Doubt(place, "name", *_silent(watch))


def _late(history: "History", now: datetime, oldest: datetime) -> _Late:
    contacts = history.contacts((now - LONG).date())
    (last,) = history.newest(1)
    newest = sorted({(r.instant, r.story) for c in contacts for r in c.reports}, reverse=True)
    telling = dict.fromkeys(story for _, story in newest)
    return _Late(contacts, tuple(telling)[:_MOST_STORIES], now - oldest, now - last.instant)


def _never_rang(history: "History", watch: Watch, now: datetime, late: _Late) -> bool:
    """Whether a watch for stories has been in force for so long and nothing rang in its channels."""
    since = history.known_since(watch.key)
    if since is None or now - since < LONG or not late.may_miss:
        return False
    return not history.rang_for_stories(list(watch.channels), now - LONG)


def _too_broad(watch: Watch, told: Rings) -> tuple[str, str]:
    most = " and ".join(f"“{word}” ({count:,})" for word, count in told.words[:3])
    why = f", mostly for {most}" if most else ", for it asks for no word"
    message = (
        f"the watch “{watch.name}” is broad: by the stored stories it would ring {told.a_day:,.0f} times "
        f"a day, more than {MOST_A_DAY}{why}"
    )
    return message, "narrow it: contacts, exclude, or a query with AND"


def _silent(watch: Watch) -> tuple[str, str]:
    message = f"by the stored stories the watch “{watch.name}” would not have rung in {LONG.days} days"
    return message, "draht backtest shows what other words would have found; or remove it"


def _placed(found: Sequence[_Doubt], settings: Settings) -> Iterator[Problem]:
    """Give each doubt the line of its watch; the file is only read again where there is one."""
    from bot.configuration import locate
    from bot.configuration.lines import Lines
    from bot.configuration.load import WATCH_LIST
    from bot.configuration.read import read

    path = locate.folder(settings.config, Path.cwd()) / WATCH_LIST
    document, _ = read(path, path)
    lines = Lines(document)
    for doubt in found:
        spot = lines.spot(doubt.place, doubt.key)
        yield Problem(spot.path, spot.line, max(1, spot.column), doubt.message, doubt.hint, Severity.WARNING)
