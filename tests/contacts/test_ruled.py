"""What editors' rulings make of a contact."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from bot.contacts.ruled import Correction, ruled
from bot.contacts.slots import contact_of
from bot.model.claim import Duration, Initiative, Medium, Place
from bot.model.contact import Contact
from bot.model.ruling import Ruling, Slot, Wrong
from tests.contacts.wire import by, call, july, noon, report


def told() -> Contact:
    """Put a contact together that has every part, from two stories that differ in the initiative."""
    full = call(
        july(12), initiative=by("RU"), topics=("arms",), place=Place("Kyiv", "UA"), duration=Duration(60)
    )
    return contact_of(
        [
            report("a", july(12), full, earlier=("2024-06-25",)),
            report("b", july(13), replace(full, initiative=by("US"))),
        ],
        "july",
    )


def ruling(wrong: Wrong, slot: Slot | None = None, value: str | None = None, *, hour: int = 0) -> Ruling:
    """Let an editor rule."""
    at = noon(july(14)).replace(hour=hour)
    return Ruling(f"{wrong} {slot} {value}", "july", wrong, "42", at, slot, value)


def slot(which: Slot, value: str | None = None, *, hour: int = 0) -> Ruling:
    """Let an editor rule that a part was wrong."""
    return ruling(Wrong.SLOT, which, value, hour=hour)


def test_without_a_ruling_a_contact_is_as_told() -> None:
    """Nothing is changed where nobody ruled, nor by a ruling that was taken back."""
    undone = replace(ruling(Wrong.CONTACT), undone_at=noon(july(15)))
    assert ruled(told(), ()) == ruled(told(), [undone])
    assert ruled(told(), ()).contact == told()
    assert ruled(told(), ()).stands


def test_no_contact_and_a_duplicate_do_not_stand() -> None:
    """A contact that was none, or repeats another one, is none of its own."""
    none, same = (
        ruled(told(), [ruling(Wrong.CONTACT)]),
        ruled(told(), [ruling(Wrong.DUPLICATE, value="june")]),
    )
    assert (none.retracted, none.stands) == (True, False)
    assert (same.same_as, same.stands) == ("june", False)


def test_a_contact_does_not_repeat_itself() -> None:
    """A ruling that names the contact itself as the elder one says nothing."""
    assert ruled(told(), [ruling(Wrong.DUPLICATE, value="july")]).stands


@pytest.mark.parametrize(
    ("value", "day", "known"),
    [("2024-07-11", july(11), "2024-07-11"), (None, None, None), ("Tuesday", None, None)],
)
def test_a_day_is_put_right_or_left_out(value: str | None, day: date | None, known: str | None) -> None:
    """The editor's day is the only one; what cannot be read is not known."""
    right = ruled(told(), [slot(Slot.DAY, value)])
    assert right.contact.day == day
    assert [version.value for version in right.contact.days] == ([day] if day else [])
    assert right.corrections == (Correction(Slot.DAY, known),)


@pytest.mark.parametrize("value", ["video", None, "smoke signals", "unknown"])
def test_a_medium_is_put_right_or_not_known(value: str | None) -> None:
    """A medium that there is counts, anything else is unknown."""
    right = ruled(told(), [slot(Slot.MEDIUM, value)])
    assert right.contact.medium is (Medium.VIDEO if value == "video" else Medium.UNKNOWN)
    assert right.corrections[0].value == ("video" if value == "video" else None)


@pytest.mark.parametrize(("country", "sources"), [("RU", {"a"}), ("FR", set()), (None, None)])
def test_an_initiative_keeps_the_stories_that_tell_it(country: str | None, sources: set[str] | None) -> None:
    """Who tells of the right country stays; a country that nobody tells of stands without a story."""
    right = ruled(told(), [slot(Slot.INITIATIVE, country)]).contact
    assert [one.value for one in right.initiatives] == ([Initiative(country)] if country else [])
    assert {r.source for r in right.reports if r.claim.initiative} == (sources or set())


@pytest.mark.parametrize("which", [Slot.TOPICS, Slot.PLACE, Slot.DURATION, Slot.PREVIOUS])
def test_what_only_stories_can_tell_is_left_out(which: Slot) -> None:
    """Topics, place, length and the contact before go, in every story; the others stay."""
    right = ruled(told(), [slot(which, "ignored")])
    assert right.corrections == (Correction(which),)
    kept = {
        Slot.TOPICS: any(r.claim.topics for r in right.contact.reports) or bool(right.contact.topics),
        Slot.PLACE: any(r.claim.place for r in right.contact.reports),
        Slot.DURATION: any(r.claim.duration for r in right.contact.reports),
        Slot.PREVIOUS: any(r.earlier for r in right.contact.reports),
    }
    assert [one for one, there in kept.items() if not there] == [which]


def test_rulings_on_several_parts_do_not_depend_on_their_order() -> None:
    """Each part is put right for itself."""
    every = [slot(Slot.DAY, "2024-07-11"), slot(Slot.MEDIUM, "video"), slot(Slot.PLACE)]
    assert len({ruled(told(), order) for order in permutations(every)}) == 1


def test_of_two_rulings_on_one_part_the_later_counts() -> None:
    """An editor may correct a correction."""
    twice = [slot(Slot.DAY, "2024-07-10", hour=1), slot(Slot.DAY, "2024-07-11", hour=2)]
    assert ruled(told(), twice).contact.day == july(11)
