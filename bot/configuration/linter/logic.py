"""Whether a query can hold at all: what it asks for beside what it forbids, and which languages are heard."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from bot.configuration.linter.barred import Barred
from bot.configuration.linter.coverage import Coverage
from bot.configuration.strict import Within
from bot.model.query import And, Kind, Near, Node, Not, Or, Term


@dataclass(frozen=True, slots=True)
class _Beside:
    """What must hold beside a part of a query: languages that are asked for, and terms that are forbidden."""

    spoken: tuple[Term, ...] = ()
    barred: tuple[Barred, ...] = ()


class Logic:
    """Finds what can never hold; it may miss some, and never tells what could hold after all."""

    def __init__(self, coverage: Coverage, heard: Collection[str] | None) -> None:
        """Take what compares words, and the languages of all feeds; None where a feed declares none."""
        self._coverage, self._heard = coverage, heard

    def fault(self, root: Node, excluded: Iterable[str] = ()) -> Within | None:
        """Say why a query can never hold; `excluded` are words that its stories must not hold."""
        return self._fault(root, _beside_excluded(excluded))

    def dead_branches(self, root: Node, excluded: Iterable[str] = ()) -> Iterator[Within]:
        """Say which alternatives of a query can never hold, where another one can."""
        return self._branches(root, _beside_excluded(excluded))

    def _branches(self, node: Node, beside: _Beside) -> Iterator[Within]:
        match node:
            case Or(parts):
                for part in parts:
                    if fault := self._fault(part, beside):
                        yield fault
                    else:
                        yield from self._branches(part, beside)
            case And(parts):
                beside = _joined(beside, parts)
                for part in parts:
                    yield from self._branches(part, beside)
            case _:
                return

    def _fault(self, node: Node, beside: _Beside) -> Within | None:
        match node:
            case Term():
                return self._term_fault(node, beside)
            case Not():
                return None
            case Or(parts):
                first = None
                for part in parts:
                    if (fault := self._fault(part, beside)) is None:
                        return None
                    first = first or fault
                return first
            case And(parts):
                beside = _joined(beside, parts)
            case Near(parts):
                pass
        return next(filter(None, (self._fault(part, beside) for part in parts)), None)

    def _term_fault(self, term: Term, beside: _Beside) -> Within | None:
        if term.kind is Kind.LANGUAGE:
            if self._heard is not None and term.text not in self._heard:
                heard = ", ".join(sorted(self._heard))
                return Within(term.start, f"no enabled feed is in {term.text}", f"there are: {heard}")
            if other := next((one for one in beside.spoken if one.text != term.text), None):
                message = f"a story is in one language, {term.text} or {other.text}"
                return Within(term.start, message, "join them with OR")
        for barred in beside.barred:
            if told := barred.told(term, self._coverage):
                return Within(term.start, f"{term} is forbidden by {told}", "remove one of the two")
        return None


def _beside_excluded(words: Iterable[str]) -> _Beside:
    return _Beside((), (Barred((Term(Kind.WORDS, word) for word in words), excluded=True),))


def _joined(beside: _Beside, parts: Iterable[Node]) -> _Beside:
    """Add what the parts of an AND say of each other."""
    spoken, barred = list(beside.spoken), list[Term]()
    for part in parts:
        match part:
            case Term(kind=Kind.LANGUAGE):
                spoken.append(part)
            case Not(Or(alternatives)):
                barred += (one for one in alternatives if isinstance(one, Term))
            case Not(Term() as term):
                barred.append(term)
    return _Beside(tuple(spoken), (*beside.barred, Barred(barred)) if barred else beside.barred)
