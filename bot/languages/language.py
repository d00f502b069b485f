"""What a language file tells, as values."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from bot.model.office import Country


class Phrase(NamedTuple):
    """What words of a language stand for: a kind ("contact.phone.noun", "status.plan").

    `tail` is the second part of a phrase with a gap ("rief ... an"), else "".
    An `accented` phrase stands only with its own accents, where a word without
    them is another one ("hätten" is not "hatten"): those of `exact`, or, where
    that is empty, none but what folding leaves. A `capital` day or month is
    always written with one ("May", not "may").
    """

    kind: str
    tail: str = ""
    exact: str = ""
    accented: bool = False
    capital: bool = False


class Counted(NamedTuple):
    """A phrase of a kind with a number in it, by what stands before and after the number, folded."""

    kind: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Endings:
    """What a country's words end in, in running text.

    `dropped` are letters that fall from a word's end before an ending is put
    there ("Россия", "России"); "" where endings are only added.
    """

    adjectives: tuple[str, ...]
    nouns: tuple[str, ...]
    demonyms: tuple[str, ...]
    metonyms: tuple[str, ...]
    dropped: str


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its phrases, the folded words of each, and the few facts of its grammar.

    `counted` are the phrases with a number in them, `numbers` the words for
    numbers with what they count.
    `countries` are words for countries that the register lacks in this
    language. `bare_genitive` tells that a country right after an office is its
    own ("министр обороны Польши"); `names_bend` that people's names have cases;
    `ordinal_dots` that "3." is the third; `nouns_capitalised` tells "Treffen"
    (a meeting) from "treffen".
    `locative` are the endings of a town in which something is, where no word
    before it tells ("Ankara'da").
    """

    code: str
    name: str
    stopwords: frozenset[str]
    phrases: Mapping[Phrase, Collection[str]]
    counted: tuple[Counted, ...]
    numbers: tuple[tuple[str, int], ...]
    endings: Endings
    countries: tuple[Country, ...]
    abbreviations: frozenset[str]
    bare_genitive: bool
    names_bend: bool
    ordinal_dots: bool
    nouns_capitalised: bool
    locative: tuple[str, ...] = ()
