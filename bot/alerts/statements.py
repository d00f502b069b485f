"""What each side says was said: one sentence a side, never without its speaker.

A sentence in the language of the post goes before all others. Where there is
none, the most official original is shown and marked with its language, until a
better one arrives (DESIGN.md §4.10).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.alerts.budget import clean, clip, clip_sentences, units
from bot.alerts.markup import Bold, Line, Plain, Quote
from bot.alerts.press import Press
from bot.alerts.sources import is_official, speaks_for, telling
from bot.alerts.table import Table
from bot.alerts.voices import house
from bot.model.claim import Statement
from bot.model.contact import Contact, Report

MOST_SIDES = 3
LONGEST_SPEAKER = 40
# A statement cut shorter than this says nothing.
SHORTEST = 60
LONGEST = 420
# "Ankara (dpa) - ", "TOKYO, Oct. 7 (Kyodo) -- ", "WASHINGTON – ": where and by whom it was sent.
_PLACE = r"[^\W\d_][^\W\d_.'’ -]*(?:[ '’-][^\W\d_]+){0,3}"
_DATE = r"(?:,[\w. ]{2,24})?"
_SHOUTED = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ '-]{3,24}"
_DATELINE = re.compile(
    rf"(?:{_PLACE}{_DATE} ?\([^()]{{2,24}}\)|{_SHOUTED}{_DATE})\.? ?([-–—]{{1,2}}) (?![a-z])"
)


@dataclass(frozen=True, slots=True)
class Said:
    """One side's sentence and the name that stands before it."""

    speaker: str
    text: str
    report: Report


def quote(chosen: Sequence[Said], room: int) -> Quote | None:
    """Quote each side in at most `room` units; None where nothing sensible fits."""
    said = tuple(chosen)
    while said:
        share = _share(said, room)
        if share >= SHORTEST or all(units(each.text) <= share for each in said):
            return Quote(tuple(_line(each, min(share, LONGEST)) for each in said))
        said = said[:-1]
    return None


def sayings(contact: Contact, table: Table, press: Press) -> tuple[Said, ...]:
    """Choose the sentence that is quoted of each side."""
    reports = telling(contact)
    sides = (_best(side, reports, press) for side in table.countries)
    return tuple(said for said in sides if said)[:MOST_SIDES]


def _best(side: str, reports: Sequence[Report], press: Press) -> Said | None:
    """Choose a side's sentence; what the other side's authority writes of its minister is not its own."""
    told = [
        (report, statement)
        for report in reports
        for statement in report.claim.statements
        if statement.side == side and any(map(str.isalnum, statement.text))
        if speaks_for(report, press) in {None, side}
    ]
    if not told:
        return None
    report, statement = min(told, key=lambda pair: _rank(pair[0], pair[1], press))
    return Said(_speaker(statement, press), without_dateline(clean(statement.text)), report)


def without_dateline(text: str) -> str:
    """Leave out where and by which agency a sentence was sent; what stands between two dashes is its own.

    >>> without_dateline("Ankara (dpa) - Akar warnte vor einer Eskalation.")
    'Akar warnte vor einer Eskalation.'
    """
    dateline = _DATELINE.match(text)
    if dateline is None or f" {dateline[1]} " in text[dateline.end() :]:
        return text
    return text[dateline.end() :]


def _rank(report: Report, statement: Statement, press: Press) -> tuple[bool, bool, bool]:
    """Prefer the reader's language, then an authority's own words, then an outlet of that side."""
    foreign = statement.language != press.words.code
    return foreign, not is_official(report, press), foreign and report.country != statement.side


def _speaker(statement: Statement, press: Press) -> str:
    """Name the side that speaks by its house or capital, with the language of a foreign sentence.

    The story's own words for the speaker stand in any case ("des Pentagons") and
    would have to be bent; a minister's name would make the sentence his own.
    """
    side = house(statement.speaker, statement.side, press) or press.country(statement.side)
    if statement.language == press.words.code:
        return side
    language = clip(press.words.language(statement.language), LONGEST_SPEAKER)
    return press.words.patterns.in_language.format(speaker=side, language=language)


def _share(said: Iterable[Said], room: int) -> int:
    """Divide the room: what a short sentence leaves is for the longer ones."""
    left, share = room, 0
    by_length = sorted(said, key=lambda each: units(each.text))
    left -= sum(units(each.speaker) + len(": \n") for each in by_length)
    for index, each in enumerate(by_length):
        share = left // (len(by_length) - index)
        left -= min(units(each.text), share)
    return share


def _line(said: Said, share: int) -> Line:
    return Line((Bold(f"{said.speaker}:"), Plain(f" {clip_sentences(said.text, share)}")))
