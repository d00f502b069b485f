"""What the lexicon finds in a story: tokens, sentences and clauses of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from bot.model.office import Holder
from bot.register.names import Strength

COUNTERPART = "office.counterpart"
# The kinds of words that name a defence office by themselves.
OFFICES = ("office.defence", "office.defence_plural", "office.ministry", "country.title")


@dataclass(frozen=True, slots=True)
class Token:
    """A phrase found; offsets are those of the folded text.

    `kind` is that of the language file ("contact.phone.noun"), "name" for a
    name of the register, "country.adjective" and the like for its countries.
    `country` is told for country words, `holders` and `trust` for names;
    a `gapped` phrase ("rief ... an") has other words inside.
    """

    kind: str
    start: int
    end: int
    country: str = ""
    holders: tuple[Holder, ...] = ()
    trust: Strength = Strength.WEAK
    gapped: bool = False

    @property
    def full(self) -> bool:
        """Whether a name is more than a surname."""
        return self.trust is Strength.FULL

    @property
    def side(self) -> str:
        """The country of a word for a country, or of the person whom a name means; else ""."""
        return self.country or (self.holders[0].office.country if self.holders else "")

    def within(self, start: int, end: int) -> bool:
        """Whether the token lies inside a span."""
        return start <= self.start and self.end <= end

    def is_a(self, kind: str) -> bool:
        """Whether the token is of a kind or of one below it."""
        return self.kind == kind or self.kind.startswith(kind + ".")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its place in the story, its span and its tokens in order.

    `cuts` are the offsets inside the sentence at which a new clause begins,
    `commas` those of its commas and semicolons.
    `index` gives the tokens of a kind, and of every kind that it is below.
    """

    number: int
    start: int
    end: int
    tokens: tuple[Token, ...]
    cuts: tuple[int, ...] = ()
    commas: tuple[int, ...] = ()
    index: Mapping[str, tuple[Token, ...]] = field(default_factory=dict, compare=False, repr=False)

    def clause(self, at: int) -> tuple[int, int]:
        """Give the span of the clause around an offset."""
        before = max((cut for cut in self.cuts if cut <= at), default=self.start)
        after = min((cut for cut in self.cuts if cut > at), default=self.end)
        return before, after

    def segment(self, at: int) -> tuple[int, int]:
        """Give the span between the commas around an offset."""
        before = max((c for c in self.commas if c < at), default=self.start)
        after = min((c for c in self.commas if c >= at), default=self.end)
        return before, after

    def of(self, *kinds: str) -> tuple[Token, ...]:
        """Give the tokens of any of these kinds, in order."""
        if len(kinds) == 1:
            return self.index.get(kinds[0], ())
        found = {token: None for kind in kinds for token in self.index.get(kind, ())}
        return tuple(sorted(found, key=lambda t: (t.start, -t.end, t.kind)))

    def of_within(self, span: tuple[int, int], *kinds: str) -> tuple[Token, ...]:
        """Give the tokens of any of these kinds inside a span."""
        return tuple(t for t in self.of(*kinds) if t.within(*span))

    def is_led(self, at: int, kind: str) -> bool:
        """Whether the word before an offset is of this kind."""
        return any(t.end + 1 == at for t in self.of(kind))


def indexed(tokens: tuple[Token, ...]) -> Mapping[str, tuple[Token, ...]]:
    """Index tokens by their kind and every kind that it is below."""
    index: dict[str, list[Token]] = {}
    for token in tokens:
        for kind in _lineage(token.kind):
            index.setdefault(kind, []).append(token)
    return {kind: tuple(found) for kind, found in index.items()}


@cache
def _lineage(kind: str) -> tuple[str, ...]:
    """Give a kind and all above it: "contact.phone.noun", "contact.phone", "contact"."""
    parts = kind.split(".")
    return tuple(".".join(parts[:count]) for count in range(len(parts), 0, -1))


@dataclass(frozen=True, slots=True)
class Scan:
    """A story's folded text with everything found in it.

    `bare_genitive` is that of its language; `capitals` are the folded offsets
    of the letters written large.
    """

    text: str
    sentences: tuple[Sentence, ...]
    bare_genitive: bool = False
    capitals: frozenset[int] = frozenset()

    @property
    def title(self) -> Sentence | None:
        """The story's first sentence, that of its title."""
        return self.sentences[0] if self.sentences else None

    def gap(self, left: Token, right: Token) -> str:
        """Give the words between two tokens."""
        return self.text[left.end : right.start]

    def all_of(self, *kinds: str) -> Iterable[Token]:
        """Give every token of any of these kinds, in order."""
        return (t for s in self.sentences for t in s.of(*kinds))
