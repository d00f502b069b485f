"""What changed about a contact that readers of its post must be told of. Pure.

More sources, topics, a day where there was none: these an edit tells. A
reply is for what makes something wrong that was read before, or settles it.
"""

from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum

from bot.model.alert import Shown
from bot.model.claim import Status

TWO_SIDES = 2
_ONE_DAY = timedelta(days=1)


class Change(StrEnum):
    """A change that is told in a reply, in the order of telling.

    The first seven turn the whole post; where one of them is, nothing else is told.
    """

    RETRACTED = "retracted by an editor"
    REINSTATED = "retraction taken back"
    TOOK_PLACE = "took place"
    DENIED = "denied"
    CANCELLED = "cancelled"
    PLANNED_AGAIN = "planned again"
    NOT_YET = "has not taken place yet"
    CONTESTED = "denied by some"
    UNDENIED = "denial overtaken"
    DAY = "day corrected"
    INITIATIVE = "initiator corrected"
    DISPUTED = "initiator disputed"
    CONFIRMED = "second side confirms"


TURNS = frozenset(tuple(Change)[: tuple(Change).index(Change.CONTESTED) + 1])
"""What turns the whole post, or casts doubt on it: worth a word also when the contact is long past."""

_AFTER = {
    (Status.PLANNED, Status.HELD): Change.TOOK_PLACE,
    (Status.CANCELLED, Status.HELD): Change.TOOK_PLACE,
    (Status.DENIED, Status.HELD): Change.UNDENIED,
    (Status.HELD, Status.PLANNED): Change.NOT_YET,
    (Status.DENIED, Status.PLANNED): Change.PLANNED_AGAIN,
    (Status.CANCELLED, Status.PLANNED): Change.PLANNED_AGAIN,
}


def changes(before: Shown | None, after: Shown | None) -> tuple[Change, ...]:
    """Name what is material between what readers were told and what is shown now.

    Nothing where either is not known: then there is nothing to compare.
    """
    if before is None or after is None:
        return ()
    if before.retracted or after.retracted:
        same = before.retracted and after.retracted
        return () if same else (Change.RETRACTED if after.retracted else Change.REINSTATED,)
    if before.status is not after.status:
        return (_turn(before.status, after.status),)
    return tuple(_slots(before, after))


def _turn(before: Status, after: Status) -> Change:
    if after is Status.DENIED:
        return Change.DENIED
    if after is Status.CANCELLED:
        return Change.CANCELLED
    return _AFTER[before, after]


def _slots(before: Shown, after: Shown) -> Iterator[Change]:
    if before.denied is not after.denied and after.status is Status.HELD:
        yield Change.CONTESTED if after.denied else Change.UNDENIED
    if before.day and before.day != after.day and not _is_between_zones(before, after):
        yield Change.DAY
    if before.initiators and set(before.initiators) != set(after.initiators):
        disputed = set(before.initiators) < set(after.initiators)
        yield Change.DISPUTED if disputed else Change.INITIATIVE
    if len(before.confirmed) < TWO_SIDES <= len(after.confirmed):
        yield Change.CONFIRMED


def _is_between_zones(before: Shown, after: Shown) -> bool:
    """Whether sources tell two days beside each other, and the post shows both: one event in two zones.

    Neither is corrected. A plan that moves by a day is put off.
    """
    if before.day is None or after.day is None or after.status is not Status.HELD:
        return False
    shown = after.day in before.days or before.day in after.days
    return abs(after.day - before.day) <= _ONE_DAY and shown
