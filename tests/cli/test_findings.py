"""What `draht doctor` says of what it looks at."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.cli.findings import contents, heartbeat
from bot.runners.heartbeat import HEARTBEAT
from bot.storage import open_store

REMEDY = ": look whether draht run still runs, and start it again"
NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("age", "told"),
    [
        (timedelta(seconds=7), "last tick 7s ago"),
        (timedelta(seconds=4021), "last tick 67m ago" + REMEDY),
        (
            timedelta(days=3, seconds=5),
            "last tick 3d ago" + REMEDY,
        ),
    ],
)
def test_a_silence_is_told_in_the_unit_that_people_read(age: timedelta, told: str) -> None:
    """An operator at night reads hours as hours, and what to do."""
    store = open_store("sqlite://")
    store.beat(HEARTBEAT, NOW - age)
    assert heartbeat(store, NOW).detail == told
    store.close()


def test_an_empty_store_is_counted_and_told_to_be_started() -> None:
    """Numbers stand with their nouns; a state without a run says what to do."""
    store = open_store("sqlite://")
    assert contents(store).detail == (
        "0 stories of 0 feeds, 0 unread; 0 contacts, 0 alerts; 0 waiting to be sent, 0 refused"
    )
    assert heartbeat(store, NOW).detail == "draht run has never run on this state: start it"
    store.close()
