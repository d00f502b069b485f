"""Which words of the two watch-lists a change comes from. Pure.

A watch that wants a post is held against its partner in the other list: the one of its
name, else the one that asks for the same. What the partner lacks, or has besides, is the
cause: of an added word the new list's place, of a removed one the old list's.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice

from bot.matching.parties import fits
from bot.model.channel import Channel
from bot.model.claim import Medium
from bot.model.contact import Contact
from bot.model.story import Story
from bot.model.watchlist import Match, Ring, Watch, WatchList
from bot.pipeline.backtest import Change, Difference, Kind
from bot.pipeline.desk import Listener
from bot.pipeline.rehearsal import Post, Side, marked

Listen = Callable[[WatchList], Listener]

_DAY = timedelta(days=1)
_TOLD = 3  # causes of one change that are told
_FLAGS = ("announce", "urgent")
_RULES = ("max_age", "timezone", "language")


@dataclass(frozen=True, slots=True)
class Cause:
    """A place in a watch-list: of a watch (None: of the list as a whole), its key, an item of that.

    `text` is what stands there; `story` and `span` (in `Story.whole`) are where it was found.
    """

    side: Side
    watch: int | None
    key: str
    item: int | None = None
    text: str = ""
    story: Story | None = None
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class _Pair:
    """A watch and its partner in the other list, by their places."""

    side: Side
    place: int
    partner: int


class Inquiry:
    """Asks both lists, as they were written, why they do not agree on a post."""

    def __init__(
        self,
        old: WatchList,
        new: WatchList,
        ears: Mapping[Side, Listener],
        listen: Mapping[Side, Listen],
    ) -> None:
        """Take whom each side has heard with, its watches marked, and how another list is listened for."""
        self._lists = {Side.OLD: old, Side.NEW: new}
        self._keys = {
            side: tuple(watch.key for watch in marked(one, side).watches) for side, one in self._lists.items()
        }
        self._ears, self._listen = ears, listen
        self._barring: dict[tuple[Side, int], Listener] = {}

    def causes(self, change: Change) -> tuple[Cause, ...]:
        """Give the causes of a change, those nearest to the words first; none where only holders differ."""
        found = dict.fromkeys(self._asked(change)) or dict.fromkeys(self._asked(_at_first(change)))
        if found:
            return (*found,)[:_TOLD]
        settings = tuple(self._settings(change))
        # Watches choose what is told; how it reads is up to the list and its channels.
        told = (
            settings
            if settings and change.differences == (Difference.TEXT,)
            else (*settings, *self._edited())
        )
        return told[:_TOLD]

    def _asked(self, change: Change) -> Iterator[Cause]:
        if change.after and change.kind is not Kind.LOST:
            yield from self._why(Side.NEW, change.after, change)
        if change.before and change.kind is not Kind.GAINED:
            yield from self._why(Side.OLD, change.before, change)

    def _why(self, side: Side, post: Post, change: Change) -> Iterator[Cause]:
        """Say what the watches that want a post have that their partners have not."""
        stories = tuple(_tellers(post, change))
        for place, watch in enumerate(self._lists[side].watches):
            if post.alert.channel in watch.channels and self._wants(side, place, post, stories):
                partner = self._partner(side, watch)
                if partner is None:
                    yield Cause(side, place, "name", text=watch.name)
                else:
                    yield from self._lacking(_Pair(side, place, partner), post, stories, change)

    def _wants(self, side: Side, place: int, post: Post, stories: Iterable[Story]) -> bool:
        watch = self._lists[side].watches[place]
        if (watch.ring is Ring.STORIES) is (post.contact is not None):
            return False
        heard = any(self._matches(side, place, story) for story in stories)
        return heard and (post.contact is None or _fit(watch, post.contact))

    def _lacking(self, pair: _Pair, post: Post, stories: Iterable[Story], change: Change) -> Iterator[Cause]:
        """Say what a partner does not have of what its watch has."""
        watch, partner = self._both(pair)
        silent = (one for one in stories if self._matches(pair.side, pair.place, one))
        unheard = next((s for s in silent if not self._matches(pair.side.other, pair.partner, s)), None)
        if watch.ring is not partner.ring:
            yield self._key(pair, "ring")
        elif post.alert.channel not in partner.channels:
            yield self._key(pair, "channel")
        elif unheard is not None:
            yield from self._words(pair, unheard)
        elif post.contact and not _fit(partner, post.contact):
            narrow = fits(replace(partner, media=frozenset()), post.contact.participants, post.contact.medium)
            yield self._key(pair, "media" if narrow else "contacts")
        elif change.kind is not Kind.CHANGED or {Difference.RING, Difference.TIME} & {*change.differences}:
            flags = (flag for flag in _FLAGS if getattr(watch, flag) != getattr(partner, flag))
            yield from (self._key(pair, flag) for flag in flags)

    def _words(self, pair: _Pair, story: Story) -> Iterator[Cause]:
        """Say which words make a watch listen to a story that its partner passes over."""
        watch, partner = self._both(pair)
        if barred := self._barred(pair.side.other, pair.partner, story):
            yield from (
                _cause(pair.side.other, pair.partner, "exclude", partner.exclude, (story, match))
                for match in barred
            )
            return
        matches = self._matches(pair.side, pair.place, story)
        own = [match for match in matches if match.keyword not in partner.keywords]
        for match in islice(own or matches, _TOLD):
            if not match.keyword and not watch.query:
                yield self._key(pair, "keywords" if partner.keywords else "query")
            else:
                key = "keywords" if match.keyword in watch.keywords else "query"
                yield _cause(pair.side, pair.place, key, watch.keywords, (story, match))

    def _matches(self, side: Side, place: int, story: Story) -> tuple[Match, ...]:
        key = self._keys[side][place]
        return tuple(match for match in self._ears[side].matches(story) if match.watch == key)

    def _barred(self, side: Side, place: int, story: Story) -> tuple[Match, ...]:
        """Give where words that a watch excludes stand in a story."""
        watchlist = self._lists[side]
        watch = watchlist.watches[place]
        if not watch.exclude:
            return ()
        if (side, place) not in self._barring:
            turned = replace(watch, keywords=watch.exclude, exclude=(), query=None)
            self._barring[side, place] = self._listen[side](replace(watchlist, watches=(turned,)))
        return self._barring[side, place].matches(story)

    def _partner(self, side: Side, watch: Watch) -> int | None:
        others = self._lists[side.other].watches
        named = (n for n, other in enumerate(others) if other.name.casefold() == watch.name.casefold())
        alike = (n for n, other in enumerate(others) if other.key == watch.key)
        return next(named, next(alike, None))

    def _both(self, pair: _Pair) -> tuple[Watch, Watch]:
        sides = self._lists[pair.side], self._lists[pair.side.other]
        return sides[0].watches[pair.place], sides[1].watches[pair.partner]

    def _key(self, pair: _Pair, key: str) -> Cause:
        """Point to a key of a pair: where it stands in the new list, else where it stood in the old one."""
        places = {pair.side: pair.place, pair.side.other: pair.partner}
        texts = {side: _text(self._lists[side].watches[place], key) for side, place in places.items()}
        side = Side.NEW if texts[Side.NEW] else Side.OLD
        return Cause(side, places[side], key, text=texts[side])

    def _settings(self, change: Change) -> Iterator[Cause]:
        """Name what differs of the lists as a whole, and of the channel."""
        old, new = self._lists[Side.OLD], self._lists[Side.NEW]
        for key in _RULES:
            if getattr(old, key) != getattr(new, key):
                value = getattr(new, key)
                text = f"{value / _DAY:g}d" if isinstance(value, timedelta) else str(value)
                yield Cause(Side.NEW, None, key, text=text)
        name = change.post.alert.channel
        if old.channel(name) != new.channel(name) and _own(old, name) != _own(new, name):
            side = Side.NEW if any(one.name == name for one in new.channels) else Side.OLD
            names = [one.name for one in self._lists[side].channels]
            item = names.index(name) if name in names else None
            yield Cause(side, None, "channels", item, name or "default")

    def _edited(self) -> Iterator[Cause]:
        """Name every key in which a watch and its partner differ: what is left to tell."""
        for place, watch in enumerate(self._lists[Side.NEW].watches):
            partner = self._partner(Side.NEW, watch)
            if partner is None:
                yield Cause(Side.NEW, place, "name", text=watch.name)
                continue
            pair = _Pair(Side.NEW, place, partner)
            other = self._lists[Side.OLD].watches[partner]
            yield from (self._key(pair, key) for key in _KEYS if _text(watch, key) != _text(other, key))
        gone = (w for w in self._lists[Side.OLD].watches if self._partner(Side.OLD, w) is None)
        yield from (
            Cause(Side.OLD, self._lists[Side.OLD].watches.index(watch), "name", text=watch.name)
            for watch in gone
        )


_KEYS = ("keywords", "query", "exclude", "contacts", "media", "ring", "channel", *_FLAGS)


def _own(watchlist: WatchList, name: str) -> Channel:
    """Give a channel without the language that it takes from the list."""
    channel = watchlist.channel(name)
    return replace(channel, language="") if channel.language == watchlist.language else channel


def _at_first(change: Change) -> Change:
    """Let nothing be known of the medium, as when a post was made before a later story told it."""
    before, after = (_without_medium(post) if post else None for post in (change.before, change.after))
    return replace(change, before=before, after=after)


def _without_medium(post: Post) -> Post:
    contact = replace(post.contact, medium=Medium.UNKNOWN) if post.contact else None
    return replace(post, contact=contact)


def _tellers(post: Post, change: Change) -> Iterator[Story]:
    """Give the stories that tell what a post tells, in order of time."""
    told = {report.story for report in post.contact.reports} if post.contact else {post.made_for}
    return (heard.story for heard in change.circle if heard.story.id in told)


def _cause(side: Side, place: int, key: str, words: tuple[str, ...], found: tuple[Story, Match]) -> Cause:
    story, match = found
    item = words.index(match.keyword) if key != "query" and match.keyword in words else None
    return Cause(side, place, key, item, match.keyword, story, (match.start, match.end))


def _fit(watch: Watch, contact: Contact) -> bool:
    return fits(watch, contact.participants, contact.medium)


def _text(watch: Watch, key: str) -> str:
    """Write the value of a key; "" where it is left out, or stands for nothing."""
    if key in _FLAGS:
        return "true" if getattr(watch, key) else ""
    values: dict[str, Iterable[str]] = {
        "contacts": [party.person or str(party.office) for party in watch.parties],
        "media": sorted(watch.media),
        "channel": [] if watch.channels == ("",) else [name or "default" for name in watch.channels],
        "ring": [watch.ring] if watch.ring is Ring.STORIES else [],
        "query": [str(watch.query)] if watch.query else [],
        "keywords": watch.keywords,
        "exclude": watch.exclude,
    }
    return ", ".join(values[key])
