"""Dates as feeds write them → an instant, and the offset that the date names.

feedparser gives the instant and forgets the offset; the offset decides on
which local day a story was told (DESIGN.md §4 "Time"). So the written date is
read here, and feedparser's reading is used where these forms do not fit.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
FUTURE = timedelta(hours=24)
_NOON = time(12)

_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\b\.?)?"
_MONTH = r"(?P<name>[^\W\d_]{3,12})\.?"
_ISO = rf"(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?:(?:[T\s]|,\s)\s*{_CLOCK})?"
_COMPACT = (
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:T?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?)?"
)
_MAIL = (
    r"(?:[^\W\d_]+\.?,?\s*)?(?P<day>\d{1,2})\.?[\s-]+"
    rf"{_MONTH}[\s-]+(?P<year>\d{{4}}|\d{{2}}),?(?:(?:\s+|T(?=\d)){_CLOCK})?"
)
_AMERICAN = (
    rf"(?:[^\W\d_]+,?\s+)??{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+"
    rf"(?P<year>\d{{4}}),?(?:\s+{_CLOCK})?"
)
_ASCTIME = (
    rf"[^\W\d_]+,?\s+{_MONTH}\s+(?P<day>\d{{1,2}})\s+{_CLOCK}"
    r"(?:\s+(?P<inner>[A-Z]{2,5}))?\s+(?P<year>\d{4})"
)
_DOTTED = (
    r"(?:[^\W\d_]+\.?,?\s+)?(?P<day>\d{1,2})\.(?P<month>\d{1,2})\."
    rf"(?P<year>\d{{4}}|\d{{2}}(?!\d)),?(?:\s+{_CLOCK})?"
)
# Half of the world writes the day first and half the month: read only where one can be no month.
_A_DAY, _A_MONTH = r"(?P<day>1[3-9]|2\d|3[01])", r"(?P<month>0?[1-9]|1[0-2])"
_DAY_FIRST, _MONTH_FIRST = (
    rf"{one}(?P<sign>[/-]){other}(?P=sign)(?P<year>\d{{4}}),?(?:\s+{_CLOCK})?"
    for one, other in ((_A_DAY, _A_MONTH), (_A_MONTH, _A_DAY))
)
_EASTERN = (
    r"(?P<year>\d{4})\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]"
    rf"(?:\s?{_CLOCK})?"
)
_ZONE = r"\s*(?P<zone>\S.*)?"
_FORMS = tuple(
    re.compile(form + _ZONE, re.IGNORECASE)
    for form in (_MAIL, _ISO, _ASCTIME, _AMERICAN, _DOTTED, _DAY_FIRST, _MONTH_FIRST, _COMPACT, _EASTERN)
)

# What people put between day, month, year and clock: "um", "à", "at", "de", "г.", a dash …
_BETWEEN = re.compile(
    r"(?:\s(?:um|à|at|alle|kl\.?|klo|г\.?|года|року|р\.|в|о|об|[-–—|])){1,3}(?=\s\d{1,2}(?::|h\d|\.\d\d\sUhr))"
    r"|\sde(?=\s)|(?<=\b1)er\b",
    re.IGNORECASE,
)
_CLOCK_IN_WORDS = re.compile(r"\b(\d{1,2})(?:h(?=\d\d\b)|\.(?=\d\d\sUhr))", re.IGNORECASE)

_OFFSET = re.compile(r"(?:GMT|UTC|UT|Z)?\s*([+-])(\d{1,2}):?(\d{2})?\b", re.IGNORECASE)
_HOURS: Mapping[str, float] = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "cest": 2, "mez": 1,
    "mesz": 2, "met": 1, "mest": 2, "eet": 2, "eest": 3, "sast": 2, "cat": 2, "eat": 3, "wat": 1, "msk": 3,
    "msd": 4, "trt": 3, "idt": 3, "ist": 5.5, "pkt": 5, "gst": 4, "wib": 7, "ict": 7, "hkt": 8, "sgt": 8,
    "pht": 8, "awst": 8, "jst": 9, "kst": 9, "acst": 9.5, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "akst": -9,
    "akdt": -8, "hst": -10, "ast": -4, "adt": -3, "brt": -3, "art": -3, "clt": -4, "clst": -3,
}  # fmt: skip
# How months begin in English, German, French, Spanish, Italian, Portuguese, Dutch, Swedish, Polish,
# Czech, Turkish, Romanian, Finnish, Greek, Russian, Ukrainian and Arabic.
_MONTHS: Mapping[str, int] = {
    prefix: number
    for number, prefixes in enumerate(
        (
            "jan jän ene gen sty led oca ian tam ιαν янв січ ينا",
            "feb fév fev lut úno şub hel φεβ фев лют فبر",
            "mar mär mrz maa mrt bře μαρ μάρ мар бер مار",
            "apr avr abr kwi dub nis huh απρ апр кві أبر ابر",
            "may mai mag maj mei kvě tou μαϊ μαΐ μάι мая май тра ماي",
            "jun juin giu cze čer haz iun kes ιουν ιούν июн чер يون",
            "jul juil lug lip červene červenc tem iul hei ιουλ ιούλ июл лип يول",
            "aug aoû aou ago sie srp ağu elo αυγ αύγ авг сер أغس اغس",
            "sep set wrz zář eyl syy σεπ сен вер سبت",
            "oct okt ott out paź říj eki lok οκτ окт жов أكت اكت",
            "nov lis kas noi marr νοε νοέ ноя лис نوف",
            "dec dez déc dic gru pro ara jou δεκ дек гру ديس",
        ),
        start=1,
    )
    for prefix in prefixes.split()
}  # fmt: skip
# As nearly all dates are; looking for words in them costs more than to read them.
_USUAL = re.compile(
    r"[A-Z][a-z]{2}, \d\d? [A-Z][a-z]{2} \d{4} \d\d:\d\d(?::\d\d)? [+-]?\w{1,5}"
    r"|\d{4}-\d\d-\d\d[T ]\d\d:\d\d\S*"
)
_LONGEST = 500  # characters; a date with its zone in words has 60, and some feeds indent it
_SHORT_YEAR = 2
_PIVOT = 70
_EPOCH = re.compile(r"1\d{9}(?:\d{3}|\.\d+)?")


@dataclass(frozen=True, slots=True)
class Moment:
    """When something was published.

    `offset` is the one that the date names, None where it names none. `day` is
    set for a date without a time: it is then that day wherever the reader is.
    """

    instant: datetime
    offset: timedelta | None = None
    day: date | None = None


def read_date(written: str) -> Moment | None:
    """Read a written date; None where it is none that Draht knows for sure.

    >>> read_date("Tue, 25 Jun 2024 23:30:00 GMT+0200").instant.isoformat()
    '2024-06-25T21:30:00+00:00'
    """
    if len(written) > _LONGEST:
        return None
    text = " ".join(written.split()).replace("\N{MINUS SIGN}", "-")
    if _EPOCH.fullmatch(text):
        return Moment(datetime.fromtimestamp(int(text[:10]), UTC))
    if not _USUAL.fullmatch(text):
        text = _CLOCK_IN_WORDS.sub(r"\1:", _BETWEEN.sub("", text))
    for form in _FORMS:
        if (found := form.fullmatch(text)) is not None:
            return _moment(found.groupdict())
    return None


def plausible(instant: datetime, now: datetime) -> bool:
    """Say whether a story can have been published then: since 1990, not beyond tomorrow."""
    return EARLIEST <= instant <= now + FUTURE


def _moment(parts: Mapping[str, str | None]) -> Moment | None:
    day = _day(parts)
    if day is None:
        return None
    if parts.get("hour") is None:
        return Moment(datetime.combine(day, _NOON, UTC), day=day)
    offset = _offset(parts.get("inner") or parts.get("zone") or "")
    try:
        local = datetime.combine(
            day, time(_hour(parts), int(parts["minute"] or 0)), timezone(offset or timedelta())
        )
        instant = (local + timedelta(seconds=int(parts.get("second") or 0))).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return Moment(instant, offset)


def _day(parts: Mapping[str, str | None]) -> date | None:
    written = parts["year"] or ""
    year = int(written)
    if len(written) == _SHORT_YEAR:
        year += 2000 if year < _PIVOT else 1900
    month = int(parts["month"] or 0) if "month" in parts else _month(parts["name"] or "")
    try:
        return date(year, month, int(parts["day"] or 0))
    except ValueError:
        return None


def _month(name: str) -> int:
    folded = name.lower()
    return next((_MONTHS[folded[:n]] for n in (7, 4, 3) if folded[:n] in _MONTHS), 0)


def _hour(parts: Mapping[str, str | None]) -> int:
    hour, half = int(parts["hour"] or 0), (parts.get("half") or "").lower()
    return hour % 12 + (12 if half.startswith("p") else 0) if half else hour


def _offset(zone: str) -> timedelta | None:
    """Read a zone: a number, `GMT+0100` (east of Greenwich), or a usual abbreviation."""
    if (found := _OFFSET.match(zone)) is not None:
        east = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
        # RFC 822's -0000: the instant is told, the local time is not.
        nowhere = found[1] == "-" and not east
        return None if nowhere or east >= timedelta(hours=24) else (east if found[1] == "+" else -east)
    hours = _HOURS.get(re.split(r"[^A-Za-z]", zone.strip("() "), maxsplit=1)[0].lower())
    return None if hours is None else timedelta(hours=hours)
