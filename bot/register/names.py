"""The spellings of a person, and how far each can be trusted where it stands alone.

A spelling is a folded form (`bot.text.fold`) as it stands in running text, in
every case: "остином" and "lloydem austinem" are spellings of Lloyd Austin.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from bot.model.office import Holder
from bot.register.cases import decline, decline_full
from bot.register.sound import keys_of
from bot.text.fold import fold

_FAMILY_FIRST = frozenset({"CN", "KP", "KR", "SG", "TW", "VN"})
_EITHER_ORDER = frozenset({"HU", "JP"})
# Where two surnames are the custom: the last one alone may be somebody else's.
_TWO_SURNAMES = frozenset({"AR", "BR", "DK", "ES", "MX", "NO", "PT", "VE"})
_PARTICLES = frozenset({
    "abu", "al", "bin", "da", "dan", "de", "del", "der", "di", "dos", "du", "e", "ebn", "el", "ibn", "la",
    "le", "van", "von", "абу", "аль", "ас", "бин", "бін", "да", "де", "дер", "ду", "е", "ибн", "ібн", "ла",
    "ле", "фон", "ван", "эбн",
})  # fmt: skip
_TITLES = frozenset({"sir", "mullah", "мулла", "мула"})
_AFTERTHOUGHTS = frozenset({"jr", "jr.", "ii", "iii"})
_ARTICLE = re.compile(r"^(?:al|el|as|ash|ad|аль|ас|аш|ад|ель)-(?=\w{4})")
_WORD = re.compile(r"\w+")
_TOO_SHORT, _SHORT, _SHORTEST_BENT = 2, 3, 5
SHORTEST_SOUND = 5
"""Letters of a sound key; shorter ones are shared by chance."""
_CYRILLIC = frozenset({"ru", "uk"})
# Polish endings serve for Czech, Slovak and Slovene too.
_LATIN = "pl"

Names = tuple[tuple[str, tuple[str, ...]], ...]


class Strength(IntEnum):
    """How far a spelling can be trusted; a WEAK one means the person only beside an office."""

    WEAK = 1
    SURNAME = 2
    FULL = 3


class Spelling(NamedTuple):
    """A folded form of a person's name; `bent` ones stand in another case than the first."""

    text: str
    strength: Strength
    bent: bool = False


# Text, strength, bent: a spelling before it is folded.
_Form = tuple[str, Strength, bool]


@dataclass(frozen=True, slots=True)
class _Written:
    """One spelling as the register has it: lower-case words, and the surnames in it."""

    words: tuple[str, ...]
    alphabet: str
    surnames: tuple[tuple[str, Strength], ...]


def spellings(holder: Holder) -> tuple[Spelling, ...]:
    """Give every form of a holder's name, each once, in a stable order.

    A surname is WEAK where it has three letters or fewer, where family names
    are few (China, Korea, Taiwan, Vietnam), where it is the last of several or
    a dynasty's, and where the note on homonyms names it. Surnames of one or
    two letters are left out.
    """
    return _spellings(holder.office.country, holder.person, holder.names, holder.homonym)


def bare(name: str) -> str:
    """Give a folded name without titles ("Sir") and afterthoughts ("Jr."), as spellings are."""
    return " ".join(_words(name)) or name


def is_heard(spelling: Spelling) -> bool:
    """Whether a person is known by the sound of a spelling: one that is sure, in its first case."""
    return spelling.strength >= Strength.SURNAME and not spelling.bent


def sound_keys(holder: Holder, *, floor: Strength = Strength.SURNAME, bent: bool = False) -> frozenset[str]:
    """Give the sound keys of a holder's spellings of at least this strength, bent ones on request.

    Keys of fewer than five letters are left out: they are shared by chance.
    """
    texts = [s.text for s in spellings(holder) if s.strength >= floor and (bent or not s.bent)]
    return frozenset(key for key in keys_of(texts) if len(key) >= SHORTEST_SOUND)


# Kept for the few that are asked for again at once: a register is gone through once, and is large.
@lru_cache(maxsize=32)
def _spellings(country: str, person: str, names: Names, homonym: str | None) -> tuple[Spelling, ...]:
    every = list(_written(country, person, names))
    doubtful = _doubtful({text for one in every for text, _ in one.surnames}, homonym)
    forms: list[_Form] = []
    for one in every:
        surnames = list(_surname_forms(one, doubtful))
        sure = any(trust is Strength.SURNAME for _, trust, _ in surnames)
        forms += _full_forms(one, country, sure=sure)
        forms += surnames
    return tuple(_folded(forms))


def _folded(forms: list[_Form]) -> Iterator[Spelling]:
    """Fold all at once, which is three times as fast as one by one; of equals the most telling stays."""
    found: dict[str, _Form] = {}
    texts = fold("\n".join([text for text, _, _ in forms])).split("\n")
    for text, form in zip(texts, forms, strict=True):
        if text not in found or form[1] > found[text][1]:
            found[text] = form
    return (Spelling(text, strength, bent) for text, (_, strength, bent) in found.items())


def _written(country: str, person: str, names: Names) -> Iterator[_Written]:
    alphabets = {person: _LATIN}
    for language, forms in names:
        alphabets |= dict.fromkeys(forms, language if language in _CYRILLIC else _LATIN)
    bare = frozenset(form.casefold() for form in alphabets if " " not in form)
    for form, alphabet in alphabets.items():
        words = _words(form)
        yield _Written(words, alphabet, tuple(_surnames(words, country, bare)))


def _words(form: str) -> tuple[str, ...]:
    words = form.casefold().split()
    return tuple(word for word in words if word not in _TITLES and word not in _AFTERTHOUGHTS)


def _surnames(words: tuple[str, ...], country: str, bare: frozenset[str]) -> Iterator[tuple[str, Strength]]:
    """Give the parts of a name that stand for the person alone."""
    if country in _FAMILY_FIRST and len(words) > 1 and words[-1] not in bare:
        yield words[0], Strength.WEAK
        if country == "VN":  # Vietnamese are called by the last given name
            yield words[-1], Strength.WEAK
        return
    last, start = words[-1], _surname_start(words)
    several = country in _TWO_SURNAMES and start > 1 and "-" not in last
    alone = Strength.WEAK if several or start < len(words) - 1 else Strength.SURNAME
    yield last, alone
    if article := _ARTICLE.match(last):
        yield last[article.end() :], alone
    if start < len(words) - 1:
        yield " ".join(words[start:]), Strength.WEAK if words[start] == "al" else Strength.SURNAME
    elif several:
        yield " ".join(words[start - 1 :]), Strength.SURNAME


def _surname_start(words: tuple[str, ...]) -> int:
    """Where the surname begins: its particles belong to it ("von der Leyen", "bin Salman")."""
    start = len(words) - 1
    while start > 0 and words[start - 1] in _PARTICLES:
        start -= 2 if words[start - 1] == "e" else 1
    return max(start, 0)


def _doubtful(surnames: Collection[str], homonym: str | None) -> frozenset[str]:
    """Which surnames the note on homonyms names; one word in Latin letters stands for all alphabets."""
    if homonym is None:
        return frozenset()
    note = f" {_blanked(homonym)} "
    named = {surname for surname in surnames if f" {_blanked(surname)} " in note}
    single = {surname for surname in surnames if " " not in surname}
    return frozenset(single | named if any(fold(one).isascii() for one in named & single) else named)


def _blanked(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))


def _full_forms(one: _Written, country: str, *, sure: bool) -> Iterator[_Form]:
    """Give the whole name; bent only where the surname in it is not sure by itself, or too short to bend."""
    if len(one.words) == 1 or _surname_start(one.words) == 0:
        return
    yield " ".join(one.words), Strength.FULL, False
    if country in _EITHER_ORDER:
        yield f"{one.words[-1]} {one.words[0]}", Strength.FULL, False
    if one.alphabet == _LATIN:
        yield " ".join(one.words) + "s", Strength.FULL, True
    if not sure or (one.alphabet == _LATIN and len(one.words[-1]) < _SHORTEST_BENT):
        # "Dong Junem": what stands first is the family's name, and the whole bends as one word.
        for form in decline_full(one.words, one.alphabet, as_one=country in _FAMILY_FIRST):
            yield form, Strength.FULL, True


def _surname_forms(one: _Written, doubtful: frozenset[str]) -> Iterator[_Form]:
    for surname, strength in one.surnames:
        if len(surname) <= _TOO_SHORT:
            continue
        short = len(surname) <= _SHORT or surname in doubtful
        trust = Strength.WEAK if short else strength
        yield surname, trust, False
        for form in _bent(surname, one.alphabet, trust):
            yield form, trust, True


def _bent(surname: str, alphabet: str, trust: Strength) -> Iterator[str]:
    """Give the surname in its cases; in Latin letters only those that cannot be another word."""
    *particles, last = surname.split(" ")
    if alphabet == _LATIN:
        if len(last) < _SHORTEST_BENT:
            return
        if not last.endswith(("s", "x", "z", "ß")):
            yield surname + "s"
        if trust is Strength.WEAK:
            return
    for slot in decline(last, alphabet):
        for form in slot:
            yield " ".join((*particles, form))
