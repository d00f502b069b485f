"""What stands for a term in a story's text: phrases, and the sound of names."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bot.matching.inflection import beginning, exact, german_stem, stems
from bot.matching.phrases import Phrase, Word
from bot.matching.query.subjects import Subjects
from bot.model.office import Holder, Office
from bot.model.query import Kind, Term
from bot.register.names import Strength, sound_keys, spellings
from bot.text.fold import fold

_WORD = re.compile(r"[^\W_]+")
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue"}
_SPELT_OUT = str.maketrans(_UMLAUTS)
# Umlauts as a keyboard without them writes them; not in "Feuer", "Mauer" and "Quelle".
_SHORTEST_RESPELT = 4  # a "Poet" is no "Pot"
_TYPED = re.compile(r"(?<![aeoqu])([aou])e")
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
    return _exact(_composed(term.text))


def _of_office(office: Office, subjects: Subjects) -> Iterator[Meaning]:
    for holder in subjects.holders(office):
        one = (holder,)
        yield Meaning(_each(*_spelt(holder.person, one)), _heard(holder.person, one), holder)
    yield Meaning(_each(*map(inflected, subjects.titles(office))))


def _exact(text: str) -> Phrase:
    return tuple(map(exact, _WORD.findall(text)))


def inflected(text: str) -> Phrase:
    """Give the words of a text with their inflection; of capitals only as acronyms.

    A word is found with its umlauts and with ae, oe, ue for them, whichever way it is written here.
    """
    return tuple(
        word
        for written in ((text,) if text.isalnum() else _WORD.findall(_composed(text)))
        for word in _bent(written)
    )


def _bent(written: str) -> Iterator[Word]:
    acronym, respelt = written.isupper() and len(written) > 1, _respelt(written.casefold())
    parts = tuple(_parts(fold(written)))
    for part in parts:
        plain = stems(part, acronym=acronym)
        yield plain if acronym or respelt is None or len(parts) > 1 else (*plain, german_stem(respelt))


def _respelt(word: str) -> str | None:
    """Spell the umlauts of a word the other way, folded; None where it may have none."""
    if not word.isascii() and any(umlaut in word for umlaut in _UMLAUTS):
        return fold(word.translate(_SPELT_OUT))
    if "ae" not in word and "oe" not in word and "ue" not in word:  # nearly all words, at once
        return None
    spelt = fold(_TYPED.sub(r"\1", word))
    return spelt if len(fold(word)) > len(spelt) >= _SHORTEST_RESPELT else None


def _composed(text: str) -> str:
    """Give a text whose accents are no signs of their own: in PDF files they stand beside the letters."""
    return unicodedata.normalize("NFC", text)


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
