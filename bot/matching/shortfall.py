"""Which parts of a query a story lacks, or holds against it."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from bot.languages.detect import language_of
from bot.matching.places import TermFinder
from bot.matching.query.evaluate import Findings, laid_out
from bot.model.office import Register
from bot.model.query import And, Kind, Near, Node, Not, Or, Query, Term
from bot.model.story import Story

_SHOWN = 5  # alternatives told


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A part of a query, as it is written anew, and why it does not hold."""

    part: str
    why: str


def shortfalls(query: Query, story: Story, register: Register) -> tuple[Shortfall, ...]:
    """Give every part for want of which a query does not hold of a story; none where it holds."""
    numbers = {term: number for number, term in enumerate(query.terms)}
    places = TermFinder(query.terms, register).find(story)
    return _Asked(story, Findings(places, story.title, story.whole), numbers).lacks(query.root)


@dataclass(frozen=True, slots=True)
class _Asked:
    story: Story
    found: Findings
    numbers: Mapping[Term, int]

    def lacks(self, node: Node) -> tuple[Shortfall, ...]:
        """Go down to the parts that decide."""
        if self._holds(node):
            return ()
        match node:
            case And(parts):
                return tuple(chain.from_iterable(map(self.lacks, parts)))
            case Near(parts):
                absent = tuple(chain.from_iterable(map(self.lacks, parts)))
                return absent or (Shortfall(str(node), "all of it stands in the story, but not so near"),)
            case Not(part):
                return (Shortfall(str(node), f"{part} holds{self._written(part)}"),)
            case Or(parts):
                return (Shortfall(str(node), f"none of {_shown(parts)} holds"),)
            case Term():
                return (Shortfall(str(node), self._absent(node)),)

    def _holds(self, node: Node) -> bool:
        return laid_out(node, self.numbers.__getitem__).evidence(self.found) is not None

    def _absent(self, term: Term) -> str:
        match term.kind:
            case Kind.LANGUAGE:
                return f"the story is in {language_of(self.story) or 'a language that is not known'}"
            case Kind.SOURCE:
                return f"the story is of {self.story.source}"
            case _:
                return "stands nowhere in the title" if term.title else "stands nowhere in the story"

    def _written(self, node: Node) -> str:
        """Show the words that make a part hold."""
        evidence = laid_out(node, self.numbers.__getitem__).evidence(self.found) or ()
        words = [" ".join(self.story.whole[start:end].split()) for _, (start, end) in evidence if end > start]
        return f" (“{words[0]}”)" if words else ""


def _shown(parts: tuple[Node, ...]) -> str:
    more = len(parts) - _SHOWN
    return ", ".join(map(str, parts[:_SHOWN])) + (f" and {more} more" if more > 0 else "")
