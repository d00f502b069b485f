"""The outbox between the ledger that fills it and the sender that empties it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import StateError
from bot.model.alert import EntryState, Kind, OutboxEntry
from bot.storage import SqlStore
from tests.storage.newsday import MINUTE, NOON, alert_of

LATER = NOON + timedelta(hours=1)


def _tell(store: SqlStore, subject: str, body: str, channel: str = "") -> None:
    with store.ledger() as ledger:
        ledger.tell(alert_of(subject, body, channel), NOON)


def _send(store: SqlStore, entry: OutboxEntry, message_id: int) -> None:
    sending = replace(entry, state=EntryState.SENDING, attempts=entry.attempts + 1, tried_at=NOON)
    store.save_entry(sending)
    store.save_entry(replace(sending, state=EntryState.SENT, message_id=message_id))


def test_a_new_alert_is_one_due_post(store: SqlStore) -> None:
    """Telling for the first time queues a post, due at once; telling again replaces its words."""
    _tell(store, "june", "a")
    _tell(store, "june", "b")
    (entry,) = store.outbox_due(NOON)
    assert (entry.kind, entry.body, entry.number, entry.state) == (Kind.POST, "b", 1, EntryState.DUE)


def test_an_entry_comes_back_as_it_was_saved(store: SqlStore) -> None:
    """Every field of an entry survives."""
    _tell(store, "june", "a", "@draht")
    saved = replace(
        store.outbox_due(NOON)[0],
        state=EntryState.UNKNOWN,
        attempts=3,
        floor=2**40,
        error="timed out",
        tried_at=NOON + timedelta(microseconds=1),
        not_before=NOON + timedelta(microseconds=2),
    )
    store.save_entry(saved)
    assert store.outbox_due(LATER) == (saved,)


def test_a_post_made_gives_its_number_to_its_alert_and_its_edits(store: SqlStore) -> None:
    """An edit is due only once its post has a number, a minute after it, and carries the number."""
    _tell(store, "june", "a")
    (post,) = store.outbox_due(NOON)
    store.save_entry(replace(post, state=EntryState.SENDING, attempts=1, tried_at=NOON))
    _tell(store, "june", "b")
    assert [entry.kind for entry in store.outbox_due(LATER)] == [Kind.POST]
    store.save_entry(replace(post, state=EntryState.SENT, attempts=1, tried_at=NOON, message_id=41))
    assert store.outbox_due(NOON + MINUTE - timedelta(microseconds=1)) == ()
    (edit,) = store.outbox_due(NOON + MINUTE)
    assert (edit.kind, edit.body, edit.message_id) == (Kind.EDIT, "b", 41)
    with store.ledger() as ledger:
        assert [alert.message_id for alert in ledger.alerts(["june"])] == [41]


def test_posts_go_before_edits_each_in_order(store: SqlStore) -> None:
    """First posts first, whatever was queued before them."""
    for number, subject in enumerate(("one", "two"), 1):
        _tell(store, subject, "a")
        _send(store, store.outbox_due(NOON)[-1], number)
    for subject in ("two", "one", "three", "four"):
        _tell(store, subject, "b")
    queued = [(entry.kind, entry.number) for entry in store.outbox_due(LATER)]
    assert queued == [(Kind.POST, 5), (Kind.POST, 6), (Kind.EDIT, 3), (Kind.EDIT, 4)]


def test_what_may_have_been_sent_stays_on_the_list(store: SqlStore) -> None:
    """SENDING and UNKNOWN entries come back to be looked for; finished ones never do."""
    for subject in EntryState:
        _tell(store, subject, "a")
    for entry, state in zip(store.outbox_due(NOON), EntryState, strict=True):
        store.save_entry(replace(entry, state=state))
    open_states = {entry.state for entry in store.outbox_due(LATER)}
    assert open_states == {EntryState.DUE, EntryState.SENDING, EntryState.UNKNOWN}


def test_words_told_while_the_sender_holds_an_entry_follow_as_an_edit(store: SqlStore) -> None:
    """An entry read before it was retold is sent as it was read, and nothing of the retelling is lost."""
    _tell(store, "june", "a")
    (held,) = store.outbox_due(NOON)
    _tell(store, "june", "b")
    _send(store, held, 41)
    (edit,) = store.outbox_due(LATER)
    assert (edit.kind, edit.body) == (Kind.EDIT, "b")


def test_a_post_that_was_not_sent_takes_up_the_edit_behind_it(store: SqlStore) -> None:
    """Back to due, a post says the newest at once, and no edit is left."""
    _tell(store, "june", "a")
    (post,) = store.outbox_due(NOON)
    store.save_entry(replace(post, state=EntryState.SENDING, attempts=1, tried_at=NOON))
    _tell(store, "june", "b")
    store.save_entry(replace(post, attempts=1, tried_at=NOON, not_before=LATER))
    (again,) = store.outbox_due(LATER)
    assert (again.kind, again.body, again.attempts) == (Kind.POST, "b", 1)


def test_merging_withdraws_a_post_not_begun(store: SqlStore) -> None:
    """Of two contacts that proved one, only the elder is posted."""
    with store.ledger() as ledger:
        ledger.tell(alert_of("elder", "elder"), NOON)
        ledger.tell(alert_of("younger", "younger"), NOON)
        ledger.merge("younger", "elder")
    assert [entry.body for entry in store.outbox_due(LATER)] == ["elder"]


def test_a_merged_post_is_edited_to_point_to_the_elder(store: SqlStore) -> None:
    """A post that stands is not taken away, its next words are an edit."""
    _tell(store, "elder", "elder")
    _tell(store, "younger", "younger")
    for number, entry in enumerate(store.outbox_due(NOON), 1):
        _send(store, entry, number)
    with store.ledger() as ledger:
        ledger.merge("younger", "elder")
        (pointing,) = ledger.alerts(["younger"])
        ledger.tell(replace(pointing, body="→ elder"), NOON)
    (edit,) = store.outbox_due(LATER)
    assert (edit.kind, edit.body, edit.message_id) == (Kind.EDIT, "→ elder", 2)


def test_an_alert_read_before_its_post_was_made_keeps_the_number(store: SqlStore) -> None:
    """Telling with an older copy of the alert never forgets the post's number."""
    _tell(store, "june", "a")
    _send(store, store.outbox_due(NOON)[0], 41)
    _tell(store, "june", "b")
    assert store.outbox_due(LATER)[0].message_id == 41


def test_the_highest_number_of_a_channel_is_known(store: SqlStore) -> None:
    """Each channel counts for itself; one without posts has none."""
    for number, (subject, channel) in enumerate((("a", "@one"), ("b", "@one"), ("c", "@two")), 7):
        _tell(store, subject, "a", channel)
        _send(store, store.outbox_due(NOON)[0], number)
    assert [store.highest_message(channel) for channel in ("@one", "@two", "")] == [8, 9, None]


def test_an_entry_that_is_gone_cannot_be_saved(store: SqlStore) -> None:
    """Saving an entry that the database does not hold is told, not passed over."""
    _tell(store, "june", "a")
    with pytest.raises(StateError, match="is not in the database"):
        store.save_entry(replace(store.outbox_due(NOON)[0], id="unknown", number=99))


def test_what_lies_ahead_of_a_clock_set_back_is_handed_out(store: SqlStore) -> None:
    """An entry of the year 2030, made by a clock that was wrong, does not wait until then."""
    with store.ledger() as ledger:
        ledger.tell(alert_of("june", "a"), NOON + timedelta(days=2000))
    assert [entry.body for entry in store.outbox_due(NOON)] == ["a"]


def test_a_watch_noted_by_a_wrong_clock_counts_from_now(store: SqlStore) -> None:
    """Else it would hold back every contact until its day has come."""
    store.know_watches(["old"], NOON - MINUTE)
    store.know_watches(["ahead"], NOON + timedelta(days=2000))
    store.know_watches(["old", "ahead"], NOON)
    with store.ledger() as ledger:
        assert ledger.watches_since(["old", "ahead"]) == {"old": NOON - MINUTE, "ahead": NOON}
