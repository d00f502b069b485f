"""The edges of the core: a clock, the feeds, the store, the channels.

Each port has a real adapter and a fake (tests/fakes) or runs for real in
tests (the store, on SQLite and PostgreSQL).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.model.alert import Alert, OutboxEntry, Reply, Standing
from bot.model.article import Visit, WantedPage
from bot.model.claim import Recognition
from bot.model.contact import Contact, Report
from bot.model.decision import Decision
from bot.model.feed import Feed, FeedState
from bot.model.fetch import Fetched
from bot.model.harvest import Harvest
from bot.model.message import Message
from bot.model.office import Office
from bot.model.outcome import Outcome, Sighting
from bot.model.ruling import Ruling, Switch
from bot.model.story import Story


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime:
        """Give the present instant, aware and in UTC."""
        ...


def nothing_seen() -> bytes:
    """Know of no item block: everything that a feed holds is read."""
    return b""


class FeedSource(Protocol):
    """Where stories come from."""

    async def look(
        self, feed: Feed, state: FeedState, now: datetime, seen: Callable[[], bytes] = nothing_seen
    ) -> Fetched:
        """Look at a feed once; every fault comes back as `Failed`, none is raised.

        `seen` gives the `Modified.blocks` of the last look; it is only asked
        where there is a body to read, and what it knows need not be read again.
        """
        ...


class ArticleSource(Protocol):
    """Where the pages of stories come from."""

    async def visit(self, url: str, now: datetime, feed: str) -> Visit:
        """Read a page that a feed names once; every fault comes back as a `Visit`, none is raised."""
        ...


class Messenger(Protocol):
    """A channel that can be told something: Telegram, or the terminal."""

    async def post(self, channel: str, message: Message) -> Outcome:
        """Post a message and say how it ended."""
        ...

    async def edit(self, channel: str, message_id: int, message: Message) -> Outcome:
        """Make a post say this instead; `Sent` also where it already did."""
        ...

    async def look_for(self, channel: str, body: str, above: int | None, upto: int | None) -> Sighting:
        """Look for a post with this body under numbers above `above`, up to `upto`."""
        ...

    async def delete(self, channel: str, message_id: int) -> Outcome:
        """Remove a later copy of a post."""
        ...

    async def tell_operator(self, text: str) -> None:
        """Say a plain sentence to the operator, where one can be reached; never raises."""
        ...


class Ledger(Protocol):
    """The contact store inside one locked transaction: decide and write together.

    Nothing else decides while a ledger is open; leaving it without an error
    commits all of it, an error nothing.
    """

    def reports(self, offices: frozenset[Office], first: date, last: date) -> tuple[Report, ...]:
        """Give all reports that may speak of the same contacts.

        Two offices: the reports of exactly these two. Three or more: the
        reports of three or more offices that share at least two of them. Only
        reports whose claim's `by` lies between `first` and `last`.
        """
        ...

    def told_by(self, story: str) -> tuple[Report, ...]:
        """Give the reports that a story makes, as they were when it was read."""
        ...

    def decided(self, stories: Iterable[str]) -> Mapping[str, tuple[Decision, ...]]:
        """Give what was decided about these stories; those never read are left out."""
        ...

    def entered(self, contacts: Iterable[str]) -> Mapping[str, datetime]:
        """When each of these contacts was entered; unknown ones are left out."""
        ...

    def held_before(self, offices: frozenset[Office], day: date, other_than: str) -> Contact | None:
        """Give the held contact of exactly these offices with the latest day before `day`.

        One that an editor ruled out (no contact, a duplicate) does not count, here and below.
        """
        ...

    def held_after(self, offices: frozenset[Office], day: date) -> tuple[Contact, ...]:
        """Give the next held contacts of exactly these offices after `day` (those of the nearest day).

        Those without a day whose `by` lies no later come too: their previous
        contact is the same.
        """
        ...

    def contact(self, name: str) -> Contact | None:
        """Give a contact by its id, or the one that it proved to be; None where there is none."""
        ...

    def alerts(self, subjects: Iterable[str]) -> tuple[Alert, ...]:
        """Give the alerts about these contacts (or stories)."""
        ...

    def due_together(self, channel: str, due_at: datetime) -> tuple[Alert, ...]:
        """Give the alerts of a channel that were to wait until the same instant, the eldest first."""
        ...

    def told_between(self, channel: str, since: datetime, until: datetime) -> tuple[Alert, ...]:
        """Give the alerts of a channel that were made from `since` to before `until`, the eldest first."""
        ...

    def contacts(self, ids: Iterable[str]) -> tuple[Contact, ...]:
        """Give these contacts as they stand, by their day; those that are none any more are left out."""
        ...

    def alert(self, name: str) -> Alert | None:
        """Give an alert by its id; None where there is none."""
        ...

    def withhold(self, alert: str, *, for_good: bool) -> bool:
        """Reject the post that waits for an editor, or let a rejected one wait again; say if one did."""
        ...

    def watches_since(self, keys: Iterable[str]) -> Mapping[str, datetime]:
        """Since when each of these watches has been known."""
        ...

    def near_stories(self, story: Story, within: timedelta) -> tuple[Story, ...]:
        """Give the stories that already rang for themselves, published within this time of the story."""
        ...

    def enter(self, contact: Contact, now: datetime) -> None:
        """Write a contact as it now stands, with the assignment of all its reports."""
        ...

    def drop(self, reports: Iterable[str]) -> None:
        """Take out reports that their story makes no longer."""
        ...

    def merge(self, younger: str, elder: str) -> None:
        """Write that two contacts proved to be one."""
        ...

    def tell(self, alert: Alert, now: datetime, reply: Reply | None = None) -> None:
        """Write the alert as it now is and queue what follows from it.

        No post yet or one not begun: one POST entry with this body, due or held.
        A post made or being sent: one due EDIT entry that replaces any pending
        edit, at most one a minute (`not_before`), and a REPLY entry where there
        is a reply; one not yet sent gives way to it.
        """
        ...

    def standing(self, alert: str) -> Standing:
        """Say how far an alert has been told; one that is not known has not been."""
        ...

    def rulings(self, contacts: Iterable[str]) -> tuple[Ruling, ...]:
        """Give what editors have ruled on these contacts and not taken back, the earliest first."""
        ...

    def rule(self, ruling: Ruling) -> None:
        """Write a ruling, or that it was taken back; one written before is replaced."""
        ...

    def close_story(self, story: Story, recognition: Recognition, decisions: Sequence[Decision]) -> None:
        """Write what was made of a story and that it has been read."""
        ...

    def want_page(self, page: WantedPage, now: datetime) -> None:
        """Note that the page of a story is wanted; one that was wanted before is left as it is."""
        ...


class Stage(Protocol):
    """The part of a store that playing stories takes: a ledger, the watches in force, an outbox."""

    def ledger(self) -> AbstractContextManager[Ledger]:
        """Open the transaction in which contacts are decided."""
        ...

    def know_watches(self, keys: Iterable[str], now: datetime) -> None:
        """Note the watches in force; those already known keep their first day."""
        ...

    def outbox_due(self, now: datetime, channels: Iterable[str] | None = None) -> tuple[OutboxEntry, ...]:
        """Give the entries to work on now."""
        ...

    def save_entry(self, entry: OutboxEntry) -> None:
        """Keep an entry's new state; a message id made is kept with its alert too."""
        ...


class Store(Protocol):
    """Everything that must survive a kill -9; each method is one transaction."""

    def feed_states(self, urls: Sequence[str]) -> Mapping[str, FeedState]:
        """Give what is remembered of these feeds; a new state for unknown ones."""
        ...

    def seen_blocks(self, url: str) -> bytes:
        """Give the digests of the item blocks that a feed held when it was last read."""
        ...

    def save_look(self, state: FeedState, stories: Sequence[Story], seen: bytes | None = None) -> int:
        """Keep a feed's new state together with its stories; say how many were new.

        A story that its own feed has reworded is unread again.

        `seen` are the digests of its item blocks; None leaves those known as they are.
        """
        ...

    def save_looks(self, harvests: Sequence[Harvest]) -> tuple[int, ...]:
        """Keep what looks at several feeds brought, as by `save_look`, in one transaction; no feed twice."""
        ...

    def save_unchanged(self, states: Sequence[FeedState]) -> None:
        """Keep the states of feeds that brought nothing, all in one transaction."""
        ...

    def resting_hosts(self) -> Mapping[str, datetime]:
        """Give the hosts that want to be left alone, and until when."""
        ...

    def rest_host(self, host: str, until: datetime) -> None:
        """Note until when a host wants to be left alone."""
        ...

    def unread(self, limit: int) -> tuple[Story, ...]:
        """Give stories not yet recognised, the earliest instant first, ties by arrival.

        What a feed held when it was first read comes last.
        """
        ...

    def pages_due(self, now: datetime) -> tuple[WantedPage, ...]:
        """Give the pages to ask for now, those wanted first first."""
        ...

    def page_seen(self, url: str) -> Visit | None:
        """Give what an address gave to another story; None where nothing has been settled."""
        ...

    def begin_visit(self, page: WantedPage, now: datetime, again_at: datetime) -> None:
        """Note that a page is being asked for; unless more is heard of it, it is due again at `again_at`."""
        ...

    def put_off_page(self, page: WantedPage, detail: str, until: datetime) -> None:
        """Note why a page has to be asked for again, and when."""
        ...

    def settle_page(self, page: WantedPage, visit: Visit, told: Story | None = None) -> None:
        """Keep what became of a page; `told` is the story as it tells it, which is then unread again."""
        ...

    def ledger(self) -> AbstractContextManager[Ledger]:
        """Open the locked transaction in which contacts are decided."""
        ...

    def know_watches(self, keys: Iterable[str], now: datetime) -> None:
        """Note the watches in force; those already known keep their first day."""
        ...

    def outbox_due(self, now: datetime, channels: Iterable[str] | None = None) -> tuple[OutboxEntry, ...]:
        """Give the entries to work on now: posts first, then replies, then edits, each in order of number.

        SENDING and UNKNOWN entries count as due too: they have to be looked for.
        Only those of `channels`, where they are named.
        """
        ...

    def made_under(self, numbers: Iterable[int]) -> tuple[OutboxEntry, ...]:
        """Give the entries that made messages under these numbers, in whatever channel."""
        ...

    def save_entry(self, entry: OutboxEntry) -> None:
        """Keep an entry's new state; a message id made is kept with its alert too."""
        ...

    def highest_message(self, channel: str) -> int | None:
        """Give the highest message id known in a channel."""
        ...

    def lowest_message(self, channel: str) -> int | None:
        """Give the lowest message id known in a channel."""
        ...

    def chat_moves(self) -> Mapping[str, str]:
        """Give where channels have moved to, by their configured name."""
        ...

    def move_chat(self, channel: str, new_chat: str, now: datetime) -> int:
        """Note that a channel lives under a new id; say how many posts that puts out of reach."""
        ...

    def switch(self, name: str) -> Switch | None:
        """Give what a person has turned off under this name; None where nothing is."""
        ...

    def turn_off(self, switch: Switch) -> None:
        """Note that a person has turned something off."""
        ...

    def turn_on(self, name: str) -> None:
        """Forget that something was turned off."""
        ...

    def beat(self, name: str, now: datetime) -> None:
        """Write the heartbeat that `draht doctor --alive` reads."""
        ...

    def last_beat(self, name: str) -> datetime | None:
        """Read a heartbeat."""
        ...
