"""What a language file tells, as values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of a kind ("contact.phone.noun", "status.plan"), already folded.

    `tail` is the second part of a phrase with a gap ("rief ... an"), else "".
    `exact` is the phrase with its accents where a word without them is another
    one ("hätten" is not "hatten"), else "".
    """

    kind: str
    words: str
    tail: str = ""
    exact: str = ""


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its phrases by kind and the few facts of its grammar.

    Endings are those that a country's adjective, its name and its people's
    name take in running text. `month_first` tells "June 25" from "25. Juni";
    `nouns_capitalised` tells "Treffen" (a meeting) from "treffen" (to meet).
    """

    code: str
    name: str
    stopwords: frozenset[str]
    phrases: tuple[Phrase, ...]
    adjective_endings: tuple[str, ...]
    noun_endings: tuple[str, ...]
    demonym_endings: tuple[str, ...]
    metonym_endings: tuple[str, ...]
    abbreviations: frozenset[str]
    month_first: bool
    nouns_capitalised: bool
