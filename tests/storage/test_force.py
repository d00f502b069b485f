"""Which configuration acts: a row that survives, and with it since when each watch is known."""

from dataclasses import replace
from datetime import timedelta

from bot.model.force import InForce
from bot.storage import SqlStore
from tests.storage.newsday import MINUTE, NOON, alert_of


def test_a_watch_list_acts_since_it_entered(store: SqlStore) -> None:
    """Entered again, at a restart or after a save that changed nothing, it does so since the first time."""
    assert store.force.present() is None
    assert store.force.enter("a1", ["k"], NOON) == InForce("a1", NOON)
    assert store.force.enter("a1", ["k"], NOON + MINUTE) == InForce("a1", NOON)
    assert store.force.enter("b2", ["k"], NOON + 2 * MINUTE) == InForce("b2", NOON + 2 * MINUTE)
    assert store.force.present() == InForce("b2", NOON + 2 * MINUTE)


def test_its_watches_are_known_since_the_first_of_them(store: SqlStore) -> None:
    """A watch keeps its first day whatever list it stands in; a new one is known from now on."""
    store.force.enter("a1", ["old"], NOON)
    store.force.enter("b2", ["old", "new"], NOON + MINUTE)
    with store.ledger() as ledger:
        assert ledger.watches_since(["old", "new"]) == {"old": NOON, "new": NOON + MINUTE}


def test_what_is_wrong_stands_until_a_list_enters(store: SqlStore) -> None:
    """The list that acts goes on; once the files are well again, the fault is over."""
    store.force.enter("a1", ["k"], NOON)
    store.force.broken("watchlist.yaml:1:1: error: no", NOON + MINUTE)
    assert store.force.present() == InForce("a1", NOON, "watchlist.yaml:1:1: error: no", NOON + MINUTE)
    assert store.force.enter("a1", ["k"], NOON + 2 * MINUTE) == InForce("a1", NOON)


def test_a_clock_that_was_ahead_leaves_no_list_of_the_future(store: SqlStore) -> None:
    """Noted by a clock that was wrong, it acts since now."""
    store.force.enter("a1", ["k"], NOON + timedelta(days=2000))
    assert store.force.enter("a1", ["k"], NOON) == InForce("a1", NOON)


def test_an_alert_keeps_the_revision_that_made_it(store: SqlStore) -> None:
    """It is stored with it, and given back when a contact is asked about."""
    alert = replace(alert_of("june", "body"), revision="a1b2c3d4")
    with store.ledger() as ledger:
        ledger.tell(alert, NOON)
    (found,) = store.archive.alerts(alert.subject)
    assert found.revision == "a1b2c3d4"
    assert store.archive.alerts("nothing") == ()
