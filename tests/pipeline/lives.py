"""A channel whose whole life is played: the real reader, words and store, a messenger that keeps all.

Every message passes Telegram's parser (tests/fakes/messenger.py).
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.alerts.delivery import UNLIMITED
from bot.assembly import desk
from bot.configuration import Watching
from bot.model.contact import Contact
from bot.model.ruling import Ruling, Slot, Wrong
from bot.model.story import Story
from bot.model.watchlist import Watch, WatchList
from bot.pipeline.deliver import Tempo, deliver
from bot.pipeline.desk import Desk
from bot.pipeline.recognise import recognise
from bot.pipeline.telling import Teller
from bot.recognition import Recogniser
from bot.register.load import load
from bot.storage import SqlStore, open_store
from bot.telegram.plain import plain
from tests.fakes.clock import FakeClock
from tests.fakes.messenger import FakeMessenger

REGISTER = load()
RECOGNISER = Recogniser(REGISTER)
ANNOUNCING = Watch("all", announce=True)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Give an instant of July 2024, UTC."""
    return datetime(2024, 7, day, hour, minute, tzinfo=UTC)


def story(instant: datetime, source: str, text: str, **more: Any) -> Story:
    """Write a German story; its first sentence is its title too."""
    plainly = Story(
        id=f"{source} {instant}",
        feed=f"https://{source}/feed",
        source=source,
        url=f"https://{source}/{instant:%d%H%M}",
        title=text.partition(". ")[0],
        text=text,
        language="de",
        country="DE",
        instant=instant,
        day=instant.date(),
    )
    return replace(plainly, **more)


@dataclass
class Channel:
    """One channel and those who read it."""

    store: SqlStore
    desk: Desk
    clock: FakeClock
    messenger: FakeMessenger

    def hears(self, *stories: Story) -> list[str]:
        """Read these stories, each at its time, then send all that follows; give the messages in short."""
        for one in stories:
            self.reads(one)
        return self.sends()

    def reads(self, one: Story) -> None:
        """Read a story, and send nothing."""
        self.clock.set(max(one.instant, self.clock.now()))
        recognise(one, self.desk, self.store, self.clock.now())

    @property
    def waiting(self) -> list[str]:
        """Give what waits to be sent, as a reader would see it."""
        return [plain(entry.body) for entry in self.store.outbox_due(self.clock.now() + timedelta(days=1))]

    def rules(
        self, contact: Contact, wrong: Wrong, slot: Slot | None = None, value: str | None = None
    ) -> Ruling:
        """Let an editor rule on a contact, and queue what follows."""
        ruling = Ruling(
            f"{contact.id} {wrong} {slot}", contact.id, wrong, "42", self.clock.now(), slot, value
        )
        self._rule(contact, ruling)
        return ruling

    def takes_back(self, contact: Contact, ruling: Ruling) -> None:
        """Let the editor take a ruling back."""
        self._rule(contact, replace(ruling, undone_at=self.clock.now()))

    def sends(self) -> list[str]:
        """Send what is due, and what has to wait at its time; give the messages in short."""
        before = len(self.messenger.said)
        tempo = Tempo(wait=self._wait, jitter=lambda: 0.5, pace=UNLIMITED)
        while True:
            report = asyncio.run(deliver(self.store, self.messenger, self.clock, tempo=tempo))
            if report.again_at is None:
                break
            self.clock.set(max(report.again_at, self.clock.now()))
        return [f"{did}: {plain(body).splitlines()[0]}" for did, _, body in self.messenger.said[before:]]

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """Give all contacts, by day."""
        return self.store.history.contacts()

    @property
    def last(self) -> str:
        """Give the newest message as a reader sees it."""
        return plain(self.messenger.said[-1][2])

    def post(self, number: int) -> str:
        """Give a post as a reader sees it now."""
        made = [body for did, _, body in self.messenger.said[number - 1 : number] if "reply" not in did]
        edits = [body for did, _, body in self.messenger.said if did == f"edit {number}"]
        return plain([*made, *edits][-1])

    def _rule(self, contact: Contact, ruling: Ruling) -> None:
        with self.store.ledger() as ledger:
            ledger.rule(ruling)
            teller = Teller(ledger, self.desk, self.clock.now())
            teller.refresh(contact)
            teller.refresh_after([contact])

    async def _wait(self, seconds: float) -> None:
        self.clock.advance(timedelta(seconds=seconds))


@contextmanager
def channel(*watches: Watch, language: str = "de", **settings: Any) -> Iterator[Channel]:
    """Open a channel whose watches (one that announces plans, unless told otherwise) have long been known."""
    watchlist = WatchList(watches or (ANNOUNCING,), language=language, **settings)
    store = open_store("sqlite://")
    store.know_watches((watch.key for watch in watchlist.watches), at(1, 0) - timedelta(days=900))
    try:
        yield Channel(
            store, desk(Watching(watchlist, REGISTER), RECOGNISER), FakeClock(at(1, 0)), FakeMessenger()
        )
    finally:
        store.close()
