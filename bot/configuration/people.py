"""Whom an entry of `contacts` names: an office, or a person of the register."""

import re
from collections.abc import Iterable
from functools import cached_property

from bot.configuration.codes import countries, country_names
from bot.configuration.quote import closest, quoted
from bot.configuration.strict import refuse
from bot.model.office import Holder, Office, Register
from bot.model.watchlist import Party
from bot.text.fold import fold

ANYONE = "any defence minister"

_OFFICE = re.compile(r"(?:the )?(?P<country>.+?) defen[cs]e minister")
_ANYONE = re.compile(r"any defen[cs]e minister")
_NEAR_ENOUGH = 40


class Directory:
    """Looks up offices and people; the indexes are built when the first of a kind is asked for."""

    def __init__(self, register: Register) -> None:
        self._register = register

    def party(self, text: str) -> Party | None:
        """Read an entry of `contacts`; None is any defence minister. Refuses what it does not know."""
        words = fold(" ".join(text.split()))
        if _ANYONE.fullmatch(words):
            return None
        if office := _OFFICE.fullmatch(words):
            return Party(Office(self._country(office["country"], text)))
        return self._person(words, text)

    def left(self, party: Party) -> Holder | None:
        """Give the last term of a person who no longer holds the office."""
        terms = [h for h in self._register.holders_of(party.office) if h.person == party.person]
        return terms[0] if terms and not any(h.incumbent or h.end is None for h in terms) else None

    def is_vacant(self, party: Party) -> bool:
        """Whether the register knows nobody in the office."""
        return not self._register.holders_of(party.office)

    def _country(self, name: str, text: str) -> str:
        code = self._codes.get(name)
        if code is None:
            option = closest(name, self._codes)
            hint = f'did you mean "{self._codes[option]} defence minister"?' if option else "e.g. US"
            refuse(f"{quoted(text)} names no known country", hint)
        return code

    def _person(self, words: str, text: str) -> Party:
        parties = sorted(self._people.get(words, ()))
        if len(parties) == 1:
            return parties[0]
        if parties:
            names = " or ".join(f"{party.person} ({party.office.country})" for party in parties)
            refuse(f"{quoted(text)} may be {names}", "write the full name")
        option = self._nearest(words)
        hint = f'did you mean "{option}"?' if option else f'e.g. "US defence minister" or "{ANYONE}"'
        return refuse(f"{quoted(text)} is neither an office nor a person of the register", hint)

    def _nearest(self, words: str) -> str | None:
        """Give the nearest name, measured only against those that share most letter triples."""
        triples = _triples(words)
        shared = sorted(self._spellings, key=lambda item: -len(triples & item[1]))[:_NEAR_ENOUGH]
        option = closest(words, [folded for folded, _, _ in shared])
        return next((shown for folded, _, shown in shared if folded == option), None)

    @cached_property
    def _codes(self) -> dict[str, str]:
        codes = {fold(name): code for code, name in country_names().items()}
        for country in self._register.countries:
            codes.update((fold(noun), country.code) for noun in country.in_language("en").nouns)
        return codes | {code.lower(): code for code in countries()}

    @cached_property
    def _people(self) -> dict[str, set[Party]]:
        people: dict[str, set[Party]] = {}
        for holder in self._register.holders:
            party = Party(holder.office, holder.person)
            for name in _spellings(holder.all_names()):
                people.setdefault(name, set()).add(party)
        return people

    @cached_property
    def _spellings(self) -> list[tuple[str, frozenset[str], str]]:
        offices = [(f"{code} defence minister".lower(), f"{code} defence minister") for code in countries()]
        persons = [(name, min(parties).person or "") for name, parties in self._people.items()]
        every = [(fold(ANYONE), ANYONE), *offices, *persons]
        return [(folded, _triples(folded), shown) for folded, shown in every]


def _spellings(names: Iterable[str]) -> set[str]:
    whole = {fold(name) for name in names}
    return whole | {name.rpartition(" ")[2] for name in whole}


def _triples(word: str) -> frozenset[str]:
    padded = f" {word} "
    return frozenset(padded[i : i + 3] for i in range(len(padded) - 2))
