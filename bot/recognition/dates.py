"""Days told in a sentence, resolved against the story's local day.

A weekday is the story's day or one of the six before it, unless a word of the
future stands beside it; a day and month without a year is the nearest such
day, rather past than future (RECOGNITION.md §3 "Dates").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.model.claim import Basis
from bot.recognition.token import Scan, Sentence, Token

_DAY_BEFORE = re.compile(r"(\d{1,2})(?:\.|st|nd|rd|th|er|º|°)?(?: of| de)?\s+$")
_DAY_AFTER = re.compile(r"\.?\s+(\d{1,2})(?:st|nd|rd|th)?\b(?![.:]\d|\s*(?:uhr|a\.m|p\.m|%))")
_YEAR_AFTER = re.compile(r"\.?,?\s*(?:de |of )?(\d{4})\b")
_YEAR_FOLLOWS = re.compile(r",?\s*(\d{4})\b")
_NUMERIC = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}|\d{2})\b)?")
_YEAR = re.compile(r"(?<![\w.,:/-])20[1-2]\d(?![\w:/-]|[.,]\d)")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b|\b(\d{1,2})[-/](\d{1,2})[-/](\d{4})\b")
_BESIDE = 2  # characters between a weekday and the day written after it
_NEXT = 24  # characters around a weekday in which "next" may stand
_SOON = timedelta(days=60)  # a yearless day this far ahead is still of this year
_BRACKET = re.compile(r"[\s,(]*(?:dem |den |the )?")
_HEAD, _HEAD_ENDS = 60, re.compile(r"\s*(?:[()|:-]|\.\s|$)")
_STAMP, _CLOCK = 24, re.compile(r"[\s,]*\d{1,2}:\d{2}")
# How many days a unit has, and by how many a number of them may be off.
_UNITS = {"days": (1, 0), "weeks": (7, 3), "months": (30, 20), "years": (365, 150)}
_LOOK_BACK = 2  # sentences before in which the day was told that "the day before" counts from
# News speaks of its own time; "31.12.9999" is a form's way of saying never, and calendars have ends.
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_LAST_WORDS = 24  # characters after a month in which "vorigen Jahres" may stand


@dataclass(frozen=True, slots=True)
class Day:
    """A day, month or year told: `day` where it is a day, `month` ("2023-03", "2023") where only that.

    A day without a year in an undated story is a `month` too ("--06-25").
    Offsets are folded ones. `basis` says what it rests on. A `dateline` heads
    a story or, a `stamp`, its page: it tells the day of writing. A year `aside`
    only describes what follows it ("the 2018 incident").
    """

    start: int
    end: int
    basis: Basis
    day: date | None = None
    month: str | None = None
    dateline: bool = False
    stamp: bool = False
    aside: bool = False

    @property
    def iso(self) -> str | None:
        """Write it as an ISO day or month."""
        return self.day.isoformat() if self.day else self.month


def days_of(scan: Scan, today: date | None) -> tuple[tuple[Day, ...], ...]:
    """Give the days of every sentence of a story; "the day before" counts from the day told last."""
    found: list[tuple[Day, ...]] = []
    for sentence in scan.sentences:
        told = (d.day for days in reversed(found[-_LOOK_BACK:]) for d in reversed(days) if not d.dateline)
        found.append(_days_in(scan, sentence, today, next((day for day in told if day), today)))
    return tuple(found)


def _days_in(
    scan: Scan, sentence: Sentence, today: date | None, before: date | None = None
) -> tuple[Day, ...]:
    """Give every day that a sentence tells, in order; `before` is the day told last, if any.

    Without `today` (an undated story) only days with a year are told, and
    yearless ones as if the story were of no year: they keep `day` None.
    """
    written = [*_numeric(scan, sentence, today), *_by_month(scan, sentence, today)]
    spans = [(d.start, d.end) for d in written]
    written += _years(scan, sentence, spans, today)
    relative = [d for d in _relative(scan, sentence, today) if not _explained(scan, d, spans)]
    told = sorted([*written, *relative], key=lambda d: d.start)
    told = sorted([*told, *_counted(sentence, told, today, before)], key=lambda d: d.start)
    return tuple(_placed(scan, sentence, d) for d in told)


def _placed(scan: Scan, sentence: Sentence, day: Day) -> Day:
    """Mark a day that is the page's or the story's own."""
    stamps = sentence.of_within((day.start - _STAMP, day.start), "time.stamp")
    if stamps or _CLOCK.match(scan.text, day.end):
        return replace(day, dateline=True, stamp=True)
    return replace(day, dateline=_is_dateline(scan, sentence, day))


def _is_dateline(scan: Scan, sentence: Sentence, day: Day) -> bool:
    """Whether a day stands at the head of a text: "(Agency - 14th March) Two ministers …"."""
    head = scan.text[sentence.start : day.start]
    return (
        sentence.number == 1
        and len(head) < _HEAD
        and not sentence.of_within((sentence.start, day.start), "contact", "name", "speech", "office")
        and bool(_HEAD_ENDS.match(scan.text, day.end))
    )


def _numeric(scan: Scan, sentence: Sentence, today: date | None) -> Iterator[Day]:
    for found in _ISO.finditer(scan.text, sentence.start, sentence.end):
        year, month, day, *other = found.groups()
        if year is None:
            day, month, year = other
        yield from _written(found.span(), (int(year), int(month), int(day)), today)
    for found in _NUMERIC.finditer(scan.text, sentence.start, sentence.end):
        year_text = found[3] or ""
        year_number = int(year_text) + (2000 if len(year_text) == len("24") else 0) if year_text else 0
        yield from _written(found.span(), (year_number, int(found[2]), int(found[1])), today)


def _by_month(scan: Scan, sentence: Sentence, today: date | None) -> Iterator[Day]:
    for token in sentence.of("time.months"):
        month = int(token.kind.rpartition(".")[2]) + 1
        before = _DAY_BEFORE.search(scan.text, max(sentence.start, token.start - 8), token.start)
        after = None if before else _DAY_AFTER.match(scan.text, token.end, sentence.end)
        number = before or after
        end = after.end() if after else token.end
        year = (_YEAR_FOLLOWS if after else _YEAR_AFTER).match(scan.text, end, sentence.end)
        start, end = before.start() if before else token.start, year.end() if year else end
        year_number = int(year[1]) if year else _year_word(scan, sentence, end, today)
        if number:
            yield from _written((start, end), (year_number, month, int(number[1])), today)
        elif _is_ours(year_number) or (today and not year_number):
            yield Day(start, end, Basis.WRITTEN, month=_month(year_number, month, today))


def _years(scan: Scan, sentence: Sentence, spans: list[tuple[int, int]], today: date | None) -> Iterator[Day]:
    """Give the bare years of a sentence that are not ahead: "at the 2022 dialogue"."""
    if today is None:
        return
    for found in _YEAR.finditer(scan.text, sentence.start, sentence.end):
        if int(found[0]) <= today.year and not any(a <= found.start() < b for a, b in spans):
            aside = sentence.is_led(found.start(), "grammar.article")
            yield Day(*found.span(), Basis.WRITTEN, month=found[0], aside=aside)


def _year_word(scan: Scan, sentence: Sentence, end: int, today: date | None) -> int:
    """Give the year that "vorigen Jahres" or "last year" right after a month means, else 0."""
    near = sentence.of_within((end, end + _LAST_WORDS), "time.last_year")
    return today.year - 1 if near and today and not scan.text[end : near[0].start].strip() else 0


def _month(year: int, month: int, today: date | None) -> str:
    if not year and today:
        year = today.year if month <= today.month else today.year - 1
    return f"{year:04}-{month:02}"


def _written(span: tuple[int, int], parts: tuple[int, int, int], today: date | None) -> Iterator[Day]:
    year, month, number = parts
    told = _exact(year, month, number) if year else _nearest(month, number, today)
    if told is not None and _is_ours(told.year):
        yield Day(*span, Basis.WRITTEN, day=told)
    elif not year and today is None and _exact(2024, month, number):
        yield Day(*span, Basis.WRITTEN, month=f"--{month:02}-{number:02}")


def _exact(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _is_ours(year: int) -> bool:
    return _FIRST_YEAR <= year <= _LAST_YEAR


def _nearest(month: int, number: int, today: date | None) -> date | None:
    if today is None:
        return None
    this_year = _exact(today.year, month, number)
    if this_year is not None and this_year - today <= _SOON:
        next_year = _exact(today.year + 1, month, number)
        return next_year if next_year is not None and next_year - today <= _SOON else this_year
    return _exact(today.year - 1, month, number)


def _relative(scan: Scan, sentence: Sentence, today: date | None) -> Iterator[Day]:
    if today is None:
        return
    for token in sentence.of("time.weekdays"):
        yield Day(token.start, token.end, Basis.WEEKDAY, day=_weekday(scan, sentence, token, today))
    for token in sentence.of("time.last_month"):
        before = today.replace(day=1) - timedelta(days=1)
        yield Day(token.start, token.end, Basis.RELATIVE, month=f"{before.year:04}-{before.month:02}")
    for kind, back in (("today", 0), ("yesterday", 1), ("before_yesterday", 2)):
        for token in sentence.of(f"time.{kind}"):
            yield Day(token.start, token.end, Basis.RELATIVE, day=today - timedelta(days=back))


def _counted(sentence: Sentence, told: list[Day], today: date | None, before: date | None) -> Iterator[Day]:
    """Give the days that are counted from another: "three days ago", "a week earlier", "the next day".

    "Ago" counts from the story, all else from the day told last. Weeks,
    months and years are only told as the month or year that they surely fall into.
    """
    if today is None:
        return
    for token in sentence.of("time.ago", "time.earlier", "time.later"):
        _, way, unit, *number = token.kind.split(".")
        last = next((d.day for d in reversed(told) if d.end <= token.start and d.day), before)
        base = today if way == "ago" else last or today
        count = int(number[0]) if number else 1
        yield from stepped((token.start, token.end), base, unit, count if way == "later" else -count)


def stepped(span: tuple[int, int], base: date, unit: str, count: int) -> Iterator[Day]:
    """Give the day so many units from another; only its month or year where it surely falls into one.

    Nothing where that many lead out of the time that news speaks of.
    """
    length, blur = _UNITS[unit]
    if not _is_ours(base.year + length * count // _UNITS["years"][0]):
        return
    early, late = (base + timedelta(days=length * count + off) for off in (-blur, blur))
    if early == late:
        yield Day(*span, Basis.RELATIVE, day=early)
    elif (early.year, early.month) == (late.year, late.month):
        yield Day(*span, Basis.RELATIVE, month=f"{early.year:04}-{early.month:02}")
    elif early.year == late.year:
        yield Day(*span, Basis.RELATIVE, month=f"{early.year:04}")


def _weekday(scan: Scan, sentence: Sentence, token: Token, today: date) -> date:
    number = int(token.kind.rpartition(".")[2])
    back = (today.weekday() - number) % 7
    ahead = sentence.of_within((token.start - _NEXT, token.end + _NEXT), "time.next_week")
    if any(not scan.text[min(a.end, token.end) : max(a.start, token.start)].strip() for a in ahead):
        return today + timedelta(days=(number - today.weekday()) % 7 or 7)
    return today - timedelta(days=back)


def _explained(scan: Scan, day: Day, written: list[tuple[int, int]]) -> bool:
    """Whether a written day stands right beside a weekday: "Dienstag (25. Juni)"."""
    return any(
        (start - day.end >= 0 and _BRACKET.fullmatch(scan.text, day.end, start))
        or (0 <= day.start - end <= _BESIDE and not scan.text[end : day.start].strip(" ,("))
        for start, end in written
    )
