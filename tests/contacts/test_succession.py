"""A story read again: what it says now replaces what it said, under the same names."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.contacts.novelty import settle
from bot.contacts.reports import report_id
from bot.contacts.succession import Succession, succeed
from bot.model.claim import Claim, Medium, Status
from bot.model.contact import Report
from bot.model.decision import Novelty
from tests.contacts.wire import DE, FR, RU, UA, US, call, july, noon, report, seats, steady

STORY = "the story"
ENTERED = {"X": noon(july(13)), "Y": noon(july(13))}


def reading(*claims: Claim) -> tuple[Report, ...]:
    """Read the story as making these claims."""
    made = (report("a", july(13), claim, story=STORY) for claim in claims)
    return tuple(replace(one, id=report_id(STORY, place)) for place, one in enumerate(made))


def entered(reports: tuple[Report, ...], *names: str) -> tuple[Report, ...]:
    """Let the ledger know reports under the names of contacts."""
    return tuple(replace(one, contact=name) for one, name in zip(reports, names, strict=True))


def test_a_first_reading_succeeds_nobody() -> None:
    """Without an earlier reading the reports are what they are."""
    assert succeed((), reading(call()), ()) == Succession(reading(call()))


def test_the_same_reading_again_changes_nothing() -> None:
    """Each report finds itself, so that nothing is written anew."""
    before = entered(reading(call(july(12)), call(july(5))), "X", "Y")
    again = succeed(before, reading(call(july(12)), call(july(5))), before)
    assert again == Succession(before)
    settlement = settle(before, again.reports, ENTERED, again.gone)
    assert settlement.touched == ()
    assert [joined.novelty for joined in settlement.joined] == [Novelty.KNOWN] * 2


def test_a_day_that_is_told_now_stays_with_its_contact() -> None:
    """A teaser tells a call, its page the day: one contact, the same one, updated."""
    before = entered(reading(call()), "X")
    after = succeed(before, reading(call(july(12))), before)
    settlement = settle(before, after.reports, ENTERED, after.gone)
    (contact,) = settlement.touched
    assert (contact.id, contact.day, len(contact.reports)) == ("X", july(12), 1)
    assert settlement.joined[0].novelty is Novelty.UPDATE
    assert not settlement.adds_nothing(contact)


def test_claims_in_another_order_keep_their_contacts() -> None:
    """A page that tells another contact first takes no name away."""
    before = entered(reading(call()), "X")
    other = call(july(12), participants=seats(US, UA))
    first, second = succeed(before, reading(other, call(july(12))), before).reports
    assert (second.id, second.contact) == (before[0].id, "X")
    assert first.contact is None
    assert first.id != second.id


def test_a_third_at_the_table_goes_on_under_the_name() -> None:
    """The teaser names two of three: the post is on the same contact, which no other story knows."""
    before = entered(reading(call(july(12), participants=seats(DE, FR))), "X")
    table = call(july(12), participants=seats(DE, FR, UA))
    after = succeed(before, reading(table), before)
    (contact,) = settle(before, after.reports, ENTERED, after.gone).touched
    assert (contact.id, contact.offices) == ("X", frozenset({DE, FR, UA}))


def test_a_contact_that_others_tell_keeps_its_name() -> None:
    """A story that comes to tell an earlier call leaves the name, and the post, to those it leaves behind."""
    other = entered((report("b", july(13), call(july(12))),), "X")
    before = entered(reading(call()), "X")
    known = (*before, *other)
    after = succeed(before, reading(call(july(5))), known)
    assert [one.contact for one in after.reports] == [None]
    contacts = {c.id: c for c in settle(known, after.reports, ENTERED, after.gone).touched}
    assert contacts.pop("X").day == july(12)
    assert [contact.day for contact in contacts.values()] == [july(5)]


def test_what_a_story_tells_no_longer_does_not_count_where_others_tell_it() -> None:
    """A corrected story leaves the contact to those who still tell it."""
    other = entered((report("b", july(13), call(july(12))),), "X")
    before = entered(reading(call(july(12))), "X")
    after = succeed(before, reading(call(participants=seats(RU, UA))), (*before, *other))
    assert after.gone == {before[0].id}
    (left,) = (
        c for c in settle((*before, *other), after.reports, ENTERED, after.gone).touched if c.id == "X"
    )
    assert [one.source for one in left.reports] == ["b"]


def test_a_contact_that_only_this_story_told_stays() -> None:
    """Its post cannot be taken back; another story that tells it has to find it."""
    before = entered(reading(call(july(12))), "X")
    after = succeed(before, reading(call(july(12), participants=seats(DE, FR))), before)
    assert after.gone == frozenset()
    assert after.reports[0].id != before[0].id
    assert succeed(before, (), before) == Succession(())


def test_a_denial_replaces_the_claim() -> None:
    """The page says what the headline did not: the contact is denied, not told twice."""
    before = entered(reading(call(july(12))), "X")
    after = succeed(before, reading(call(july(12), status=Status.DENIED)), before)
    (contact,) = settle(before, after.reports, ENTERED, after.gone).touched
    assert (contact.id, contact.status, len(contact.reports)) == ("X", Status.DENIED, 1)


CLAIMS = st.builds(
    call,
    st.sampled_from([None, july(11), july(12), july(5)]),
    medium=st.sampled_from([Medium.PHONE, Medium.MEETING, Medium.UNKNOWN]),
    participants=st.sampled_from([seats(US, RU), seats(US, UA), seats(DE, FR), seats(DE, FR, UA)]),
    status=st.sampled_from([Status.HELD, Status.PLANNED, Status.DENIED]),
)


@given(
    old=st.lists(CLAIMS, max_size=4), new=st.lists(CLAIMS, max_size=4), others=st.lists(CLAIMS, max_size=3)
)
@steady
def test_whatever_is_read_anew_is_held_once_and_no_post_is_orphaned(
    old: list[Claim], new: list[Claim], others: list[Claim]
) -> None:
    """Each claim is one report of its own id, and no contact that only this story told is left nameless."""
    told = tuple(report(f"o{n}", july(13), claim) for n, claim in enumerate(others))
    known = _all(settle((), (*told, *reading(*old)), {}).touched)
    before = tuple(one for one in known if one.story == STORY)
    after = succeed(before, reading(*new), known)
    assert [one.claim for one in after.reports] == [one.claim for one in reading(*new)]
    assert len({one.id for one in after.reports}) == len(new)
    settlement = settle(known, after.reports, {}, after.gone)
    left = {one.id: one for one in known if one.id not in after.gone}
    held = left | {one.id: one for one in _all(settlement.touched)}
    assert {one.id: one.claim for one in after.reports}.items() <= {
        i: r.claim for i, r in held.items()
    }.items()
    names = {
        one.contact
        for one in known
        if one.story == STORY and one.contact not in _names(told_by_others(known))
    }
    assert names <= {one.contact for one in held.values()} | {merge.younger for merge in settlement.merges}


def told_by_others(known: tuple[Report, ...]) -> tuple[Report, ...]:
    """Leave out the story's own reports."""
    return tuple(one for one in known if one.story != STORY)


def _names(reports: tuple[Report, ...]) -> set[str | None]:
    return {one.contact for one in reports}


def _all(contacts: tuple[object, ...]) -> tuple[Report, ...]:
    return tuple(one for contact in contacts for one in getattr(contact, "reports", ()))
