"""What the press calls a person: the full name as readers spell it, and the part that stands alone."""

from bot.alerts.press import Press
from bot.model.office import Holder, Office

# The words that begin a surname: "von der Leyen", "bin Salman".
_PARTICLES = frozenset({
    "abu", "al", "ben", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "ibn", "la",
    "le", "ten", "ter", "van", "von", "zu", "zur",
})  # fmt: skip
_AND = frozenset({"e", "y", "und"})
_AFTERTHOUGHTS = frozenset({"jr", "jr.", "ii", "iii"})
_FAMILY_NAME_FIRST = frozenset({"CN", "KP", "KR", "SG", "TW"})


def called(person: str, office: Office, press: Press) -> tuple[str, str]:
    """Give a person's full name and surname for readers of a language; as told where not in the register.

    Where the register knows a part of the name as a name of its own, that is
    the surname; else the customs of the country decide. Hungarians and Japanese
    are told in western order, Vietnamese are called by their last name.
    """
    holder = next((h for h in press.register.holders_of(office) if h.person == person), None)
    full = holder.name_in(press.words.code) if holder else person
    known = _known_part(full, holder) if holder else None
    return full, known or surname(full, office.country)


def surname(name: str, country: str) -> str:
    """Give the part of a name by which the press calls a person.

    >>> surname("Ursula von der Leyen", "DE"), surname("Dong Jun", "CN")
    ('von der Leyen', 'Dong')
    """
    words = [word for word in name.split() if word.casefold() not in _AFTERTHOUGHTS]
    if len(words) <= 1:
        return name
    if country in _FAMILY_NAME_FIRST:
        return words[0]
    return " ".join(words[_start(words) :])


def _start(words: list[str]) -> int:
    """Find where the surname begins: after a first name at least."""
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in _PARTICLES | _AND:
        start -= 2 if words[start - 1].casefold() in _AND else 1
    return max(start, 1)


def _known_part(full: str, holder: Holder) -> str | None:
    """Find the part of a full name that the register has by itself: "Prabowo", "von der Leyen", "Koo"."""
    single = full.split()
    parts = (form for form in holder.all_names() if form in single or full.endswith(f" {form}"))
    return max(parts, key=len, default=None) if len(single) > 1 else None
