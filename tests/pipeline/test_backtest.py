"""A backtest names exactly what two whole replays differ in, for any stories and any edit."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.matching.watch import Watcher
from bot.model.watchlist import WatchList
from bot.pipeline.backtest import Change, Ear, Scene, Theatre, in_order
from bot.pipeline.desk import Desk
from bot.pipeline.memory import MemoryStore
from bot.pipeline.reach import listening
from bot.pipeline.rehearsal import Side, marked, share_a_stage, side_by_side
from bot.register.load import load
from tests.contacts.wire import steady
from tests.pipeline import brute
from tests.pipeline.script import Plainly, Script
from tests.pipeline.streams import Scene as Told
from tests.pipeline.streams import channels, scenes, watches, watchlists

REGISTER = load()


def desk(script: Script, watchlist: WatchList) -> Desk:
    """Put together a desk that reads from a script and listens for real."""
    return Desk(script, Watcher(watchlist, REGISTER), watchlist, Plainly())


def changes(told: Sequence[Told], old: WatchList, new: WatchList) -> list[Change]:
    """Backtest an edit over what is told."""
    script = Script({story.id: recognition for story, recognition in told})
    alone = share_a_stage(old, new)
    lists = listening(old, new) if alone else (old, new)
    both = desk(script, side_by_side(*lists))
    parts = zip(lists, Side, strict=True)
    desks = (both,) if alone else tuple(desk(script, marked(one, side)) for one, side in parts)
    ear = Ear.of(both)
    heard = [one for story, _ in told if story.dated and (one := ear.hear(story))]
    theatre = Theatre(*lists, MemoryStore)
    return list(theatre.changes([Scene(in_order(heard), desks)], lambda _: None))


def brute_force(told: Sequence[Told], old: WatchList, new: WatchList) -> brute.Difference:
    """Replay all with each list, and compare."""
    script = Script({story.id: recognition for story, recognition in told})
    one, other = (brute.alerts((s for s, _ in told), desk(script, side)) for side in (old, new))
    return brute.difference(one, other)


@st.composite
def edits(draw: st.DrawFn) -> tuple[WatchList, WatchList]:
    """Draw a list, and the same after an edit: of one key of a watch, of a channel, or of the whole."""
    old = draw(watchlists())
    place = draw(st.integers(0, len(old.watches) - 1))
    other, watch = draw(watches()), old.watches[place]
    key = draw(st.sampled_from(["keywords", "exclude", "parties", "media", "ring", "channels", "query"]))
    what = draw(
        st.sampled_from(
            [key, key, key, "whole", "whole", "flags", "added", "removed", "channels of it", "age"]
        )
    )
    edited = replace(watch, **{key: getattr(other, key)})
    match what:
        case "flags":
            edited = replace(watch, announce=other.announce, urgent=other.urgent)
        case "whole":
            return old, draw(watchlists())
        case "added":
            return old, replace(old, watches=(*old.watches, replace(other, name="another")))
        case "removed":
            return old, replace(old, watches=tuple(w for w in old.watches if w is not watch))
        case "channels of it":
            return old, replace(old, channels=draw(channels()))
        case "age":
            return old, replace(old, max_age=timedelta(days=draw(st.integers(0, 3))))
    return old, replace(old, watches=tuple(edited if w is watch else w for w in old.watches))


@given(told=scenes(), edit=edits())
@steady
def test_a_backtest_is_the_difference_of_two_replays(
    told: list[Told], edit: tuple[WatchList, WatchList]
) -> None:
    """Gained, lost and changed alerts are those of brute force, whatever is edited."""
    assert brute.named(changes(told, *edit)) == brute_force(told, *edit)


@given(told=scenes(), watchlist=watchlists())
@steady
def test_no_edit_changes_nothing(told: list[Told], watchlist: WatchList) -> None:
    """A list against itself, its watches turned around and renamed, has no changes."""
    turned = tuple(replace(watch, name=f"{watch.name}!") for watch in reversed(watchlist.watches))
    assert changes(told, watchlist, replace(watchlist, watches=turned)) == []
