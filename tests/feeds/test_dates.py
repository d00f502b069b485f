"""Written dates are read with the offset that they name."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.dates import EARLIEST, read_date

SUMMER = timedelta(hours=2)
EVENING = datetime(2024, 7, 12, 16, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "offset"),
    [
        ("Fri, 12 Jul 2024 18:30:00 +0200", SUMMER),
        ("Fri, 12 Jul 2024 18:30 +0200", SUMMER),
        ("12 Jul 2024 18:30:00 +02:00", SUMMER),
        ("Fri 12 Jul 24 18:30:00 +0200", SUMMER),
        ("Friday, 12 July 2024 18:30:00 CEST", SUMMER),
        ("Fr, 12 Juli 2024 18:30:00 MESZ", SUMMER),
        ("ven., 12 juil. 2024 18:30:00 +0200", SUMMER),
        ("Пт, 12 июл 2024 19:30:00 MSK", timedelta(hours=3)),
        ("Fri, 12 Jul 2024 12:30:00 EDT", timedelta(hours=-4)),
        ("Fri, 12 Jul 2024 18:30:00 GMT+0200", SUMMER),
        ("Fri Jul 12 2024 18:30:00 GMT+0200 (Central European Summer Time)", SUMMER),
        ("Fri, 12 Jul 2024 16:30:00 GMT", timedelta()),
        ("Fri, 12 Jul 2024 16:30:00 -0000", None),
        ("Fri, 12 Jul 2024 16:30:00 XYZ", None),
        ("Fri, 12 Jul 2024 16:30:00", None),
        ("Fri Jul 12 16:30:00 2024", None),
        ("Fri Jul 12 16:30:00 UTC 2024", timedelta()),
        ("Fri Jul 12 18:30:00 CEST 2024", SUMMER),
        ("12. Juli 2024 um 16:30 Uhr", None),
        ("12. Juli 2024, 16.30 Uhr", None),
        ("Freitag, 12. Juli 2024 - 16:30", None),
        ("vendredi 12 juillet 2024 à 16h30", None),
        ("12 de julio de 2024 16:30", None),
        ("12 июля 2024 г. 16:30", None),
        ("12 lipca 2024 16:30", None),
        ("12 Temmuz 2024 16:30", None),
        ("July 12, 2024 at 4:30 pm", None),
        ("2024年7月12日 16:30", None),
        ("Friday, July 12, 2024 04:30 PM", None),
        ("Jul 12th, 2024 4:30 p.m.", None),
        ("2024-07-12T18:30:00+02:00", SUMMER),
        ("2024-07-12T18:30:00.123+0200", SUMMER),
        ("2024-07-12T18:30+02", SUMMER),
        ("2024-07-12T16:30:00Z", timedelta()),
        ("2024-07-12 16:30:00", None),
        ("2024/7/12 16:30", None),
        ("20240712T163000Z", timedelta()),
        ("12.07.2024 16:30", None),
        ("Fr., 12.07.2024, 16:30 Uhr", None),
        ("12.07.24 16:30", None),
        ("12 июля 2024 г. в 16:30", None),
        ("12 июля 2024 в 16:30", None),
        ("12 липня 2024 о 16:30", None),
        ("12. července 2024 16:30", None),
        ("Παρ, 12 Ιουλ 2024 16:30:00 GMT", timedelta()),
        ("12. heinäkuuta 2024 klo 16:30", None),
        ("12 يوليو 2024 16:30", None),
        ("2024년 7월 12일 16:30", None),
        ("Fri, 12 Jul 2024T16:30:00Z", timedelta()),
        ("2024-07-12T14:30:00\N{MINUS SIGN}02:00", -SUMMER),
        ("1720801800", None),
        ("1720801800.25", None),
        ("1720801800000", None),
    ],
)  # fmt: skip
def test_a_date_is_read_with_its_offset(written: str, offset: timedelta | None) -> None:
    """One evening in many hands is one instant; only a named zone gives an offset."""
    moment = read_date(written)
    assert moment is not None
    assert (moment.instant, moment.offset, moment.day) == (EVENING, offset, None)


@pytest.mark.parametrize(
    "written",
    [
        "2024-07-12",
        "12 Jul 2024",
        "July 12, 2024",
        "12.07.2024",
        "20240712",
        "2024/07/12",
        "12 de julho de 2024",
        "12.07.24",
    ],
)
def test_a_date_without_time_is_noon_of_that_day(written: str) -> None:
    """12:00 UTC, and the day as written wherever the reader is."""
    moment = read_date(written)
    assert moment is not None
    assert moment.instant == datetime(2024, 7, 12, 12, tzinfo=UTC)
    assert moment.day == moment.instant.date()


@pytest.mark.parametrize(
    "written",
    [
        *("", "gestern", "2024", "2024-07", "31 Feb 2024", "99 Jul 2024 10:00", "12 Foo 2024", "25:99"),
        *("05/03/2019 15:21", "2024-07-12T25:00:00Z", "0000-01-01", "Fri, 12 Jul 2024 18:61:00 +0200"),
    ],
)  # fmt: skip
def test_what_is_not_surely_a_date_is_none(written: str) -> None:
    """Nothing is made up; month and day are never guessed apart."""
    assert read_date(written) is None


@pytest.mark.parametrize("written", ["25/06/2024 23:30", "06/25/2024 11:30 PM", "25-06-2024 23:30:00"])
def test_day_and_month_are_told_apart_where_one_can_be_no_month(written: str) -> None:
    """Half of the world writes the day first and half the month; the 25th is a day for both."""
    moment = read_date(written)
    assert moment is not None
    assert moment.instant == datetime(2024, 6, 25, 23, 30, tzinfo=UTC)


def test_june_and_july_are_two_in_czech() -> None:
    """Their names differ behind the fourth letter only."""
    june, july = read_date("3. června 2024"), read_date("3. července 2024")
    assert june is not None
    assert july is not None
    assert (june.instant.month, july.instant.month) == (6, 7)


@given(st.integers(0, 10**9), st.integers(-14 * 4, 14 * 4))
def test_every_instant_survives_both_usual_forms(seconds: int, quarters: int) -> None:
    """What RFC 822 and ISO 8601 write is what is read, in every zone."""
    offset = timedelta(minutes=15 * quarters)
    sign, minutes = ("-" if quarters < 0 else "+"), abs(15 * quarters)
    zone = f"{sign}{minutes // 60:02d}{minutes % 60:02d}"
    instant = EARLIEST + timedelta(seconds=seconds)
    local = instant + offset
    for written in (f"{local:%a, %d %b %Y %H:%M:%S} {zone}", f"{local:%Y-%m-%dT%H:%M:%S}{zone}"):
        moment = read_date(written)
        assert moment is not None
        assert moment.instant == instant
        assert moment.offset == offset


@pytest.mark.parametrize("piece", [" г.", " um", "a ", "1", "12.", " –", "12 Jul "])
def test_a_date_without_end_is_none(piece: str) -> None:
    """Nobody writes one, and looking for words between day and clock would take the square of its length."""
    assert read_date("12 Jul 2024" + piece * 50_000) is None


@given(st.text(max_size=60))
def test_no_text_makes_the_reader_of_dates_raise(written: str) -> None:
    """Nonsense is None or a date, never an error."""
    moment = read_date(written)
    assert moment is None or moment.instant.tzinfo is UTC
