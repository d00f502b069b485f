"""Names of the register in a story: as spelt, or by their sound where nobody foresaw the spelling."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

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
_SHORTEST_STEM, _BENT_LETTERS = 3, 2  # "Олексій", "Олексієм"; "Ллойд", "Ллойдом"

_Spelt = tuple[Holder, Strength]


class Persons:
    """Finds holders by name; one for all languages."""

    def __init__(self, register: Register) -> None:
        """Build the finder over every spelling of every holder."""
        self._finder: Finder[_Spelt] = Finder(
            (spelling.text, (holder, spelling.strength))
            for holder in register.holders
            for spelling in spellings(holder)
        )
        self._by_sound: dict[str, list[Holder]] = defaultdict(list)
        for holder in register.holders:
            for key in sound_keys(holder, floor=Strength.WEAK, bent=True):
                if len(key) >= _SHORTEST_KEY:
                    self._by_sound[key].append(holder)

    def countries(self, text: str, floor: Strength) -> int:
        """Of how many countries a folded text may name holders, by names of at least this strength."""
        hits = self._finder.find(text)
        return len({hit.value[0].office.country for hit in hits if hit.value[1] >= floor})

    def named(self, whole: str, folded: Folded) -> list[Token]:
        """Give the names of a story as tokens, every holder of a spelling with it."""
        found: dict[tuple[int, int], list[Hit[_Spelt]]] = {}
        for hit in self._finder.find(folded.text):
            found.setdefault((hit.start, hit.end), []).append(hit)
        return [
            _token(start, end, [_with_given(folded.text, hit) for hit in hits])
            for (start, end), hits in found.items()
            if whole[folded.span(folded.text.rfind(" ", start, end) + 1 or start, end)[0]].isupper()
        ]

    def heard(self, whole: str, folded: Folded, names: Iterable[Token]) -> Iterator[Token]:
        """Give capitalised words that sound like a surname and are no part of a known name.

        They are trusted only beside an office.
        """
        taken = {at for token in names for at in range(token.start, token.end)}
        for word in _CAPITALISED.finditer(whole):
            holders = self._sounding(word[0]) if word[0][0].isupper() else ()
            if holders:
                start, end = _folded_span(folded, word.start(), word.end())
                if start not in taken:
                    yield Token(NAME, start, end, holders=holders, trust=Strength.WEAK)

    @lru_cache(maxsize=50_000)  # noqa: B019 - there is one for the life of a process
    def _sounding(self, word: str) -> tuple[Holder, ...]:
        return tuple(self._by_sound.get(sound_key(word), ()))


def _with_given(text: str, hit: Hit[_Spelt]) -> _Spelt:
    """Trust a surname fully where a form of the given name stands before it ("Олексієм Резніковим")."""
    holder, strength = hit.value
    word = text[: hit.start].rstrip()
    word = word[max(word.rfind(" "), word.rfind("\n")) + 1 :]
    if strength is Strength.SURNAME and any(word.startswith(stem) for stem in _given_stems(holder)):
        return holder, Strength.FULL
    return holder, strength


@lru_cache(maxsize=4096)
def _given_stems(holder: Holder) -> tuple[str, ...]:
    """Give what all cases of a holder's given names begin with."""
    given = (fold(name).split()[0] for name in holder.all_names() if " " in name)
    return tuple({name[: max(_SHORTEST_STEM, len(name) - _BENT_LETTERS)] for name in given})


def _token(start: int, end: int, spelt: list[_Spelt]) -> Token:
    holders = tuple(holder for holder, _ in spelt)
    return Token(NAME, start, end, holders=holders, trust=max(strength for _, strength in spelt))


def _folded_span(folded: Folded, start: int, end: int) -> tuple[int, int]:
    if folded.starts is None:
        return start, end
    return folded.starts[start], folded.starts[end] if end < len(folded.starts) else len(folded.text)
