"""Which contacts a watch asks for."""

import pytest

from bot.matching.parties import fits
from bot.model.claim import Medium, Participant
from bot.model.office import Office, Role
from bot.model.watchlist import Party, Watch

US, RU, UA, GB = (Office(country) for country in ("US", "RU", "UA", "GB"))
AUSTIN = Participant(US, "Lloyd Austin")
BELOUSOV = Participant(RU, "Andrei Belousov")
UMEROV = Participant(UA, "Rustem Umerov")
LAVROV = Participant(Office("RU", Role.FOREIGN_MINISTER), "Sergei Lavrov")


def asked(*parties: Party, media: frozenset[Medium] = frozenset()) -> Watch:
    """Give a watch for contacts of these parties."""
    return Watch("watch", parties=parties, media=media)


def test_no_parties_means_any_two_defence_ministers() -> None:
    """One of them alone, or with a foreign minister, is not enough."""
    assert fits(asked(), (AUSTIN, BELOUSOV), Medium.PHONE)
    assert not fits(asked(), (AUSTIN, LAVROV), Medium.PHONE)
    assert not fits(asked(), (AUSTIN,), Medium.PHONE)


def test_one_party_means_that_one_with_anyone() -> None:
    """Whoever sits opposite."""
    assert fits(asked(Party(US)), (AUSTIN, UMEROV), Medium.PHONE)
    assert fits(asked(Party(US)), (AUSTIN, LAVROV), Medium.PHONE)
    assert not fits(asked(Party(US)), (BELOUSOV, UMEROV), Medium.PHONE)


def test_several_parties_mean_at_least_two_of_them() -> None:
    """One of three with a stranger does not count."""
    watch = asked(Party(US), Party(RU), Party(GB))
    assert fits(watch, (AUSTIN, BELOUSOV), Medium.PHONE)
    assert fits(watch, (AUSTIN, BELOUSOV, UMEROV), Medium.MEETING)
    assert not fits(watch, (AUSTIN, UMEROV), Medium.PHONE)


def test_one_participant_cannot_be_two_parties() -> None:
    """Office and person of one minister are one seat at the table."""
    assert not fits(asked(Party(US), Party(US, "Lloyd Austin")), (AUSTIN, UMEROV), Medium.PHONE)


def test_a_party_named_twice_is_one_party() -> None:
    """Naming it again asks for nothing more."""
    assert fits(asked(Party(US), Party(US)), (AUSTIN, UMEROV), Medium.PHONE)


@pytest.mark.parametrize(
    "name", ["Andrei Belousov", "ANDREI BELOUSOV", "Andrej Beloussow", "Андрей Белоусов"]
)
def test_a_person_is_known_in_any_spelling(name: str) -> None:
    """The name of a party is compared by its letters or by its sound."""
    assert fits(asked(Party(RU, name)), (AUSTIN, BELOUSOV), Medium.PHONE)


def test_a_party_with_a_person_needs_that_person() -> None:
    """Neither the predecessor in the office nor somebody unnamed will do."""
    watch = asked(Party(RU, "Sergei Shoigu"))
    assert not fits(watch, (AUSTIN, BELOUSOV), Medium.PHONE)
    assert not fits(watch, (AUSTIN, Participant(RU)), Medium.PHONE)


def test_a_person_counts_in_the_office_asked_for() -> None:
    """The same name in another office is another party."""
    assert not fits(asked(Party(RU, "Sergei Lavrov")), (AUSTIN, LAVROV), Medium.PHONE)


def test_media_hold_back_others_but_never_an_unknown_one() -> None:
    """What nobody tells may still be a call."""
    by_phone = asked(media=frozenset({Medium.PHONE}))
    assert fits(by_phone, (AUSTIN, BELOUSOV), Medium.PHONE)
    assert fits(by_phone, (AUSTIN, BELOUSOV), Medium.UNKNOWN)
    assert not fits(by_phone, (AUSTIN, BELOUSOV), Medium.MEETING)


@pytest.mark.parametrize("medium", Medium)
def test_without_media_all_are_asked_for(medium: Medium) -> None:
    """Leaving the key out leaves nothing out."""
    assert fits(asked(), (AUSTIN, BELOUSOV), medium)


def test_the_order_at_the_table_makes_no_difference() -> None:
    """A contact is symmetric."""
    watch = asked(Party(US), Party(RU))
    assert fits(watch, (BELOUSOV, AUSTIN), Medium.PHONE) is fits(watch, (AUSTIN, BELOUSOV), Medium.PHONE)
