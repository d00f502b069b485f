"""Whom an entry of `contacts` names: an office, or a person of the register."""

import re
from collections import Counter, defaultdict
from datetime import date
from functools import cached_property

from bot.configuration.codes import countries, country_names
from bot.configuration.quote import closest, quoted
from bot.configuration.strict import refuse
from bot.matching.query import Subjects, read
from bot.model.office import Holder, Office, Register, Role
from bot.model.query import Query
from bot.model.watchlist import Party
from bot.text.fold import fold

ANYONE = "any defence minister"

_OFFICE = re.compile(r"(?:the )?(?P<country>.+?) defen[cs]e minister")
_ANYONE = re.compile(r"any defen[cs]e minister")
_WORD = re.compile(r"\w+")
_NEAR_ENOUGH = 8


def is_anyone(text: str) -> bool:
    """Whether an entry of `contacts` is "any defence minister", in either spelling."""
    return _ANYONE.fullmatch(fold(" ".join(text.split()))) is not None


class Directory:
    """Looks up offices and people; the indexes are built when the first of a kind is asked for.

    `subjects` looks up those of queries and keywords.
    """

    def __init__(self, register: Register) -> None:
        self._register = register
        self.subjects = Subjects(register)

    def party(self, text: str) -> Party | None:
        """Read an entry of `contacts`; None is any defence minister. Refuses what it does not know."""
        if is_anyone(text):
            return None
        words = fold(" ".join(text.split()))
        if office := _OFFICE.fullmatch(words):
            return Party(Office(self._country(office["country"], text)))
        return self._person(words, text)

    def left(self, party: Party) -> Holder | None:
        """Give the last term of a person who no longer holds the office."""
        terms = [h for h in self._register.holders_of(party.office) if h.person == party.person]
        return terms[0] if terms and not any(h.incumbent or h.end is None for h in terms) else None

    def query(self, text: str) -> Query:
        """Read a query; raises `QueryError` with all its faults."""
        return read(text, self.subjects)

    def departed(self, name: str) -> Holder | None:
        """Give the last term of a person of a query who no longer holds any office of the register."""
        terms = self.subjects.persons(name)
        if any(holder.incumbent or holder.end is None for holder in terms):
            return None
        return max(terms, key=lambda holder: holder.end or date.min, default=None)

    def is_elsewhere(self, former: Holder) -> bool:
        """Whether a former minister is in another office now, of those that the register knows."""
        return former.person in self._others

    def is_homonym(self, holder: Holder, word: str) -> bool:
        """Whether the register's note says of a word that it may mean others than its bearer."""
        note = f" {' '.join(_WORD.findall(fold(holder.homonym or '')))} "
        return f" {' '.join(_WORD.findall(fold(word)))} " in note

    def names_country(self, word: str, code: str) -> bool:
        """Whether a word is a name of a country, in any language."""
        folded = fold(word)
        words = (told for _, told in self._register.country(code).words)
        return any(fold(noun) == folded for told in words for noun in told.nouns)

    def meet(self, one: Party, other: Party) -> bool:
        """Whether two of `contacts` were ever in office on the same day; an office always is."""
        return one.office != other.office and any(
            (a.start or date.min) <= (b.end or date.max) and (b.start or date.min) <= (a.end or date.max)
            for a in self._terms(one)
            for b in self._terms(other)
        )

    def _terms(self, party: Party) -> tuple[Holder, ...]:
        """Give a person's terms in the office; of the office itself one without end."""
        if party.person is None:
            return (Holder(party.office, "", None, None, ()),)
        return tuple(h for h in self._register.holders_of(party.office) if h.person == party.person)

    @cached_property
    def _others(self) -> frozenset[str]:
        return frozenset(other.person for other in self._register.others if other.end is None)

    @cached_property
    def newest(self) -> date:
        """The day to which the register surely reaches: the latest start of a term."""
        return max((h.start for h in self._register.holders if h.start), default=date.min)

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
        parties = sorted({Party(holder.office, holder.person) for holder in self.subjects.named(words)})
        if len(parties) == 1:
            return parties[0]
        if parties:
            names = " or ".join(f"{party.person} ({party.office.country})" for party in parties)
            refuse(f"{quoted(text)} may be {names}", "write the full name")
        if office := self.subjects.office_name(text):
            hint = f'in stories it is found by query: office:"{office}"'
            refuse(f"{quoted(text)} is an office whose contacts Draht does not know", hint)
        option = self._nearest(words) or self._office_of(text)
        hint = f'did you mean "{option}"?' if option else f'e.g. "US defence minister" or "{ANYONE}"'
        return refuse(f"{quoted(text)} is neither an office nor a person of the register", hint)

    def _nearest(self, words: str) -> str | None:
        """Give the nearest name, measured only against those that share most letter triples."""
        shared = Counter(name for triple in _triples(words) for name in self._by_triple.get(triple, ()))
        option = closest(words, [name for name, _ in shared.most_common(_NEAR_ENOUGH)])
        return None if option is None else self._names[option]

    def _office_of(self, text: str) -> str | None:
        """Give the office that is named otherwise, or by its country alone ("US"), in any language."""
        if meant := self.subjects.office_meant(text):
            return str(meant) if meant.role is Role.DEFENCE_MINISTER else None
        parts = (text, *_WORD.findall(text))
        code = next((code for part in parts if (code := self._nouns.get(fold(part)))), None)
        return code and f"{code} defence minister"

    @cached_property
    def _nouns(self) -> dict[str, str]:
        every = (
            (noun, c.code) for c in self._register.countries for _, told in c.words for noun in told.nouns
        )
        return self._codes | {fold(noun): code for noun, code in every}

    @cached_property
    def _codes(self) -> dict[str, str]:
        codes = {fold(name): code for code, name in country_names().items()}
        for country in self._register.countries:
            codes.update((fold(noun), country.code) for noun in country.in_language("en").nouns)
        return codes | {code.lower(): code for code in countries()}

    @cached_property
    def _names(self) -> dict[str, str]:
        """Everything that may stand in `contacts`, folded, with what to write for it."""
        offices = {f"{code.lower()} defence minister": f"{code} defence minister" for code in countries()}
        holders = self._register.holders
        people = {fold(name): holder.person for holder in holders for name in holder.all_names()}
        return {ANYONE: ANYONE} | offices | people

    @cached_property
    def _by_triple(self) -> dict[str, list[str]]:
        index: dict[str, list[str]] = defaultdict(list)
        for name in self._names:
            for triple in _triples(name):
                index[triple].append(name)
        return index


def _triples(word: str) -> frozenset[str]:
    padded = f" {word} "
    return frozenset(padded[i : i + 3] for i in range(len(padded) - 2))
