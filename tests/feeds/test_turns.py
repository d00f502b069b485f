"""Hosts are asked with manners: few requests at once, a gap between them, nobody waits for another."""

from hypothesis import given
from hypothesis import strategies as st

from bot.model.feed import Feed
from bot.pipeline.turns import Lane, Turns, Wait


def feed(host: str, number: int = 0) -> Feed:
    """Make a feed of a host."""
    return Feed(f"https://{host}/{number}", host)


def turns(*feeds: Feed, per_host: int = 2, gap: float = 0.0) -> Turns[Feed]:
    """Make turns with one gap for all hosts, and let feeds wait among the living."""
    line: Turns[Feed] = Turns(per_host, lambda _: gap)
    for one in feeds:
        line.add(one.name, one, Lane.LIVING)
    return line


def test_a_host_has_no_more_turns_at_once_than_allowed() -> None:
    """The third feed of a host waits until one is done."""
    first, second, third = (feed("a.example", n) for n in range(3))
    line = turns(first, second, third)
    assert [line.take(0, Lane.LIVING), line.take(0, Lane.LIVING)] == [first, second]
    assert line.take(0, Lane.LIVING) == Wait(None)
    line.done("a.example", Lane.LIVING)
    assert line.take(0, Lane.LIVING) == third
    assert line.take(0, Lane.LIVING) is None


def test_a_gap_lies_between_two_requests_to_one_host() -> None:
    """The wait is told to the second; another host need not wait."""
    slow, slower, other = feed("a.example", 1), feed("a.example", 2), feed("b.example")
    line = turns(slow, slower, other, gap=0.5)
    assert [line.take(10.0, Lane.LIVING), line.take(10.0, Lane.LIVING)] == [slow, other]
    assert line.take(10.25, Lane.LIVING) == Wait(0.25)
    line.done("a.example", Lane.LIVING)
    assert line.take(10.5, Lane.LIVING) == slower


def test_what_fails_leaves_the_living_a_turn_at_its_host() -> None:
    """Of two requests at once to a host, hanging feeds take one."""
    hanging, dead, living = (feed("a.example", n) for n in range(3))
    line = turns()
    line.add("a.example", hanging, Lane.FAILING)
    line.add("a.example", dead, Lane.FAILING)
    line.add("a.example", living, Lane.LIVING)
    assert [line.take(0, Lane.FAILING), line.take(0, Lane.FAILING)] == [hanging, Wait(None)]
    assert line.take(0, Lane.LIVING) == living


def test_the_gap_holds_between_the_lanes_too() -> None:
    """A host does not know that there are lanes."""
    failing, living = feed("a.example", 1), feed("a.example", 2)
    line = turns(living, gap=0.5)
    line.add("a.example", failing, Lane.FAILING)
    assert line.take(10.0, Lane.LIVING) == living
    assert line.take(10.0, Lane.FAILING) == Wait(0.5)


def test_who_leaves_a_host_alone_takes_all_its_looks_out() -> None:
    """What waits for other hosts goes on."""
    first, second, other = feed("a.example", 1), feed("a.example", 2), feed("b.example")
    line = turns(first, second, other)
    assert line.leave("a.example") == (first, second)
    assert line.take(0, Lane.LIVING) == other
    assert line.take(0, Lane.LIVING) is None


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 99)), unique=True), st.integers(1, 3), st.data()
)
def test_every_feed_has_exactly_one_turn(
    places: list[tuple[str, int]], per_host: int, data: st.DataObject
) -> None:
    """In whatever order looks end, none is left out, none comes twice, no host is crowded."""
    feeds = [feed(f"{host}.example", number) for host, number in places]
    line: Turns[Feed] = Turns(per_host, lambda _: 1.0)
    for one in feeds:
        line.add(one.name, one, data.draw(st.sampled_from(Lane)))
    under_way: list[tuple[Feed, Lane]] = []
    taken: list[Feed] = []
    now = 0.0
    while len(taken) < len(feeds):
        lane = data.draw(st.sampled_from(Lane))
        turn = line.take(now, lane)
        if isinstance(turn, Feed):
            taken.append(turn)
            under_way.append((turn, lane))
            assert sum(one.name == turn.name for one, _ in under_way) <= per_host
        elif under_way and (turn is None or turn.seconds is None or data.draw(st.booleans())):
            done, its = under_way.pop(data.draw(st.integers(0, len(under_way) - 1)))
            line.done(done.name, its)
        elif isinstance(turn, Wait):
            now += turn.seconds or 0.0
    assert sorted(taken, key=lambda one: one.url) == sorted(feeds, key=lambda one: one.url)
