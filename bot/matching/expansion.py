"""What a keyword, or a term of a query, stands for, for editors to look at (`draht check --expand`)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from bot.matching.inflection import EXACT, PREFIX, Endings, endings_of
from bot.matching.meaning import meanings
from bot.matching.phrases import Phrase, Word
from bot.matching.query.subjects import Subjects
from bot.model.office import Holder, Register
from bot.model.query import Kind, Term


@dataclass(frozen=True, slots=True)
class Forms:
    """What a term finds by its own words in texts of one language, folded.

    `words` gives for each word of the term, side by side in a story, the forms
    that it may have, itself first.
    """

    language: str
    words: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Expansion:
    """A term with all that it finds.

    `persons` are those that it names, with their country; `titles` what an office
    is called, each word inflected. `forms` are the term's own words by language.
    `spellings` are fixed ones, folded, of names and phrases; `sounds` are keys of
    names that are heard (`bot.register.sound`).
    """

    term: Term
    persons: tuple[str, ...]
    titles: tuple[str, ...]
    forms: tuple[Forms, ...]
    spellings: tuple[str, ...]
    sounds: tuple[str, ...]


def expanded(terms: Iterable[Term], register: Register, languages: Iterable[str]) -> tuple[Expansion, ...]:
    """Give what each term finds in stories of some languages."""
    subjects, endings = Subjects(register), {code: endings_of(code) for code in languages}
    return tuple(_expanded(term, subjects, endings) for term in terms)


def keyword(word: str) -> Term:
    """Give the term that a keyword is."""
    return Term(Kind.WORDS, word)


def _expanded(term: Term, subjects: Subjects, endings: Mapping[str, Endings]) -> Expansion:
    meant = tuple(meanings(term, subjects))
    phrases = sorted({phrase for one in meant for phrase in one.phrases})
    fixed = {phrase for phrase in phrases if _is_fixed(phrase)}
    # An office has no words of its own, but titles.
    offices = subjects.offices(term.text) if term.kind is Kind.OFFICE else ()
    own = None if offices else next((phrase for phrase in phrases if phrase not in fixed), None)
    return Expansion(
        term=term,
        persons=tuple(sorted({f"{one.person} ({one.office.country})" for one in _named(term, subjects)})),
        titles=tuple(dict.fromkeys(title for office in offices for title in subjects.titles(office))),
        forms=tuple(Forms(code, _bent(own, known)) for code, known in endings.items()) if own else (),
        spellings=tuple(sorted(" ".join(next(iter(word)).text for word in phrase) for phrase in fixed)),
        sounds=tuple(sorted({sound for one in meant for sound in one.sounds})),
    )


def _bent(phrase: Phrase, endings: Endings) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(_forms(word, endings)) for word in phrase)


def _named(term: Term, subjects: Subjects) -> tuple[Holder, ...]:
    match term.kind:
        case Kind.WORDS:
            return subjects.named(term.text)
        case Kind.PERSON:
            return subjects.persons(term.text)
        case Kind.OFFICE:
            return tuple(chain.from_iterable(map(subjects.holders, subjects.offices(term.text))))
        case _:
            return ()


def _is_fixed(phrase: Phrase) -> bool:
    return all(stem.rule == EXACT for word in phrase for stem in word)


def _forms(word: Word, endings: Endings) -> Iterator[str]:
    """Give the forms of a word in a language, itself first."""
    forms = {
        stem.text + ("…" if stem.rule == PREFIX else ending): None
        for stem in word
        for ending, rules in sorted(endings.rules.items())
        if stem.rule in rules
    }
    yield from forms
