"""Whether a contact is one that a watch asks for (DESIGN.md §6, `contacts` and `media`)."""

from collections.abc import Iterable

from bot.model.claim import Medium, Participant
from bot.model.office import Role
from bot.model.watchlist import Party, Watch
from bot.register.sound import sound_key
from bot.text.fold import fold

_TABLE = 2  # it takes two to make a contact


def fits(watch: Watch, participants: Iterable[Participant], medium: Medium) -> bool:
    """Whether these participants, by this medium, are a contact in the sense of the watch.

    No parties: at least two defence ministers. One: that one, with anyone.
    More: at least two of them at the table. An unknown medium is never held
    back. What the stories must hold (keywords) is not asked here.
    """
    return _medium_fits(watch, medium) and _table_fits(watch.parties, frozenset(participants))


def _medium_fits(watch: Watch, medium: Medium) -> bool:
    return not watch.media or medium is Medium.UNKNOWN or medium in watch.media


def _table_fits(parties: tuple[Party, ...], table: frozenset[Participant]) -> bool:
    if len({one.office for one in table}) < _TABLE:
        return False
    if not parties:
        ministers = {one.office for one in table if one.office.role is Role.DEFENCE_MINISTER}
        return len(ministers) >= _TABLE
    asked_for = {one.office for one in table if any(_is(party, one) for party in parties)}
    return len(asked_for) >= min(len(set(parties)), _TABLE)


def _is(party: Party, participant: Participant) -> bool:
    if party.office != participant.office:
        return False
    return party.person is None or _same_person(party.person, participant.person)


def _same_person(asked_for: str, present: str | None) -> bool:
    if present is None:
        return False
    return fold(asked_for) == fold(present) or sound_key(asked_for) == sound_key(present)
