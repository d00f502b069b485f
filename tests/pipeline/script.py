"""A newsroom whose stories are read from a script: what the recogniser says is given, the rest is real."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.alerts.changes import Change
from bot.contacts.ruled import Ruled
from bot.model.alert import Alert, EntryState, Kind, Shown
from bot.model.claim import Claim, Earlier, Recognition, Status, Verdict
from bot.model.contact import Contact
from bot.model.decision import Decision
from bot.model.story import Story
from bot.model.watchlist import Match, Watch, WatchList
from bot.pipeline.desk import Desk
from bot.pipeline.recognise import recognise
from bot.ports import Ledger
from bot.storage import SqlStore, open_store
from tests.contacts.wire import noon

EVERYTHING = Watch("everything")

_VERDICTS = {
    Status.HELD: Verdict.CONTACT,
    Status.PLANNED: Verdict.PLANNED,
    Status.DENIED: Verdict.DENIED,
    Status.CANCELLED: Verdict.DENIED,
}


def story(source: str, on: date, text: str = "", **more: Any) -> Story:
    """Write a story of a source, published in the minutes after noon in the order of the alphabet."""
    instant = more.pop("instant", noon(on) + timedelta(minutes=ord(source[0]) - ord("a")))
    plain = Story(
        id=f"{source} {instant}",
        feed=f"https://{source}.example/feed",
        source=source,
        url=f"https://{source}.example/{on}",
        title=f"{source} reports",
        text=text,
        language="de",
        country=None,
        instant=instant,
        day=on,
    )
    return replace(plain, **more)


@dataclass
class Script:
    """Reads stories as told beforehand; one not told of says nothing of contacts."""

    told: dict[str, Recognition] = field(default_factory=dict)

    def read(self, story: Story) -> Recognition:
        """Give what the script says of a story."""
        return self.told.get(story.id, Recognition(Verdict.NONE))


@dataclass(frozen=True)
class Words:
    """Hears a watch's keywords where they stand in a story as they are."""

    watchlist: WatchList

    def matches(self, story: Story) -> tuple[Match, ...]:
        """Give a match for each watch without keywords or with one that the story holds."""
        found = (self._match(watch, story.whole) for watch in self.watchlist.watches)
        return tuple(match for match in found if match)

    def _match(self, watch: Watch, text: str) -> Match | None:
        words = re.search("|".join(map(re.escape, watch.keywords)), text)
        return Match(watch.key, words[0], words.start(), words.end()) if words else None


class Plainly:
    """Writes as little as tests need to tell one thing from another."""

    def post(self, told: Ruled, previous: Contact | None, _channel: str) -> str:
        """Write a post that holds what a real one depends on: slots, six sources, the previous contact."""
        contact = told.contact
        sources = list(dict.fromkeys(report.source for report in contact.reports))[:6]
        when = contact.day or f"by {contact.by}"
        before = f"before: {previous.day or previous.by}" if previous else "before: none"
        status = "retracted" if told.retracted else contact.status
        head = f"{'-'.join(contact.countries)} {status} {contact.medium} {when}"
        return f"{head}\n{before}\n{', '.join(sources)}"

    def shown(self, told: Ruled, _channel: str) -> Shown:
        """Say what the post shows, of the countries only who asked for the contact."""
        initiators = dict.fromkeys(version.value.country for version in told.contact.initiatives)
        return Shown(told.contact.status, told.contact.day, tuple(initiators), retracted=told.retracted)

    def follow_up(self, _contact: Contact, _before: Shown, found: tuple[Change, ...], _channel: str) -> str:
        """Name the changes."""
        return ", ".join(found)

    def pointer(self, elder: Alert) -> str:
        """Point to the elder post's head."""
        return "↑ " + elder.body.partition("\n")[0]

    def summary(self, heads: Sequence[str], _channel: str) -> str:
        """List the head lines."""
        return "\n".join([f"{len(heads)} in the night", *heads])

    def digest(
        self, contacts: Sequence[Contact], days: tuple[date, date], _channel: str, posts: Mapping[str, int]
    ) -> str:
        """List the countries of each contact, and the number of its post."""
        lines = (f"{'-'.join(contact.countries)} #{posts.get(contact.id)}" for contact in contacts)
        return "\n".join([f"{days[0]} to {days[1]}", *lines])

    def stamp(self, _alert: Alert, now: datetime) -> str:
        """Write the time."""
        return f"{now:%H:%M}"


@dataclass
class Newsroom:
    """Reads scripted stories with a store on SQLite, and sends as soon as it has read."""

    store: SqlStore
    desk: Desk
    script: Script
    sent: int = 0

    def watch(self, *watches: Watch, now: datetime, **settings: Any) -> None:
        """Put another watch-list in force."""
        watchlist = replace(self.desk.watchlist, watches=watches, **settings)
        self.desk = replace(self.desk, watchlist=watchlist, watcher=Words(watchlist))
        self.store.know_watches((watch.key for watch in watches), now)

    def hear(
        self, story: Story, *claims: Claim, now: datetime | None = None, **slots: Any
    ) -> tuple[Decision, ...]:
        """Read a story that makes these claims, at its own time unless told otherwise."""
        latest = tuple(replace(c, by=c.day or min(c.by, story.day)) for c in claims)
        verdict = _VERDICTS[claims[0].status] if claims else Verdict.NONE
        self.script.told[story.id] = replace(Recognition(verdict, latest), **slots)
        return self.again(story, now)

    def again(self, story: Story, now: datetime | None = None) -> tuple[Decision, ...]:
        """Read a story of the script."""
        at = now or story.instant
        decisions = recognise(story, self.desk, self.store, at)
        self.send(at)
        return decisions

    def send(self, now: datetime) -> None:
        """Count everything in the outbox as sent."""
        for entry in self.store.outbox_due(now + timedelta(days=1)):
            self.sent += entry.kind is Kind.POST
            number = self.sent if entry.kind is Kind.POST else entry.message_id
            self.store.save_entry(replace(entry, state=EntryState.SENT, message_id=number, tried_at=now))

    def ask(self, question: Callable[[Ledger], Any]) -> Any:
        """Ask the ledger."""
        with self.store.ledger() as ledger:
            return question(ledger)

    def posts(self, *decisions: Decision) -> list[str]:
        """Give the posts on the contacts of these decisions as they stand."""
        names = [decision.contact for decision in decisions if decision.contact]
        return [alert.body for alert in self.ask(lambda ledger: ledger.alerts(names))]


@contextmanager
def newsroom(*watches: Watch, **settings: Any) -> Iterator[Newsroom]:
    """Open a newsroom that has known its watches (all contacts, unless told otherwise) since 1 June 2024."""
    store = open_store("sqlite://")
    watchlist = WatchList(watches or (EVERYTHING,), **settings)
    script = Script()
    store.know_watches((watch.key for watch in watchlist.watches), noon(date(2024, 6, 1)))
    try:
        yield Newsroom(store, Desk(script, Words(watchlist), watchlist, Plainly()), script)
    finally:
        store.close()


def earlier(when: str, *claims: Claim) -> tuple[Earlier, ...]:
    """Let a story say when these offices spoke before."""
    return tuple(Earlier(when, claim.offices) for claim in claims)
