"""Which stories an edit can reach: circles that know nothing of each other."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.matching.watch import Watcher
from bot.model.claim import Recognition, Verdict
from bot.model.office import Office
from bot.model.watchlist import Party, Ring, Watch, WatchList
from bot.pipeline.backtest import Ear, in_order
from bot.pipeline.desk import Desk
from bot.pipeline.reach import Circle, Wishes, circles, listening
from bot.pipeline.rehearsal import side_by_side
from bot.register.load import load
from tests.contacts.wire import DE, FR, RU, UA, US, call, july, seats, steady
from tests.pipeline.script import Plainly, Script, story
from tests.pipeline.streams import Scene, scenes, watchlists

REGISTER = load()
TALKS = Watch("talks", ("Telefonat",))


def reached(told: list[Scene], old: WatchList, new: WatchList, *, every: bool = False) -> list[Circle]:
    """Give the circles that an edit reaches."""
    both = side_by_side(old, new)
    script = Script({one.id: recognition for one, recognition in told})
    ear = Ear.of(Desk(script, Watcher(both, REGISTER), both, Plainly()))
    heard = in_order(one for one in (ear.hear(story) for story, _ in told) if one)
    return list(circles(heard, Wishes(old, new), every=every))


def tells(name: str, *offices: Office, text: str = "Telefonat", day: int = 12) -> Scene:
    """Let a story tell a call of some offices."""
    one = story("a", july(day), text, id=name, title="Bericht")
    return one, Recognition(Verdict.CONTACT, (replace(call(july(day)), participants=seats(*offices)),))


def names(found: list[Circle]) -> list[list[str]]:
    """Give the ids of the stories of circles."""
    return [[one.story.id for one in circle] for circle in found]


def test_only_the_tables_of_the_edited_words_are_reached() -> None:
    """A word that stands in one story reaches all stories of its table, and no other."""
    told = [tells("1", US, RU), tells("2", US, RU, text="Taurus"), tells("3", DE, FR)]
    old, new = WatchList((TALKS,)), WatchList((replace(TALKS, keywords=("Telefonat", "Taurus")),))
    assert names(reached(told, old, new)) == [["1", "2"]]


def test_a_watch_that_no_minister_of_a_table_fits_reaches_nothing_there() -> None:
    """A watch for Germany says nothing of Washington and Moscow, whatever words it has."""
    told = [tells("1", US, RU), tells("2", DE, FR)]
    german = replace(TALKS, parties=(Party(DE),))
    old, new = WatchList((german,)), WatchList((replace(german, keywords=("nichts",)),))
    assert names(reached(told, old, new)) == [["2"]]


def test_tables_of_many_are_joined_by_two_of_theirs() -> None:
    """Three at a table may be four; two of them alone are another matter."""
    told = [
        tells("1", US, RU, UA, text="Taurus"),
        tells("2", RU, UA, DE, FR),
        tells("3", RU, UA),
    ]
    old, new = WatchList((TALKS,)), WatchList((replace(TALKS, keywords=("Taurus",)),))
    assert names(reached(told[:2], old, new)) == [["1", "2"]]
    assert ["3"] in names(reached(told, old, new))


def test_wire_copies_of_a_beat_are_reached_together() -> None:
    """Who rings for a text told twice depends on both."""
    text = "Taurus steht seit Montag auf dem Hof der Kaserne und wartet auf seine Abnahme"
    told = [
        tells("1", US, RU, text=text),
        tells("2", DE, FR, text=f"{text} heute"),
        tells("3", US, UA, text="Taurus rostet"),
    ]
    beat = Watch("beat", ("Taurus",), ring=Ring.STORIES)
    old, new = WatchList((beat,)), WatchList((replace(beat, keywords=("heute",)),))
    assert sorted(map(sorted, names(reached(told, old, new)))) == [["1", "2"], ["3"]]


@given(told=scenes(), old=watchlists(), new=watchlists())
@steady
def test_every_story_is_in_one_circle_in_order_of_time(
    told: list[Scene], old: WatchList, new: WatchList
) -> None:
    """Asked for every circle, no story is lost or doubled; those reached are among them."""
    every = reached(told, old, new, every=True)
    ids = [one.story.id for circle in every for one in circle]
    assert len(ids) == len(set(ids))
    for circle in every:
        assert [one.story.instant for one in circle] == sorted(one.story.instant for one in circle)
    assert {name for names_ in names(reached(told, old, new)) for name in names_} <= set(ids)


@given(watchlist=watchlists(), again=st.booleans())
@steady
def test_beats_that_share_a_channel_are_never_left_out(watchlist: WatchList, again: bool) -> None:  # noqa: FBT001
    """What a contact tells in a channel, a story does not tell there for itself."""
    edited = replace(watchlist, watches=(*watchlist.watches, TALKS)) if again else watchlist
    kept = listening(watchlist, edited)[0].watches
    left_out = [watch for watch in watchlist.watches if watch not in kept]
    shared = {name for watch in edited.watches if watch.ring is Ring.CONTACTS for name in watch.channels}
    assert all(watch.ring is Ring.STORIES for watch in left_out)
    assert shared.isdisjoint(name for watch in left_out for name in watch.channels)
