"""What must stand in a story for a query to hold at all."""

from collections.abc import Iterable

from bot.model.query import And, Kind, Near, Node, Not, Or, Term

# How often a term may be found, roughly: what is rarest is waited for.
_BREADTH = {Kind.PERSON: 1, Kind.OFFICE: 1, Kind.PHRASE: 1, Kind.CASED: 2, Kind.WORDS: 3, Kind.PREFIX: 6}


def needs(node: Node, *, fields: bool, negated: bool = False) -> frozenset[Term] | None:
    """Give terms of which at least one must be found; None where the query may hold without any.

    With `fields` those of source and language count as terms that are found.
    """
    match node:
        case Term(kind=kind):
            return None if negated or not (fields or kind.is_text) else frozenset((node,))
        case Not(part):
            return needs(part, fields=fields, negated=not negated)
        case Near(parts):
            return None if negated else _rarest(needs(part, fields=fields) for part in parts)
    wanted = (needs(part, fields=fields, negated=negated) for part in node.parts)
    # A negated Or is an And of what is negated, and the other way round.
    return _rarest(wanted) if isinstance(node, Or if negated else And) else _together(wanted)


def _rarest(wanted: Iterable[frozenset[Term] | None]) -> frozenset[Term] | None:
    each = [terms for terms in wanted if terms is not None]
    return min(each, key=lambda terms: sum(_BREADTH.get(t.kind, 9) for t in terms)) if each else None


def _together(wanted: Iterable[frozenset[Term] | None]) -> frozenset[Term] | None:
    every: set[Term] = set()
    for terms in wanted:
        if terms is None:
            return None
        every |= terms
    return frozenset(every)
