"""A message number means something only in the chat where the post stands."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.model.alert import Alert, EntryState, Kind, OutboxEntry
from bot.storage import SqlStore, open_store
from tests.storage.newsday import NOON, alert_of

LATER = NOON + timedelta(hours=1)


def _tell(store: SqlStore, subject: str, body: str, channel: str = "") -> None:
    with store.ledger() as ledger:
        ledger.tell(alert_of(subject, body, channel), NOON)


def _alert(store: SqlStore, subject: str) -> Alert:
    with store.ledger() as ledger:
        (alert,) = ledger.alerts([subject])
    return alert


def _post(store: SqlStore, number: int, state: EntryState = EntryState.SENT) -> OutboxEntry:
    """Bring the one due post to this state, under this number once it is sent."""
    (due,) = [entry for entry in store.outbox_due(LATER) if entry.attempts == 0]
    made = number if state is EntryState.SENT else None
    entry = replace(due, state=state, attempts=1, tried_at=NOON, floor=number - 1, message_id=made)
    store.save_entry(entry)
    return entry


@pytest.fixture
def spoken(store: SqlStore) -> SqlStore:
    """Give a store whose default channel was the terminal, with one post under the number 7."""
    assert store.speaks_through("terminal", "", NOON) == 0
    _tell(store, "june", "a")
    _post(store, 7)
    return store


def test_posts_of_the_terminal_are_out_of_telegrams_reach(spoken: SqlStore) -> None:
    """Neither the pending edit nor a later one aims at the number; nothing is posted anew."""
    _tell(spoken, "june", "b")
    assert spoken.speaks_through("telegram", "@draht", NOON) == 1
    _tell(spoken, "june", "c")
    assert spoken.outbox_due(LATER) == ()
    assert spoken.history.counts().pending == 0
    assert spoken.highest_message("") is None
    assert _alert(spoken, "june").message_id is None


def test_whoever_speaks_on_where_he_spoke_forgets_nothing(store: SqlStore) -> None:
    """The same chat, in any spelling of its name, or one left out for once, keeps its numbers."""
    store.speaks_through("telegram", "@draht", NOON)
    _tell(store, "june", "a")
    _post(store, 7)
    _tell(store, "june", "b")
    for chat in ("@draht", "@Draht", "", "@draht"):
        assert store.speaks_through("telegram", chat, NOON) == 0
    (edit,) = store.outbox_due(LATER)
    assert (edit.kind, edit.message_id, edit.body) == (Kind.EDIT, 7, "b")


def test_another_default_chat_leaves_the_named_channels_alone(store: SqlStore) -> None:
    """Only posts of channels that lie elsewhere now are let go of."""
    store.speaks_through("telegram", "@draht", NOON)
    for number, channel in ((7, ""), (8, "@named")):
        _tell(store, f"june{channel}", "a", channel)
        _post(store, number)
    assert store.speaks_through("telegram", "@other", NOON) == 1
    assert [store.highest_message(channel) for channel in ("", "@named")] == [None, 8]


@pytest.mark.parametrize("state", [EntryState.DUE, EntryState.SENDING, EntryState.UNKNOWN])
def test_what_may_not_have_been_posted_is_due_in_the_new_place(store: SqlStore, state: EntryState) -> None:
    """A post of unknown end surely does not stand there: it is due with the newest words."""
    store.speaks_through("telegram", "@draht", NOON)
    _tell(store, "june", "a")
    _post(store, 7, state)
    _tell(store, "june", "b")
    assert store.speaks_through("telegram", "@other", LATER) == 0
    (entry,) = store.outbox_due(LATER)
    assert (entry.kind, entry.state, entry.body) == (Kind.POST, EntryState.DUE, "b")
    assert (entry.floor, entry.attempts, entry.tried_at) == (None, 0, None)


def test_what_waits_for_the_morning_waits_in_the_new_place_too(store: SqlStore) -> None:
    """A chat that moves at night rings nobody out of bed."""
    store.speaks_through("telegram", "@draht", NOON)
    with store.ledger() as ledger:
        ledger.tell(replace(alert_of("june", "a"), due_at=NOON + timedelta(hours=8)), NOON)
    store.move_chat("", "-100999", NOON + timedelta(hours=1))
    (waiting,) = store.outbox_due(NOON + timedelta(days=1))
    assert waiting.not_before == NOON + timedelta(hours=8)
    assert store.outbox_due(NOON + timedelta(hours=7)) == ()


def test_a_chat_named_anew_is_not_the_one_it_had_moved_to(spoken: SqlStore) -> None:
    """A remembered move belongs to the old chat; kept, it would win over the setting for ever."""
    spoken.move_chat("", "-100123", NOON)
    spoken.speaks_through("telegram", "@draht", NOON)
    assert spoken.chat_moves() == {}


def test_a_database_of_the_first_schema_goes_on_where_it_spoke(tmp_path: Path) -> None:
    """Nothing says where an older Draht spoke, so its posts count as standing where this one speaks."""
    path = tmp_path / "draht.db"
    with closing(open_store(f"sqlite:///{path}")) as store:
        _tell(store, "june", "a")
        _post(store, 7)
    with closing(sqlite3.connect(path)) as older:
        older.executescript(
            "DROP TABLE whereabouts; DROP TABLE blocks; DROP TABLE hosts; DROP TABLE pages; "
            "DROP TABLE rulings; DROP TABLE switches; ALTER TABLE outbox DROP COLUMN silent; "
            "ALTER TABLE alerts DROP COLUMN stamp; ALTER TABLE alerts DROP COLUMN shown; "
            "ALTER TABLE alerts DROP COLUMN silent; ALTER TABLE alerts DROP COLUMN due_at; "
            "ALTER TABLE alerts DROP COLUMN held; ALTER TABLE alerts DROP COLUMN told; "
            "ALTER TABLE alerts DROP COLUMN revision; DROP TABLE in_force; "
            "DROP TABLE edits; DROP TABLE vetoes; "
            "ALTER TABLE feeds DROP COLUMN manners; ALTER TABLE stories DROP COLUMN article; "
            "UPDATE alembic_version SET version_num = 'v0001'"
        )
    with closing(open_store(f"sqlite:///{path}")) as store:
        assert store.speaks_through("telegram", "@draht", NOON) == 0
        assert store.highest_message("") == 7
        assert store.speaks_through("terminal", "", NOON) == 1


def test_a_service_stays_where_it_is(store: SqlStore) -> None:
    """A token set later moves Telegram's channels out of the terminal, and no service."""
    store.speaks_through("terminal", "", NOON)
    _tell(store, "june", "a", "phone")
    _post(store, 7)
    assert store.speaks_through("telegram", "@draht", NOON) == 0
    assert store.highest_message("phone") == 7


def test_numbers_of_a_chat_that_was_left_mean_nothing_in_the_new_one(spoken: SqlStore) -> None:
    """A move leaves posts where they are: their numbers are neither known above a floor nor taken by them."""
    assert spoken.numbers_above("", 0) == {7}
    assert spoken.move_chat("", "-1009", NOON) == 1
    assert (spoken.numbers_above("", 0), spoken.made_under([7])) == (frozenset(), ())
    assert (spoken.highest_message(""), spoken.lowest_message("")) == (None, None)


def test_numbers_of_a_chat_that_was_moved_into_are_known_by_its_new_name(spoken: SqlStore) -> None:
    """Looks name the chat as it is called now; the outbox, as it was called in the settings."""
    spoken.move_chat("", "-1009", NOON)
    _tell(spoken, "july", "b", "")
    _post(spoken, 8)
    assert spoken.numbers_above("-1009", 0) == {8}
