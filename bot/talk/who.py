"""Whom somebody asks about: countries and ministers in any spelling, by the register."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from bot.model.office import Office, Register
from bot.model.watchlist import Party
from bot.register.people import NameIndex, index_of
from bot.text.fold import fold

# "bin Salman", "Vereinigte Arabische Emirate", "von der Leyen": no name that is asked for has more words.
MOST_WORDS = 5
LONGEST = 60
_JOINING = frozenset({"und", "and", "mit", "with", "&", "-", "–", "/", "+"})


class Directory:
    """Looks up countries and people; the indexes are built when somebody first asks (a tenth of a second)."""

    def __init__(self, register: Register) -> None:
        self._register = register

    def parties(self, text: str) -> tuple[frozenset[Party], ...] | str:
        """Read whom words name, the longest names first; the first words that name nobody where some do not.

        Each one named may be any of several: namesakes, or one person in two offices.
        """
        words = [word for word in text.replace(",", " ").split() if fold(word) not in _JOINING]
        found: list[frozenset[Party]] = []
        while words:
            length, party = self._first(words)
            if not party:
                return " ".join(words)[:LONGEST]
            found.append(party)
            words = words[length:]
        return tuple(dict.fromkeys(found))

    def _first(self, words: list[str]) -> tuple[int, frozenset[Party]]:
        for length in range(min(len(words), MOST_WORDS), 0, -1):
            party = self._party(" ".join(words[:length]))
            if party:
                return length, party
        return 0, frozenset()

    def _party(self, name: str) -> frozenset[Party]:
        if len(name) > LONGEST:
            return frozenset()
        codes = self._codes.get(fold(name), frozenset())
        if codes:
            return frozenset(Party(Office(code)) for code in codes)
        return frozenset(Party(holder.office, holder.person) for holder in self._people.find(name))

    @cached_property
    def _codes(self) -> Mapping[str, frozenset[str]]:
        codes: dict[str, set[str]] = defaultdict(set)
        for country in self._register.countries:
            codes[country.code.lower()].add(country.code)
            for _, words in country.words:
                for name in (*words.nouns, *words.demonyms, *words.metonyms, *words.titles):
                    codes[fold(name)].add(country.code)
        return {name: frozenset(of) for name, of in codes.items()}

    @cached_property
    def _people(self) -> NameIndex:
        return index_of(self._register.holders)
