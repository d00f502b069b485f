"""What was changed from the operators' chat is kept, and so is what was not wanted."""

from dataclasses import replace
from datetime import timedelta

from bot.model.change import Edit
from bot.storage import SqlStore
from bot.storage.edits import KEPT
from tests.storage.newsday import NOON

FIRST = Edit("e1", "watchlist.yaml", b"a", b"\xff\x00b", "+ Taurus", "Erika (42)", NOON)


def test_the_newest_edit_that_stands_is_known(store: SqlStore) -> None:
    """Byte for byte; one that was taken back gives way to the one before it."""
    second = replace(FIRST, id="e2", before=None, at=NOON + timedelta(minutes=1))
    for edit in (FIRST, second, FIRST):
        store.edits.keep(edit)
    assert store.edits.newest() == second
    store.edits.keep(replace(second, undone_by="u1"))
    assert store.edits.newest() == FIRST
    assert store.edits.edit("e2") == store.edits.undone("u1") == replace(second, undone_by="u1")
    assert store.edits.edit("e3") is store.edits.undone("u2") is None


def test_only_the_newest_edits_are_kept(store: SqlStore) -> None:
    """Whole files add up; what is older is taken back by hand."""
    for number in range(KEPT + 3):
        store.edits.keep(replace(FIRST, id=f"e{number}", at=NOON + timedelta(minutes=number)))
    assert store.edits.edit("e2") is None
    assert store.edits.edit("e3") is not None


def test_a_veto_stays(store: SqlStore) -> None:
    """However often it is given."""
    for _ in range(2):
        store.edits.veto("s1", "42", NOON)
    assert store.edits.vetoed() == {"s1"}
