"""The key `query` of a watch: what is read, and every fault at its own character of the file."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import (
    DoubleQuotedScalarString,
    FoldedScalarString,
    LiteralScalarString,
    SingleQuotedScalarString,
)

from bot.configuration import excerpt
from bot.configuration.parse import parse
from bot.configuration.queries import MOST_FAULTS
from bot.configuration.spelt import places_in
from bot.configuration.strict import Within, within
from bot.configuration.tree import Document, Mapping, Place, Scalar
from bot.matching.query import read
from bot.model.watchlist import Watch
from tests.configuration.desk import Desk

PLACE = "config/watchlist.yaml"
SMALL = "error: operators are written in capitals"
AND, OR = '(write AND, or "and" in quotes for the word)', '(write OR, or "or" in quotes for the word)'


def watch(value: str) -> str:
    """Give a watch-list of one watch with this query, which begins in line 3, column 12."""
    return f"watches:\n  - name: w\n    query: {value}\n"


def test_a_query_stands_beside_keywords_or_instead_of_them(desk: Desk) -> None:
    """It is read as it is written, and changes which watch it is."""
    text = "Austin NEAR/5 telefon* NOT title:Texas"
    alone = desk.load(watch_list=watch(text)).watchlist.watches[0]
    both = desk.load(watch_list=watch(text + "\n    keywords: [Taurus]")).watchlist.watches[0]
    assert alone == Watch("w", query=read(text))
    assert both == Watch("w", keywords=("Taurus",), query=read(text))
    assert len({alone.key, both.key, Watch("w").key}) == 3


def test_a_query_is_enough_for_a_watch_of_stories(desk: Desk) -> None:
    """`ring: stories` with a query alone does not ring for everything: no warning."""
    assert desk.load(watch_list=watch("Taurus OR Patriot\n    ring: stories")).warnings == ()


@pytest.mark.parametrize(
    ("value", "problems"),
    [
        ("Austin and Bel or x", [f"3:19: {SMALL} {AND}", f"3:27: {SMALL} {OR}"]),
        ("'it''s and x'", [f"3:19: {SMALL} {AND}"]),
        (r'"\"rote Linie\" and \u00e4\x20or x"', [f"3:28: {SMALL} {AND}", f"3:42: {SMALL} {OR}"]),
        ('"Austin\n      and\n\n      Bel"', [f"4:7: {SMALL} {AND}"]),
        (">-  # two lines\n      Austin\n      and Bel\n", [f"5:7: {SMALL} {AND}"]),
        ("|\n      (Austin\n        and Bel)\n", [f"5:9: {SMALL} {AND}"]),
        ("&often Austin and Bel", [f"3:26: {SMALL} {AND}"]),
        (
            "Austin AND (Bel",
            ["3:23: error: this parenthesis is not closed (write ) where it ends)"],
        ),
        ("Austin AND", ["3:19: error: something is missing behind AND"]),
        ('"Austin AND"', ["3:20: error: something is missing behind AND"]),
        (
            "Austin AND (",
            [
                "3:23: error: something is missing behind (",
                "3:23: error: this parenthesis is not closed (write ) where it ends)",
            ],
        ),
        (
            "NOT Texas",
            [
                (
                    "3:12: error: this query holds for every story that lacks what stands behind NOT "
                    "(say what a story must hold, e.g. Austin AND NOT Texas)"
                )
            ],
        ),
        (
            'person:"Boris Pistolius" OR lang:german OR sourc:nzz.ch',
            [
                (
                    '3:12: error: "Boris Pistolius" is no person of the register '
                    '(did you mean person:"Boris Pistorius"?)'
                ),
                '3:40: error: "german" is no language (did you mean lang:de?)',
                "3:55: error: there is no field sourc: (did you mean source:?)",
            ],
        ),
        (
            "[Austin, Bel]",
            [
                (
                    "3:12: error: a query is one text, not a list or mapping "
                    "(e.g. query: Austin AND (telefon* OR call))"
                )
            ],
        ),
        ("2024", ["3:12: error: \"2024\" is read as a number, not as text (put it in quotes: '2024')"]),
        ("", ['3:5: error: "query" has no value (write one or remove the line)']),
        ('""', ["3:12: error: the query is empty (e.g. Austin AND Beloussow)"]),
    ],
)
def test_every_fault_stands_at_its_own_character(desk: Desk, value: str, problems: list[str]) -> None:
    """However YAML lets the query be written: plain, in quotes, folded, literal; all faults at once."""
    desk.write("watchlist.yaml", watch(value))
    assert desk.problems() == [f"{PLACE}:{problem}" for problem in problems]


def test_faults_of_queries_are_told_with_all_others(desk: Desk) -> None:
    """What else is wrong in the file, and in other queries, does not hide them."""
    desk.write("watchlist.yaml", watch("a and b") + "  - name: v\n    query: (c\n    rings: no\n")
    assert [problem.split(": ")[0] for problem in desk.problems()] == [
        f"{PLACE}:3:14",
        f"{PLACE}:5:12",
        f"{PLACE}:6:5",
    ]


def test_the_caret_points_to_the_character(desk: Desk) -> None:
    """The excerpt is that of the line in which the fault stands."""
    desk.write("watchlist.yaml", watch(">-\n      Austin\n      AND Bel and x"))
    assert excerpt(desk.findings()[0]) == (
        "    5 │       AND Bel and x\n"
        "      │               ^"
    )  # fmt: skip


def test_a_query_full_of_faults_is_told_in_twenty_problems(desk: Desk) -> None:
    """The last one says how many there are more; exactly twenty are all told."""
    desk.write("watchlist.yaml", watch("a:b OR " * 34 + "a:b"))
    problems = desk.problems()
    assert len(problems) == MOST_FAULTS == 20
    assert problems[-1] == f"{PLACE}:3:{12 + 7 * 19}: error: here and behind are 16 more faults of this query"
    desk.write("watchlist.yaml", watch("a:b OR " * 19 + "a:b"))
    assert [problem.split(": ")[2] for problem in desk.problems()] == ["there is no field a"] * 20


def test_a_person_who_left_is_a_warning(desk: Desk) -> None:
    """As for contacts; not of whom a story must not name, nor of one in office, nor of mere words."""
    wanted = 'title:(person:"Lloyd Austin") OR person:Hegseth OR Austin NOT person:Esper'
    desk.write("watchlist.yaml", watch(wanted))
    assert desk.problems() == [
        (
            f"{PLACE}:3:19: warning: Lloyd Austin is no longer US defence minister (until 2025-01-20) "
            '(office:"US defence minister" follows the office, whoever holds it)'
        )
    ]


def test_a_place_that_is_not_sure_is_told_in_words() -> None:
    """The problem stands at the beginning of the value and counts the column within the query."""
    value = Scalar(Place(3, 12), "a b", "a b", written="something else")
    assert places_in(value, [0, 2]) == [None, None]
    root = Mapping(Place(1, 1), (), 1, 1)
    (problem,) = within(Document("w.yaml", root), value, ("query",), [Within(2, "what is wrong", "a hint")])
    assert str(problem) == 'w.yaml:3:12: error: column 3 of "query": what is wrong (a hint)'


STYLES = st.sampled_from(
    [str, SingleQuotedScalarString, DoubleQuotedScalarString, FoldedScalarString, LiteralScalarString]
)
TEXTS = st.text(st.sampled_from("ab\"'\\ä 字( )\U0001f600:*= "), min_size=1, max_size=60)


@given(TEXTS, STYLES, st.integers(10, 60))
def test_every_sign_is_found_where_it_is_written(text: str, style: type[str], width: int) -> None:
    """Whatever stands in a value, and however YAML writes and folds it."""
    writer, file = YAML(), io.StringIO()
    writer.width = width
    writer.allow_unicode = "字" not in text  # else as escapes
    writer.dump({"query": style(text)}, file)
    lines = file.getvalue().split("\n")
    root, _ = parse(file.getvalue())
    assert isinstance(root, Mapping)
    value = root.entries[0].value
    assert isinstance(value, Scalar)
    signs = [at for at, sign in enumerate(value.text) if not sign.isspace()]
    for at, place in zip(signs, places_in(value, signs), strict=True):
        assert place is not None
        written = lines[place.line - 1][place.column - 1 :]
        assert written.startswith((value.text[at], "\\"))
