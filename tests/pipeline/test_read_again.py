"""A story that says something else when it is read again: its page told more, or its feed words it anew."""

from collections.abc import Iterator

import pytest

from bot.model.decision import Novelty
from bot.model.story import Story
from bot.model.watchlist import Ring, Watch
from tests.contacts.wire import RU, UA, call, july, seats
from tests.pipeline.script import Newsroom, newsroom, story

TEASER = story("a", july(13))


@pytest.fixture
def room() -> Iterator[Newsroom]:
    """Give a newsroom that watches everything."""
    with newsroom() as opened:
        yield opened


def told(room: Newsroom, what: Story) -> list[Novelty]:
    """Give what the store says was decided about a story, in order."""
    reading = room.store.history.reading(what.id)
    assert reading is not None
    return [decision.novelty for decision in reading.decisions]


def test_a_day_told_by_the_page_edits_the_post(room: Newsroom) -> None:
    """One contact, one post, whose words now have the day; both decisions are remembered."""
    (first,) = room.hear(TEASER, call())
    (second,) = room.hear(TEASER, call(july(12)))
    assert (second.novelty, second.alert, second.posted, second.edited) == (
        Novelty.UPDATE,
        first.alert,
        False,
        True,
    )
    assert room.posts(second) == ["RU-US held phone 2024-07-12\nbefore: none\na"]
    assert len(room.ask(lambda ledger: ledger.told_by(TEASER.id))) == 1
    assert told(room, TEASER) == [Novelty.NEW, Novelty.UPDATE]


def test_a_contact_that_only_the_page_tells_rings(room: Newsroom) -> None:
    """A teaser that tells none is closed as such; its page makes the first post."""
    assert [one.novelty for one in room.hear(TEASER)] == [Novelty.NONE]
    (second,) = room.hear(TEASER, call(july(12)))
    assert second.posted
    assert told(room, TEASER) == [Novelty.NONE, Novelty.NEW]


def test_a_page_that_tells_nothing_takes_nothing_back(room: Newsroom) -> None:
    """The post stands, and the next story of that contact finds it instead of making another."""
    (first,) = room.hear(TEASER, call(july(12)))
    assert room.hear(TEASER) == ()
    (other,) = room.hear(story("b", july(13)), call(july(12)))
    assert (other.alert, other.posted) == (first.alert, False)
    assert told(room, TEASER) == [Novelty.NEW]


def test_a_story_worded_to_and_fro_keeps_a_short_record(room: Newsroom) -> None:
    """Two wordings that take turns a hundred times are not told a hundred times."""
    for _ in range(50):
        room.hear(TEASER, call())
        room.hear(TEASER, call(july(12)))
    assert len(told(room, TEASER)) <= 4


def test_a_second_contact_in_the_page_makes_its_own_post(room: Newsroom) -> None:
    """What the teaser told keeps its post, what the page adds gets one."""
    (first,) = room.hear(TEASER, call(july(12)))
    other = call(july(12), participants=seats(RU, UA))
    (added,) = room.hear(TEASER, other, call(july(12)))
    assert added.posted
    assert added.alert != first.alert
    assert len(room.posts(first)) == 1


def test_a_story_that_rang_for_itself_does_so_once() -> None:
    """Worded anew, a story of a beat is not posted again."""
    with newsroom(Watch("beat", ring=Ring.STORIES)) as room:
        (first,) = room.hear(TEASER)
        assert first.posted
        assert room.hear(story("a", july(13), "Ganz anders als vorher und viel länger.")) == ()
