"""What counts and the retellings of others say of days that a story tells badly or not at all."""

from datetime import date

import pytest

from bot.contacts.grouping import gather
from bot.model.claim import Basis, Medium, Tally
from bot.model.contact import Report
from tests.contacts.wire import call, july, report


def counted(source: str, on: int, number: int, *, since: int, basis: Basis = Basis.RELATIVE) -> Report:
    """Let a source tell a call of its own day as the one of this number since a day of July."""
    return report(source, july(on), call(july(on), basis=basis, tally=Tally(number, july(since))))


def dayless(source: str, on: int, tally: Tally | None = None) -> Report:
    """Let a source tell a call without its day."""
    return report(source, july(on), call(tally=tally))


def told(source: str, on: int, day: int) -> Report:
    """Let a source tell on one day a call of another."""
    return report(source, july(on), call(july(day)))


def test_a_count_leaves_no_room_for_one_more() -> None:
    """A reprint's "this morning" makes no third call where the story counts a second."""
    first, second = told("a", 5, 5), told("a", 12, 12)
    assert gather([first, second, again := counted("b", 14, 2, since=1)]) == ((first,), (second, again))


def test_of_two_contacts_of_one_day_a_count_means_the_one_told_by_more() -> None:
    """A talk of unknown medium that makes no third contact is the call of two, not the visit of one."""
    visit = report("a", july(12), call(july(12), medium=Medium.MEETING))
    calls = [told(source, 12, 12) for source in "bc"]
    again = report(
        "d", july(14), call(july(14), basis=Basis.RELATIVE, medium=Medium.UNKNOWN, tally=Tally(1, july(1)))
    )
    assert {frozenset(group) for group in gather([visit, *calls, again])} == {
        frozenset([visit]), frozenset([*calls, again]),
    }  # fmt: skip


def test_a_count_that_fits_makes_the_next_contact() -> None:
    """The third call of a month after two known ones is new."""
    known = [told("a", 5, 5), told("a", 12, 12)]
    assert len(gather([*known, counted("b", 14, 3, since=1)])) == 3


def test_what_was_before_the_time_of_a_count_does_not_count() -> None:
    """The second call within a week leaves out the one of ten days ago."""
    known = [told("a", 4, 4), told("a", 11, 11)]
    assert len(gather([*known, counted("b", 14, 2, since=7)])) == 3


@pytest.mark.parametrize("basis", [Basis.WRITTEN, Basis.WEEKDAY])
def test_a_sure_day_outweighs_a_count(basis: Basis) -> None:
    """Who writes the day of a call may only not know of the one before."""
    assert len(gather([told("a", 12, 12), counted("b", 14, 1, since=1, basis=basis)])) == 2


def test_a_call_that_others_tell_without_count_stays() -> None:
    """One outlet's wrong count takes no call away that two others tell of that day."""
    others = [report(source, july(14), call(july(14), basis=Basis.RELATIVE)) for source in "bc"]
    assert len(gather([told("a", 12, 12), *others, counted("d", 14, 1, since=1)])) == 2


def test_calls_are_not_counted_among_meetings() -> None:
    """The first call in months comes two days after a meeting."""
    met = report("a", july(12), call(july(12), medium=Medium.MEETING))
    assert len(gather([met, counted("b", 14, 1, since=1)])) == 2


def test_a_count_places_a_story_without_day() -> None:
    """What is told two weeks on as "their second call this month" is the second one known."""
    first, second = told("a", 5, 5), told("a", 12, 12)
    late = dayless("b", 27, Tally(2, july(1)))
    assert gather([first, second, late]) == ((first,), (second, late))


def test_a_story_without_day_tells_what_others_tell_again_in_those_days() -> None:
    """Two weeks on, one paper tells the call with its day and another without: it is the same one."""
    first, again = told("a", 12, 12), told("b", 27, 12)
    assert gather([first, again, late := dayless("c", 28)]) == ((first, again, late),)


def test_one_paper_alone_explains_no_story_without_day() -> None:
    """What nobody else tells again in those days may be new; an outlet's own retelling explains nothing."""
    first, again = told("a", 12, 12), told("b", 27, 12)
    assert len(gather([first, dayless("c", 28)])) == 2
    assert len(gather([first, again, dayless("b", 28)])) == 2


def test_fresh_reports_are_no_retelling() -> None:
    """A call told two days late by many draws in nothing that lies outside of the three days."""
    late = [told(source, 14, 12) for source in "ab"]
    assert len(gather([*late, dayless("c", 17)])) == 2


def test_a_day_told_later_outweighs_a_retelling() -> None:
    """A story without day goes to the new call as soon as anybody tells its day."""
    first, again, new = told("a", 12, 12), told("b", 27, 12), told("d", 28, 27)
    assert gather([first, again, new, late := dayless("c", 27)])[1] == tuple(
        sorted((late, new), key=lambda one: one.instant)
    )


def test_counts_reach_back_a_month_only() -> None:
    """What a story calls the first in years is no call of two months ago that it may not know."""
    old = report("a", date(2024, 5, 1), call(date(2024, 5, 1)))
    now = report("b", july(14), call(july(14), basis=Basis.RELATIVE, tally=Tally(1, date(2022, 1, 1))))
    assert len(gather([old, now])) == 2
