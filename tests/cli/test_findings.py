"""What `draht doctor` says of what it looks at."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.cli.findings import contents, delivery, heartbeat
from bot.model.ruling import Switch
from bot.runners.heartbeat import HEARTBEAT
from bot.storage import open_store
from tests.storage.newsday import alert_of

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


def test_posts_that_have_waited_for_hours_are_not_well() -> None:
    """How many, for how long and why; a minute is nothing, and a pause says who made it and what ends it."""
    store = open_store("sqlite://")
    assert delivery(store, NOW).detail == "no post is late"
    with store.ledger() as ledger:
        ledger.tell(alert_of("june", "J"), NOW)
    soon, late = delivery(store, NOW + timedelta(minutes=1)), delivery(store, NOW + timedelta(hours=5))
    assert (soon.well, soon.detail) == (True, "1 post waits to be sent, the eldest for 1m")
    waits = "1 post waits to be sent, the eldest for 5h"
    assert (late.well, late.detail) == (False, f"{waits}; look whether draht run runs")
    tried = replace(store.outbox_due(NOW)[0], attempts=1, error="the bot may not post there", tried_at=NOW)
    store.save_entry(tried)
    told = delivery(store, NOW + timedelta(hours=5)).detail
    assert told == f"{waits}; the last try: the bot may not post there"
    store.turn_off(Switch("pause", "Eva", NOW))
    paused = delivery(store, NOW + timedelta(hours=5))
    assert (paused.well, paused.detail.partition(": ")[2]) == (
        False,
        "Eva has paused Draht; /resume in the operators' chat ends that",
    )
    store.close()
