"""The table of the query language in README.md is what queries do."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.matching.query import read
from bot.matching.watch import Watcher
from bot.model.query import And, Kind, Near, Not, Or
from bot.model.watchlist import Watch, WatchList
from bot.register.load import load
from tests.matching.test_watcher import story

REGISTER = load()
README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(?P<query>[^`]+)` \| (?P<finds>.*?) \| (?P<misses>.*?) ?\|$", re.MULTILINE)
TABLE = README[README.index("| query | finds") : README.index("NEAR binds closest")]


class Example(NamedTuple):
    """A row of the table."""

    query: str
    finds: str
    misses: str


EXAMPLES = [Example(**row.groupdict()) for row in ROW.finditer(TABLE)]


def held(query: str, cell: str) -> bool:
    """Whether a query holds of what a cell shows in quotes: a title where it says so, else a text."""
    (shown,) = re.findall("“(.+?)”", cell)
    title, text = (shown, "") if cell.startswith("title") else ("", shown)
    watchlist = WatchList((Watch("w", query=read(query, REGISTER)),))
    return bool(Watcher(watchlist, REGISTER).matches(story(text, "de", title)))


@pytest.mark.parametrize("example", [one for one in EXAMPLES if one.misses], ids=lambda one: one.query)
def test_each_row_finds_what_it_says(example: Example) -> None:
    """The first example holds of the query, the second does not."""
    assert held(example.query, example.finds)
    assert not held(example.query, example.misses)


def test_the_table_has_a_row_for_every_part_of_the_language() -> None:
    """Each kind of term, each operator, a title; and every query can be read."""
    queries = [read(one.query, REGISTER) for one in EXAMPLES]
    assert len(queries) == TABLE.count("\n") - 3
    assert {term.kind for query in queries for term in query.terms} == set(Kind)
    assert any(term.title for query in queries for term in query.terms)
    assert {And, Or, Near} <= {type(query.root) for query in queries}
    assert any(
        isinstance(part, Not) for query in queries if isinstance(query.root, And) for part in query.root.parts
    )
