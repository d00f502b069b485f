"""Several channels from one ledger: by watch, pair and language; quiet, approved, or a service."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

import pytest

from bot.alerts.delivery import UNLIMITED
from bot.assembly import desk
from bot.configuration import Watching
from bot.model.alert import EntryState
from bot.model.channel import Channel, Quiet, Service
from bot.model.office import Office
from bot.model.outcome import Refused
from bot.model.story import Story
from bot.model.watchlist import Party, Watch, WatchList
from bot.pipeline.deliver import Tempo, deliver
from bot.pipeline.desk import Desk
from bot.pipeline.digest import digest
from bot.pipeline.recognise import recognise
from bot.services.switchboard import Switchboard
from bot.storage import SqlStore, open_store
from bot.telegram.plain import plain
from tests.fakes.clock import FakeClock
from tests.pipeline.lives import RECOGNISER, REGISTER, at, story
from tests.services.test_switchboard import FakeService

EVENING, MORNING = at(12, 21, 30), at(13, 4, 30)  # half past eleven and half past six in Berlin
MOSCOW = Watch(
    "Moskau",
    parties=(Party(Office("US")), Party(Office("RU"))),
    channels=("@moskau", "@moscow", "phone"),
)
PARIS = Watch("Paris", parties=(Party(Office("FR")),), channels=("@paris",))
ALL = Watch("all", channels=("@nacht", "@vorlage"))
CHANNELS = (
    Channel("@moscow", "en"),
    Channel("phone", "en", service=Service("env:PHONE")),
    Channel("@nacht", "de", quiet=Quiet(time(23), time(6, 30)), digest="0 7 * * mon"),
    Channel("@vorlage", "de", approve=True),
)
WATCHLIST = WatchList((MOSCOW, PARIS, ALL), channels=CHANNELS)
GERMAN, ENGLISH = "🔴 Austin und Beloussow telefonieren", "🔴 Austin and Belousov speak by phone"
BERLIN_PARIS = "🔴 Lecornu und Pistorius telefonieren"


def call() -> Story:
    """Tell of a call of Washington and Moscow, late in the evening."""
    told = "US-Verteidigungsminister Lloyd Austin hat am Freitag mit seinem russischen Kollegen"
    return story(EVENING, "zeit.example", f"{told} Andrej Beloussow telefoniert.")


def another() -> Story:
    """Tell of a call of Berlin and Paris, a little later."""
    told = "Verteidigungsminister Boris Pistorius hat am Freitag mit seinem französischen Kollegen"
    return story(EVENING + timedelta(minutes=9), "welt.example", f"{told} Sébastien Lecornu telefoniert.")


@dataclass
class Wire:
    """One ledger, its channels, and what they were told."""

    store: SqlStore
    desk: Desk
    home: FakeService
    phone: FakeService

    def hears(self, *stories: Story) -> None:
        """Read these stories, each at its time."""
        for one in stories:
            recognise(one, self.desk, self.store, one.instant)

    def told(self, now: datetime) -> dict[str, list[tuple[str, str]]]:
        """Send what is due; give by channel what each message newly did, with its head line."""
        before = len(self.home.said), len(self.phone.said)
        board = Switchboard(self.home, {"phone": self.phone})
        tempo = Tempo(jitter=lambda: 0.0, pace=UNLIMITED)
        asyncio.run(deliver(self.store, board, FakeClock(now), tempo=tempo))
        told: dict[str, list[tuple[str, str]]] = {}
        for did, channel, body in (*self.home.said[before[0] :], *self.phone.said[before[1] :]):
            told.setdefault(channel, []).append((did, plain(body).partition("\n")[0]))
        return told


@pytest.fixture
def wire() -> Iterator[Wire]:
    """Open the five channels, of which all watches are old."""
    store = open_store("sqlite://")
    store.know_watches((watch.key for watch in WATCHLIST.watches), at(1, 0))
    yield Wire(store, desk(Watching(WATCHLIST, REGISTER), RECOGNISER, home=""), FakeService(), FakeService())
    store.close()


def test_one_story_rings_in_every_channel_that_wants_it_in_its_language(wire: Wire) -> None:
    """The pair's channels in German and English and on a phone at once; quiet and approved ones not yet."""
    wire.hears(call())
    assert wire.told(EVENING) == {
        "@moskau": [("post", GERMAN)],
        "@moscow": [("post", ENGLISH)],
        "phone": [("post", ENGLISH)],
    }


def test_a_quiet_channel_hears_of_the_night_in_the_morning(wire: Wire) -> None:
    """Its two posts come silently, and one summary behind them rings; the others had theirs at once."""
    wire.hears(call(), another())
    assert wire.told(EVENING + timedelta(hours=1))["@paris"] == [("post", BERLIN_PARIS)]
    assert wire.told(MORNING) == {
        "@nacht": [
            ("silent post", GERMAN),
            ("silent post", BERLIN_PARIS),
            ("post", "🔴 Über Nacht: zwei neue Meldungen"),
        ]
    }
    assert GERMAN.removeprefix("🔴 ") in wire.home.said[-1][2]


def test_a_post_waits_for_its_editor(wire: Wire) -> None:
    """In the channel that wants that, and there alone; it is a row that nothing sends."""
    wire.hears(call())
    wire.told(EVENING + timedelta(days=1))
    assert "@vorlage" not in {channel for _, channel, _ in wire.home.said}
    with wire.store.ledger() as ledger:
        (alert,) = ledger.told_between("@vorlage", at(1, 0), at(30, 0))
        assert alert.held
        ledger.tell(replace(alert, held=False), EVENING)
    (entry,) = [one for one in wire.store.outbox_due(EVENING) if one.channel == "@vorlage"]
    assert entry.state is EntryState.DUE
    assert wire.told(EVENING + timedelta(days=1)) == {"@vorlage": [("post", GERMAN)]}


def test_each_channel_has_rows_and_ends_of_its_own(wire: Wire) -> None:
    """A service that refuses a post keeps no other channel from its own."""
    wire.phone.outcomes = [Refused("no")]
    wire.hears(call())
    assert set(wire.told(EVENING)) == {"@moskau", "@moscow", "phone"}
    assert wire.store.history.counts().refused == 1


def test_the_weeks_digest_lists_what_the_channel_was_told_of(wire: Wire) -> None:
    """In the channel's language, silently, each linked to its post."""
    wire.hears(call(), another())
    wire.told(MORNING)
    until = at(15, 5)
    assert digest("@nacht", until, wire.desk, wire.store, until)
    ((did, head),) = wire.told(until)["@nacht"]
    assert (did, head.startswith("🗓")) == ("silent post", True)
    assert all(name in wire.home.said[-1][2] for name in ("Austin", "Pistorius"))
    assert '<a href="https://t.me/nacht/' in wire.home.said[-1][2]
