"""Who sat at the table, as readers of a language name them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.alerts.budget import clean, clip
from bot.alerts.names import called
from bot.alerts.press import Press
from bot.languages.turns import RoleWords
from bot.model.contact import Contact
from bot.model.office import Office, Role
from bot.text.fold import fold

# From this many countries on, a post counts them in its headline and lists them below.
MANY = 3
# So many seats are listed with the person in each, and at most so many countries at all.
MOST_NAMED = 6
MOST_LISTED = 14
LONGEST_NAME = 60
LONGEST_SURNAME = 28
_CODE = re.compile("[A-Z]{2}")
_REGIONAL_A = 0x1F1E6

# How a sentence inflects the holders of an office, by their number.
Form = Callable[[RoleWords, int], str]


@dataclass(frozen=True, slots=True)
class Seat:
    """An office at the table; `name` and `surname` are of the person in it, where known."""

    office: Office
    country: str
    of: str
    name: str | None = None
    surname: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """All seats, in the order in which a post names them."""

    seats: tuple[Seat, ...]

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries' codes, each once, in the order of the seats."""
        return tuple(dict.fromkeys(seat.office.country for seat in self.seats))

    @property
    def is_many(self) -> bool:
        """Whether there are too many countries for a headline."""
        return len(self.countries) >= MANY

    @property
    def all_named(self) -> bool:
        """Whether the person in every seat is known."""
        return all(seat.surname for seat in self.seats)


def table_of(contact: Contact, press: Press) -> Table:
    """Seat the offices of a contact: by surname where all are known and few, else by country.

    The order does not depend on who called or who reported first, so it stays
    the same while the post is edited.
    """
    seats = [_seat(office, contact, press) for office in sorted(contact.offices)]
    if len(seats) > MOST_NAMED:
        return Table(tuple(sorted(seats, key=lambda seat: fold(seat.country))))
    named = all(seat.surname for seat in seats)
    return Table(tuple(sorted(seats, key=lambda seat: fold((named and seat.surname) or seat.of))))


def headline_names(table: Table, press: Press) -> str:
    """Name the seats for a headline: surnames, or the offices where a person is not known."""
    if table.is_many or not table.all_named:
        return _phrase(table, press, RoleWords.bare)
    names = [seat.surname or "" for seat in table.seats]
    if len(set(names)) < len(names):
        names = [seat.name or "" for seat in table.seats]
    return press.words.listed(names)


def offices_phrase(table: Table, press: Press) -> str:
    """Name the offices in a sentence: "die Verteidigungsminister der USA und Russlands".

    Where only some persons are known, the headline does not name them, so they stand here.
    """
    seats = table.seats if table.all_named else tuple(map(_with_person, table.seats))
    return _phrase(Table(seats), press, RoleWords.definite)


def of_offices_phrase(table: Table, press: Press) -> str:
    """Name the offices as those whose contact it is: "der Verteidigungsminister der USA und Russlands"."""
    return _phrase(table, press, RoleWords.genitive)


def listing(table: Table, press: Press) -> str:
    """List the countries of a big table with their flags, and the persons of one that is not too big."""
    if len(table.seats) <= MOST_NAMED:
        return ", ".join(
            _with_flag(f"{s.country} ({s.surname})" if s.surname else s.country, s) for s in table.seats
        )
    shown = dict.fromkeys(_with_flag(seat.country, seat) for seat in table.seats)
    left = len(shown) - MOST_LISTED
    more = [press.words.patterns.more.format(count=left)] if left > 0 else []
    return " ".join([", ".join(list(shown)[:MOST_LISTED]), *more])


def flag(code: str) -> str:
    """Give a country's flag; nothing for what is not a code of two Latin letters.

    >>> flag("US")
    '🇺🇸'
    """
    if not _CODE.fullmatch(code):
        return ""
    return "".join(chr(_REGIONAL_A + ord(letter) - ord("A")) for letter in code)


def _with_flag(text: str, seat: Seat) -> str:
    return f"{flag(seat.office.country)} {text}".strip()


def _with_person(seat: Seat) -> Seat:
    return replace(seat, of=f"{seat.of} ({seat.name})") if seat.name else seat


def _phrase(table: Table, press: Press, form: Form) -> str:
    return _counted(table, press, form) if table.is_many else _each(table, press, form)


def _counted(table: Table, press: Press, form: Form) -> str:
    roles = {seat.office.role for seat in table.seats}
    words = press.words.mixed if len(roles) > 1 else press.words.role(min(roles))
    count = len(table.countries)
    return press.words.patterns.many.format(role=form(words, count), count=press.words.number(count))


def _each(table: Table, press: Press, form: Form) -> str:
    """Name the offices one kind after the other, so that ministers of one kind stand together."""
    groups: dict[Role, list[Seat]] = {}
    for seat in table.seats:
        groups.setdefault(seat.office.role, []).append(seat)
    pattern = press.words.patterns.offices
    return press.words.listed(
        pattern.format(role=form(press.words.role(role), len(seats)), countries=_of_countries(seats, press))
        for role, seats in groups.items()
    )


def _of_countries(seats: Sequence[Seat], press: Press) -> str:
    """Tell whose ministers they are; what takes a preposition stands last, lest it govern the others too.

    "Venezuelas und von Belarus", not "von Belarus und Venezuelas".
    """
    words = press.words
    preposition = words.patterns.of_country.partition("{country}")[0]
    in_order = sorted(seats, key=lambda seat: seat.of.startswith(preposition))
    return words.listed(
        seat.of.removeprefix(words.of_once) if n else seat.of for n, seat in enumerate(in_order)
    )


def _seat(office: Office, contact: Contact, press: Press) -> Seat:
    country, of = press.country(office.country), press.of_country(office.country)
    told = (p.person for p in contact.participants if p.office == office and p.person)
    person = next(told, None)
    if not person or not clean(person):
        return Seat(office, country, of)
    full, short = called(person, office, press)
    return Seat(office, country, of, clip(full, LONGEST_NAME), clip(short, LONGEST_SURNAME))
