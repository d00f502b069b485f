"""Offices and the people who held them."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """The kinds of office that Draht tells apart; the first is what it watches."""

    DEFENCE_MINISTER = "defence minister"
    FOREIGN_MINISTER = "foreign minister"
    HEAD_OF_GOVERNMENT = "head of government"
    HEAD_OF_STATE = "head of state"
    CHIEF_OF_STAFF = "chief of staff"
    SECURITY_COUNCIL = "security council"
    DEPUTY = "deputy"


@dataclass(frozen=True, slots=True, order=True)
class Office:
    """One office of one country; `country` is ISO 3166-1 alpha-2, upper case, or EU, NATO."""

    country: str
    role: Role = Role.DEFENCE_MINISTER

    def __str__(self) -> str:
        """Write it as the watch-list does: "US defence minister"."""
        return f"{self.country} {self.role}"


@dataclass(frozen=True, slots=True)
class Holder:
    """A person in an office from a day to a day, with all known spellings.

    `start` and `end` are inclusive; None means not known, or still in office
    when `incumbent`. `names` maps a language to spellings, the best one first.
    `person` is the usual English spelling. `homonym` says what else the name
    may mean (a note for editors).
    """

    office: Office
    person: str
    start: date | None
    end: date | None
    names: tuple[tuple[str, tuple[str, ...]], ...]
    acting: bool = False
    incumbent: bool = False
    homonym: str | None = None

    def held_on(self, day: date) -> bool:
        """Whether the person may have held the office that day."""
        after_start = self.start is None or self.start <= day
        return after_start and (self.end is None or day <= self.end)

    def name_in(self, language: str) -> str:
        """Give the spelling for readers of a language; English where none is known."""
        return next((forms[0] for code, forms in self.names if code == language and forms), self.person)

    def all_names(self) -> tuple[str, ...]:
        """Every spelling of every language, each once, in a stable order."""
        every = (self.person, *(form for _, forms in self.names for form in forms))
        return tuple(dict.fromkeys(every))


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody whom so many stories of so many outlets call a country's defence minister, and no register."""

    country: str
    name: str
    stories: int
    outlets: int


@dataclass(frozen=True, slots=True)
class CountryWords:
    """How one language speaks of a country and its defence ministry.

    The best word stands first. `adjectives` are stems ("russisch", "российск");
    `metonyms` are capitals and houses ("Moskau", "Pentagon"); `titles` are names
    of the office that only this country has ("Pentagon-Chef"). `of` is the
    genitive phrase with its article ("der USA", "of Russia"), "" where not known.
    """

    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    ministries: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    of: str = ""


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its ISO 3166-1 alpha-2 code, with its words by language."""

    code: str
    words: tuple[tuple[str, CountryWords], ...]

    def in_language(self, language: str) -> CountryWords:
        """Give the words of a language; English where there are none."""
        known = dict(self.words)
        return known.get(language) or known.get("en") or CountryWords()


@dataclass(frozen=True, slots=True)
class Register:
    """All holders and countries; office is not person (DESIGN.md §4.2) lives here.

    `holders` are those of the offices that Draht watches, `others` those of
    offices that it must not take for one: no look-up by office knows them.
    """

    holders: tuple[Holder, ...] = ()
    countries: tuple[Country, ...] = ()
    others: tuple[Holder, ...] = ()
    _by_office: dict[Office, tuple[Holder, ...]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        """Index the holders by office, newest first."""
        index: dict[Office, list[Holder]] = {}
        for holder in sorted(self.holders, key=lambda h: h.start or date.min, reverse=True):
            index.setdefault(holder.office, []).append(holder)
        self._by_office.update({office: tuple(held) for office, held in index.items()})

    def holder_on(self, office: Office, day: date) -> Holder | None:
        """Who held the office that day; the one who came last where terms overlap."""
        return next((h for h in self._by_office.get(office, ()) if h.held_on(day)), None)

    def holders_of(self, office: Office) -> tuple[Holder, ...]:
        """Everyone known to have held the office, newest first."""
        return self._by_office.get(office, ())

    def country(self, code: str) -> Country:
        """Give the country of a code; one without words where it is not known."""
        return next((c for c in self.countries if c.code == code), Country(code, ()))

    def offices(self) -> tuple[Office, ...]:
        """Every office with a known holder, in order."""
        return tuple(sorted(self._by_office))
