"""The key `query` of a watch: every fault of it at its own place in the file."""

from collections.abc import Iterator, Sequence
from typing import Annotated

from pydantic import PlainValidator, ValidationInfo

from bot.configuration import shapes
from bot.configuration.people import Directory
from bot.configuration.strict import Within, refuse, refuse_within
from bot.configuration.values import text_of
from bot.matching.query import Fault, QueryError
from bot.model.query import Kind, Node, Not, Query, Term

MOST_FAULTS = 20
"""Problems told of one query."""


def _read_query(value: object, info: ValidationInfo) -> Query:
    directory = info.context
    if not isinstance(directory, Directory):
        raise TypeError("queries are read with a directory of offices and people")
    if isinstance(value, (list, dict)):
        refuse("a query is one text, not a list or mapping", "e.g. query: Austin AND (telefon* OR call)")
    text = text_of(value, "a query")
    try:
        return directory.query(text)
    except QueryError as error:
        refuse_within(_told(error.faults))


AnyQuery = Annotated[Query, PlainValidator(_read_query), shapes.QUERY]


def _told(faults: Sequence[Fault]) -> tuple[Within, ...]:
    """Give the first faults of a query, and how many there are more."""
    each = tuple(Within(fault.column - 1, fault.message, fault.hint) for fault in faults)
    if len(each) <= MOST_FAULTS:
        return each
    shown, more = each[: MOST_FAULTS - 1], each[MOST_FAULTS - 1 :]
    return (*shown, Within(more[0].offset, f"here and behind are {len(more)} more faults of this query"))


def departed(query: Query, directory: Directory) -> Iterator[Within]:
    """Warn of persons whom a query asks for and who no longer hold the office."""
    for term in _sought(query.root):
        if term.kind is Kind.PERSON and (left := directory.departed(term.text)):
            message = f"{left.person} is no longer {left.office} (until {left.end})"
            yield Within(term.start, message, f'office:"{left.office}" follows the office, whoever holds it')


def _sought(node: Node, *, wanted: bool = True) -> Iterator[Term]:
    """Give the terms that a story is to hold, without those that it must not."""
    match node:
        case Term():
            yield from (node,) if wanted else ()
        case Not(part):
            yield from _sought(part, wanted=not wanted)
        case _:
            for part in node.parts:
                yield from _sought(part, wanted=wanted)
