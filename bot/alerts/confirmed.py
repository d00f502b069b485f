"""Which sides have told of a contact themselves, as far as the stories show it.

A side has where one of its authorities publishes the story, where a story cites it
as telling of the contact, or of whose initiative it was. "Only one side" is said
where no other one is so much as heard.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping

from bot.alerts.markup import Line, Plain, labelled
from bot.alerts.press import Press
from bot.alerts.sources import SEPARATOR, speaks_for, telling
from bot.alerts.table import Table
from bot.alerts.voices import house, voices
from bot.model.claim import Status
from bot.model.contact import Contact, Report
from bot.text.hosts import site_of

Voice = tuple[str, str]


def confirmations(contact: Contact, press: Press) -> tuple[Voice, ...]:
    """Give the sides that told of a contact that took place, each with the first name that stories give it.

    By country, so that the order does not depend on who told first.
    """
    if contact.status is not Status.HELD:
        return ()
    sides: dict[str, str] = {}
    for side, name in _voices(contact, press):
        sides.setdefault(side, name)
        if len(sides) == len(contact.countries):
            break
    return tuple(sorted(sides.items()))


def confirmed_line(contact: Contact, table: Table, press: Press) -> Line | None:
    """Name the sides that told of it, and say where it is known that only one did; nothing where none did."""
    told = dict(confirmations(contact, press))
    labels = press.words.labels
    alone = len(told) == 1 and not _heard(contact) - told.keys()
    label = labels.confirmed_once if alone else labels.confirmed
    return labelled(label, Plain(_named(told, table))) if told else None


def confirming(contact: Contact, table: Table, press: Press) -> str:
    """Name the sides that told of it, in the order of the post; nothing where none did."""
    return _named(dict(confirmations(contact, press)), table)


def _heard(contact: Contact) -> set[str]:
    """Give every side that speaks in a story, whether of the contact or of something else."""
    heard = set[str]()
    for claim in (report.claim for report in telling(contact)):
        heard.update(cited.side for cited in claim.told_by)
        heard.update(statement.side for statement in claim.statements)
    return heard & set(contact.countries)


def _named(told: Mapping[str, str], table: Table) -> str:
    return SEPARATOR.join(told[code] for code in table.countries if code in told)


def _voices(contact: Contact, press: Press) -> Iterator[Voice]:
    """Let everybody speak whom a report lets speak, in order of arrival.

    Hundreds of outlets cite the same few; each is looked at once.
    """
    sides, heard = contact.countries, set[tuple[str, ...]]()
    for report in telling(contact):
        for words in _words(report, sides, press):
            if words not in heard:
                heard.add(words)
                yield from _sides(words, report, sides, press)


def _words(report: Report, sides: Collection[str], press: Press) -> Iterator[tuple[str, ...]]:
    """Give what a report rests on: its publisher, whom it cites (with their side), whom on the initiative.

    What an authority says of the other side does not let that side confirm.
    """
    yield "", report.source, report.country or "", site_of(report.url)
    publisher = speaks_for(report, press)
    for cited in report.claim.told_by:
        if cited.sure and cited.side in sides and publisher in {None, cited.side}:
            yield cited.name, cited.side
    initiative = report.claim.initiative
    if initiative and initiative.according_to:
        yield (initiative.according_to,)


def _sides(words: tuple[str, ...], report: Report, sides: Collection[str], press: Press) -> Iterable[Voice]:
    """Say which sides speak in such words, and what each is called."""
    match words:
        case (cited,):
            return voices(cited, sides, press)
        case (speaker, side):
            return (_voice(speaker, side, press),)
        case _:
            publisher = speaks_for(report, press)
            return (_voice(report.source, publisher, press),) if publisher and publisher in sides else ()


def _voice(written: str, side: str, press: Press) -> Voice:
    return side, house(written, side, press) or press.country(side)
