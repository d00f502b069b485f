"""Weeks of news of one pair, told as outlets tell it: each contact becomes one, however it is retold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.contacts.assemble import assemble
from bot.contacts.grouping import gather
from bot.contacts.kinship import arrival
from bot.model.claim import Basis, Claim, Medium, Status, Tally
from bot.model.contact import Report
from tests.contacts.wire import call, report, steady

START = date(2024, 3, 4)
APART = 6  # days between contacts that no time zone and no three days melt
LATER = 9  # days after which outlets tell a contact again


@dataclass(frozen=True)
class Told:
    """A report, and which contact it truly tells of."""

    report: Report
    of: date


def days(most: int) -> st.SearchStrategy[list[date]]:
    """Draw the days of some calls, far enough from each other."""
    gaps = st.lists(st.integers(APART, 30), min_size=1, max_size=most)
    return gaps.map(lambda steps: [START + timedelta(days=sum(steps[: n + 1])) for n in range(len(steps))])


def fresh(draw: st.DrawFn, day: date, calls: Sequence[date]) -> Claim:
    """Tell a call in its own days: with the day, with a neighbour's, or with none."""
    way = draw(st.sampled_from(["written", "weekday", "zone", "dayless", "planned", "counted"]))
    if way == "zone":
        return call(day + timedelta(days=1), basis=Basis.RELATIVE)
    if way == "dayless":
        return call(medium=draw(st.sampled_from([Medium.PHONE, Medium.VIDEO, Medium.UNKNOWN])))
    if way == "planned":
        return call(day, status=Status.PLANNED)
    if way == "counted":
        since = day - timedelta(days=20)
        number = sum(since <= one <= day for one in calls)
        return call(day, basis=Basis.RELATIVE, tally=Tally(number, since))
    return call(day, basis=Basis(way))


@st.composite
def streams(draw: st.DrawFn) -> list[Told]:
    """Draw a stream: each call is first told with its day, then by others, some long after."""
    calls = draw(days(4))
    return sorted(_stories(draw, calls), key=lambda one: arrival(one.report))


def _stories(draw: st.DrawFn, calls: Sequence[date]) -> Iterator[Told]:
    for number, day in enumerate(calls):
        yield Told(report("first", day, call(day), story=f"first of {day}"), day)
        for teller in range(draw(st.integers(0, 5))):
            claim = fresh(draw, day, calls)
            on = day if claim.status is Status.PLANNED else day + timedelta(days=draw(st.integers(1, 3)))
            made = report(f"outlet {teller}", on, claim, story=f"{teller} of {day}")
            yield Told(made, day)
        if day == calls[-1]:
            yield from _retold(draw, day, calls[:number])


def _retold(draw: st.DrawFn, day: date, before: Sequence[date]) -> Iterator[Told]:
    """Tell the last call again long after: once with its day, then in other ways."""
    later = day + timedelta(days=draw(st.integers(LATER, 25)))
    yield Told(report("again", later, call(day), story="again"), day)
    for teller in range(draw(st.integers(0, 3))):
        on = later + timedelta(days=draw(st.integers(0, 2)))
        way = draw(st.sampled_from(["dayless", "span", "after", "counted"]))
        made = report(f"late {teller}", on, call(), story=f"late {teller}")
        if way == "span":
            made = replace(made, claim=replace(made.claim, since=day - timedelta(days=2), by=on))
        if way == "after" and before:
            made = replace(made, earlier=(before[-1].isoformat(),))
        if way == "counted":
            tally = Tally(
                sum(on - timedelta(days=28) <= one <= on for one in (*before, day)), on - timedelta(days=28)
            )
            made = replace(made, claim=replace(made.claim, tally=tally))
        yield Told(made, day)


@given(stream=streams())
@steady
def test_each_call_of_a_stream_is_one_contact(stream: list[Told]) -> None:
    """Whatever is told of a call, late, vaguely or a day off, is told of one contact."""
    truth = {one.report.id: one.of for one in stream}
    groups = [{truth[made.id] for made in group} for group in gather(one.report for one in stream)]
    assert sorted(groups, key=min) == [{day} for day in sorted(set(truth.values()))]


@given(stream=streams(), data=st.data())
@steady
def test_a_stream_in_any_order_tells_the_same(stream: list[Told], data: st.DataObject) -> None:
    """Counts and retellings weigh what is known, not what came first."""
    told = [one.report for one in stream]
    assert gather(data.draw(st.permutations(told))) == gather(told)


@given(stream=streams())
@steady
def test_a_stream_names_each_call_once_while_it_comes_in(stream: list[Told]) -> None:
    """Report by report, no name is given to a call twice: each name given is a post."""
    known: dict[str, Report] = {}
    names: set[str] = set()
    for one in stream:
        contacts = assemble([*known.values(), one.report])
        known = {made.id: made for contact in contacts for made in contact.reports}
        names |= {contact.id for contact in contacts}
    assert len(names) == len({one.of for one in stream})
