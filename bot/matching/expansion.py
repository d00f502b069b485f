"""What a keyword, or a term of a query, stands for, for editors to look at (`draht check --expand`)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.matching.inflection import EXACT, PREFIX, Endings, endings_of
from bot.matching.meaning import meanings
from bot.matching.phrases import Phrase, Word
from bot.matching.query.subjects import Subjects
from bot.model.office import Holder, Register
from bot.model.query import Kind, Term


@dataclass(frozen=True, slots=True)
class Expansion:
    """A term with all that it finds in texts of one language, folded.

    `persons` are those that it names, with their country. `words` gives for each
    word of the term, side by side in a story, the forms that it may have;
    `spellings` are fixed ones, of names and titles; `sounds` are keys of names
    that are heard (`bot.register.sound`).
    """

    term: Term
    persons: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    spellings: tuple[str, ...]
    sounds: tuple[str, ...]


def expanded(terms: Iterable[Term], register: Register, language: str | None) -> tuple[Expansion, ...]:
    """Give what each term finds in stories of a language; None is a story whose language is not known."""
    subjects, endings = Subjects(register), endings_of(language)
    return tuple(_expanded(term, subjects, endings) for term in terms)


def keyword(word: str) -> Term:
    """Give the term that a keyword is."""
    return Term(Kind.WORDS, word)


def _expanded(term: Term, subjects: Subjects, endings: Endings) -> Expansion:
    meant = tuple(meanings(term, subjects))
    phrases = sorted({phrase for one in meant for phrase in one.phrases})
    fixed = {phrase for phrase in phrases if _is_fixed(phrase)}
    bent = [phrase for phrase in phrases if phrase not in fixed]
    return Expansion(
        term=term,
        persons=tuple(sorted({f"{one.person} ({one.office.country})" for one in _named(term, subjects)})),
        words=tuple(tuple(_forms(word, endings)) for word in bent[0]) if bent else (),
        spellings=tuple(sorted(" ".join(next(iter(word)).text for word in phrase) for phrase in fixed)),
        sounds=tuple(sorted({sound for one in meant for sound in one.sounds})),
    )


def _named(term: Term, subjects: Subjects) -> tuple[Holder, ...]:
    match term.kind:
        case Kind.WORDS:
            return subjects.named(term.text)
        case Kind.PERSON:
            return subjects.persons(term.text)
        case Kind.OFFICE if office := subjects.office(term.text):
            return subjects.holders(office)
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
