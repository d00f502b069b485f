"""The labelled lines of a post: each only where a story tells it, each with who says so."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain

from bot.alerts.budget import clip
from bot.alerts.earlier import Mention, best, differing, later, mentions
from bot.alerts.markup import Line, Plain, labelled
from bot.alerts.press import Press
from bot.alerts.sources import (
    LONGEST_SOURCE,
    SEPARATOR,
    source_name,
    speaks_for,
    telling,
)
from bot.alerts.table import Table, listing
from bot.alerts.voices import house, voices
from bot.model.claim import Medium
from bot.model.contact import Contact, Report

MOST_TOPICS = 4
MOST_VOICES = 2
LONGEST_TOPIC = 40
LONGEST_FACT = 60
# Where another medium is told, a place is but where one of the two was.
_AT_A_PLACE = {Medium.MEETING, Medium.UNKNOWN}


def table_line(table: Table, press: Press) -> Line | None:
    """List the countries where the headline only counts them."""
    return labelled(press.words.labels.table, Plain(listing(table, press))) if table.is_many else None


def day_line(contact: Contact, press: Press) -> Line | None:
    """Show the days that sources tell, where they do not agree."""
    words, others = press.words, other_days(contact)
    if contact.day is None or not others:
        return None
    told = (
        words.patterns.other_day.format(
            source=clip(source, LONGEST_SOURCE), day=_short_of(day, contact.day, press)
        )
        for day, source in others
    )
    text = f"{words.long_day(contact.day)} ({'; '.join(told)})"
    return labelled(words.labels.day, Plain(text))


def other_days(contact: Contact) -> tuple[tuple[date, str], ...]:
    """Give the other days that are shown beside a contact's own, each with its first source."""
    differ = (told for told in contact.days if told.value != contact.day and told.sources)
    others = {told.value: told.sources[0] for told in differ}
    in_order = sorted(others, key=lambda day: (_arrival(day, contact), day))[:MOST_VOICES]
    return tuple((day, others[day]) for day in in_order) if contact.day else ()


def initiative_line(contact: Contact, press: Press) -> Line | None:
    """Say whose initiative it was, and who says so."""
    told = initiative(contact, press)
    return labelled(press.words.labels.initiative, Plain(told)) if told else None


def initiative(contact: Contact, press: Press) -> str:
    """Name whose initiative it was, with who says so; nothing where nobody does."""
    words = press.words
    countries = initiators(contact)[:MOST_VOICES]
    pattern = words.patterns.initiative_by if len(countries) == 1 else words.patterns.initiative_disputed
    told = (
        pattern.format(country=press.country(code), who=words.listed(map(words.cited, who)))
        for code, who in zip(countries, _tellers(countries, contact, press), strict=True)
    )
    return SEPARATOR.join(told)


def _tellers(countries: Sequence[str], contact: Contact, press: Press) -> list[tuple[str, ...]]:
    """Name who says it of each country; the outlets where one and the same is cited for two of them."""
    voices = [_voices(code, contact, press) for code in countries]
    if len(set(chain.from_iterable(voices))) == sum(map(len, voices)):
        return voices
    return [_outlets(code, contact, press) for code in countries]


def initiators(contact: Contact) -> tuple[str, ...]:
    """Give the countries that are said to have taken the initiative, in order of arrival.

    One that only an editor names comes last.
    """
    told = [r.claim.initiative.country for r in telling(contact) if r.claim.initiative]
    supported = [version.value.country for version in contact.initiatives]
    return tuple(dict.fromkeys([*(code for code in told if code in supported), *supported]))


def topics_line(contact: Contact, press: Press) -> Line | None:
    """Name the topics, the first reported first: support may shift, the line must not."""
    known = {told.value for told in contact.topics}
    ids = dict.fromkeys(t for report in telling(contact) for t in report.claim.topics if t in known)
    labels = (clip(press.topic_label(topic, press.words.code), LONGEST_TOPIC) for topic in ids)
    shown = _first(labels, MOST_TOPICS)
    if not shown:
        return None
    label = press.words.labels.topic if len(shown) == 1 else press.words.labels.topics
    return labelled(label, Plain(", ".join(shown)))


def place_line(contact: Contact, press: Press) -> Line | None:
    """Name the place of a meeting told first: of the register, or from a story in the readers' language."""
    if contact.medium is not Medium.MEETING:
        return None
    told = (_place(report, press) for report in telling(contact) if report.claim.medium in _AT_A_PLACE)
    shown = _first(told, 1)
    return labelled(press.words.labels.place, Plain(shown[0])) if shown else None


def _place(report: Report, press: Press) -> str | None:
    place = report.claim.place
    if place is None:
        return None
    if place.country is not None:
        return press.place(place)
    return place.name if report.language == press.words.code else None


def duration_line(contact: Contact, press: Press) -> Line | None:
    """Say how long it took, as the first story does that tells it: support may shift, the line must not."""
    told = next((r.claim.duration for r in telling(contact) if r.claim.duration), None)
    return labelled(press.words.labels.duration, Plain(press.words.length(told))) if told else None


def previous_line(contact: Contact, previous: Contact | None, press: Press) -> Line | None:
    """Say when the sides last spoke: by the ledger, with what a story tells otherwise, else by a story."""
    told = mentions(contact)
    newer = best(later(told, previous.day)) if previous and previous.day else None
    if previous and newer:
        return _by_a_story(newer, [_last_here(previous, press)], press)
    if previous:
        return labelled(press.words.labels.previous, Plain(_by_ledger(contact, previous, told, press)))
    chosen = best(told)
    if chosen is None:
        return None
    others = _otherwise(told, chosen.when.first, press) if chosen.when.is_day else ()
    return _by_a_story(chosen, others, press)


def _by_a_story(mention: Mention, remarks: Iterable[str], press: Press) -> Line:
    label = press.words.patterns.previous_by.format(source=clip(mention.source, LONGEST_SOURCE))
    return labelled(label, Plain(_with(_when(mention, press), remarks)))


def _last_here(previous: Contact, press: Press) -> str:
    """Name the contact that the ledger has, behind a newer one that only a story knows."""
    words = press.words
    day = words.long_day(previous.day or previous.by)
    told = words.patterns.previous.format(day=day, noun=words.medium(previous.medium).noun)
    return words.patterns.previous_here.format(previous=told)


def _by_ledger(contact: Contact, previous: Contact, told: Iterable[Mention], press: Press) -> str:
    words = press.words
    noun = words.medium(previous.medium).noun
    if previous.day is None:
        day = words.long_day(reported_on(previous))
        return words.patterns.previous_reported.format(day=day, noun=noun)
    text = words.patterns.previous.format(day=words.long_day(previous.day), noun=noun)
    since = [words.days_before((contact.day - previous.day).days)] if contact.day else []
    return _with(text, [*since, *_otherwise(told, previous.day, press)])


def reported_on(contact: Contact) -> date:
    """Give the day of the first report; the latest day it can have been where there is none."""
    return min((report.day for report in telling(contact)), default=contact.by)


def _otherwise(told: Iterable[Mention], known: date, press: Press) -> Iterator[str]:
    patterns = press.words.patterns
    for mention in differing(told, known)[:MOST_VOICES]:
        source = clip(mention.source, LONGEST_SOURCE)
        if mention.when.is_day:
            yield patterns.names_day.format(source=source, day=_short_of(mention.when.first, known, press))
        else:
            yield patterns.names_month.format(source=source, month=press.words.month(mention.when.first))


def _when(mention: Mention, press: Press) -> str:
    written = press.words.long_day if mention.when.is_day else press.words.month
    return written(mention.when.first)


def _with(text: str, remarks: Iterable[str]) -> str:
    told = "; ".join(remarks)
    return f"{text} ({told})" if told else text


def _short_of(day: date, beside: date, press: Press) -> str:
    """Write a day beside another one: without its year where that is the same."""
    return press.words.short_day(day) if day.year == beside.year else press.words.long_day(day)


def _arrival(day: date, contact: Contact) -> int:
    days = [report.claim.day for report in contact.reports]
    return days.index(day) if day in days else len(days)


def _voices(country: str, contact: Contact, press: Press) -> tuple[str, ...]:
    """Name who says that a country took the initiative; the first outlet where nobody is cited.

    Where no story says so, an editor does.
    """
    every = chain.from_iterable(_cited(report, contact, press) for report in _naming(country, contact))
    # One side is cited once, by the first name that stories give it: not "Pentagon und Washington".
    sides: dict[str, str] = {}
    for side, name in every:
        sides.setdefault(side, name)
    return _first(sides.values()) or _outlets(country, contact, press)


def _outlets(country: str, contact: Contact, press: Press) -> tuple[str, ...]:
    """Name the first outlet that tells of a country's initiative; an editor where none does."""
    reports = _naming(country, contact)
    return _first((source_name(report) for report in reports), 1) or (press.words.labels.editors,)


def _naming(country: str, contact: Contact) -> tuple[Report, ...]:
    initiatives = ((report, report.claim.initiative) for report in telling(contact))
    return tuple(report for report, told in initiatives if told and told.country == country)


def _cited(report: Report, contact: Contact, press: Press) -> tuple[tuple[str, str], ...]:
    """Give the sides that a report cites with their names; whom it names otherwise stands for himself.

    An authority that cites nobody speaks for its side.
    """
    written = (report.claim.initiative and report.claim.initiative.according_to) or ""
    side = speaks_for(report, press) if not written else None
    if side is not None and side in contact.countries:
        return ((side, house(report.source, side, press) or press.country(side)),)
    readable = ((written, written),) if report.language == press.words.code else ()
    return voices(written, contact.countries, press) or readable


def _first(texts: Iterable[str | None], most: int = MOST_VOICES) -> tuple[str, ...]:
    """Give the first different texts that say something."""
    cleaned = (clip(text, LONGEST_FACT) for text in texts if text)
    return tuple(dict.fromkeys(text for text in cleaned if text))[:most]
