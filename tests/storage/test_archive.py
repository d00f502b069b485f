"""What people may ask the store about, on SQLite and PostgreSQL."""

from dataclasses import replace
from datetime import date, timedelta

from bot.model.alert import EntryState
from bot.model.archive import Overdue, Search
from bot.model.office import Office
from bot.model.ruling import Ruling, Wrong
from bot.model.watchlist import Party
from bot.storage import SqlStore
from tests.storage.newsday import FR, MINUTE, NOON, US, alert_of, contact_of, report_of

JUNE, JULY = date(2024, 6, 25), date(2024, 7, 12)


def _told(store: SqlStore, *subjects: str, channel: str = "", held: bool = False) -> None:
    with store.ledger() as ledger:
        for subject in subjects:
            ledger.tell(replace(alert_of(subject, f"<b>{subject}</b>", channel), held=held), NOON)


def _sent(store: SqlStore, first: int = 10) -> None:
    for number, entry in enumerate(store.outbox_due(NOON + MINUTE), first):
        store.save_entry(replace(entry, state=EntryState.SENT, message_id=number, tried_at=NOON))


def test_the_last_posts_are_those_made_newest_first(store: SqlStore) -> None:
    """Neither what waits nor a summary is among them, and a private channel's only for who may see it."""
    _told(store, "june", "july", "night 2024-07-12")
    _told(store, "july", channel="-1007")
    _sent(store)
    _told(store, "august")
    seen = [(one.alert.subject, one.channel) for one in store.archive.last_posts(5, private=True)]
    assert seen == [("july", "-1007"), ("july", ""), ("june", "")]
    assert [one.alert.subject for one in store.archive.last_posts(1, private=False)] == ["july"]
    assert [one.alert.subject for one in store.archive.posts_under(10)] == ["june"]
    assert [one.alert.subject for one in store.archive.posts_after(3, also=[1])] == ["june", "july", "august"]


def test_a_post_stands_where_its_channel_moved_to(store: SqlStore) -> None:
    """Links lead to the new chat."""
    _told(store, "june")
    store.move_chat("", "-100999", NOON)
    _sent(store)
    assert [one.channel for one in store.archive.last_posts(1, private=False)] == ["-100999"]


def test_contacts_are_found_by_party_and_day(store: SqlStore) -> None:
    """By office, by person in it, by several at one table, and not before a day."""
    with store.ledger() as ledger:
        for contact in (contact_of("june", JUNE), contact_of("july", JULY)):
            ledger.enter(contact, NOON)
        paris = frozenset({US, FR})
        ledger.enter(contact_of("paris", JULY, report_of("p", JULY, paris), offices=paris), NOON)

    def found(*parties: Party, since: date | None = None) -> list[str]:
        search = Search(tuple(frozenset({party}) for party in parties), since)
        return [contact.id for contact in store.archive.contacts(search)]

    assert found() == ["july", "paris", "june"]
    assert found(Party(Office("RU"))) == ["july", "june"]
    assert found(Party(US), Party(FR)) == ["paris"]
    assert found(Party(US, "A. Person"), since=JULY) == ["july", "paris"]
    assert found(Party(US, "B. Person")) == []
    assert found(Party(Office("U"))) == []


def test_a_contact_that_proved_to_be_another_is_that_one(store: SqlStore) -> None:
    """An old button or link still leads to what is known."""
    with store.ledger() as ledger:
        ledger.enter(contact_of("elder", JUNE), NOON)
        ledger.enter(contact_of("younger", JULY), NOON)
        ledger.enter(contact_of("elder", JUNE, report_of("a", JUNE), report_of(str(JULY), JULY)), NOON)
        ledger.merge("younger", "elder")
        known = ledger.contact("younger")
        assert known is not None
        assert known.id == "elder"
    assert store.archive.contact("nobody") is None
    assert store.archive.contact("younger") == known


def test_a_rejected_post_is_never_made(store: SqlStore) -> None:
    """Not even when its contact is told in new words; an editor may let it wait again."""
    _told(store, "june", held=True)
    alert = store.archive.held()[0].alert
    with store.ledger() as ledger:
        assert ledger.withhold(alert.id, for_good=True)
        assert not ledger.withhold(alert.id, for_good=True)
        ledger.tell(replace(alert, body="new words", held=False), NOON)
    assert store.outbox_due(NOON + timedelta(days=9)) == ()
    assert store.archive.backlog().count(EntryState.REJECTED) == 1
    with store.ledger() as ledger:
        assert ledger.withhold(alert.id, for_good=False)
        assert ledger.alert(alert.id) == replace(alert, body="new words", held=True)
    assert [one.alert.subject for one in store.archive.held()] == ["june"]


def test_only_rulings_in_force_are_cases(store: SqlStore) -> None:
    """One that was taken back labels nothing."""
    ruling = Ruling("r", "june", Wrong.CONTACT, "42", NOON)
    with store.ledger() as ledger:
        ledger.rule(ruling)
        ledger.rule(replace(ruling, id="s", undone_at=NOON))
    assert store.archive.rulings() == (ruling,)


def test_the_newest_fault_is_told(store: SqlStore) -> None:
    """A fault of a message that was sent in the end is over."""
    _told(store, "june", "july", "august")
    june, july, _ = store.outbox_due(NOON)
    store.save_entry(replace(june, state=EntryState.REFUSED, error="no right"))
    store.save_entry(replace(july, state=EntryState.SENT, message_id=1, error="was slow"))
    backlog = store.archive.backlog()
    assert backlog.error == "no right"
    assert backlog.count(EntryState.REFUSED, EntryState.DUE) == 2


def test_what_should_have_been_made_is_late_since_it_was_due(store: SqlStore) -> None:
    """A post tried again later is late since it was told; one for the morning, or held, is not late."""
    _told(store, "june", "july")
    _told(store, "august", held=True)
    with store.ledger() as ledger:
        ledger.tell(replace(alert_of("night", "N"), due_at=NOON + timedelta(hours=9)), NOON)
    june, july = store.outbox_due(NOON)
    later = NOON + timedelta(hours=3)
    store.save_entry(replace(june, attempts=9, error="refused", not_before=later + MINUTE, tried_at=later))
    assert store.archive.overdue(later) == Overdue(2, NOON, "refused")
    for number, entry in enumerate((june, july)):
        store.save_entry(replace(entry, state=EntryState.SENT, message_id=number, tried_at=later))
    assert store.archive.overdue(later) == Overdue()
    assert store.archive.overdue(NOON + timedelta(hours=10)) == Overdue(1, NOON + timedelta(hours=9))
