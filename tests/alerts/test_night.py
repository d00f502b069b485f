from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.night import waits
from bot.model.channel import Channel, Quiet

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = Channel("", "de", Quiet(time(23), time(6, 30)))
NOON_REST = Channel("", "de", Quiet(time(12), time(13, 30)))


def until(channel: Channel, now: str) -> str | None:
    """Say until when it is quiet in Berlin at a time there."""
    end = waits(channel, datetime.fromisoformat(now).replace(tzinfo=BERLIN), BERLIN, urgent=False)
    return end.astimezone(BERLIN).strftime("%Y-%m-%d %H:%M") if end else None


@pytest.mark.parametrize(
    ("now", "end"),
    [
        ("2024-07-12 22:59", None),
        ("2024-07-12 23:00", "2024-07-13 06:30"),
        ("2024-07-13 00:10", "2024-07-13 06:30"),
        ("2024-07-13 06:29", "2024-07-13 06:30"),
        ("2024-07-13 06:30", None),
    ],
)
def test_a_night_spans_midnight(now: str, end: str | None) -> None:
    """From the evening to the morning after; its last minute is quiet, its end is not."""
    assert until(NIGHT, now) == end


def test_hours_of_one_day_are_quiet_on_that_day() -> None:
    """A rest at noon begins and ends on one day."""
    found = [until(NOON_REST, f"2024-07-12 {hour}") for hour in ("11:59", "12:00", "13:30")]
    assert found == [None, "2024-07-12 13:30", None]


@pytest.mark.parametrize(
    ("quiet", "now", "end"),
    [
        ((23, 6), "2026-03-28T22:30:00", "2026-03-29T04:00:00"),  # the clocks go forward: 6 o'clock is 4 UTC
        ((23, 6), "2026-10-24T21:30:00", "2026-10-25T05:00:00"),  # and back
        ((1, 2), "2026-03-29T00:30:00", "2026-03-29T01:00:00"),  # two o'clock is left out: it is three
        ((1, 3), "2026-10-25T01:30:00", "2026-10-25T02:00:00"),  # the hour told twice lies within
    ],
)
def test_nights_in_which_the_clocks_change_are_longer_or_shorter(
    quiet: tuple[int, int], now: str, end: str
) -> None:
    """What the clocks on the wall show counts; instants are in UTC."""
    channel = Channel("", "de", Quiet(time(quiet[0]), time(quiet[1])))
    found = waits(channel, datetime.fromisoformat(now).replace(tzinfo=UTC), BERLIN, urgent=False)
    assert found == datetime.fromisoformat(end).replace(tzinfo=UTC)


def test_what_is_urgent_or_not_quiet_waits_for_nothing() -> None:
    """A channel without quiet hours has none."""
    midnight = datetime(2024, 7, 12, 22, tzinfo=UTC)
    assert waits(NIGHT, midnight, BERLIN, urgent=True) is None
    assert waits(Channel("", "de"), midnight, BERLIN, urgent=False) is None


@given(
    st.integers(0, 4 * 366 * 24 * 60),
    st.times(),
    st.times(),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]),
)
def test_every_wait_ends_within_a_day_and_not_in_another(
    minute: int, start: time, end: time, zone: str
) -> None:
    """Whatever hours and zone: the end lies ahead, by a day and an hour at most, and is not quiet itself."""
    now = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    channel = Channel("", "de", Quiet(start, end))
    found = waits(channel, now, ZoneInfo(zone), urgent=False)
    if found is not None and start != end:
        assert now < found <= now + timedelta(hours=25)
        assert waits(channel, found, ZoneInfo(zone), urgent=False) is None
