"""An editor's word in the ledger: kept once, shown by the posts, taken back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.model.alert import EntryState
from bot.model.channel import Channel
from bot.model.claim import Medium
from bot.model.ruling import Ruling, Slot, Wrong
from bot.pipeline.approve import approve, reject
from bot.pipeline.correct import rule, take_back
from tests.contacts.wire import noon
from tests.pipeline.script import EVERYTHING, Newsroom, newsroom, story
from tests.storage.newsday import report_of

JUNE, JULY = date(2024, 6, 25), date(2024, 7, 12)
LATER = noon(JULY) + timedelta(hours=1)


def _heard(room: Newsroom, on: date) -> str:
    claim = replace(report_of("x", on).claim, medium=Medium.PHONE)
    (decision,) = room.hear(story("blatt", on), claim)
    assert decision.contact is not None
    return decision.contact


def _rulings(room: Newsroom, *contacts: str) -> Sequence[Ruling]:
    found: Sequence[Ruling] = room.ask(lambda ledger: ledger.rulings(contacts))
    return found


def test_a_ruling_is_kept_once() -> None:
    """Made again, it stays as it was first made; of a contact that is not known none is kept."""
    with newsroom() as room:
        contact = _heard(room, JULY)
        ruling = Ruling("r", contact, Wrong.SLOT, "42", LATER, Slot.DAY, "2024-07-11")
        assert rule(ruling, room.desk, room.store, LATER)
        assert rule(replace(ruling, at=LATER + timedelta(days=1)), room.desk, room.store, LATER)
        assert _rulings(room, contact) == (ruling,)
        assert not rule(replace(ruling, contact="nobody"), room.desk, room.store, LATER)


def test_a_ruling_is_taken_back_once() -> None:
    """Ruled anew by the same button it stands again."""
    with newsroom() as room:
        contact = _heard(room, JULY)
        ruling = Ruling("r", contact, Wrong.CONTACT, "42", LATER)
        rule(ruling, room.desk, room.store, LATER)
        assert take_back(ruling, room.desk, room.store, LATER)
        assert not take_back(ruling, room.desk, room.store, LATER)
        assert _rulings(room, contact) == ()
        rule(ruling, room.desk, room.store, LATER)
        assert _rulings(room, contact) == (ruling,)


def test_what_was_ruled_on_a_contact_counts_for_the_one_it_proved_to_be() -> None:
    """A button under an old post still leads to the contact that is known now."""
    with newsroom() as room:
        elder, younger = _heard(room, JUNE), _heard(room, JULY)
        room.ask(lambda ledger: ledger.merge(younger, elder))
        rule(Ruling("r", younger, Wrong.CONTACT, "42", LATER), room.desk, room.store, LATER)
        assert [one.contact for one in _rulings(room, elder)] == [elder]


def test_a_held_post_is_let_out_once() -> None:
    """Approved again, nothing is queued; a post that never waited is left alone."""
    with newsroom() as room:
        contact = _heard(room, JULY)
        (alert,) = room.ask(lambda ledger: ledger.alerts([contact]))
        assert not approve(alert.id, room.desk, room.store, LATER)
        assert not approve("nothing", room.desk, room.store, LATER)
        waiting = replace(alert, id="w" * 20, held=True)
        room.ask(lambda ledger: ledger.tell(waiting, LATER))
        assert approve(waiting.id, room.desk, room.store, LATER)
        due = room.store.outbox_due(LATER)
        assert [(entry.alert, entry.state) for entry in due] == [(waiting.id, EntryState.DUE)]
        assert not approve(waiting.id, room.desk, room.store, LATER)
        assert room.store.outbox_due(LATER) == due


def test_a_rejected_post_is_not_approved_by_an_older_button() -> None:
    """What was turned down stays so, until the ruling behind it is taken back."""
    with newsroom() as room:
        contact = _heard(room, JULY)
        (alert,) = room.ask(lambda ledger: ledger.alerts([contact]))
        waiting = replace(alert, id="w" * 20, held=True)
        room.ask(lambda ledger: ledger.tell(waiting, LATER))
        assert reject(waiting.id, room.store)
        assert not reject(waiting.id, room.store)
        approve(waiting.id, room.desk, room.store, LATER)
        assert room.store.outbox_due(LATER) == ()


def test_a_ruling_taken_back_holds_up_no_post_that_never_waited() -> None:
    """Only what was rejected waits again, and then for an editor, whatever was pressed meanwhile."""
    with newsroom() as room:
        contact = _heard(room, JULY)
        (alert,) = room.ask(lambda ledger: ledger.alerts([contact]))
        waiting = replace(alert, id="w" * 20, held=True)
        room.ask(lambda ledger: ledger.tell(waiting, LATER))
        room.watch(EVERYTHING, now=LATER, channels=(Channel("", "de", approve=True),))
        reject(waiting.id, room.store)
        approve(waiting.id, room.desk, room.store, LATER)
        ruling = Ruling("r", contact, Wrong.CONTACT, "42", LATER)
        rule(ruling, room.desk, room.store, LATER)
        take_back(ruling, room.desk, room.store, LATER)
        assert [one.alert.id for one in room.store.archive.held()] == [waiting.id]
