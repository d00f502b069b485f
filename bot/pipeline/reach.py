"""Which stories an edit of the watch-list can reach at all. Pure.

Whatever is decided about a contact depends on the reports of its table alone, and of a
watch-list only on what each report's watches *wish*: for whom, where, and how to be told.
So stories part into circles that know nothing of each other,

    the same two offices, or two of the many at a table │ one story that tells of both │ wire copies

and a circle of whose stories both lists wish the same stays as it is, word for word.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice
from math import ceil

from bot.alerts import beats
from bot.matching.parties import fits
from bot.model.channel import Channel
from bot.model.claim import Medium, Participant
from bot.model.contact import Report
from bot.model.watchlist import Ring, Watch, WatchList
from bot.pipeline.recognise import Heard
from bot.pipeline.rehearsal import Side, marked

_PAIR = 2

Circle = tuple[Heard, ...]
"""Stories in order of time that only together decide what is told of them."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a watch wants in one channel, whatever it is called and listens for."""

    watch: Watch
    channel: Channel


_Wishes = frozenset[Wish]


class Wishes:
    """What both lists wish to be told of stories, by the keys of their marked watches."""

    def __init__(self, old: WatchList, new: WatchList) -> None:
        self._sides = {side: _by_key(one, side) for side, one in ((Side.OLD, old), (Side.NEW, new))}

    def differ(self, heard: Heard, table: frozenset[Participant]) -> bool:
        """Whether the lists wish different things of a story, told at a table of these at most."""
        return self._of(heard, Side.OLD, table) != self._of(heard, Side.NEW, table)

    def beats(self, heard: Heard) -> frozenset[str]:
        """Give the channels in which a story may ring for itself, for either list."""
        wishes = (wish for side in Side for wish in self._every(heard, side))
        return frozenset(wish.channel.name for wish in wishes if wish.watch.ring is Ring.STORIES)

    def _of(self, heard: Heard, side: Side, table: frozenset[Participant]) -> _Wishes:
        return frozenset(wish for wish in self._every(heard, side) if _may_matter(wish.watch, heard, table))

    def _every(self, heard: Heard, side: Side) -> Iterator[Wish]:
        known = self._sides[side]
        return (wish for key in heard.watches for wish in known.get(key, ()))


def listening(old: WatchList, new: WatchList) -> tuple[WatchList, WatchList]:
    """Leave out watches for stories where they are the same in both and share no channel with others.

    Then only stories of contacts have to be matched.
    """
    one, other = ((_of_stories(side), _channels_of_contacts(side)) for side in (old, new))
    channels = {wish.channel.name for _, wishes in one[0] for wish in wishes}
    if one[0] != other[0] or channels & (one[1] | other[1]):
        return old, new
    return _of_contacts(old), _of_contacts(new)


def circles(heard: Sequence[Heard], wishes: Wishes, *, every: bool) -> Iterator[Circle]:
    """Give the circles that an edit can reach, or `every` one; that with the newest story first."""
    tables = _tables(heard)
    reached = {n for n, table in enumerate(tables) if every or _differs(heard, table, wishes)}
    joined = _joined_by_copies(heard, tables, wishes, reached)
    found = [tuple(heard[n] for n in sorted(circle)) for circle in joined]
    yield from sorted(found, key=lambda circle: circle[-1].story.instant, reverse=True)


def _differs(heard: Sequence[Heard], members: Sequence[int], wishes: Wishes) -> bool:
    table = frozenset(
        who for n in members for report in heard[n].reports for who in report.claim.participants
    )
    return any(wishes.differ(heard[n], table) for n in members)


def _tables(heard: Sequence[Heard]) -> list[list[int]]:
    """Part stories by the tables that they tell of; one that tells of none is alone."""
    union = _Union(len(heard))
    first: dict[object, int] = {}
    for n, one in enumerate(heard):
        for seat in (seat for report in one.reports for seat in _seats(report)):
            union.join(first.setdefault(seat, n), n)
    return union.parts()


def _seats(report: Report) -> Iterator[object]:
    """Name what a report's table has in common with every table that may be the same (`kinship.akin`)."""
    offices = report.claim.offices
    if len(offices) <= _PAIR:
        yield offices
    else:
        yield from (("many", *two) for two in combinations(sorted(offices), _PAIR))


def _joined_by_copies(
    heard: Sequence[Heard], tables: Sequence[list[int]], wishes: Wishes, reached: Iterable[int]
) -> list[list[int]]:
    """Join the reached parts with all parts of which a story may be a copy of one of theirs, and so on."""
    beating = {n: channels for n, one in enumerate(heard) if (channels := wishes.beats(one))}
    part_of = {n: part for part, members in enumerate(tables) for n in members}
    union, copies = _Union(len(tables)), _Copies(heard, beating)
    ahead, seen, past = list(reached), set(reached), set[int]()
    while ahead:
        part = ahead.pop()
        past.add(part)

        def is_open(m: int, part: int = part) -> bool:
            """Whether it is not known yet if a story is to be joined: from its side it was asked before."""
            other = part_of[m]
            return other not in past and not union.are_joined(part, other)

        for m in (m for n in tables[part] if n in beating for m in copies.of(n, is_open)):
            union.join(part, part_of[m])
            if part_of[m] not in seen:
                seen.add(part_of[m])
                ahead.append(part_of[m])
    chosen = (parts for parts in union.parts() if parts[0] in seen)
    return [[n for part in parts for n in tables[part]] for parts in chosen]


class _Copies:
    """Finds wire copies among the stories that may ring for themselves (`bot.alerts.beats`)."""

    def __init__(self, heard: Sequence[Heard], beating: Mapping[int, frozenset[str]]) -> None:
        self._heard = heard
        self._beating = beating
        self._in_time = sorted(beating, key=lambda n: heard[n].story.instant)
        self._place = {n: place for place, n in enumerate(self._in_time)}
        self._shingles: dict[int, frozenset[int]] = {}
        self._heads: dict[int, tuple[int, ...]] = {}

    def of(self, n: int, is_open: Callable[[int], bool]) -> Iterator[int]:
        """Give the stories of which one is a copy, or they of it, among those that are asked about."""
        for m in (*self._along(n, 1), *self._along(n, -1)):
            if is_open(m) and self._beating[n] & self._beating[m] and self._alike(n, m):
                yield m

    def _along(self, n: int, step: int) -> Iterator[int]:
        place, at = self._place[n] + step, self._heard[n].story.instant
        while 0 <= place < len(self._in_time):
            m = self._in_time[place]
            if abs(self._heard[m].story.instant - at) > beats.WITHIN:
                return
            yield m
            place += step

    def _alike(self, n: int, m: int) -> bool:
        smaller, larger = (n, m) if len(self._runs(n)) <= len(self._runs(m)) else (m, n)
        # More than four fifths of the smaller set lie in the larger, so one of any fifth of it does.
        runs, others = self._shingles[smaller], self._shingles[larger]
        if others.isdisjoint(self._heads[smaller]):
            return False
        return len(runs & others) > beats.COPY * len(runs)

    def _runs(self, n: int) -> frozenset[int]:
        """Give the runs of a story's words by their hashes, which take a quarter of the room.

        Two that are alike by chance join what is played apart else, and change nothing.
        """
        if n not in self._shingles:
            runs = frozenset(map(hash, beats.shingles(self._heard[n].story.whole)))
            self._shingles[n] = runs
            self._heads[n] = tuple(islice(runs, ceil((1 - beats.COPY) * len(runs)) + 1))
        return self._shingles[n]


class _Union:
    """Numbers that are joined, two by two, into parts."""

    def __init__(self, count: int) -> None:
        self._parents = list(range(count))

    def join(self, one: int, other: int) -> None:
        """Let two numbers, and all that are joined to them, be of one part; the smallest stands for it."""
        first, second = sorted((self._root(one), self._root(other)))
        self._parents[second] = first

    def are_joined(self, one: int, other: int) -> bool:
        """Whether two numbers are of one part."""
        return self._root(one) == self._root(other)

    def parts(self) -> list[list[int]]:
        """Give the parts, each in order."""
        parts: dict[int, list[int]] = defaultdict(list)
        for n in range(len(self._parents)):
            parts[self._root(n)].append(n)
        return list(parts.values())

    def _root(self, n: int) -> int:
        while self._parents[n] != n:
            self._parents[n] = self._parents[self._parents[n]]
            n = self._parents[n]
        return n


def _by_key(watchlist: WatchList, side: Side) -> dict[str, frozenset[Wish]]:
    """Say what each watch of a list wishes, by the key that it has when it is marked."""
    found: dict[str, frozenset[Wish]] = {}
    for watch, told in zip(watchlist.watches, marked(watchlist, side).watches, strict=True):
        found[told.key] = found.get(told.key, frozenset()) | _wishes(watch, watchlist)
    return found


def _wishes(watch: Watch, watchlist: WatchList) -> _Wishes:
    bare = replace(watch, name="", keywords=(), exclude=(), query=None)
    return frozenset(
        Wish(replace(bare, channels=()), replace(watchlist.channel(name), digest=None, service=None))
        for name in watch.channels
    )


def _may_matter(watch: Watch, heard: Heard, table: frozenset[Participant]) -> bool:
    """Whether a wish can be for anything told at a table of these at most, or for a story itself."""
    if watch.ring is Ring.STORIES:
        return True
    return bool(heard.reports) and fits(watch, table, Medium.UNKNOWN)


def _of_stories(watchlist: WatchList) -> list[tuple[str, _Wishes]]:
    told = [(watch.key, _wishes(watch, watchlist)) for watch in watchlist.watches if _for_stories(watch)]
    return sorted(told, key=lambda one: one[0])


def _of_contacts(watchlist: WatchList) -> WatchList:
    return replace(watchlist, watches=tuple(w for w in watchlist.watches if not _for_stories(w)))


def _channels_of_contacts(watchlist: WatchList) -> frozenset[str]:
    return frozenset(name for w in watchlist.watches if not _for_stories(w) for name in w.channels)


def _for_stories(watch: Watch) -> bool:
    return watch.ring is Ring.STORIES
