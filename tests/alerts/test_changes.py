"""What changed about a contact that a reply is for."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.changes import Change, changes
from bot.model.alert import Shown
from bot.model.claim import Status
from tests.contacts.wire import july, steady

HELD = Shown(Status.HELD, july(12), ("RU",), ("US",))
PLANNED = Shown(Status.PLANNED, july(12))

codes = st.lists(st.sampled_from(["US", "RU", "DE"]), unique=True, max_size=3).map(tuple)
anything = st.builds(
    Shown,
    status=st.sampled_from(Status),
    day=st.sampled_from([None, july(11), july(12)]),
    initiators=codes,
    confirmed=codes,
    denied=st.booleans(),
    retracted=st.booleans(),
)


def test_a_day_that_swings_between_zones_is_not_corrected() -> None:
    """Of two neighbouring days that are both shown either is right somewhere; a plan is put off."""
    both = replace(HELD, days=(july(11), july(14)))
    assert changes(both, replace(HELD, day=july(11), days=(july(12),))) == ()
    assert changes(HELD, replace(HELD, day=july(11), days=(july(12),))) == ()
    assert changes(both, replace(HELD, day=july(14), days=(july(12),))) == (Change.DAY,)
    assert changes(both, replace(HELD, day=july(13))) == (Change.DAY,)
    planned = replace(PLANNED, days=(july(13),))
    assert changes(planned, replace(planned, day=july(13), days=(july(12),))) == (Change.DAY,)


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (Status.PLANNED, Status.HELD, Change.TOOK_PLACE),
        (Status.CANCELLED, Status.HELD, Change.TOOK_PLACE),
        (Status.DENIED, Status.HELD, Change.UNDENIED),
        (Status.HELD, Status.DENIED, Change.DENIED),
        (Status.PLANNED, Status.DENIED, Change.DENIED),
        (Status.CANCELLED, Status.DENIED, Change.DENIED),
        (Status.PLANNED, Status.CANCELLED, Change.CANCELLED),
        (Status.HELD, Status.CANCELLED, Change.CANCELLED),
        (Status.DENIED, Status.CANCELLED, Change.CANCELLED),
        (Status.CANCELLED, Status.PLANNED, Change.PLANNED_AGAIN),
        (Status.DENIED, Status.PLANNED, Change.PLANNED_AGAIN),
        (Status.HELD, Status.PLANNED, Change.NOT_YET),
    ],
)
def test_a_turn_is_told_alone(before: Status, after: Status, found: Change) -> None:
    """What turns the whole post is told by itself, whatever else changed with it."""
    other = Shown(after, july(11), ("US",), ("RU", "US"), denied=True)
    assert changes(replace(HELD, status=before), other) == (found,)


@pytest.mark.parametrize(
    ("after", "found"),
    [
        (replace(HELD, day=july(11)), (Change.DAY,)),
        (replace(HELD, day=None), (Change.DAY,)),
        (replace(HELD, initiators=("US",)), (Change.INITIATIVE,)),
        (replace(HELD, initiators=()), (Change.INITIATIVE,)),
        (replace(HELD, initiators=("RU", "US")), (Change.DISPUTED,)),
        (replace(HELD, confirmed=("RU", "US")), (Change.CONFIRMED,)),
        (replace(HELD, confirmed=()), ()),
        (replace(HELD, denied=True), (Change.CONTESTED,)),
        (replace(HELD, retracted=True), (Change.RETRACTED,)),
        (
            Shown(Status.HELD, july(11), ("US",), ("RU", "US"), denied=True),
            (Change.CONTESTED, Change.DAY, Change.INITIATIVE, Change.CONFIRMED),
        ),
    ],
)
def test_what_was_read_before_and_is_wrong_now_is_told(after: Shown, found: tuple[Change, ...]) -> None:
    """Another day or initiator, a second side, a denial: each by its name, always in one order."""
    assert changes(HELD, after) == found


def test_what_was_not_known_before_is_filled_in_silently() -> None:
    """A day or an initiator where there was none corrects nothing; nor does the first side that confirms."""
    bare = Shown(Status.HELD)
    assert changes(bare, replace(bare, day=july(12), initiators=("RU", "US"), confirmed=("US",))) == ()


def test_both_sides_at_once_are_told_too() -> None:
    """Where no side had confirmed and two do, readers hear of it; of a third they do not."""
    assert changes(replace(HELD, confirmed=()), replace(HELD, confirmed=("RU", "US"))) == (Change.CONFIRMED,)
    assert changes(replace(HELD, confirmed=("RU", "US")), replace(HELD, confirmed=("DE", "RU", "US"))) == ()


def test_a_plan_that_moves_is_told() -> None:
    """The new day of a plan is material, the sides that speak of a plan are not."""
    assert changes(PLANNED, replace(PLANNED, day=july(13))) == (Change.DAY,)


def test_the_order_of_initiators_is_no_change() -> None:
    """Two that are named the other way round are the same two."""
    assert changes(replace(HELD, initiators=("RU", "US")), replace(HELD, initiators=("US", "RU"))) == ()


def test_a_retraction_hides_what_changes_meanwhile() -> None:
    """While it stands nothing else is told; taken back, that alone is."""
    retracted = replace(HELD, retracted=True)
    assert changes(retracted, replace(retracted, day=july(11))) == ()
    assert changes(retracted, replace(HELD, day=july(11))) == (Change.REINSTATED,)


def test_where_nothing_was_told_nothing_changed() -> None:
    """A post of which nothing is known, or that tells of no contact, is not compared."""
    assert changes(None, HELD) == changes(HELD, None) == ()


@steady
@given(anything)
def test_nothing_changes_from_a_state_to_itself(shown: Shown) -> None:
    """The same again is never told."""
    assert changes(shown, shown) == ()


@steady
@given(anything, anything)
def test_no_change_is_told_twice(before: Shown, after: Shown) -> None:
    """Whatever changes, each change has one name and its place."""
    found = changes(before, after)
    assert list(found) == [one for one in Change if one in found]


def test_every_pair_of_statuses_has_a_change() -> None:
    """No turn is left without a word."""
    pairs = [pair for pair in product(Status, Status) if pair[0] is not pair[1]]
    assert all(len(changes(Shown(before), Shown(after))) == 1 for before, after in pairs)
