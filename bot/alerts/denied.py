"""Who denies a contact, and who tells so."""

from collections.abc import Iterable, Iterator
from itertools import chain

from bot.alerts.confirmed import confirmations
from bot.alerts.markup import Line, Plain, labelled
from bot.alerts.press import Press
from bot.alerts.sources import MOST_DENYING, denying, source_name, speaks_for
from bot.alerts.voices import house
from bot.model.contact import Contact, Report

Voice = tuple[str, str]


def denied_line(contact: Contact, press: Press) -> Line | None:
    """Name the sides that deny where stories tell them, and the outlets that tell of it."""
    told = denied_by(contact, press)
    return labelled(press.words.labels.denied, Plain(told)) if told else None


def denied_by(contact: Contact, press: Press) -> str:
    """Say who denies: "Moskau, laut TASS", or by whom it is told: "laut TASS"; nothing where nobody does.

    A side that another story lets confirm is not named: then its word is not known.
    """
    told, words = denying(contact), press.words
    who = _first((source_name(report) for report in told), MOST_DENYING)
    if not who:
        return ""
    confirm = {side for side, _ in confirmations(contact, press)}
    sides = dict(chain.from_iterable(_sides(report, press) for report in reversed(told)))
    named = [sides[side] for side in contact.countries if side in sides and side not in confirm]
    if not named:
        return words.patterns.denied_by.format(who=words.listed(who))
    if set(who) <= set(named):  # its own story: not "Pentagon, laut Pentagon"
        return words.listed(named)
    return words.patterns.denied_by_side.format(side=words.listed(named), who=words.listed(who))


def _sides(report: Report, press: Press) -> Iterator[Voice]:
    """Give the sides that a report lets deny, with their names: those it cites, or its own publisher's."""
    publisher = speaks_for(report, press)
    for cited in report.claim.told_by:
        if cited.sure and publisher in {None, cited.side}:
            yield cited.side, house(cited.name, cited.side, press) or press.country(cited.side)
    if publisher:
        yield publisher, house(report.source, publisher, press) or press.country(publisher)


def _first(texts: Iterable[str], most: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))[:most]
