"""What new reports are to what is known, one story after the other."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.contacts.assemble import assemble
from bot.contacts.grouping import gather
from bot.contacts.novelty import Settlement, settle
from bot.model.claim import Medium, Statement, Status
from bot.model.contact import Contact, Report
from bot.model.decision import Novelty
from tests.contacts.test_assemble import ids, wires
from tests.contacts.wire import by, call, july, noon, report, steady


@dataclass
class Book:
    """A ledger in a notebook: what is known, and when each contact was entered."""

    known: dict[str, Report] = field(default_factory=dict)
    entered: dict[str, datetime] = field(default_factory=dict)

    def settle(self, *new: Report) -> Settlement:
        """Settle reports and write down what came of it."""
        settlement = settle(tuple(self.known.values()), new, self.entered)
        for contact in settlement.touched:
            self.entered.setdefault(contact.id, noon(july(1)) + timedelta(seconds=len(self.entered)))
            self.known |= {made.id: made for made in contact.reports}
        return settlement

    def contacts(self) -> set[frozenset[str]]:
        """Say which reports are together under one name."""
        names = {made.contact for made in self.known.values()}
        return {frozenset(r.id for r in self.known.values() if r.contact == name) for name in names}


def novelties(settlements: Iterable[Settlement]) -> list[Novelty]:
    """Say what each report was."""
    return [joined.novelty for settlement in settlements for joined in settlement.joined]


def told_one_by_one(*wire: Report) -> list[Novelty]:
    """Say what each report is when it comes."""
    book = Book()
    return novelties(book.settle(made) for made in wire)


@given(wire=wires())
@steady
def test_one_by_one_is_as_good_as_all_at_once(wire: list[Report]) -> None:
    """However the reports come, the ledger ends with the contacts that all of them make."""
    book = Book()
    for made in wire:
        book.settle(made)
    assert book.contacts() == ids(gather(wire))


@given(wire=wires(), data=st.data())
@steady
def test_settling_again_changes_nothing(wire: list[Report], data: st.DataObject) -> None:
    """A report that comes a second time is known, and nothing is touched."""
    book = Book()
    book.settle(*wire)
    again = data.draw(st.lists(st.sampled_from(wire), max_size=3)) if wire else []
    settlement = book.settle(*again)
    assert (settlement.touched, settlement.merges) == ((), ())
    assert novelties([settlement]) == [Novelty.KNOWN] * len(again)


@given(wire=wires())
@steady
def test_every_name_is_told_of(wire: list[Report]) -> None:
    """A contact's name never vanishes silently: it stays, or it is told what it merged into."""
    book = Book()
    for made in wire:
        before = {r.contact for r in book.known.values()}
        settlement = book.settle(made)
        after = {r.contact for r in book.known.values()}
        assert before - after == {merge.younger for merge in settlement.merges}
        assert {merge.elder for merge in settlement.merges} <= after


@given(wire=wires())
@steady
def test_only_the_first_to_tell_that_a_contact_took_place_is_new(wire: list[Report]) -> None:
    """A report is new exactly where its contact was not known to have taken place."""
    book = Book()
    for made in wire:
        known = tuple(book.known.values())
        (joined,) = book.settle(made).joined
        held_before = any(r.contact == joined.contact and r.claim.status is Status.HELD for r in known)
        held_now = made.claim.status is Status.HELD
        assert (joined.novelty is Novelty.NEW) == (held_now and not held_before)


def test_a_later_report_updates_while_it_adds() -> None:
    """The first report is new; another outlet, a day, a topic update it; the same again is known."""
    assert told_one_by_one(
        report("a", july(13), call()),
        report("b", july(13), call()),
        report("b", july(14), call(july(12))),
        report("b", july(15), call(july(12))),
        report("b", july(16), call(july(12), topics=("escalation",))),
        report("b", july(17), call(july(12), initiative=by("RU"))),
        report("b", july(18), call(july(12), initiative=by("RU"), topics=("escalation",))),
    ) == [
        Novelty.NEW,
        Novelty.UPDATE,
        Novelty.UPDATE,
        Novelty.KNOWN,
        Novelty.UPDATE,
        Novelty.UPDATE,
        Novelty.KNOWN,
    ]


def test_a_seventh_source_adds_nothing() -> None:
    """Sources beyond six are known, not news."""
    wire = [report(source, july(12), call(july(12))) for source in "abcdefgh"]
    assert told_one_by_one(*wire) == [Novelty.NEW, *[Novelty.UPDATE] * 5, Novelty.KNOWN, Novelty.KNOWN]


def test_a_side_that_speaks_for_the_first_time_adds_something() -> None:
    """A statement counts by side, speaker and language, not by its wording."""

    def said(words: str, language: str = "de") -> tuple[Statement, ...]:
        return (Statement("US", "Pentagon", words, language),)

    assert told_one_by_one(
        report("a", july(12), call(july(12))),
        report("a", july(13), call(july(12), statements=said("Man müsse reden."))),
        report("a", july(14), call(july(12), statements=said("Reden sei wichtig."))),
        report("a", july(15), call(july(12), statements=said("Talks matter.", "en"))),
    ) == [Novelty.NEW, Novelty.UPDATE, Novelty.KNOWN, Novelty.UPDATE]


def test_a_medium_is_news_where_none_was_told() -> None:
    """Who "spoke" turns out to have telephoned."""
    assert told_one_by_one(
        report("a", july(12), call(july(12), medium=Medium.UNKNOWN)),
        report("a", july(13), call(july(12))),
    ) == [Novelty.NEW, Novelty.UPDATE]


def test_the_first_to_say_that_a_planned_call_took_place_tells_news() -> None:
    """Plan, call, denial are one contact; of these only the call is new."""
    plan = report("a", july(11), call(july(12), status=Status.PLANNED))
    held = report("b", july(12), call(july(12)))
    denial = report("c", july(13), call(july(12), status=Status.DENIED))
    book = Book()
    told = novelties(book.settle(made) for made in (plan, held, denial))
    assert told == [Novelty.PLANNED, Novelty.NEW, Novelty.DENIED]
    assert len(book.contacts()) == 1


def test_a_story_of_the_new_call_is_not_one_of_the_old() -> None:
    """After the call of 25 June that of July is new, its day told or not."""
    june = report("a", july(1), call(july(1)))
    assert told_one_by_one(june, report("b", july(13), call())) == [Novelty.NEW, Novelty.NEW]


def test_a_day_told_later_fills_the_same_contact() -> None:
    """A story without day, then one that says 12 July: one contact under one name, now with its day."""
    book = Book()
    (vague,) = book.settle(report("a", july(13), call())).touched
    (told,) = book.settle(report("b", july(13), call(july(12)))).touched
    assert (told.id, told.day) == (vague.id, july(12))


def test_a_correction_merges_two_contacts() -> None:
    """Calls told for 11 and 13 July prove to be one when two more outlets say 12 July."""
    book = Book()
    (elder,) = book.settle(report("a", july(14), call(july(13)))).touched
    (younger,) = book.settle(report("b", july(14), call(july(11)))).touched
    book.settle(report("c", july(14), call(july(12))))
    (merge,) = book.settle(report("d", july(14), call(july(12)))).merges
    assert (merge.younger, merge.elder) == (younger.id, elder.id)


def test_a_contact_that_parts_leaves_its_name_behind() -> None:
    """Two stories without day were one contact; the day that one of them cannot mean parts them."""
    book = Book()
    first, last = report("a", july(10), call()), report("b", july(13), call())
    (both,) = book.settle(first, last).touched
    parted = book.settle(report("c", july(13), call(july(8)))).touched
    names = {made.id: contact.id for contact in parted for made in contact.reports}
    assert (names[first.id], names[last.id]) == (both.id, names[last.id])
    assert names[last.id] != both.id


def test_what_was_known_is_kept_beside_what_is() -> None:
    """A settlement gives the touched contacts as they were, so that what hung on them can follow."""
    book = Book()
    (vague,) = book.settle(report("a", july(13), call())).touched
    settlement = book.settle(report("b", july(13), call(july(12))))
    assert settlement.before(vague.id) == vague
    assert settlement.before("another") is None


def test_a_ledger_made_by_other_rules_is_brought_up_to_date() -> None:
    """Where two names were given to what is one contact, the next report merges them."""
    (one,) = assemble([report("a", july(12), call(july(12)))])
    (other,) = assemble([report("b", july(12), call(july(12)))])
    known: tuple[Contact, ...] = (one, other)
    reports = [made for contact in known for made in contact.reports]
    settlement = settle(reports, [report("c", july(12), call(july(12)))], {})
    assert len(settlement.merges) == len(settlement.touched) == 1
