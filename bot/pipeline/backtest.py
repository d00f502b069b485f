"""What another watch-list would have changed, post by post: what both make of the same stories.

    stories ─▶ read once, matched once for both lists ─▶ the circles that the edit reaches
            ─▶ each played through the real decisions ─▶ posts of the old │ of the new list ─▶ changes

Equal, alert by alert, to two whole replays and their difference (`tests/pipeline/test_backtest.py`
holds it against them), for the price of the stories that tell of contacts and of the circles reached.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from typing import TypeAlias

from bot.contacts.reports import reports_of
from bot.model.alert import Alert
from bot.model.claim import Recognition, Verdict
from bot.model.story import Story
from bot.model.watchlist import Ring, WatchList
from bot.pipeline.desk import Desk
from bot.pipeline.reach import Circle, Wishes, circles
from bot.pipeline.recognise import Heard
from bot.pipeline.rehearsal import Played, Post, play
from bot.ports import Stage

Done = Callable[[int], None]
Spread: TypeAlias = Callable[[Callable[[Circle], Played], Iterable[Circle]], Iterator[Played]]
_TELLING = {Verdict.CONTACT, Verdict.PLANNED, Verdict.DENIED}


class Kind(StrEnum):
    """What becomes of an alert under the new list."""

    GAINED = "gained"
    LOST = "lost"
    CHANGED = "changed"
    MERGED = "merged differently"


class Difference(StrEnum):
    """In what the two alerts of a change differ."""

    TEXT = "other words"
    TIME = "another time"
    RING = "another ring"
    CHANNEL = "another channel"
    POST = "another post"


class Sound(StrEnum):
    """How a first post comes."""

    RINGS = "rings"
    SILENT = "silent"
    MORNING = "rings in the morning"
    HELD = "waits for an editor"


@dataclass(frozen=True, slots=True)
class Change:
    """One alert that the lists do not agree on: as it is under each of them, None where there is none.

    `circle` are the stories that decided it.
    """

    kind: Kind
    before: Post | None
    after: Post | None
    differences: tuple[Difference, ...] = ()
    circle: Circle = ()

    @property
    def post(self) -> Post:
        """The post as it would be, or as it was where there would be none."""
        post = self.after or self.before
        if post is None:
            raise ValueError("a change is of a post")
        return post

    @property
    def at(self) -> datetime:
        """When the newer of the two posts was made."""
        return max(post.alert.created_at for post in (self.before, self.after) if post)

    @property
    def day(self) -> date:
        """The day of what is told: the contact's, or the latest that it can have been; else the story's."""
        post = self.post
        if post.contact:
            return post.contact.day or post.contact.by
        return post.story.day if post.story else post.alert.created_at.date()


@dataclass(frozen=True, slots=True)
class Ear:
    """Hears stories for the lists of a desk; `beats` are the keys of watches that ring for stories."""

    desk: Desk
    beats: frozenset[str]

    @classmethod
    def of(cls, desk: Desk) -> "Ear":
        """Listen at a desk."""
        return cls(desk, frozenset(w.key for w in desk.watchlist.watches if w.ring is Ring.STORIES))

    def hear(self, story: Story, known: Recognition | None = None) -> Heard | None:
        """Hear a story, unless it can move no contact and no channel; `known` is what was recognised in it.

        Where no watch rings for stories, only those of contacts are matched at all.
        """
        recognition = known or self.desk.recogniser.read(story)
        if not self.beats and recognition.verdict not in _TELLING:
            return None
        watches = frozenset(match.watch for match in self.desk.watcher.matches(story))
        reports = reports_of(story, recognition, watches)
        heard = bool(reports) or not watches.isdisjoint(self.beats)
        return Heard(story, recognition, watches, reports) if heard else None


@dataclass(frozen=True, slots=True)
class Scene:
    """Stories in order of time as they were heard, and the desks that they are played before."""

    heard: Sequence[Heard]
    desks: tuple[Desk, ...]


@dataclass(frozen=True, slots=True)
class Theatre:
    """Where stories are played: on empty stages, before the two lists.

    `spread` plays one circle after the other, as `map`, or several at once.
    """

    old: WatchList
    new: WatchList
    stage: Callable[[], Stage]
    spread: Spread = map

    def changes(self, scenes: Sequence[Scene], done: Done) -> Iterator[Change]:
        """Give every change, those of the newest circles first; `done` hears how many stories were played.

        One scene where both lists hear alike, else one for each list, with a desk of its own.
        """
        if len(scenes) > 1:
            yield from self._apart(scenes, done)
            return
        (scene,) = scenes
        count = 0
        found = tuple(circles(scene.heard, self._wishes, every=len(scene.desks) > 1))
        for circle, played in zip(found, self.spread(partial(self._play, scene.desks), found), strict=True):
            yield from differences(played, circle)
            count += len(circle)
            done(count)

    def _apart(self, scenes: Sequence[Scene], done: Done) -> Iterator[Change]:
        """Compare what two ways of reading make of the stories; only all of it can be compared."""
        played, count = Played(), 0
        for scene in scenes:
            found = tuple(circles(scene.heard, self._wishes, every=True))
            for circle, more in zip(found, self.spread(partial(self._play, scene.desks), found), strict=True):
                played = Played((*played.old, *more.old), (*played.new, *more.new))
                count += len(circle)
                done(count)
        heard = {one.story.id: one for scene in scenes for one in scene.heard}
        yield from differences(played, tuple(heard.values()))

    def _play(self, desks: Sequence[Desk], circle: Circle) -> Played:
        each = [play(circle, desk, self.stage()) for desk in desks]
        return Played(
            tuple(post for one in each for post in one.old), tuple(post for one in each for post in one.new)
        )

    @property
    def _wishes(self) -> Wishes:
        return Wishes(self.old, self.new)


def in_order(heard: Iterable[Heard]) -> list[Heard]:
    """Give stories by time of publication; equal times keep their order."""
    return sorted(heard, key=lambda one: one.story.instant)


def differences(played: Played, circle: Circle) -> Iterator[Change]:
    """Compare the posts of two lists."""
    old, new = ({post.id: post for post in posts} for posts in (played.old, played.new))
    gained = {name: post for name, post in new.items() if name not in old}
    for name, before in old.items():
        if name in new:
            found = differing(before, new[name])
            kind = Kind.MERGED if Difference.POST in found else Kind.CHANGED
            if found:
                yield Change(kind, before, new[name], found, circle)
        elif twin := _twin(before, gained.values()):
            found = differing(before, gained.pop(twin.id))
            kind = Kind.MERGED if before.alert.channel == twin.alert.channel else Kind.CHANGED
            yield Change(kind, before, twin, found, circle)
        else:
            yield Change(Kind.LOST, before, None, circle=circle)
    for after in gained.values():
        yield Change(Kind.GAINED, None, after, circle=circle)


def _twin(lost: Post, gained: Iterable[Post]) -> Post | None:
    """Find the new post that tells what a lost one told: in the same channel, else in another."""
    alike = [post for post in gained if _tell_the_same(lost, post)]
    here = (post for post in alike if post.alert.channel == lost.alert.channel)
    elsewhere = (post for post in alike if post.made_for == lost.made_for)
    return next(here, None) or next(elsewhere, None)


def _tell_the_same(one: Post, other: Post) -> bool:
    if one.contact and other.contact:
        return one.contact.id == other.contact.id
    if one.story and other.story:
        return not {one.made_for, *one.copies}.isdisjoint({other.made_for, *other.copies})
    return False


def differing(before: Post, after: Post) -> tuple[Difference, ...]:
    """Say in what two posts on the same differ."""
    one, other = before.alert, after.alert
    asked = (
        (Difference.POST, (one.id if one.channel == other.channel else "", one.subject, one.merged_into),
         (other.id if one.channel == other.channel else "", other.subject, other.merged_into)),
        (Difference.CHANNEL, one.channel, other.channel),
        (Difference.RING, sound(one), sound(other)),
        (Difference.TIME, one.created_at, other.created_at),
        (Difference.TEXT, one.body, other.body),
    )  # fmt: skip
    return tuple(difference for difference, was, now in asked if was != now)


def sound(alert: Alert) -> Sound:
    """Say how the first post of an alert comes; which of a night's rings is the morning's business."""
    if alert.held:
        return Sound.HELD
    if alert.due_at is not None:
        return Sound.MORNING
    return Sound.SILENT if alert.silent else Sound.RINGS
