"""Queries are read as their table says, and what is wrong with one is told with its place."""
# ruff: noqa: E501, ISC004 -- a message is one line of its table

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching import query as query_language
from bot.matching.query import QueryError, read
from bot.matching.query.grammar import DEEPEST
from bot.matching.query.reading import LONGEST, MOST_TERMS
from bot.model.query import And, Kind, Near, Node, Not, Or, Query, Step, Term
from bot.register.load import load

REGISTER = load()
A, B, C, D = (Term(Kind.WORDS, letter) for letter in "ABCD")


def faults(text: str) -> list[tuple[int, int, str, str | None]]:
    """Give the faults of a query: column, length, message, hint."""
    with pytest.raises(QueryError) as refused:
        read(text, REGISTER)
    return [(f.column, f.length, f.message, f.hint) for f in refused.value.faults]


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("A", A),
        ("A AND B", And((A, B))),
        ("A OR B", Or((A, B))),
        ("A AND NOT B", And((A, Not(B)))),
        ("A NOT B", And((A, Not(B)))),
        ("A AND B OR C AND D", Or((And((A, B)), And((C, D))))),
        ("A AND (B OR C) AND D", And((A, Or((B, C)), D))),
        ("(A AND B) AND C", And((A, B, C))),
        ("A OR (B OR C)", Or((A, B, C))),
        ("A NOT B NEAR/5 C", And((A, Not(Near((B, C), (Step(5),)))))),
        ("A NEAR/5f B NEAR/2 C", Near((A, B, C), (Step(5, ordered=True), Step(2)))),
        ("(A OR B) NEAR/5 C", Near((Or((A, B)), C), (Step(5),))),
        ("rote Linie", Term(Kind.WORDS, "rote Linie")),
        ("rote   Linie OR Karte", Or((Term(Kind.WORDS, "rote Linie"), Term(Kind.WORDS, "Karte")))),
        ("NATO-Gipfel", Term(Kind.WORDS, "NATO-Gipfel")),
        ("Not", Term(Kind.WORDS, "Not")),
        ("NEARBY", Term(Kind.WORDS, "NEARBY")),
        ("12:30", Term(Kind.WORDS, "12:30")),
        ('"rote  Linie"', Term(Kind.PHRASE, "rote Linie")),
        ('"AND"', Term(Kind.PHRASE, "AND")),
        ("telefon*", Term(Kind.PREFIX, "telefon")),
        ("=US", Term(Kind.CASED, "US")),
        ("title:A", Term(Kind.WORDS, "A", title=True)),
        ('title:"A B"', Term(Kind.PHRASE, "A B", title=True)),
        ("title:tele*", Term(Kind.PREFIX, "tele", title=True)),
        ("title:=US", Term(Kind.CASED, "US", title=True)),
        ("title:(rote Linie)", Term(Kind.WORDS, "rote Linie", title=True)),
        ("title:(A OR =B)", Or((Term(Kind.WORDS, "A", title=True), Term(Kind.CASED, "B", title=True)))),
        ("title:(person:Austin)", Term(Kind.PERSON, "Austin", title=True)),
        ('person:"Lloyd Austin"', Term(Kind.PERSON, "Lloyd Austin")),
        ('office:"US defence minister"', Term(Kind.OFFICE, "US defence minister")),
        ("source:nzz.ch", Term(Kind.SOURCE, "nzz.ch")),
        ('source:"Neue Zürcher"', Term(Kind.SOURCE, "Neue Zürcher")),
        ("lang:de", Term(Kind.LANGUAGE, "de")),
        ("lang:de NOT A", And((Term(Kind.LANGUAGE, "de"), Not(A)))),
        ("NOT (NOT A OR NOT B)", Not(Or((Not(A), Not(B))))),
    ],
)
def test_a_query_is_read_as_the_table_says(text: str, root: Node) -> None:
    """Each row of the grammar, and what binds closer than what."""
    assert read(text, REGISTER).root == root


def test_every_example_of_the_table_can_be_read() -> None:
    """What the documentation shows is the language."""
    shown = [text for text in re.findall(r"``(.+?)``", str(query_language.__doc__)) if "…" not in text]
    examples = [text for text in shown if text not in ("keywords", "( )", "NOT A", "A NOT B", 'person:"A B"')]
    assert len(examples) > 12
    assert [str(read(text, REGISTER)) for text in examples] == examples


CASES: list[tuple[str, list[tuple[int, int, str, str | None]]]] = [
    ("", [(1, 1, "the query is empty", "e.g. Austin AND Beloussow")]),
    ("  \n", [(1, 1, "the query is empty", "e.g. Austin AND Beloussow")]),
    ("a and b", [(3, 3, "operators are written in capitals", 'write AND, or "and" in quotes for the word')]),
    ("a near/5 b", [(3, 6, "operators are written in capitals", "write NEAR/5")]),
    ("a Or b", [(3, 2, "operators are written in capitals", 'write OR, or "Or" in quotes for the word')]),
    ("a ODER b", [(3, 4, "ODER is no operator", 'write OR, or "ODER" in quotes for the word')]),
    (
        "a UND NICHT b",
        [
            (3, 3, "UND is no operator", 'write AND, or "UND" in quotes for the word'),
            (7, 5, "NICHT is no operator", 'write NOT, or "NICHT" in quotes for the word'),
        ],
    ),
    ("a ANDNOT b", [(3, 6, "ANDNOT is no operator", 'write NOT, or "ANDNOT" in quotes for the word')]),
    (
        "a - b",
        [
            (
                3, 1, "- is no operator",
                'leave it out between words side by side, write NOT for "without"',
            )
        ],
    ),
    (
        "a – b",
        [
            (
                3, 1, "– is no operator",
                'leave it out between words side by side, write NOT for "without"',
            )
        ],
    ),
    ("+a AND b", [(1, 2, "+ before a word is no operator", "leave it out, and join words with AND")]),
    ("Hegs?th", [(1, 7, "? stands for no letter", "write the beginning of the word and *")]),
    ("a Near/5f b", [(3, 7, "operators are written in capitals", "write NEAR/5f")]),
    ("a near5 b", [(3, 5, "operators are written in capitals", "write NEAR/5")]),
    ("a NEAR5 b", [(3, 5, "NEAR5 is no operator", "write NEAR/5")]),
    ("Austin,Hegseth", [(1, 14, "a comma separates nothing", "write OR or AND")]),
    ("Austin|Hegseth", [(1, 14, "a bar separates nothing", "write OR or AND")]),
    ("a && b", [(3, 2, "&& is no operator", "write AND")]),
    ("a | b", [(3, 1, "| is no operator", "write OR")]),
    ("a -Texas", [(3, 6, "- before a word is no operator", "write NOT Texas")]),
    ("a NEAR b", [(3, 4, "NEAR lacks its number of words", "write NEAR/5, or NEAR/5f for in this order")]),
    ("a NEAR/x b", [(3, 6, "NEAR/x is no operator", "write NEAR/5, or NEAR/5f for in this order")]),
    ("a NEAR/0 b", [(3, 6, "NEAR takes a number of words from 1 to 100, not 0", None)]),
    ("a NEAR/101f b", [(3, 9, "NEAR takes a number of words from 1 to 100, not 101", None)]),
    ("a AND", [(3, 3, "something is missing behind AND", None)]),
    ("OR a", [(1, 2, "something is missing before OR", None)]),
    ("a AND OR b", [(7, 2, "something is missing between AND and OR", None)]),
    ("(a AND ) b", [(4, 3, "something is missing behind AND", None)]),
    ("(a OR b", [(1, 1, "this parenthesis is not closed", "write ) where it ends")]),
    ("a) AND b", [(2, 1, "this parenthesis was not opened", "remove it")]),
    ("a AND ()", [(7, 2, "these parentheses hold nothing", None)]),
    ('a "b"', [(3, 3, "an operator is missing before this", "write AND or OR between them")]),
    ("a (b OR c)", [(3, 8, "an operator is missing before this", "write AND or OR between them")]),
    (
        "title:rote Linie",
        [(12, 5, "an operator is missing before this", "for several words write title:(rote Linie)")],
    ),
    ('a OR "b c', [(6, 4, "this quote is not closed", 'write " at its end')]),
    ('""', [(1, 2, "nothing stands between the quotes", None)]),
    ('"…"', [(1, 3, '"…" holds neither letter nor digit', None)]),
    ("a OR …", [(6, 1, "… holds neither letter nor digit", None)]),
    ("„Wort“", [(1, 6, "these quotes mark no phrase", 'write straight ones: "…"')]),
    ("Austin, Hegseth", [(1, 7, "a comma separates nothing", "write OR or AND")]),
    ("te*st", [(1, 5, "* can only stand at the end of a word", "write the beginning of a word and *")]),
    ("*", [(1, 1, "* can only stand at the end of a word", "write the beginning of a word and *")]),
    ("t*", [(1, 2, "before * there must be at least 2 letters", None)]),
    ("te-*", [(1, 4, "* can only stand right behind a letter or digit", None)]),
    ("=", [(1, 1, "= lacks its word", "write =Word, without a blank or quotes")]),
    ("=W*", [(1, 3, "= and * cannot stand together", "=Word is the word just as it is written")]),
    ("titel:a", [(1, 7, "there is no field titel:", "did you mean title:?")]),
    (
        "a OR http://x.y",
        [
            (
                6, 10, "there is no field http:",
                "there are title:, source:, lang:, person:, office:; "
                'for the words themselves write "http://x.y"',
            )
        ],
    ),
    ("lang:", [(1, 5, "lang: lacks its value", 'write lang:word or lang:"some words"')]),
    (
        "title: a",
        [(1, 6, "title: lacks its value", 'write title:word, title:"some words" or title:(…), without a blank')],
    ),
    ("title:lang:de", [(1, 13, "lang: cannot stand behind another field", None)]),
    ("title:(lang:de)", [(8, 7, "lang: cannot stand within title:", None)]),
    ("source:nzz*", [(1, 11, "the value of this field is whole: * cannot stand in it", None)]),
    ("lang:german", [(1, 11, '"german" is no language', "did you mean lang:de?")]),
    ("lang:de-AT", [(1, 10, '"de-AT" is no language', "did you mean lang:de?")]),
    ("lang:qq", [(1, 7, '"qq" is no language', "a code of two letters, e.g. lang:de")]),
    (
        'person:"Lloyd Austn"',
        [(1, 20, '"Lloyd Austn" is no person of the register', 'did you mean person:"Lloyd Austin"?')],
    ),
    ("person:Xyzzy", [(1, 12, '"Xyzzy" is no person of the register', "for anybody else write the plain name")]),
    (
        'office:"Rusia defence minister"',
        [
            (
                1, 31, '"Rusia defence minister" names no office of a known country',
                'did you mean office:"RU defence minister"?',
            )
        ],
    ),
    (
        'office:"foreign minister"',
        [
            (
                1, 25, '"foreign minister" names no office of a known country',
                'did you mean office:"any foreign minister"?',
            )
        ],
    ),
    (
        'office:"US foreign minster"',
        [
            (
                1, 27, '"US foreign minster" names no office of a known country',
                'did you mean office:"US foreign minister"?',
            )
        ],
    ),
    (
        "(a AND b) NEAR/5 c",
        [
            (
                1, 9, "beside NEAR there can only be words, phrases, and groups of them joined with OR",
                "join anything else with AND, outside of NEAR",
            )
        ],
    ),
    (
        "a NEAR/5 (b NEAR/5 c)",
        [
            (
                10, 12, "beside NEAR there can only be words, phrases, and groups of them joined with OR",
                "write a chain without parentheses: a NEAR/5 b NEAR/5 c",
            )
        ],
    ),
    (
        "a NEAR/5 NOT b",
        [(10, 3, "NOT cannot stand behind NEAR", "NOT (a NEAR/5 b) says that they do not stand together")],
    ),
    (
        "a OR NOT b",
        [
            (
                6, 3, "this query holds for every story that lacks what stands behind NOT",
                "say what a story must hold, e.g. Austin AND NOT Texas",
            )
        ],
    ),
    (
        "(" * 51 + "a",
        [(51, 1, "more than 50 parentheses and NOTs stand within each other", "take it apart into several watches")],
    ),
    (
        "a" * (LONGEST + 1),
        [(1, 1, "the query is longer than 200,000 characters", "make several watches of it")],
    ),
    (
        " OR ".join(["ab"] * (MOST_TERMS + 1)),
        [(60_001, 2, "the query has 10,001 terms, 10,000 are the most", "make several watches of it")],
    ),
    (
        " NEAR/5 ".join("abcdefghijkl"),
        [(91, 1, "a chain of NEAR has at most 10 parts", "join shorter chains with AND")],
    ),
    (
        " OR ".join(["a NEAR/5 b"] * 101),
        [(1_403, 6, "the query has 101 NEARs, 100 are the most", "make several watches of it")],
    ),
    (
        "a and (b* OR titel:c",
        [
            (3, 3, "operators are written in capitals", 'write AND, or "and" in quotes for the word'),
            (7, 1, "this parenthesis is not closed", "write ) where it ends"),
            (8, 2, "before * there must be at least 2 letters", None),
            (14, 7, "there is no field titel:", "did you mean title:?"),
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), CASES, ids=lambda value: str(value)[:30])
def test_a_fault_is_told_with_its_place(text: str, told: list[tuple[int, int, str, str | None]]) -> None:
    """Word for word, with column and length, all faults of a query at once."""
    assert faults(text) == told


WORDS = st.sampled_from(["ab", "Österreich", "ракета", "x1", "NATO-Gipfel", "12:30", "don't", "AB", "Not"])
TITLE = st.booleans()
TERMS = st.one_of(
    st.builds(Term, st.just(Kind.WORDS), st.lists(WORDS, min_size=1, max_size=3).map(" ".join), TITLE),
    st.builds(Term, st.just(Kind.PHRASE), st.lists(WORDS, min_size=1, max_size=3).map(" ".join), TITLE),
    st.builds(Term, st.just(Kind.PREFIX), st.sampled_from(["ab", "при"]), TITLE),
    st.builds(Term, st.just(Kind.CASED), WORDS, TITLE),
    st.builds(Term, st.just(Kind.PERSON), st.sampled_from(["Austin", "Lloyd Austin"]), TITLE),
)
FIELDS = st.sampled_from(
    [Term(Kind.LANGUAGE, "de"), Term(Kind.SOURCE, "Neue Zürcher"), Term(Kind.SOURCE, "nzz.ch")]
)
STEPS = st.builds(Step, st.integers(1, 100), st.booleans())
PARTS = TERMS | st.lists(TERMS, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts)))


def chain(parts: list[Term | Or], step: Step) -> Near:
    """Join parts with one NEAR after another."""
    return Near(tuple(parts), (step,) * (len(parts) - 1))


def joined(kind: type[And] | type[Or], parts: list[Node]) -> Node:
    """Join parts so that none is of the same kind, as a query is read."""
    flat = [one for part in parts for one in (part.parts if isinstance(part, kind) else (part,))]
    return kind(tuple(flat))


NODES: st.SearchStrategy[Node] = st.recursive(
    TERMS | FIELDS | st.builds(chain, st.lists(PARTS, min_size=2, max_size=3), STEPS),
    lambda inner: st.one_of(
        inner.map(Not),
        st.builds(joined, st.just(And), st.lists(inner, min_size=2, max_size=3)),
        st.builds(joined, st.just(Or), st.lists(inner, min_size=2, max_size=3)),
    ),
    max_leaves=12,
)


@given(NODES)
def test_a_query_written_is_read_as_it_was(node: Node) -> None:
    """Writing and reading undo each other, with as few parentheses as there are."""
    query = Query(And((Term(Kind.PREFIX, "must"), node)) if not isinstance(node, And) else node)
    try:
        again = read(str(query))
    except QueryError as refused:
        assert "this query holds for every story" in str(refused)  # noqa: PT017 -- the only reason allowed
    else:
        assert again == query
        assert str(again) == str(query)


@given(
    st.lists(
        st.sampled_from(
            [
                *'()":*=-,',
                " ",
                "a",
                "B",
                "AND",
                "OR",
                "NOT",
                "NEAR/2",
                "NEAR",
                "title:",
                "lang:",
                "x:",
                "„",
                "\n",
                "\x00",
            ]
        ),
        max_size=30,
    ).map("".join)
    | st.text(max_size=40)
)
def test_any_text_is_read_or_refused_with_places_in_it(text: str) -> None:
    """Nothing crashes, and every fault can be underlined."""
    try:
        query = read(text, REGISTER)
    except QueryError as refused:
        for fault in refused.faults:
            assert 1 <= fault.column <= len(text) + 1
            assert fault.length >= 1
            assert fault.column - 1 + fault.length <= max(len(text), 1) + 1
    else:
        assert read(str(query), REGISTER) == query


def test_every_term_knows_where_it_stands() -> None:
    """So a linter can underline it."""
    text = 'rote Linie OR title:("a b" AND tele*) OR person:"Lloyd Austin"'
    stood = [text[term.start : term.start + term.length] for term in read(text, REGISTER).terms]
    assert stood == ["rote Linie", '"a b"', "tele*", 'person:"Lloyd Austin"']


def test_nesting_is_bounded_by_a_number() -> None:
    """Fifty levels are read, whatever they are of."""
    assert read("(" * DEEPEST + "a" + ")" * DEEPEST).root == Term(Kind.WORDS, "a")
    assert read("NOT " * DEEPEST + "a").root != Term(Kind.WORDS, "a")


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("US Verteidigungsminister", 'did you mean office:"US defence minister"?'),
        ("minister of defence of Russia", 'did you mean office:"RU defence minister"?'),
        ("UK prime minister", 'did you mean office:"GB head of government"?'),
        ("министр обороны России", 'did you mean office:"RU defence minister"?'),
        ("alle Kanzler", 'e.g. office:"any head of government"'),
        ("Ukrainian MoD", 'e.g. office:"UA defence minister"'),
    ],
)
def test_an_office_in_other_words_is_understood(written: str, hint: str) -> None:
    """Its country and kind are made out in any language, and what cannot be is not guessed at."""
    ((_, _, message, told),) = faults(f'office:"{written}"')
    assert (message, told) == (f'"{written}" names no office of a known country', hint)
