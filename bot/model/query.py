"""What a story must hold, said with operators (the language: `bot.matching.query`)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias


class Kind(StrEnum):
    """What a term asks for; the value is the field or sign that it is written with."""

    WORDS = ""
    PHRASE = '"'
    PREFIX = "*"
    CASED = "="
    PERSON = "person"
    OFFICE = "office"
    SOURCE = "source"
    LANGUAGE = "lang"

    @property
    def is_text(self) -> bool:
        """Whether it is sought in the story's text."""
        return self not in {Kind.SOURCE, Kind.LANGUAGE}


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a story holds or not; `title` asks for it in the title alone.

    `start` and `length` say where it stands in the query as written; they make no difference.
    """

    kind: Kind
    text: str
    title: bool = False
    start: int = field(default=0, compare=False)
    length: int = field(default=0, compare=False)

    def __str__(self) -> str:
        """Write the term as a query does."""
        match self.kind:
            case Kind.WORDS:
                written = f"({self.text})" if self.title and " " in self.text else self.text
            case Kind.PHRASE:
                written = f'"{self.text}"'
            case Kind.PREFIX:
                written = f"{self.text}*"
            case Kind.CASED:
                written = f"={self.text}"
            case _:
                value = self.text if _is_bare(self.text) else f'"{self.text}"'
                return f"title:({self.kind}:{value})" if self.title else f"{self.kind}:{value}"
        return f"title:{written}" if self.title else written


@dataclass(frozen=True, slots=True)
class Not:
    """Holds where the part does not."""

    part: "Node"

    def __str__(self) -> str:
        """Write it with as few parentheses as it needs."""
        return f"NOT {_within(self.part, Not)}"


@dataclass(frozen=True, slots=True)
class And:
    """Holds where all parts do; none of them is an And."""

    parts: "tuple[Node, ...]"

    def __str__(self) -> str:
        """Write it with as few parentheses as it needs."""
        return " AND ".join(_within(part, And) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Or:
    """Holds where any part does; none of them is an Or."""

    parts: "tuple[Node, ...]"

    def __str__(self) -> str:
        """Write it with as few parentheses as it needs."""
        return " OR ".join(_within(part, Or) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Step:
    """How near the next part of a chain must stand: so many words at most; `ordered`: behind, not before."""

    words: int
    ordered: bool = False

    def __str__(self) -> str:
        """Write the operator."""
        return f"NEAR/{self.words}{'f' if self.ordered else ''}"


@dataclass(frozen=True, slots=True)
class Near:
    """Holds where each part stands near the same place of the one before it.

    A part is a term of the text, or an Or of such terms; there is one step less than parts.
    """

    parts: "tuple[Term | Or, ...]"
    steps: tuple[Step, ...]

    def __str__(self) -> str:
        """Write the chain."""
        first, *others = (_within(part, Near) for part in self.parts)
        return " ".join((first, *(f"{s} {part}" for s, part in zip(self.steps, others, strict=True))))


Node: TypeAlias = Term | Not | And | Or | Near

_ORDER: tuple[type[Node], ...] = (Or, And, Not, Near, Term)


@dataclass(frozen=True, slots=True)
class Query:
    """A whole query; `text` is how it was written, which makes no difference."""

    root: Node
    text: str = field(default="", compare=False)

    def __str__(self) -> str:
        """Write the query anew: equal queries are written alike."""
        return str(self.root)

    @property
    def terms(self) -> tuple[Term, ...]:
        """Every term, each once, as they stand."""
        return tuple(dict.fromkeys(terms_of(self.root)))


def terms_of(node: Node) -> Iterator[Term]:
    """Give all terms of a part of a query."""
    match node:
        case Term():
            yield node
        case Not(part):
            yield from terms_of(part)
        case _:
            for part in node.parts:
                yield from terms_of(part)


def _within(part: Node, whole: type[Node]) -> str:
    """Write a part, in parentheses where it would else be torn apart."""
    return f"({part})" if _ORDER.index(type(part)) < _ORDER.index(whole) else str(part)


def _is_bare(text: str) -> bool:
    """Whether a value needs no quotes."""
    return bool(text) and all(sign.isalnum() or sign in "-._" for sign in text) and text[0].isalnum()
