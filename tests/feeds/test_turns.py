"""Hosts are asked with manners: few requests at once, a gap between them, nobody waits for another."""

from hypothesis import given
from hypothesis import strategies as st

from bot.model.feed import Feed
from bot.pipeline.turns import Turns, Wait


def feed(host: str, number: int = 0) -> Feed:
    """Make a feed of a host."""
    return Feed(f"https://{host}/{number}", host)


def turns(*feeds: Feed, per_host: int = 2, gap: float = 0.0) -> Turns:
    """Make turns with one gap for all hosts."""
    return Turns(feeds, per_host, lambda _: gap)


def test_a_host_has_no_more_turns_at_once_than_allowed() -> None:
    """The third feed of a host waits until one is done."""
    first, second, third = (feed("a.example", n) for n in range(3))
    line = turns(first, second, third)
    assert [line.take(0), line.take(0)] == [first, second]
    assert line.take(0) == Wait(None)
    line.done(first)
    assert line.take(0) == third
    assert line.take(0) is None


def test_a_gap_lies_between_two_requests_to_one_host() -> None:
    """The wait is told to the second; another host need not wait."""
    slow, slower, other = feed("a.example", 1), feed("a.example", 2), feed("b.example")
    line = turns(slow, slower, other, gap=0.5)
    assert [line.take(10.0), line.take(10.0)] == [slow, other]
    assert line.take(10.25) == Wait(0.25)
    line.done(slow)
    assert line.take(10.5) == slower


def test_an_address_that_cannot_be_read_has_its_turn_too() -> None:
    """It is the look that refuses it, by name."""
    broken = Feed("http://[", "kaputt")
    assert turns(broken).take(0) == broken


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 99)), unique=True), st.integers(1, 3), st.data()
)
def test_every_feed_has_exactly_one_turn(
    places: list[tuple[str, int]], per_host: int, data: st.DataObject
) -> None:
    """In whatever order looks end, none is left out, none comes twice, no host is crowded."""
    feeds = [feed(f"{host}.example", number) for host, number in places]
    line, under_way, taken, now = turns(*feeds, per_host=per_host, gap=1.0), [], [], 0.0
    while (turn := line.take(now)) is not None:
        if isinstance(turn, Feed):
            taken.append(turn)
            under_way.append(turn)
            assert sum(one.name == turn.name for one in under_way) <= per_host
        elif turn.seconds is None or (under_way and data.draw(st.booleans())):
            line.done(under_way.pop(data.draw(st.integers(0, len(under_way) - 1))))
        else:
            now += turn.seconds
    assert sorted(taken, key=lambda one: one.url) == sorted(feeds, key=lambda one: one.url)
