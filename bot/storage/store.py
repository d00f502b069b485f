"""Everything that must survive a kill -9, in SQL (the Store port)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, select, update

from bot.model.alert import OutboxEntry
from bot.model.article import Visit, WantedPage
from bot.model.feed import FeedState
from bot.model.harvest import Harvest
from bot.model.ruling import Switch
from bot.model.story import Story
from bot.storage import outbox, pages, rows
from bot.storage.archive import Archive
from bot.storage.columns import storable
from bot.storage.edits import Edits
from bot.storage.engine import PATIENCE, Database, insert_into, parse_url, put
from bot.storage.force import Force, know
from bot.storage.history import History
from bot.storage.ledger import SqlLedger
from bot.storage.migrations import upgrade
from bot.storage.seen import LatelySeen
from bot.storage.tables import UNREAD, alerts, beats, blocks, chats, feeds, hosts, stories, switches
from bot.storage.whereabouts import Whereabouts, leave, take_up

# SQLite takes 32,766 parameters in a statement, PostgreSQL 65,535.
_AT_ONCE = 10_000


def open_store(url: str, patience: float = PATIENCE) -> "SqlStore":
    """Open the database of an SQLAlchemy URL, made and brought up to date as needed.

    "sqlite://" is a database in memory that ends with the store. `patience` is
    the number of seconds to wait for another program's transaction. Raises
    `StateError` (`NewerSchemaError`, `LedgerBusyError`) with what to do about it.
    """
    database = Database(parse_url(url), patience)
    try:
        with database.locked() as connection:
            upgrade(connection, database.place)
    except BaseException:
        database.close()
        raise
    return SqlStore(database)


@contextmanager
def look_into(url: str, patience: float = PATIENCE) -> Iterator[History]:
    """Read a database as it is: nothing is made, brought up to date or locked; raises `StateError`."""
    database = Database(parse_url(url), patience)
    try:
        yield History(database)
    finally:
        database.close()


class SqlStore:
    """The store on SQLite or PostgreSQL; each method is one transaction.

    May be used from several threads and, with the ledger's lock, several programs.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lately = LatelySeen()
        self.history = History(database)
        self.archive = Archive(database)
        self.edits = Edits(database)
        self.force = Force(database)

    def close(self) -> None:
        """Let go of the database; every method raises `StateError` afterwards."""
        self._database.close()

    def feed_states(self, urls: Sequence[str]) -> Mapping[str, FeedState]:
        """Give what is remembered of these feeds; a new state for unknown ones."""
        states = {url: FeedState(url) for url in urls}
        with self._database.read() as connection:
            for start in range(0, len(urls), _AT_ONCE):
                query = select(feeds).where(feeds.c.url.in_(urls[start : start + _AT_ONCE]))
                states |= {row.url: rows.feed_state(row) for row in connection.execute(query)}
        return states

    def seen_blocks(self, url: str) -> bytes:
        """Give the digests of the item blocks that a feed held when it was last read."""
        if (seen := self._lately.get(url)) is not None:
            return seen
        with self._database.read() as connection:
            return connection.execute(_SEEN, {"url": url}).scalar() or b""

    def resting_hosts(self) -> Mapping[str, datetime]:
        """Give the hosts that want to be left alone, and until when."""
        with self._database.read() as connection:
            return {row.host: row.rest_until for row in connection.execute(select(hosts))}

    def rest_host(self, host: str, until: datetime) -> None:
        """Note until when a host wants to be left alone."""
        with self._database.write() as connection:
            put(connection, hosts, {"host": host, "rest_until": until}, "host")

    def save_unchanged(self, states: Sequence[FeedState]) -> None:
        """Keep the states of feeds that brought nothing, all in one transaction."""
        with self._database.write_again() as connection:
            put(connection, feeds, [rows.feed_values(state) for state in states], "url")

    def save_look(self, state: FeedState, stories: Sequence[Story], seen: bytes | None = None) -> int:
        """Keep a feed's new state together with its stories; say how many were new.

        A story known by its id is left as it is, unless its own feed has reworded
        it: then it is unread again.
        `seen` are the digests of its item blocks; None leaves those known as they are.
        """
        return self.save_looks([Harvest(state, tuple(stories), seen)])[0]

    def save_looks(self, harvests: Sequence[Harvest]) -> tuple[int, ...]:
        """Keep what looks at several feeds brought, all in one transaction; say how many of each were new.

        As by `save_look`, one after the other; but no feed may be among them twice.
        """
        with self._database.write_again() as connection:
            counts = _keep_new(connection, harvests)
            after = (
                harvest.with_news if new and harvest.with_news else harvest.state
                for harvest, new in zip(harvests, counts, strict=True)
            )
            put(connection, feeds, [rows.feed_values(state) for state in after], "url")
            held = [{"url": one.state.url, "seen": one.seen} for one in harvests if one.seen is not None]
            put(connection, blocks, held, "url")
        for one in harvests:
            if one.seen is not None:
                self._lately.note(one.state.url, one.seen)
        return counts

    def unread(self, limit: int) -> tuple[Story, ...]:
        """Give stories not yet recognised, the earliest instant first, ties by arrival.

        What a feed held when it was first read comes last: news does not wait
        behind the archive of a thousand new feeds.
        """
        order = (stories.c.fresh_feed, stories.c.instant, stories.c.arrival)
        query = select(stories).where(UNREAD).order_by(*order).limit(limit)
        with self._database.read() as connection:
            return tuple(rows.story(row) for row in connection.execute(query))

    def pages_due(self, now: datetime) -> tuple[WantedPage, ...]:
        """Give the pages to ask for now, those wanted first first."""
        with self._database.read() as connection:
            return pages.due(connection, now)

    def page_seen(self, url: str) -> Visit | None:
        """Give what an address gave to another story; None where nothing has been settled."""
        with self._database.read() as connection:
            return pages.seen(connection, url)

    def begin_visit(self, page: WantedPage, now: datetime, again_at: datetime) -> None:
        """Note that a page is being asked for; unless more is heard of it, it is due again at `again_at`."""
        with self._database.write() as connection:
            pages.begin(connection, page, now, again_at)

    def put_off_page(self, page: WantedPage, detail: str, until: datetime) -> None:
        """Note why a page has to be asked for again, and when."""
        with self._database.write() as connection:
            pages.put_off(connection, page, detail, until)

    def settle_page(self, page: WantedPage, visit: Visit, told: Story | None = None) -> None:
        """Keep what became of a page; `told` is the story as it tells it, which is then unread again."""
        with self._database.locked() as connection:
            pages.settle(connection, page, visit, told)

    @contextmanager
    def ledger(self) -> Iterator[SqlLedger]:
        """Open the locked transaction in which contacts are decided; an error undoes all of it."""
        with self._database.locked() as connection:
            yield SqlLedger(connection)

    def know_watches(self, keys: Iterable[str], now: datetime) -> None:
        """Note the watches in force; those already known keep their first day.

        A first day that lies ahead, noted by a clock that was wrong, becomes `now`.
        """
        with self._database.write() as connection:
            know(connection, keys, now)

    def outbox_due(self, now: datetime, channels: Iterable[str] | None = None) -> tuple[OutboxEntry, ...]:
        """Give the entries to work on now: posts first, then replies, then edits, each in order of number.

        A reply or edit is due once its post has a message id, which is filled in;
        a reply whose post is out of reach for good is due without. Only those of
        `channels`, where they are named.
        """
        with self._database.read() as connection:
            return outbox.due(connection, now, channels)

    def made_under(self, numbers: Iterable[int]) -> tuple[OutboxEntry, ...]:
        """Give the entries that made messages under these numbers, in whatever channel."""
        with self._database.read() as connection:
            return outbox.made_under(connection, numbers)

    def numbers_above(self, chat: str, above: int) -> frozenset[int]:
        """Give the numbers above one that are known to be messages of Draht's, in a chat and its topics."""
        with self._database.read() as connection:
            return outbox.numbers_above(connection, chat, above)

    def save_entry(self, entry: OutboxEntry) -> None:
        """Keep an entry's new state; a message id made is kept with its alert too."""
        with self._database.locked() as connection:
            outbox.keep(connection, entry)

    def highest_message(self, channel: str) -> int | None:
        """Give the highest message id known in a channel."""
        query = select(func.max(alerts.c.message_id)).where(alerts.c.channel == channel)
        with self._database.read() as connection:
            return connection.execute(query).scalar()

    def lowest_message(self, channel: str) -> int | None:
        """Give the lowest message id known in a channel."""
        query = select(func.min(alerts.c.message_id)).where(alerts.c.channel == channel)
        with self._database.read() as connection:
            return connection.execute(query).scalar()

    def chat_moves(self) -> Mapping[str, str]:
        """Give where channels have moved to, by their configured name."""
        with self._database.read() as connection:
            return {row.channel: row.moved_to for row in connection.execute(select(chats))}

    def move_chat(self, channel: str, new_chat: str, now: datetime) -> int:
        """Note that a channel lives under a new id, where messages are counted anew.

        Posts made before are out of reach, as in `speaks_through`; say how many.
        """
        with self._database.locked() as connection:
            left = leave(connection, channel, now)
            put(connection, chats, {"channel": channel, "moved_to": new_chat}, "channel")
            return left

    def speaks_through(self, transport: str, chat: str, now: datetime) -> int:
        """Note through what Draht speaks from now on; say how many posts that puts out of reach.

        `chat` is where the default channel goes, "" where that is not told. A
        channel that lies elsewhere than before loses its message numbers, its
        pending edits and its move: posts made there are neither edited nor
        made again, posts not made are due in the new place.
        """
        with self._database.locked() as connection:
            return take_up(connection, Whereabouts(transport, chat), now)

    def switch(self, name: str) -> Switch | None:
        """Give what a person has turned off under this name; None where nothing is."""
        with self._database.read() as connection:
            row = connection.execute(select(switches).where(switches.c.name == name)).one_or_none()
            return None if row is None else Switch(row.name, row.by, row.at, row.until)

    def turn_off(self, switch: Switch) -> None:
        """Note that a person has turned something off."""
        with self._database.write() as connection:
            put(connection, switches, asdict(switch), "name")

    def turn_on(self, name: str) -> None:
        """Forget that something was turned off."""
        with self._database.write() as connection:
            connection.execute(delete(switches).where(switches.c.name == name))

    def beat(self, name: str, now: datetime) -> None:
        """Write the heartbeat that `draht doctor --alive` reads."""
        with self._database.write() as connection:
            put(connection, beats, {"name": name, "at": now}, "name")

    def last_beat(self, name: str) -> datetime | None:
        """Read a heartbeat; None where there was none."""
        with self._database.read() as connection:
            return connection.execute(select(beats.c.at).where(beats.c.name == name)).scalar()


# Made once: making a statement costs as much as asking it.
_KNOWN = select(stories.c.id, stories.c.feed, stories.c.title, stories.c.text).where(
    stories.c.id.in_(bindparam("ids", expanding=True))
)
_TOLD = select(stories.c.feed, stories.c.url, stories.c.title, stories.c.text).where(
    stories.c.url.in_(bindparam("urls", expanding=True))
)
_SEEN = select(blocks.c.seen).where(blocks.c.url == bindparam("url"))


def _keep_new(connection: Connection, harvests: Sequence[Harvest]) -> tuple[int, ...]:
    """Store the stories whose ids are not known yet, reword those that their own feed rewords; count the new.

    Nearly all of a feed's stories are known: asking first spares sending them.
    """
    found = [story for harvest in harvests for story in harvest.stories]
    if not found:
        return (0,) * len(harvests)
    by_id: dict[str, Story] = {}
    for story in found:
        by_id.setdefault(story.id, story)
    known = {row.id: row for row in connection.execute(_KNOWN, {"ids": list(by_id)})}
    for story in {(story.id, story.feed): story for story in reversed(found)}.values():
        if story.id in known and _is_reworded(story, known[story.id]):
            _reword(connection, story)
    unknown = [story for story in by_id.values() if story.id not in known]
    fresh = _under_no_other_id(connection, unknown)
    if fresh:
        # Another program may have stored one since the question.
        insert = insert_into(connection, stories).on_conflict_do_nothing(index_elements=["id"])
        connection.execute(insert, [rows.story_values(story) for story in fresh])
    return tuple(_counted(harvests, {story.id for story in fresh}))


def _counted(harvests: Sequence[Harvest], new: set[str]) -> Iterator[int]:
    """Count the new stories of each; one of several feeds is new to the first."""
    for harvest in harvests:
        brought = {story.id for story in harvest.stories} & new
        new -= brought
        yield len(brought)


def _under_no_other_id(connection: Connection, unknown: Sequence[Story]) -> tuple[Story, ...]:
    """Leave out what the same feed has told word for word under the same address: some make up ids anew.

    Other words are another story: a ministry heads all its calls "Readout" and links to one page.
    """
    urls = [story.url for story in unknown if story.url]
    if not urls:
        return tuple(unknown)
    told = {tuple(row) for row in connection.execute(_TOLD, {"urls": urls})}
    return tuple(story for story in unknown if _words_of(story) not in told)


def _words_of(story: Story) -> tuple[str, str | None, str, str]:
    return story.feed, story.url, storable(story.title), storable(story.text)


def _is_reworded(story: Story, row: Row[Any, Any, Any, Any]) -> bool:
    """Whether a feed tells its own story in other words; another feed's version of it is none."""
    return row.feed == story.feed and (row.title, row.text) != (storable(story.title), storable(story.text))


def _reword(connection: Connection, story: Story) -> None:
    """Let a story be read again in its new words; when it was published stays, and what was decided."""
    new = {"title": story.title, "text": story.text, "verdict": None, "article": None}
    connection.execute(update(stories).where(stories.c.id == story.id).values(new))
    pages.reopen(connection, story.id)
