"""`draht check` on the archive: which watch rings too often, which never, each at its line."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.assembly import desk, watching
from bot.cli.archivedoubts import archive_doubts
from bot.errors import Problem
from bot.model.feed import FeedState
from bot.pipeline.recognise import recognise
from bot.pipeline.rings import MOST_A_DAY, rings
from bot.settings import Settings, load
from bot.storage import SqlStore, open_store
from tests.pipeline.script import story

NOW = datetime(2024, 10, 20, 12, tzinfo=UTC)
CALL = "Verteidigungsminister Lloyd Austin hat am {day} mit seinem Amtskollegen Andrej Beloussow telefoniert."
LIST = """\
watches:
  - name: Taurus
    ring: stories
    keywords: [Taurus, Marschflugkörper]
    channel: "@taurus"
  - name: Moskau
    keywords: [Beloussow]
  - name: Peking
    keywords: [Dong Jun]
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Give settings of a folder with a watch-list."""
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "watchlist.yaml").write_text(LIST, encoding="utf-8")
    return load({"DRAHT_STATE": str(tmp_path / "state"), "DRAHT_CONFIG": str(tmp_path / "config")})


@pytest.fixture
def store(settings: Settings) -> Iterator[SqlStore]:
    """Open the database of these settings."""
    opened = open_store(settings.database)
    yield opened
    opened.close()


def _read(settings: Settings, store: SqlStore, back: timedelta, text: str) -> None:
    """Let a story of so long ago be read."""
    at = NOW - back
    one = replace(story("a", at.date(), text, instant=at), id=f"{at}", title=text[:20])
    at_desk = desk(watching(settings))
    store.know_watches((watch.key for watch in at_desk.watchlist.watches), NOW - timedelta(days=100))
    store.save_look(FeedState(one.feed, first_read_at=at), [one])
    recognise(one, at_desk, store, at)


def _said(settings: Settings) -> list[Problem]:
    return list(archive_doubts(settings, watching(settings), NOW))


def test_without_a_database_nothing_is_said_and_none_is_made(settings: Settings) -> None:
    """Checking a configuration leaves no trace."""
    assert _said(settings) == []
    assert not settings.state.exists()


def test_a_watch_that_never_rang_is_named_at_its_line(settings: Settings, store: SqlStore) -> None:
    """An archive of 95 days has a call for Moscow, none for Beijing and no story of Taurus."""
    _read(settings, store, timedelta(days=95), "Es bleibt trocken.")
    _read(settings, store, timedelta(days=2), CALL.format(day="18. Oktober"))
    assert [(one.line, one.message) for one in _said(settings)] == [
        (2, "by the stored stories the watch “Taurus” would not have rung in 90 days"),
        (8, "by the stored stories the watch “Peking” would not have rung in 90 days"),
    ]


@pytest.mark.parametrize(("oldest", "newest"), [(80, 2), (95, 9)])
def test_a_young_archive_or_one_asleep_says_nothing_of_silence(
    settings: Settings, store: SqlStore, oldest: int, newest: int
) -> None:
    """What was not there to be heard is missed by no watch."""
    _read(settings, store, timedelta(days=oldest), "Es bleibt trocken.")
    _read(settings, store, timedelta(days=newest), "Es regnet.")
    assert _said(settings) == []


def test_a_beat_that_rings_too_often_says_how_often_and_for_what(settings: Settings, store: SqlStore) -> None:
    """Fifty stories of Taurus in two days are 25 a day."""
    for hour in range(50):
        _read(settings, store, timedelta(minutes=58 * hour), f"Taurus Nummer {hour} steht auf dem Hof.")
    (only,) = _said(settings)
    assert (only.line, only.severity) == (2, "warning")
    assert only.message == (
        "the watch “Taurus” is broad: by the stored stories it would ring 25 times a day, more than 20, "
        "mostly for “Taurus” (50)"
    )


def test_a_rate_is_told_of_a_day_at_least() -> None:
    """Nineteen rings in an hour are no twenty a day yet."""
    one_hour = rings(Counter({"Taurus": MOST_A_DAY - 1}), timedelta(hours=1))
    assert not one_hour.too_many
    assert rings(Counter({"Taurus": 3 * MOST_A_DAY}), timedelta(days=2)).too_many


def test_a_database_that_does_not_answer_is_left_out(settings: Settings) -> None:
    """A file that is no database keeps nobody from checking."""
    settings.state.mkdir()
    (settings.state / "draht.db").write_bytes(b"no database at all" * 100)
    assert _said(settings) == []
