"""Whom and what the fields of a query name: languages, persons and offices."""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from functools import cached_property

from bot.matching.query.faults import Fault
from bot.matching.query.guesses import Guesses
from bot.model.office import Holder, Office, Register, Role
from bot.model.query import Kind, Term
from bot.register.people import index_of
from bot.text.fold import fold

# ISO 639-1.
_CODES = """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de
    dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id
    ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu
    lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu
    rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr
    ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
_LANGUAGES = frozenset(_CODES.split())
_NAMED = {
    "german": "de", "deutsch": "de", "ger": "de", "english": "en", "englisch": "en", "eng": "en", "gb": "en",
    "us": "en", "russian": "ru", "russisch": "ru", "ukrainian": "uk", "ukrainisch": "uk", "ua": "uk",
    "french": "fr", "franzosisch": "fr", "spanish": "es", "spanisch": "es", "italian": "it",
    "italienisch": "it", "polish": "pl", "polnisch": "pl", "turkish": "tr", "turkisch": "tr", "dutch": "nl",
    "niederlandisch": "nl",
    "cz": "cs", "dk": "da", "gr": "el", "cn": "zh", "jp": "ja", "se": "sv",
}  # fmt: skip
_MOST_GUESSES = 50
_REGION = re.compile(r"([a-z]{2})[-_].+")
_ROLES = {fold(role): role for role in Role} | {"defense minister": Role.DEFENCE_MINISTER}
_OFFICE = re.compile(rf"(?:the )?(.+?)(?:'s)? ({'|'.join(map(re.escape, _ROLES))})")
_ANY = "any"
_EVERY = re.compile(rf"(?:(?:all|an?|each|every|the) )?({'|'.join(map(re.escape, _ROLES))})s?")


class Subjects:
    """Looks up the persons and offices of a register."""

    def __init__(self, register: Register) -> None:
        """Take a register; its indexes are built when the first of a kind is asked for."""
        self._register = register
        self._names = index_of(register.holders)
        self._others = index_of(register.others)
        self._guesses = 0
        self._known: dict[str, tuple[Holder, ...]] = {}

    def persons(self, name: str) -> tuple[Holder, ...]:
        """Give all terms of office of those whom a name may mean: of watched offices, else of others."""
        return self._names.find(name) or self._others.find(name)

    def named(self, word: str) -> tuple[Holder, ...]:
        """Give those whom a plain word names: only holders of watched offices are meant by a mere word."""
        return self._known[word] if word in self._known else self._names.find(word)

    def look_up(self, words: Sequence[str]) -> None:
        """Look up all at once whom plain words name, to be asked for later."""
        self._known.update(zip(words, self._names.find_all(words), strict=True))

    def offices(self, name: str) -> tuple[Office, ...]:
        """Give the office that "US defence minister" names, or all of "any defence minister"; else none."""
        told = _OFFICE.fullmatch(fold(" ".join(name.split())))
        if told is None:
            return ()
        role = _ROLES[told[2]]
        if told[1] == _ANY:
            return tuple(office for office in self._every_office() if office.role is role)
        country = self._countries().get(told[1])
        return () if country is None else (Office(country, role),)

    def office_name(self, text: str) -> str | None:
        """Give what to write behind `office:` for an office, or any of a kind; None if it is not known."""
        offices = self.offices(text)
        if not any(map(self._is_known, offices)):
            return None
        return str(offices[0]) if len(offices) == 1 else f"{_ANY} {offices[0].role}"

    def office_meant(self, text: str) -> Office | None:
        """Give the office that words of any language seem to mean ("deutscher Verteidigungsminister")."""
        country, role = self._guesser.guess(text)
        return Office(country, role) if country and role else None

    def holders(self, office: Office) -> tuple[Holder, ...]:
        """Give everyone known to have held an office."""
        others = tuple(holder for holder in self._register.others if holder.office == office)
        return (*self._register.holders_of(office), *others)

    def titles(self, office: Office) -> tuple[str, ...]:
        """Give what the office alone is called, in all languages; nothing is known of other offices."""
        if office.role is not Role.DEFENCE_MINISTER:
            return ()
        words = self._register.country(office.country).words
        return tuple(dict.fromkeys(title for _, told in words for title in told.titles))

    def faults(self, term: Term) -> Iterator[Fault]:
        """Tell what is wrong with a person or an office."""
        if term.kind is Kind.PERSON:
            yield from self._person_faults(term)
        elif term.kind is Kind.OFFICE:
            offices = self.offices(term.text)
            if not offices:
                self._guesses += 1
                hint = self._nearest_office(term.text) if self._guesses <= _MOST_GUESSES else None
                yield _fault(term, f"{_quoted(term.text)} names no office of a known country", hint)
            elif not any(map(self._is_known, offices)):
                yield _fault(term, f"the register knows nobody who was {offices[0]}", None)

    def _nearest_office(self, name: str) -> str:
        every = self._every_office()
        names = (*map(str, every), *(f"{_ANY} {role}" for role in {office.role for office in every}))
        offices = {fold(office): office for office in sorted(names)}
        told, countries = _OFFICE.fullmatch(fold(name)), self._countries()
        if told and (near := get_close_matches(told[1], countries, n=1)):
            return f'did you mean office:"{countries[near[0]]} {_ROLES[told[2]]}"?'
        if (meant := self.office_meant(name)) and self._is_known(meant):
            return f'did you mean office:"{meant}"?'
        if kind := _EVERY.fullmatch(fold(name)):
            return f'did you mean office:"{_ANY} {_ROLES[kind[1]]}"?'
        # Without its kind or its country, what is spelt alike would be a guess at random.
        country, role = self._guesser.guess(name)
        if country or role:
            return f'e.g. office:"{country or _ANY} {role or Role.DEFENCE_MINISTER}"'
        near = get_close_matches(fold(name)[:60], offices, n=1)
        return f'did you mean office:"{offices[near[0]]}"?' if near else 'e.g. office:"US defence minister"'

    def _person_faults(self, term: Term) -> Iterator[Fault]:
        found = sorted({(holder.person, holder.office.country) for holder in self.persons(term.text)})
        if not found:
            near = self._nearest_person(term.text)
            hint = f'did you mean person:"{near}"?' if near else "for anybody else write the plain name"
            yield _fault(term, f"{_quoted(term.text)} is no person of the register", hint)
        elif len({person for person, _ in found}) > 1:
            names_ = " or ".join(f"{person} ({country})" for person, country in found)
            yield _fault(term, f"{_quoted(term.text)} may be {names_}", "write the full name")

    def _nearest_person(self, name: str) -> str | None:
        """Give the person most likely meant; only for the first few, as each takes milliseconds."""
        self._guesses += 1
        if self._guesses > _MOST_GUESSES:
            return None
        names = {fold(h.person): h.person for h in (*self._register.holders, *self._register.others)}
        near = get_close_matches(fold(name)[:60], names, n=1)
        return names[near[0]] if near else None

    @cached_property
    def _guesser(self) -> Guesses:
        return Guesses(self._register)

    def _is_known(self, office: Office) -> bool:
        return bool(self.holders(office) or self.titles(office))

    def _every_office(self) -> tuple[Office, ...]:
        """Give every office that has a holder, and those of the defence ministers of all countries."""
        held = {holder.office for holder in (*self._register.holders, *self._register.others)}
        return tuple(sorted(held | {Office(country.code) for country in self._register.countries}))

    def _countries(self) -> dict[str, str]:
        words: dict[str, str] = {}
        for country in self._register.countries:
            english = country.in_language("en")
            words |= {fold(word): country.code for word in (*english.nouns, *english.adjectives)}
        codes = {office.country for office in self._every_office()}
        return words | {code.lower(): code for code in codes}


def language_faults(term: Term) -> Iterator[Fault]:
    """Tell what is wrong with a language's code."""
    if term.kind is not Kind.LANGUAGE or term.text in _LANGUAGES:
        return
    code = fold(term.text)
    region = _REGION.fullmatch(code)
    meant = code if code in _LANGUAGES else _NAMED.get(code) or (region[1] if region else None)
    hint = f"did you mean lang:{meant}?" if meant in _LANGUAGES else "a code of two letters, e.g. lang:de"
    yield _fault(term, f"{_quoted(term.text)} is no language", hint)


def _fault(term: Term, message: str, hint: str | None) -> Fault:
    return Fault(term.start + 1, term.length, message, hint)


def _quoted(text: str) -> str:
    shown = "".join(sign if sign.isprintable() else " " for sign in text)
    return f'"{shown}"' if len(shown) <= 60 else f'"{shown[:59]}…"'  # noqa: PLR2004 -- as the configuration does
