"""What the register may have wrong by now."""

from datetime import date

from bot.configuration import doubts
from bot.errors import Severity
from bot.model.office import Country, CountryWords, Holder, Newcomer, Office, Register

FRANCE = Country("FR", (("en", CountryWords(nouns=("France",))),))
YZ = Newcomer("FR", "Xaver Yz", stories=4, outlets=3)


def holder(person: str, end: date | None, *, incumbent: bool = False) -> Holder:
    """Make a minister of France."""
    return Holder(Office("FR"), person, date(2024, 1, 1), end, (), incumbent=incumbent)


def told(register: Register, *newcomers: Newcomer) -> list[str]:
    """Give the warnings, each as one line."""
    found = list(doubts(register, newcomers, "config/holders.yaml"))
    assert all(one.severity is Severity.WARNING for one in found)
    return [str(one) for one in found]


def test_a_register_that_knows_everything_raises_no_doubts() -> None:
    """Neither who left on a known day nor who is in office is doubtful."""
    sure = Register((holder("Ann Able", date(2025, 1, 1)), holder("Ben Brown", None, incumbent=True)))
    assert told(sure) == []


def test_all_of_unknown_ends_are_told_in_one_warning() -> None:
    """It lists them and says what to do."""
    (doubt,) = told(Register((holder("Ann Able", None), holder("Ben Brown", None))))
    assert doubt == (
        "config/holders.yaml: warning: the register does not know whether these are still in office: "
        "Ann Able (FR), Ben Brown (FR) (enter each with its end there, or with end: null)"
    )


def test_a_new_minister_is_told_with_count_country_and_what_to_do() -> None:
    """One sentence for each."""
    (doubt,) = told(Register(countries=(FRANCE,)), YZ)
    assert doubt == (
        "config/holders.yaml: warning: a new minister? 4 stories of 3 outlets in the last 30 days "
        "call Xaver Yz the defence minister of France, and the register has no such name "
        "(if so, enter it there: {country: FR, person: Xaver Yz, start: the first day})"
    )
