"""Whether a query can hold at all: what it asks for beside what it forbids, and which languages are heard."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from bot.configuration.linter.coverage import Coverage
from bot.configuration.strict import Within
from bot.model.query import And, Kind, Near, Node, Not, Or, Term
from bot.text.fold import fold

_WORD = re.compile(r"[^\W_]+")
_WRITTEN = frozenset({Kind.WORDS, Kind.PHRASE, Kind.CASED})
_REMEDY = "remove one of the two"


class _Barred(NamedTuple):
    """A term that must not be there, and what says so."""

    term: Term
    told: str


@dataclass(frozen=True, slots=True)
class _Beside:
    """What holds beside a part of a query: terms that are there, and terms that are not."""

    wanted: tuple[Term, ...] = ()
    barred: tuple[_Barred, ...] = ()


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
        yield from self._branches(root, _beside_excluded(excluded))

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
            case And(parts):
                beside = _joined(beside, parts)
                return next(filter(None, (self._fault(part, beside) for part in parts)), None)
            case Near(parts):
                return next(filter(None, (self._fault(part, beside) for part in parts)), None)
            case Or(parts):
                faults = [self._fault(part, beside) for part in parts]
                return faults[0] if all(faults) else None

    def _term_fault(self, term: Term, beside: _Beside) -> Within | None:
        if term.kind is Kind.LANGUAGE:
            if self._heard is not None and term.text not in self._heard:
                return Within(
                    term.start, f"no enabled feed is in {term.text}", f"heard are {_list(self._heard)}"
                )
            if other := next(
                (w for w in beside.wanted if w.kind is Kind.LANGUAGE and w.text != term.text), None
            ):
                return Within(term.start, f"a story is in one language: {term} beside {other}", "write OR")
        if barred := next((one for one in beside.barred if self.implies(term, one.term)), None):
            return Within(term.start, f"{term} never holds beside {barred.told}", _REMEDY)
        return None

    def implies(self, term: Term, other: Term) -> bool:
        """Whether a story that holds the one surely holds the other too."""
        if other.title and not term.title:
            return False
        if replace(term, title=False) == replace(other, title=False):
            return True
        if term.kind in _WRITTEN and other.kind is Kind.PREFIX:
            return self._begins(term, fold(other.text))
        if term.kind is Kind.WORDS:
            return other.kind is Kind.WORDS and self._coverage.covers(other.text, term.text)
        same = _WORD.findall(fold(term.text)) == _WORD.findall(fold(other.text))
        return term.kind in _WRITTEN and other.kind in {Kind.WORDS, Kind.PHRASE} and same

    def _begins(self, term: Term, prefix: str) -> bool:
        """Whether all forms of the one word of a term begin so."""
        words = self._coverage.phrase(term.text)
        named = term.kind is Kind.WORDS and self._coverage.subjects.named(term.text)
        return len(words) == 1 and not named and all(stem.text.startswith(prefix) for stem in words[0])


def _beside_excluded(words: Iterable[str]) -> _Beside:
    return _Beside((), tuple(_Barred(Term(Kind.WORDS, word), f'"{word}" in "exclude"') for word in words))


def _joined(beside: _Beside, parts: Iterable[Node]) -> _Beside:
    """Add what the parts of an AND say of each other."""
    parts = tuple(parts)
    wanted = (part for part in parts if isinstance(part, Term))
    barred = (_Barred(t, f"NOT {t}") for p in parts if isinstance(p, Not) for t in _alternatives(p.part))
    return _Beside((*beside.wanted, *wanted), (*beside.barred, *barred))


def _alternatives(node: Node) -> Iterator[Term]:
    """Give the terms of which each one alone makes a part hold."""
    for part in node.parts if isinstance(node, Or) else (node,):
        if isinstance(part, Term):
            yield part


def _list(codes: Iterable[str]) -> str:
    return ", ".join(sorted(codes))
