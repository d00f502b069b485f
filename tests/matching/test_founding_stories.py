"""The keywords of the issue on the two founding articles, which stay in ../shared."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.matching.watch import Watcher
from bot.model.story import Story
from bot.model.watchlist import Watch, WatchList
from bot.register.load import load

pytestmark = pytest.mark.shared

SEEDS = ("seed-000", "seed-003")


@pytest.fixture(scope="module")
def seeds(shared: Path) -> tuple[Story, ...]:
    """Read the two articles."""
    lines = (shared / "eval" / "dev.jsonl").read_text("utf-8").splitlines()
    records = {record["id"]: record for record in map(json.loads, lines)}
    instants = {seed: datetime.fromisoformat(records[seed]["published"]) for seed in SEEDS}
    return tuple(
        Story(
            id=seed,
            feed="",
            source=records[seed]["source"],
            url=None,
            title=records[seed]["title"],
            text=records[seed]["text"],
            language=records[seed]["lang"],
            country=None,
            instant=instants[seed].replace(tzinfo=UTC),
            day=instants[seed].date(),
        )
        for seed in SEEDS
    )


@pytest.mark.parametrize(
    ("keywords", "expected"),
    [
        (("Austin", "Beloussow", "Telefonat"), SEEDS),
        (("Belousov",), SEEDS),
        (("Остин",), SEEDS),
        (("Telefonat",), SEEDS),
        (("Gallant",), ()),
        (("Pistorius", "Tomahawk"), ("seed-003",)),
    ],
)
def test_the_founding_stories_are_found_by_their_keywords(
    seeds: tuple[Story, ...], keywords: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    """Names in any spelling and words that stand in the articles match; others do not."""
    watcher = Watcher(WatchList((Watch("watch", keywords),)), load())
    assert tuple(story.id for story in seeds if watcher.matches(story)) == expected
