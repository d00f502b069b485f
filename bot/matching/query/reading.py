"""A query read from its text, or everything that is wrong with it."""

from collections.abc import Iterator

from bot.matching.query.faults import Fault, QueryError
from bot.matching.query.grammar import grow
from bot.matching.query.needs import needs
from bot.matching.query.subjects import Subjects, language_faults
from bot.matching.query.tokens import Token, tokens
from bot.model.office import Register
from bot.model.query import Query

LONGEST = 200_000
"""Characters of a query."""
MOST_TERMS = 10_000
MOST_NEARS = 100


def read(text: str, known: Register | Subjects | None = None) -> Query:
    """Read a query; raises `QueryError` with all its faults.

    Persons and offices are looked up in what is known; without it they are taken as they are.
    Who reads many queries hands over the same `Subjects`, whose indexes take a while to build.
    """
    if len(text) > LONGEST:
        raise QueryError(
            [Fault(1, 1, f"the query is longer than {LONGEST:,} characters", "make several watches of it")]
        )
    if not text.strip():
        raise QueryError([Fault(1, 1, "the query is empty", "e.g. Austin AND Beloussow")])
    cut, faults = tokens(text)
    root, more = grow(cut)
    faults += (*more, *_misnamed(cut, Subjects(known) if isinstance(known, Register) else known))
    if root is None or faults:
        raise QueryError(faults)
    faults += _unbounded(cut, holds_of_anything=needs(root, fields=True) is None)
    if faults:
        raise QueryError(faults)
    return Query(root, text)


def _misnamed(cut: list[Token], subjects: Subjects | None) -> Iterator[Fault]:
    """Tell of languages, persons and offices that there are not; each is looked up once."""
    for token in cut:
        if token.term:
            yield from language_faults(token.term)
            if subjects:
                yield from subjects.faults(token.term)


def _unbounded(cut: list[Token], *, holds_of_anything: bool) -> Iterator[Fault]:
    if holds_of_anything:
        told = next(token for token in cut if token.operator == "NOT")
        message = "this query holds for every story that lacks what stands behind NOT"
        yield told.fault(message, "say what a story must hold, e.g. Austin AND NOT Texas")
    terms = [token for token in cut if token.term]
    if len(terms) > MOST_TERMS:
        message = f"the query has {len(terms):,} terms, {MOST_TERMS:,} are the most"
        yield terms[MOST_TERMS].fault(message, "make several watches of it")
    nears = [token for token in cut if token.operator == "NEAR"]
    if len(nears) > MOST_NEARS:
        message = f"the query has {len(nears):,} NEARs, {MOST_NEARS} are the most"
        yield nears[MOST_NEARS].fault(message, "make several watches of it")
