"""Holders of other offices in a story: named beside the ministers, and none of them.

They are known by the day: of one name and one day a foreign minister is no
defence minister, though she was one before. Bystanders found are tokens of
kind "office.other.person", which bar as titles of other offices do.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import NamedTuple

from bot.model.office import Holder, Register
from bot.recognition.token import Token
from bot.register.names import Strength, spellings
from bot.text.find import Finder, Hit
from bot.text.fold import Folded

PERSON = "office.other.person"
# Whose something is, "Putins": he takes part only in what is a contact.
OWNER = f"{PERSON}.owner"


class _Meant(NamedTuple):
    """Whom a spelling means, how far it can be trusted, and whether it says whose something is."""

    holder: Holder
    trust: Strength
    owner: bool


class Bystanders:
    """Finds holders of other offices by name; built when the first story that may concern ministers comes."""

    def __init__(self, register: Register) -> None:
        """Take the holders of other offices."""
        self._holders = register.others

    def named(self, whole: str, folded: Folded, today: date | None) -> list[Token]:
        """Give who is named of those in another office that day; nobody where the day is not told.

        A surname that many bear counts where the story names its bearer in full.
        """
        if today is None:
            return []
        hits = [hit for hit in self._finder.find(folded.text) if _serves(hit, today, whole, folded)]
        known = {hit.value.holder.person for hit in hits if hit.value.trust is Strength.FULL}
        sure = (h for h in hits if h.value.trust > Strength.WEAK or h.value.holder.person in known)
        return list({(hit.start, hit.end): _token(folded.text, hit) for hit in sure}.values())

    @cached_property
    def _finder(self) -> Finder[_Meant]:
        return Finder(pair for holder in self._holders for pair in _spelt(holder))


def _spelt(holder: Holder) -> Iterator[tuple[str, _Meant]]:
    """Give all spellings of a holder; those that mean the same share one value."""
    meant = {(trust, owner): _Meant(holder, trust, owner) for trust in Strength for owner in (False, True)}
    return ((s.text, meant[s.strength, s.bent and s.text.endswith("s")]) for s in spellings(holder))


def without(names: Iterable[Token], bystanders: Iterable[Token]) -> list[Token]:
    """Leave out the names that are part of a bystander's full one: Sauli Niinistö is not Jussi."""
    longer = [b for b in bystanders if b.full]
    return [n for n in names if not any(_is_part(n, b) for b in longer)]


def _is_part(name: Token, whole: Token) -> bool:
    return name.within(whole.start, whole.end) and name.end - name.start < whole.end - whole.start


def _serves(hit: Hit[_Meant], today: date, whole: str, folded: Folded) -> bool:
    return hit.value.holder.held_on(today) and _is_name(hit, whole, folded)


def _is_name(hit: Hit[_Meant], whole: str, folded: Folded) -> bool:
    """Whether a name is written as one, and is no part of another word: "Putin-Vertrauter"."""
    text = folded.text
    last_word = text.rfind(" ", hit.start, hit.end) + 1 or hit.start
    joined = text[hit.start - 1 : hit.start] == "-" or text[hit.end : hit.end + 1] == "-"
    return not joined and whole[folded.span(last_word, hit.end)[0]].isupper()


def _token(text: str, hit: Hit[_Meant]) -> Token:
    """Give a name as a token; in the genitive of Latin letters ("Putins", "Putin's") that of an owner."""
    meant = hit.value
    kind = OWNER if meant.owner or text.startswith("'s", hit.end) else PERSON
    return Token(kind, hit.start, hit.end, holders=(meant.holder,), trust=meant.trust)
