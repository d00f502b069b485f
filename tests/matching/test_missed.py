"""What a watch says of a story that it has nothing of."""

from datetime import UTC, date, datetime

from bot.matching.missed import missed
from bot.matching.watch import Watcher
from bot.model.claim import Claim, Medium, Participant, Status
from bot.model.office import Office
from bot.model.story import Story
from bot.model.trace import NearMiss
from bot.model.watchlist import Party, Ring, Watch, WatchList
from bot.register.load import load

REGISTER = load()
STORY = Story(
    "s", "", "blatt.example", None, "Pistorius telefoniert", "Es ging auch um Raketen.", "de", None,
    datetime(2024, 7, 13, 10, tzinfo=UTC), date(2024, 7, 13),
)  # fmt: skip
CALL = Claim(
    Status.HELD, (Participant(Office("DE"), "Boris Pistorius"), Participant(Office("PL"))),
    date(2024, 7, 12), date(2024, 7, 12), Medium.PHONE,
)  # fmt: skip
US, RU, CN = (Party(Office(code)) for code in ("US", "RU", "CN"))


def said(*watches: Watch, claims: tuple[Claim, ...] = (CALL,)) -> list[NearMiss]:
    """Give what these watches missed."""
    watchlist = WatchList(watches)
    matches = Watcher(watchlist, REGISTER).matches(STORY)
    return list(missed(STORY, claims, matches, watchlist, REGISTER))


def test_a_watch_that_fits_missed_nothing() -> None:
    """Near misses are of what did not come to be."""
    assert (
        said(Watch("alle"), Watch("er", ("Pistorius",)), Watch("sie", parties=(Party(Office("DE")),))) == []
    )


def test_a_watch_of_others_says_whom_it_listens_to() -> None:
    """A pair, one with anyone, two of many, a person."""
    person = Party(Office("US"), "Lloyd Austin")
    told = said(
        Watch("a", parties=(US, RU)), Watch("b", parties=(US,)), Watch("c", parties=(US, RU, CN)),
        Watch("d", parties=(person, RU)),
    )  # fmt: skip
    assert [miss.text for miss in told] == [
        "listens to US-RU; this is DE-PL",
        "listens to US with anyone; this is DE-PL",
        "listens to two of US, RU, CN; this is DE-PL",
        "listens to Lloyd Austin with RU; this is DE-PL",
    ]
    assert [miss.watch for miss in told] == ["a", "b", "c", "d"]


def test_an_excluded_medium_is_named() -> None:
    """Who only wants meetings learns that this was a call."""
    (only,) = said(Watch("a", media=frozenset({Medium.MEETING, Medium.VIDEO})))
    assert (only.kind, only.text) == ("medium", "listens to meeting, video; this is by phone")


def test_a_missing_keyword_is_named_with_the_word_that_comes_near() -> None:
    """The editor sees what to write instead."""
    (only,) = said(Watch("a", ("Telefonat", "Tomahawk")))
    assert only.kind == "no keyword"
    assert only.text == (
        "none of Telefonat, Tomahawk stands in the story; “telefoniert” comes nearest to Telefonat"
    )


def test_many_keywords_are_told_in_short() -> None:
    """A long list is not told whole."""
    (only,) = said(Watch("a", tuple(f"Wort{number}" for number in range(9))))
    assert only.text == "none of Wort0, Wort1, Wort2, Wort3, Wort4 and 4 more stands in the story"


def test_an_excluded_word_is_shown_as_it_stands() -> None:
    """Two watches may exclude the same word; each says so."""
    told = said(Watch("a", exclude=("Rakete",)), Watch("b", ("Pistorius",), exclude=("Rakete",)), Watch("c"))
    assert [(miss.watch, miss.kind) for miss in told] == [("a", "excluded"), ("b", "excluded")]
    assert told[0].text == "the excluded word Rakete stands in the story (“Raketen”)"


def test_a_story_without_contacts_misses_no_parties() -> None:
    """Where nothing is told, no watch can be of the wrong offices; nor where it rings for stories."""
    assert said(Watch("a", parties=(US, RU)), claims=()) == []
    assert said(Watch("a", parties=(US, RU), ring=Ring.STORIES)) == []
