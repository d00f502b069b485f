"""Terms of which none may be there, and whether another term brings one of them along."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.configuration.linter.coverage import Coverage
from bot.model.query import Kind, Term
from bot.text.fold import fold

_WORD = re.compile(r"[^\W_]+")
_WRITTEN = frozenset({Kind.WORDS, Kind.PHRASE, Kind.CASED})


class Barred:
    """What one AND forbids, or `exclude` does; asking for a term takes no longer where there are many."""

    def __init__(self, terms: Iterable[Term], *, excluded: bool = False) -> None:
        """Take the terms; `excluded` are those of `exclude`."""
        self._excluded = excluded
        self._terms = frozenset(terms)
        self._just_so = {
            (term.title, *_folded(term)): term
            for term in self._terms
            if term.kind in {Kind.WORDS, Kind.PHRASE}
        }
        self._words = {title: tuple(sorted(self._of(Kind.WORDS, title))) for title in (False, True)}
        self._beginnings = {title: tuple(sorted(self._of(Kind.PREFIX, title))) for title in (False, True)}

    def told(self, term: Term, coverage: Coverage) -> str | None:
        """Say what forbids a term, as it is written: a story with the term surely holds that too."""
        bare = replace(term, title=False)
        for title in (False, True) if term.title else (False,):
            if found := self._found(replace(bare, title=title), coverage):
                return f'"{found.text}" in "exclude"' if self._excluded else f"NOT {found}"
        return None

    def _of(self, kind: Kind, title: bool) -> Iterator[str]:  # noqa: FBT001 -- a key
        return (term.text for term in self._terms if (term.kind, term.title) == (kind, title))

    def _found(self, term: Term, coverage: Coverage) -> Term | None:
        if term in self._terms:
            return term
        if term.kind not in _WRITTEN:
            return None
        if same := self._just_so.get((term.title, *_folded(term))):
            return same
        wide = coverage.covered_by(self._words[term.title], term.text) if term.kind is Kind.WORDS else None
        if wide:
            return Term(Kind.WORDS, wide, term.title)
        begun = (one for one in self._beginnings[term.title] if _begins(term, fold(one), coverage))
        return next((Term(Kind.PREFIX, one, term.title) for one in begun), None)


def _folded(term: Term) -> tuple[str, ...]:
    return tuple(_WORD.findall(fold(term.text)))


def _begins(term: Term, prefix: str, coverage: Coverage) -> bool:
    """Whether all forms of the one word of a term begin so."""
    words = coverage.phrase(term.text)
    named = term.kind is Kind.WORDS and coverage.who(term.text)
    return len(words) == 1 and not named and all(stem.text.startswith(prefix) for stem in words[0])
