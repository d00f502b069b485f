"""The time of the linter grows with the watch-list, not with its square."""

from collections.abc import Callable
from itertools import islice, product

from bot.configuration import Configuration, excerpt, lint, told
from bot.errors import Problem
from tests.configuration.desk import Desk
from tests.timing import fastest

SYLLABLES = ("ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "zu")
FEW, MANY = 50, 800
FACTOR = 3 * MANY // FEW


def words(count: int) -> list[str]:
    """Give so many words, each its own."""
    return list(islice(("".join(parts) for parts in product(SYLLABLES, repeat=4)), count))


def grows(write: Callable[[int], str], desk: Desk) -> float:
    """Say how much longer the linter takes for many things than for few, the names of persons known."""
    few, many = (_ready(desk, write(count)) for count in (FEW, MANY))
    return fastest(lambda: lint(many), 3) / fastest(lambda: lint(few), 3)


def _ready(desk: Desk, written: str) -> Configuration:
    found = desk.load(watch_list=written)
    lint(found)
    return found


def test_watches_are_not_compared_with_each_other(desk: Desk) -> None:
    """Sixteen times as many take about sixteen times as long."""

    def watches(count: int) -> str:
        return "watches:\n" + "".join(f"  - {{name: {word}, keywords: [{word}]}}\n" for word in words(count))

    assert grows(watches, desk) < FACTOR


def test_keywords_are_not_compared_with_each_exclusion(desk: Desk) -> None:
    """Nor with each other."""

    def lists(count: int) -> str:
        one, other = ", ".join(words(count)), ", ".join(words(2 * count)[count:])
        return f"watches:\n  - name: w\n    keywords: [{one}]\n    exclude: [{other}]\n"

    assert grows(lists, desk) < FACTOR


def test_alternatives_of_a_query_are_not_compared_with_each_exclusion(desk: Desk) -> None:
    """A query of thousands of terms beside thousands of excluded words."""

    def query(count: int) -> str:
        parts, other = " OR ".join(words(count)), ", ".join(words(2 * count)[count:])
        return f"watches:\n  - name: w\n    query: {parts}\n    exclude: [{other}]\n"

    assert grows(query, desk) < FACTOR


def test_a_file_is_read_once_for_all_its_problems(desk: Desk) -> None:
    """A file of a thousand problems is shown as quickly as one of a few."""
    desk.write("watchlist.yaml", "# nothing\n" * 20_000)
    problems = [Problem("config/watchlist.yaml", number + 1, 1, "x") for number in range(100)]
    together = fastest(lambda: list(told(problems)))
    assert together < 20 * fastest(lambda: excerpt(problems[0]))
