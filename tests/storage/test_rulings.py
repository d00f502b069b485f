"""What people correct or turn off is kept."""

from dataclasses import replace

from bot.model.ruling import Ruling, Slot, Switch, Wrong
from bot.storage import SqlStore
from tests.storage.newsday import NOON


def test_rulings_are_given_back_until_they_are_taken_back(store: SqlStore) -> None:
    """Each slot of a ruling survives; one that was undone counts no more."""
    slot = Ruling("r1", "june", Wrong.SLOT, "42", NOON, Slot.DAY, "2024-06-25")
    other = Ruling("r2", "july", Wrong.CONTACT, "42", NOON)
    with store.ledger() as ledger:
        ledger.rule(slot)
        ledger.rule(other)
    with store.ledger() as ledger:
        assert ledger.rulings(["june", "july"]) == (slot, other)
        ledger.rule(replace(slot, undone_at=NOON))
        assert ledger.rulings(["june"]) == ()


def test_a_switch_stays_off_until_it_is_turned_on(store: SqlStore) -> None:
    """Who turned it off, and until when, is known to every later process."""
    assert store.switch("pause") is None
    store.turn_off(Switch("pause", "42", NOON))
    store.turn_off(Switch("pause", "43", NOON, NOON))
    assert store.switch("pause") == Switch("pause", "43", NOON, NOON)
    store.turn_on("pause")
    assert store.switch("pause") is None
