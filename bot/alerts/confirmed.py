"""Which sides have told of a contact themselves, as far as the stories show it.

A side has where one of its authorities publishes the story, where its own words
on the contact are told, or where it is cited on whose initiative it was.
"""

from collections.abc import Iterable, Iterator

from bot.alerts.markup import Line, Plain, labelled
from bot.alerts.press import Press
from bot.alerts.sources import SEPARATOR, is_official, telling
from bot.alerts.table import Table
from bot.alerts.voices import house, voices
from bot.model.claim import Status
from bot.model.contact import Contact, Report

Voice = tuple[str, str]


def confirmations(contact: Contact, press: Press) -> tuple[Voice, ...]:
    """Give the sides that told of a contact that took place, each with the first name that stories give it.

    By country, so that the order does not depend on who told first.
    """
    if contact.status is not Status.HELD:
        return ()
    sides: dict[str, str] = {}
    for report in telling(contact):
        for side, name in _heard(report, contact, press):
            sides.setdefault(side, name)
    return tuple(sorted(sides.items()))


def confirmed_line(contact: Contact, table: Table, press: Press) -> Line | None:
    """Name the sides that told of it, and say where it was but one; nothing where none did."""
    told = confirming(contact, table, press)
    labels = press.words.labels
    label = labels.confirmed if len(confirmations(contact, press)) > 1 else labels.confirmed_once
    return labelled(label, Plain(told)) if told else None


def confirming(contact: Contact, table: Table, press: Press) -> str:
    """Name the sides that told of it, in the order of the post; nothing where none did."""
    told = dict(confirmations(contact, press))
    return SEPARATOR.join(told[code] for code in table.countries if code in told)


def _heard(report: Report, contact: Contact, press: Press) -> Iterator[Voice]:
    """Give the sides that one report lets speak."""
    sides = contact.countries
    if report.country in sides and is_official(report, press):
        yield _voice(report.source, report.country, press)
    for statement in report.claim.statements:
        if statement.side in sides and any(map(str.isalnum, statement.text)):
            yield _voice(statement.speaker, statement.side, press)
    initiative = report.claim.initiative
    yield from _cited(initiative.according_to if initiative else None, sides, press)


def _cited(written: str | None, sides: Iterable[str], press: Press) -> tuple[Voice, ...]:
    return voices(written, sides, press) if written else ()


def _voice(written: str, side: str | None, press: Press) -> Voice:
    code = side or ""
    return code, house(written, code, press) or press.country(code)
