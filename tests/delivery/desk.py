"""What the tests of delivery share: a real store, a simulated time, alerts to tell."""

import weakref
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.alerts.delivery import UNLIMITED, WHOLE, Pace
from bot.model.alert import Alert, EntryState, OutboxEntry
from bot.pipeline.deliver import DeliveryReport, Tempo, deliver
from bot.ports import Messenger
from bot.storage import SqlStore, open_store
from tests.fakes.clock import FakeClock

START = datetime(2024, 7, 13, 9, 0, tzinfo=UTC)


def alert(name: str, body: str | None = None, channel: str = "") -> Alert:
    """Make an alert with a body of its own."""
    return Alert(name, f"contact-{name}", channel, body or f"<b>{name}</b> spoke", START)


def in_memory() -> SqlStore:
    """Open a store that closes its database when nobody holds it any more."""
    store = open_store("sqlite://")
    weakref.finalize(store, store._database.close)
    return store


@dataclass
class Desk:
    """A store in memory, a clock that waiting moves, and a messenger."""

    messenger: Messenger
    store: SqlStore = field(default_factory=in_memory)
    clock: FakeClock = field(default_factory=lambda: FakeClock(START))
    pace: Pace = UNLIMITED
    tempo: Tempo = field(init=False)

    def __post_init__(self) -> None:
        whole = WHOLE if self.pace.limits else UNLIMITED
        self.tempo = Tempo(wait=self._wait, jitter=lambda: 0.5, pace=self.pace, whole=whole)

    async def _wait(self, seconds: float) -> None:
        self.clock.advance(timedelta(seconds=seconds))

    def tell(self, *alerts: Alert) -> None:
        """Let the ledger tell these alerts."""
        with self.store.ledger() as ledger:
            for one in alerts:
                ledger.tell(one, self.clock.now())

    async def deliver(self) -> DeliveryReport:
        """Deliver what is due now."""
        return await deliver(self.store, self.messenger, self.clock, tempo=self.tempo)

    async def deliver_all(self, rounds: int = 200) -> DeliveryReport:
        """Deliver until nothing is left, jumping to the time at which something is due."""
        for _ in range(rounds):
            report = await self.deliver()
            if report.again_at is None:
                return report
            self.clock.set(max(report.again_at, self.clock.now()))
        return report

    def open(self) -> dict[str, EntryState]:
        """Give the unfinished entries' states by alert."""
        return {entry.alert: entry.state for entry in self.entries()}

    def entries(self) -> tuple[OutboxEntry, ...]:
        """Give the unfinished entries."""
        return self.store.outbox_due(self.clock.now() + timedelta(days=30))
