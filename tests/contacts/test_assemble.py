"""Which reports are one contact, and what they tell together."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contacts.assemble import assemble
from bot.contacts.grouping import gather
from bot.contacts.kinship import akin, compatible, kind_of, overlap
from bot.model.claim import Basis, Claim, Initiative, Medium, Participant, Status, Tally
from bot.model.contact import Contact, Report
from bot.model.office import Office
from tests.contacts.wire import DE, FR, PL, RU, UA, US, by, call, july, report, seats, steady


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Draw a report about two of a few offices, in a span of days in which much can meet."""
    on = july(draw(st.integers(5, 16)))
    told = draw(st.one_of(st.none(), st.integers(5, 16).map(july)))
    tables = [seats(US, RU), seats(RU, US), seats(US, UA), seats(DE, FR, PL), seats(DE, FR, UA, US)]
    claim = call(
        told,
        status=draw(st.sampled_from(Status)),
        medium=draw(st.sampled_from(Medium)),
        participants=draw(st.sampled_from(tables)),
        basis=draw(st.sampled_from(Basis)),
        repeat=draw(st.integers(0, 9)) == 0,
    )
    if draw(st.integers(0, 4)) == 0:
        claim = replace(claim, tally=Tally(draw(st.integers(1, 3)), july(draw(st.integers(1, 16)))))
    number = draw(st.integers(0, 2**64))
    made = report(draw(st.sampled_from("abcde")), on, claim, story=f"story {draw(st.integers(0, 30))}")
    return replace(made, id=f"report {number}")


def wires(most: int = 12) -> st.SearchStrategy[list[Report]]:
    """Draw what came over the wire: reports with different ids."""
    return st.lists(reports(), max_size=most, unique_by=lambda one: one.id)


def ids(groups: tuple[tuple[Report, ...], ...]) -> set[frozenset[str]]:
    """Say who is with whom."""
    return {frozenset(one.id for one in group) for group in groups}


def one(contacts: tuple[Contact, ...]) -> Contact:
    """Give the only contact there is."""
    (contact,) = contacts
    return contact


@given(wire=wires(), data=st.data())
@steady
def test_order_of_arrival_changes_nothing(wire: list[Report], data: st.DataObject) -> None:
    """The same reports in any order, some of them twice, are the same contacts in the same words."""
    shuffled = data.draw(st.permutations(wire))
    assert gather([*shuffled, *wire[:2]]) == gather(wire)
    assert assemble(shuffled) == assemble(wire)


@given(wire=wires())
@steady
def test_every_report_is_of_one_contact(wire: list[Report]) -> None:
    """No report is lost and none counts twice."""
    placed = [made.id for group in gather(wire) for made in group]
    assert sorted(placed) == sorted(made.id for made in wire)


@given(wire=wires())
@steady
def test_no_contact_stretches(wire: list[Report]) -> None:
    """Days melt with their neighbours only: no contact is told over more than three days.

    The day of a mere statement about it may come later, and a count may take a day's word away.
    """
    for contact in assemble(replace(made, claim=replace(made.claim, tally=None)) for made in wire):
        days = [made.claim for made in contact.reports if made.claim.basis is not Basis.STATEMENT]
        told = [claim.day for claim in days if claim.day]
        assert not told or max(told) - min(told) <= timedelta(days=2)


@given(wire=wires())
@steady
def test_no_contact_is_both_a_call_and_a_meeting(wire: list[Report]) -> None:
    """All the media told of one contact go together."""
    for contact in assemble(wire):
        kinds = {kind_of(made) for made in contact.reports} - {None}
        assert len(kinds) <= 1


@given(wire=wires())
@steady
def test_what_was_put_together_stays_together(wire: list[Report]) -> None:
    """Putting contacts' own reports together again gives the same contacts under the same names."""
    contacts = assemble(wire)
    assert assemble(made for contact in contacts for made in contact.reports) == contacts


@given(one_=reports(), other=reports())
@steady
def test_kinship_is_mutual(one_: Report, other: Report) -> None:
    """If one report can speak of what another one speaks of, the other can too."""
    assert akin(one_.claim.offices, other.claim.offices) == akin(other.claim.offices, one_.claim.offices)
    assert overlap(one_, other) == overlap(other, one_)
    assert compatible(kind_of(one_), kind_of(other)) == compatible(kind_of(other), kind_of(one_))


@given(wire=wires(8))
@steady
def test_a_contact_far_away_changes_nothing(wire: list[Report]) -> None:
    """What happened three weeks later leaves the contacts as they are."""
    day = date(2024, 8, 10)
    far = report("z", day, call(day))
    assert ids(gather(wire)) == ids(gather([*wire, far])) - {frozenset({far.id})}


def test_days_one_apart_are_one_contact() -> None:
    """Washington's 11 July and Moscow's 12 July are one call, told with both days."""
    contact = one(assemble([report("a", july(12), call(july(11))), report("b", july(12), call(july(12)))]))
    assert [told.value for told in contact.days] == [july(11), july(12)]


def test_days_two_apart_are_two_contacts() -> None:
    """A call on 10 July and one on 12 July are two."""
    told = [report("a", july(12), call(july(10))), report("b", july(12), call(july(12)))]
    assert [contact.day for contact in assemble(told)] == [july(10), july(12)]


def test_four_days_in_a_row_do_not_melt() -> None:
    """12, 13, 14 and 15 July, each told by one source, do not become one contact day by day."""
    told = [report(str(day), july(20), call(july(day))) for day in (12, 13, 14, 15)]
    assert ids(gather(told)) == {
        frozenset({told[0].id, told[1].id}),
        frozenset({told[2].id, told[3].id}),
    }


def test_the_day_most_sources_tell_draws_its_neighbours() -> None:
    """Two outlets on 13 July make 12 and 14 July versions of it."""
    days = {"a": 12, "b": 13, "c": 13, "d": 14}
    contact = one(assemble(report(source, july(15), call(july(day))) for source, day in days.items()))
    assert contact.day == july(13)


def test_one_outlet_counts_once() -> None:
    """Three stories of one outlet weigh less than two outlets."""
    loud = [report("loud", july(day), call(july(11))) for day in (13, 14, 15)]
    quiet = [report(source, july(13), call(july(12))) for source in "ab"]
    assert one(assemble([*loud, *quiet])).day == july(12)


def test_of_equally_told_days_the_surest_counts() -> None:
    """A date in the text outweighs a weekday told by as many."""
    weekday = report("a", july(13), call(july(11), basis=Basis.WEEKDAY))
    written = report("b", july(13), call(july(12), basis=Basis.WRITTEN))
    assert one(assemble([weekday, written])).day == july(12)


def test_days_that_one_story_tells_apart_stay_apart() -> None:
    """A story with a call on 12 July and another on 13 July is no matter of time zones."""
    both = [report("a", july(13), call(july(day)), story="both") for day in (12, 13)]
    others = [report(source, july(13), call(july(day))) for source, day in (("b", 12), ("c", 13))]
    assert [contact.day for contact in assemble([*both, *others])] == [july(12), july(13)]


def test_a_call_whose_story_names_the_one_before_is_another() -> None:
    """Told "again on the 13th, after the 12th", two days that are neighbours are two calls."""
    first, again = report("a", july(12), call(july(12))), report("b", july(13), call(july(13)))
    again = replace(again, earlier=(july(12).isoformat(),))
    assert len(gather([first, again])) == 2


def test_two_days_of_one_visit_are_one_contact() -> None:
    """A meeting that goes on from the day before is no second one."""
    first, again = (
        report(source, july(day), call(july(day), medium=Medium.MEETING))
        for source, day in (("a", 12), ("b", 13))
    )
    again = replace(again, earlier=(july(12).isoformat(),))
    assert len(gather([first, again])) == 1


@pytest.mark.parametrize("days_later", [0, 3])
def test_a_story_without_day_joins_what_lies_within_three_days(days_later: int) -> None:
    """A story of 12 to 15 July that tells no day can mean the call of 12 July."""
    told = [report("a", july(12), call(july(12))), report("b", july(12 + days_later), call())]
    assert one(assemble(told)).day == july(12)


def test_a_story_without_day_does_not_reach_further() -> None:
    """A story of 16 July that tells no day cannot mean the call of 12 July."""
    told = [report("a", july(12), call(july(12))), report("b", july(16), call())]
    assert [contact.day for contact in assemble(told)] == [july(12), None]


def test_a_story_without_day_joins_the_latest_contact() -> None:
    """Of calls on 10 and 12 July, a story of 13 July means the second."""
    late = report("c", july(13), call())
    told = [report("a", july(10), call(july(10))), report("b", july(12), call(july(12))), late]
    assert late.id in {made.id for made in assemble(told)[1].reports}


def test_a_story_without_day_stands_alone_until_a_day_is_told() -> None:
    """Its day is unknown, its latest day is its own."""
    contact = one(assemble([report("a", july(13), call())]))
    assert (contact.day, contact.by) == (None, july(13))


def test_stories_without_day_whose_windows_meet_are_one_contact() -> None:
    """Stories of 13 and 16 July share the 13th; the contact was by the earlier one."""
    contact = one(assemble([report("a", july(16), call()), report("b", july(13), call())]))
    assert (contact.day, contact.by) == (None, july(13))


def test_stories_without_day_do_not_chain() -> None:
    """Stories of 13, 16 and 19 July are two contacts: the first and the last share no day."""
    told = [report("a", july(day), call()) for day in (13, 16, 19)]
    assert ids(gather(told)) == {frozenset({told[0].id, told[1].id}), frozenset({told[2].id})}


def test_a_call_may_turn_out_to_have_been_by_video() -> None:
    """Phone and video are one contact; told equally often, the one who saw the camera knows more."""
    video = report("b", july(12), call(july(12), medium=Medium.VIDEO))
    assert one(assemble([report("a", july(12), call(july(12))), video])).medium is Medium.VIDEO


def test_a_call_and_a_meeting_on_one_day_are_two() -> None:
    """Media that do not go together part contacts."""
    meeting = report("b", july(12), call(july(12), medium=Medium.MEETING))
    assert len(assemble([report("a", july(12), call(july(12))), meeting])) == 2


def test_an_unknown_medium_joins_the_nearest_day() -> None:
    """Who "spoke" on 13 July did so at the meeting of the 13th, not in the call of the 12th."""
    calls = [report(source, july(12), call(july(12))) for source in "abc"]
    meeting = report("d", july(13), call(july(13), medium=Medium.MEETING))
    spoke = report("e", july(13), call(july(13), medium=Medium.UNKNOWN))
    assert ids(gather([*calls, meeting, spoke])) == {
        frozenset(made.id for made in calls),
        frozenset({meeting.id, spoke.id}),
    }


def test_an_explicit_sign_parts_two_calls_of_one_day() -> None:
    """The sign "for the second time that day" makes a second contact, in whichever order they come."""
    again = report("b", july(12), call(july(12), repeat=True))
    assert len(assemble([report("a", july(12), call(july(12))), again])) == 2


def test_a_sign_without_a_first_call_parts_nothing() -> None:
    """Two outlets that both say "again" speak of one call."""
    told = [report(source, july(12), call(july(12), repeat=True)) for source in "ab"]
    assert len(assemble(told)) == 1


def test_differing_initiators_part_nothing() -> None:
    """Both sides claim the initiative for one call: both versions are kept, the better-supported first."""
    told = [
        report("a", july(12), call(july(12), initiative=by("US"))),
        report("b", july(12), call(july(12), initiative=by("RU"))),
        report("c", july(12), call(july(12), initiative=Initiative("RU", "Moscow"))),
    ]
    assert [told.value.country for told in one(assemble(told)).initiatives] == ["RU", "RU", "US"]


def table(*offices: Office, day: int) -> Claim:
    """Claim a meeting of these offices."""
    return call(july(day), participants=seats(*offices), medium=Medium.MEETING)


def test_tables_that_share_two_offices_are_one() -> None:
    """Each outlet names other ministers at one table: the contact has them all."""
    told = [
        report("a", july(12), table(DE, FR, PL, day=12)),
        report("b", july(12), table(FR, PL, UA, day=12)),
    ]
    assert one(assemble(told)).offices == {DE, FR, PL, UA}


def test_pairs_do_not_join_tables() -> None:
    """A talk of two at the edge of a meeting of three is its own contact."""
    told = [report("a", july(12), table(DE, FR, PL, day=12)), report("b", july(12), table(DE, FR, day=12))]
    assert sorted(len(contact.offices) for contact in assemble(told)) == [2, 3]


def test_the_same_table_a_week_later_is_another_contact() -> None:
    """Days part tables as they part pairs."""
    told = [report("a", july(5), table(DE, FR, PL, day=5)), report("b", july(12), table(DE, FR, PL, day=12))]
    assert len(assemble(told)) == 2


def test_a_plan_and_its_call_are_one_life() -> None:
    """Planned for 12 July and held on 11 July: one contact, held, on the day it was held."""
    plan = report("a", july(10), call(july(12), status=Status.PLANNED))
    contact = one(assemble([plan, report("b", july(11), call(july(11)))]))
    assert (contact.status, contact.day) == (Status.HELD, july(11))


def test_a_plan_that_is_put_off_is_for_the_later_word() -> None:
    """Planned for 12 July, the next day for 13 July: as many say either, and the last one knows better."""
    told = [
        report("a", july(10), call(july(12), status=Status.PLANNED)),
        report("b", july(11), call(july(13), status=Status.PLANNED)),
    ]
    contact = one(assemble(told))
    assert (contact.day, [day.value for day in contact.days]) == (july(13), [july(13), july(12)])


def test_a_planned_day_is_not_told_of_a_call() -> None:
    """If no story says when the planned call took place, its day is unknown."""
    plan = report("a", july(11), call(july(12), status=Status.PLANNED))
    contact = one(assemble([plan, report("b", july(13), call())]))
    assert (contact.status, contact.day, contact.by) == (Status.HELD, None, july(13))


def test_a_plan_without_day_looks_ahead() -> None:
    """The plan "they will speak again", told after a call, is not that call."""
    plan = report("b", july(12), call(status=Status.PLANNED), story="both")
    assert len(assemble([report("b", july(12), call(july(12)), story="both"), plan])) == 2


def test_a_denial_by_others_leaves_a_call_held() -> None:
    """One side denies what another reports: held, and the denial is kept."""
    denial = report("b", july(13), call(july(12), status=Status.DENIED))
    contact = one(assemble([report("a", july(12), call(july(12))), denial]))
    assert (contact.status, len(contact.reports)) == (Status.HELD, 2)


def test_a_source_may_take_its_word_back() -> None:
    """If the only outlet that told a call later denies it, it did not take place."""
    told = [
        report("a", july(12), call(july(12))),
        report("a", july(13), call(july(12), status=Status.DENIED)),
    ]
    assert one(assemble(told)).status is Status.DENIED


def test_a_plan_lives_until_it_is_cancelled() -> None:
    """Of plans and cancellations the latest counts."""
    plan = report("a", july(10), call(july(12), status=Status.PLANNED))
    off = report("b", july(11), call(july(12), status=Status.CANCELLED))
    assert one(assemble([plan, off])).status is Status.CANCELLED


def test_the_person_most_sources_name_is_seated() -> None:
    """One outlet's wrong name does not unseat a minister."""
    names = {"a": "Andrei Belousov", "b": "Sergei Shoigu", "c": "Andrei Belousov"}
    told = [
        report(source, july(12), call(july(12), participants=(Participant(US), Participant(RU, name))))
        for source, name in names.items()
    ]
    assert one(assemble(told)).participants == (Participant(RU, "Andrei Belousov"), Participant(US))


def test_topics_stand_by_support_then_by_first_telling() -> None:
    """What most outlets tell comes first; of the others, what was told first."""
    told = [
        report("a", july(12), call(july(12), topics=("prisoners", "escalation"))),
        report("b", july(13), call(july(12), topics=("escalation", "arms"))),
    ]
    topics = [topic.value for topic in one(assemble(told)).topics]
    assert topics == ["escalation", "prisoners", "arms"]


def test_a_name_stays_with_the_day_it_was_told_under() -> None:
    """A story without day that moves on to a later call leaves its contact's name behind."""
    vague, first = report("a", july(13), call()), report("b", july(13), call(july(10)))
    (known,) = assemble([vague, first])
    later = report("c", july(13), call(july(12)))
    contacts = assemble([*known.reports, later])
    assert {contact.day: contact.id == known.id for contact in contacts} == {july(10): True, july(12): False}


def test_where_contacts_become_one_the_name_entered_first_stays() -> None:
    """The elder by entry keeps its name, even if its stories are of a later day."""
    early = replace(report("a", july(12), call(july(11))), contact="entered late")
    late = replace(report("b", july(13), call(july(12))), contact="entered early")
    entered = {"entered early": early.instant, "entered late": late.instant}
    assert one(assemble([early, late], entered)).id == "entered early"
