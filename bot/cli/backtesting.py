"""Puts a backtest together: the two lists, the stories, and what became of them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import partial
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.assembly import archive, desk, spare_the_collector, stage
from bot.cli.jsonl import StoryFile, story_file
from bot.cli.progress import progress
from bot.cli.spread import spread
from bot.clock import SystemClock
from bot.configuration import Watching, locate
from bot.configuration.lines import Draft, Lines, draft
from bot.errors import ConfigurationError, Problem, UsageError
from bot.matching.watch import Watcher
from bot.model.claim import Recognition
from bot.model.office import Register
from bot.model.story import Story
from bot.model.watchlist import Ring, WatchList
from bot.pipeline.backtest import Change, Ear, Scene, Theatre, in_order
from bot.pipeline.causes import Cause, Inquiry
from bot.pipeline.copyist import Copyist
from bot.pipeline.desk import Desk, Listener
from bot.pipeline.reach import listening
from bot.pipeline.recognise import AROUND, Heard
from bot.pipeline.rehearsal import Side, marked, share_a_stage, side_by_side
from bot.recognition import Recogniser
from bot.register.load import load as shipped
from bot.settings import Settings
from bot.talk.times import since as read_since

Telling = tuple[Story, Recognition | None]
_Batch: TypeAlias = Sequence[Telling]
_Hearings: TypeAlias = list[list[Heard]]  # what each ear heard
_Spread: TypeAlias = Callable[[Callable[[_Batch], _Hearings], Iterable[_Batch]], Iterator[_Hearings]]

_BATCH = 250  # stories that a process hears at once
_LONG_FILE = 1_000_000  # bytes; a shorter one is heard in less time than processes begin
_LONG_PLAY = 200  # stories of contacts, as above

# Nothing is older; the first days of the calendar have none before them.
_LONG_AGO = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, as it stands on the command line; "" is what was left out."""

    new: str
    old: str
    jsonl: str
    since: str


@dataclass(frozen=True, slots=True)
class Found:
    """A change and where it comes from."""

    change: Change
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """All changes, those gained and lost first, the newest first; and what they are of.

    `stories` were looked at, `heard` tell of contacts or may ring for themselves.
    """

    changes: tuple[Found, ...]
    lines: tuple[Lines, Lines]
    stories: int
    heard: int
    seconds: float
    notes: tuple[str, ...] = ()
    is_faulty: bool = False

    def lines_of(self, side: Side) -> Lines:
        """Give the lines of a side's file."""
        return self.lines[0] if side is Side.OLD else self.lines[1]


@dataclass(frozen=True, slots=True)
class _Lists:
    """The two lists as they are played, and whether one reading serves both."""

    old: Draft
    new: Draft

    @property
    def read_alike(self) -> bool:
        return self.old.holders == self.new.holders

    @property
    def played(self) -> tuple[WatchList, WatchList]:
        """Give what has to be played of the lists."""
        old, new = self.old.watching.watchlist, self.new.watching.watchlist
        return listening(old, new) if self.read_alike and share_a_stage(old, new) else (old, new)

    @property
    def every(self) -> bool:
        """Whether stories that tell of no contact count too."""
        watches = (watch for watchlist in self.played for watch in watchlist.watches)
        return not self.read_alike or any(watch.ring is Ring.STORIES for watch in watches)

    def ears(self) -> tuple[Ear, ...]:
        """Give who listens: one for both lists where they read alike, else one each."""
        old, new = self.played
        if self.read_alike:
            return (Ear.of(_desk(self.old, side_by_side(old, new))),)
        return tuple(Ear.of(_desk(one, marked(w, side))) for one, w, side in self._each(old, new))

    def scenes(self, ears: Sequence[Ear], heard: Sequence[Sequence[Heard]]) -> list[Scene]:
        """Give what is played before whom."""
        old, new = self.played
        if len(ears) > 1:
            return [Scene(in_order(h), (ear.desk,)) for ear, h in zip(ears, heard, strict=True)]
        (ear,) = ears
        desks: tuple[Desk, ...] = (ear.desk,)
        if not share_a_stage(old, new):
            desks = tuple(_desk(one, marked(w, side)) for one, w, side in self._each(old, new))
        return [Scene(in_order(heard[0]), desks)]

    def inquiry(self, ears: Sequence[Ear]) -> Inquiry:
        """Give whom to ask for causes."""
        heard_by = dict(zip(Side, (ears[0].desk.watcher, ears[-1].desk.watcher), strict=True))
        listen = {side: _listen(one.watching.register) for one, _, side in self._each(None, None)}
        return Inquiry(self.old.watching.watchlist, self.new.watching.watchlist, heard_by, listen)

    def _each(self, old: WatchList | None, new: WatchList | None) -> Iterator[tuple[Draft, WatchList, Side]]:
        yield self.old, old or self.old.watching.watchlist, Side.OLD
        yield self.new, new or self.new.watching.watchlist, Side.NEW


@dataclass(slots=True)
class _Stories:
    """The stories to play, and what is said of them afterwards; `spread` hears batches, as `map` does."""

    tellings: Iterable[Telling]
    total: int | None
    read: Callable[[], int]
    spread: _Spread = map
    seen: int = 0
    undated: int = 0
    file: StoryFile | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        skipped = [f"{self.undated} undated stories skipped"] if self.undated else []
        return (*skipped, *map(str, self.file.faults if self.file else ()))


def asked(question: Question, settings: Settings) -> Outcome:
    """Answer what an edit would change; raises `ConfigurationError` with the problems of both lists."""
    began = perf_counter()
    lists = _lists(question, settings)
    first = _first(question.since, lists.old.watching.watchlist)
    spare_the_collector()
    ears = lists.ears()
    # What came shortly before still counts as known: a contact told again is none that is gained.
    with _stories(question, settings, lists, first and first - AROUND) as stories:
        heard = _hear(stories, ears)
    theatre = Theatre(*lists.played, stage, spread if max(map(len, heard)) > _LONG_PLAY else map)
    with progress("playing", max(map(len, heard))) as done:
        changes = list(theatre.changes(lists.scenes(ears, heard), done))
    chosen = sorted((one for one in changes if first is None or one.at >= first), key=_newest_first)
    inquiry = lists.inquiry(ears)
    return Outcome(
        changes=tuple(Found(one, inquiry.causes(one)) for one in chosen),
        lines=(lists.old.lines, lists.new.lines),
        stories=stories.seen,
        heard=max(map(len, heard)),
        seconds=perf_counter() - began,
        notes=stories.notes,
        is_faulty=bool(stories.file and stories.file.faults),
    )


def _newest_first(change: Change) -> tuple[bool, float, str]:
    return change.before is not None and change.after is not None, -change.at.timestamp(), change.post.id


def _lists(question: Question, settings: Settings) -> _Lists:
    """Read both lists; the problems of both are told at once."""
    if not question.new and not question.old:
        raise UsageError("name the edited watch-list: draht backtest NEW (or what it was: --old FILE)")
    in_force, register = locate.folder(settings.config, Path.cwd()), shipped()
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for path in dict.fromkeys((question.old, question.new)):
        try:
            drafts.append(draft(Path(path) if path else in_force, register, in_force))
        except ConfigurationError as error:
            problems += error.problems
    if problems:
        raise ConfigurationError(tuple(dict.fromkeys(problems)))
    old, new = drafts[0], drafts[-1]
    if old.holders == new.holders:
        new = replace(new, watching=replace(new.watching, register=old.watching.register))
    return _Lists(old, new)


def _first(since: str, watchlist: WatchList) -> datetime | None:
    if not since:
        return None
    zone = ZoneInfo(watchlist.timezone)
    day = read_since(since, SystemClock().now().astimezone(zone).date())
    if day is None:
        raise UsageError(f"--since: {since!r} is no time; write 2026-09-01, 2026-09 or 90d")
    return datetime.combine(max(day, _LONG_AGO), time(), zone).astimezone(UTC)


@contextmanager
def _stories(
    question: Question, settings: Settings, lists: _Lists, first: datetime | None
) -> Iterator[_Stories]:
    if question.jsonl:
        yield _from_file(question.jsonl, lists, first)
        return
    with archive(settings) as history:
        of_all, wanted = history.told(first, every=lists.every)
        tellings = history.tellings(first, every=lists.every)
        known = tellings if lists.read_alike else ((story, None) for story, _ in tellings)
        counted = _Stories(known, wanted, lambda: counted.seen)
        yield counted
        counted.seen = of_all


def _from_file(path: str, lists: _Lists, first: datetime | None) -> _Stories:
    file = story_file(path, lists.old.watching.watchlist, SystemClock())
    size = file.size()
    stories = _Stories((), size, lambda: file.read, map if size and size < _LONG_FILE else spread, file=file)

    def dated() -> Iterator[Telling]:
        for record in file:
            stories.undated += not record.story.dated
            if record.story.dated and (first is None or record.story.instant >= first):
                yield record.story, None

    stories.tellings = dated()
    return stories


def _hear(stories: _Stories, ears: Sequence[Ear]) -> _Hearings:
    heard: _Hearings = [[] for _ in ears]
    hearing = stories.spread(partial(_heard, ears), _batches(stories))
    with progress("reading", stories.total) as done:
        for several in hearing:
            for mine, more in zip(heard, several, strict=True):
                mine.extend(more)
            done(stories.read())
    return heard


def _batches(stories: _Stories) -> Iterator[_Batch]:
    tellings = iter(stories.tellings)
    while batch := list(islice(tellings, _BATCH)):
        stories.seen += len(batch)
        yield batch


def _heard(ears: Sequence[Ear], batch: _Batch) -> _Hearings:
    """Give what each ear hears of some stories."""
    return [[one for telling in batch if (one := ear.hear(*telling))] for ear in ears]


def _desk(one: Draft, watchlist: WatchList) -> Desk:
    made = desk(Watching(watchlist, one.watching.register), Recogniser(one.watching.register))
    return replace(made, writer=Copyist(made.writer, watchlist))


def _listen(register: Register) -> Callable[[WatchList], Listener]:
    return lambda watchlist: Watcher(watchlist, register)
