"""Names of the register in a story: as spelt, or by their sound where nobody foresaw the spelling."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from bot.model.office import Holder, Register
from bot.recognition.token import Token
from bot.register.names import Strength, sound_keys, spellings
from bot.register.sound import sound_key
from bot.text.find import Finder, Hit
from bot.text.fold import Folded, fold

NAME = "name"
_CAPITALISED = re.compile(r"[^\W\d_][\w’'-]{3,}")
# Shorter keys are those of common words: with five, a "Haufen" sounds like Goffin.
_SHORTEST_KEY = 6
_LONGEST_GIVEN = 40  # characters that are looked through for the word before a surname
_SHORTEST_STEM, _BENT_LETTERS = 3, 2  # "Олексій", "Олексієм"; "Ллойд", "Ллойдом"


class _Spelt(NamedTuple):
    """Whom a spelling means: a holder, his place in the register, and how far it can be trusted."""

    place: int
    holder: Holder
    strength: Strength


class Persons:
    """Finds holders by name; one for all languages.

    Weak spellings have a finder of their own: most stories need not be searched
    for them, and they are short, so that they stand inside many words.
    """

    def __init__(self, register: Register) -> None:
        """Build the finders over every spelling of every holder."""
        sure: list[tuple[str, _Spelt]] = []
        weak: list[tuple[str, _Spelt]] = []
        by_sound: dict[str, tuple[Holder, ...]] = {}
        for place, holder in enumerate(register.holders):
            meant = {strength: _Spelt(place, holder, strength) for strength in Strength}
            for text, strength, _ in spellings(holder):
                (weak if strength is Strength.WEAK else sure).append((text, meant[strength]))
            alone = (holder,)
            for key in sound_keys(holder, floor=Strength.WEAK, bent=True):
                if len(key) >= _SHORTEST_KEY:
                    by_sound[key] = by_sound.get(key, ()) + alone
        self._sure, self._weak = Finder(sure), Finder(weak)
        self._by_sound = by_sound

    def countries(self, text: str, *, weak: bool) -> int:
        """Of how many countries a folded text may name holders; on request by weak spellings too."""
        return len({hit.value.holder.office.country for hit in self._hits(text, weak=weak)})

    def named(self, whole: str, folded: Folded) -> list[Token]:
        """Give the names of a story as tokens, each with all its holders in the register's order."""
        found: dict[tuple[int, int], list[Hit[_Spelt]]] = {}
        for hit in sorted(self._hits(folded.text, weak=True), key=lambda hit: hit.value.place):
            found.setdefault((hit.start, hit.end), []).append(hit)
        return [
            _token(start, end, [_with_given(folded.text, hit) for hit in hits])
            for (start, end), hits in found.items()
            if whole[folded.span(folded.text.rfind(" ", start, end) + 1 or start, end)[0]].isupper()
        ]

    def heard(self, whole: str, folded: Folded, names: Iterable[Token]) -> Iterator[Token]:
        """Give capitalised words that sound like a surname and are no part of a known name.

        They are trusted only beside an office, or behind a form of the given name.
        """
        taken = {at for token in names for at in range(token.start, token.end)}
        for word in _CAPITALISED.finditer(whole):
            holders = self._by_sound.get(sound_key(word[0])) if word[0][0].isupper() else None
            if holders:
                start, end = _folded_span(folded, word.start(), word.end())
                if start not in taken:
                    given = tuple(h for h in holders if _follows_given(folded.text, start, h))
                    trust = Strength.FULL if given else Strength.WEAK
                    yield Token(NAME, start, end, holders=given or holders, trust=trust)

    def _hits(self, text: str, *, weak: bool) -> list[Hit[_Spelt]]:
        return self._sure.find(text) + (self._weak.find(text) if weak else [])


def _with_given(text: str, hit: Hit[_Spelt]) -> _Spelt:
    """Trust a surname fully where a form of the given name stands before it ("Олексієм Резніковим")."""
    spelt = hit.value
    if spelt.strength is not Strength.FULL and _follows_given(text, hit.start, spelt.holder):
        return spelt._replace(strength=Strength.FULL)
    return spelt


def _follows_given(text: str, start: int, holder: Holder) -> bool:
    """Whether the word before an offset is a form of a holder's given name."""
    word = text[max(0, start - _LONGEST_GIVEN) : start].rstrip()
    word = word[max(word.rfind(" "), word.rfind("\n")) + 1 :]
    return any(word.startswith(stem) for stem in _given_stems(holder))


@lru_cache(maxsize=4096)
def _given_stems(holder: Holder) -> tuple[str, ...]:
    """Give what all cases of a holder's given names begin with."""
    given = (fold(name).split()[0] for name in holder.all_names() if " " in name)
    return tuple({name[: max(_SHORTEST_STEM, len(name) - _BENT_LETTERS)] for name in given})


def _token(start: int, end: int, spelt: list[_Spelt]) -> Token:
    holders = tuple(one.holder for one in spelt)
    return Token(NAME, start, end, holders=holders, trust=max(one.strength for one in spelt))


def _folded_span(folded: Folded, start: int, end: int) -> tuple[int, int]:
    if folded.starts is None:
        return start, end
    return folded.starts[start], folded.starts[end] if end < len(folded.starts) else len(folded.text)
