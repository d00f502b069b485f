"""What stands for a term in a story's text: phrases, and the sound of names."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bot.matching.inflection import beginning, exact, stems
from bot.matching.phrases import Phrase
from bot.matching.query.subjects import Subjects
from bot.model.office import Holder, Office
from bot.model.query import Kind, Term
from bot.register.names import Strength, sound_keys, spellings
from bot.text.fold import fold

_WORD = re.compile(r"[^\W_]+")
# Five letters sound alike by chance: "Ganze" like Gantz, "Haufen" like Goffin.
_SHORTEST_HEARD = 6
# Shorter surnames that are not sure (Kim, Dong) mean the person only to who asks for just them.
_SHORTEST_DOUBTFUL = 5


class Meaning(NamedTuple):
    """Phrases and keys of sounds that stand for a term; those of a holder, only while in office."""

    phrases: tuple[Phrase, ...]
    sounds: tuple[str, ...] = ()
    holder: Holder | None = None


def meanings(term: Term, subjects: Subjects) -> Iterator[Meaning]:
    """Give everything that stands for a term of the text; nothing for fields and what is cased."""
    match term.kind:
        case Kind.WORDS:
            holders = subjects.named(term.text)
            if not holders:
                yield Meaning((inflected(term.text),))
                return
            yield Meaning(
                _each(inflected(term.text), *_spelt(term.text, holders)), _heard(term.text, holders)
            )
        case Kind.PHRASE:
            yield Meaning((_exact(fold(term.text)),))
        case Kind.PREFIX:
            *first, last = _WORD.findall(fold(term.text))
            yield Meaning(((*map(exact, first), beginning(last)),))
        case Kind.PERSON:
            holders = subjects.persons(term.text)
            yield Meaning(_each(*_spelt(term.text, holders)), _heard(term.text, holders))
        case Kind.OFFICE:
            for office in subjects.offices(term.text):
                yield from _of_office(office, subjects)


def cased(term: Term) -> Phrase:
    """Give the words of a term just as they are written."""
    return _exact(term.text)


def _of_office(office: Office, subjects: Subjects) -> Iterator[Meaning]:
    for holder in subjects.holders(office):
        one = (holder,)
        yield Meaning(_each(*_spelt(holder.person, one)), _heard(holder.person, one), holder)
    yield Meaning(_each(*map(inflected, subjects.titles(office))))


def _exact(text: str) -> Phrase:
    return tuple(map(exact, _WORD.findall(text)))


def inflected(text: str) -> Phrase:
    """Give the words of a text with their inflection; of capitals only as acronyms."""
    return tuple(
        stems(part, acronym=written.isupper() and len(written) > 1)
        for written in ((text,) if text.isalnum() else _WORD.findall(text))
        for part in _parts(fold(written))
    )


def _parts(folded: str) -> Iterable[str]:
    """Give the words of a folded one: mostly itself."""
    return (folded,) if folded.isalnum() else _WORD.findall(folded)


def _spelt(word: str, holders: Iterable[Holder]) -> Iterator[Phrase]:
    """Give all spellings of the persons that a word names."""
    for holder in holders:
        floor = _floor(word, holder)
        for spelling in spellings(holder):
            if spelling.strength >= floor or len(spelling.text) >= _SHORTEST_DOUBTFUL:
                yield _exact(spelling.text)


def _each(*phrases: Phrase) -> tuple[Phrase, ...]:
    """Give phrases, each once."""
    return tuple(dict.fromkeys(phrases))


def _heard(word: str, holders: Iterable[Holder]) -> tuple[str, ...]:
    keys = {key for h in holders for key in sound_keys(h, floor=_floor(word, h), bent=True)}
    return tuple(sorted(key for key in keys if len(key) >= _SHORTEST_HEARD))


def _floor(word: str, holder: Holder) -> Strength:
    """How sure spellings have to be: as sure as the one asked for, at most as a surname."""
    folded = fold(word)
    return min((Strength.SURNAME, *(s.strength for s in spellings(holder) if s.text == folded)))
