"""The watch-lists of config/gallery, each copied over watchlist.yaml, and what each makes of a story."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.assembly import desk, nowhere
from bot.cli.jsonl import StoryFile
from bot.configuration import load
from bot.configuration.load import Configuration
from bot.configuration.locate import shipped
from bot.model.alert import Kind, OutboxEntry
from bot.model.decision import Decision
from bot.model.feed import FeedState
from bot.model.story import Story
from bot.pipeline.desk import Desk
from bot.pipeline.recognise import recognise
from bot.recognition import Recogniser
from bot.register.load import load as load_register

GALLERY = shipped() / "gallery"
NAMES = sorted(path.stem for path in GALLERY.glob("*.yaml"))
OUTCOMES = ("contact", "contact silently", "contact later", "story", "story later", "nothing")

_STORIES = Path(__file__).parents[1] / "data" / "gallery"
_BERLIN = ZoneInfo("Europe/Berlin")
_LATER = datetime(2026, 12, 31, tzinfo=UTC)  # than any of the stories, which would else count as undated


@dataclass(frozen=True, slots=True)
class Scene:
    """A story of one's own words, and what the watch-list is to make of it."""

    story: Story
    outcome: str


def scenes(name: str) -> list[Scene]:
    """Read the stories that are told to one watch-list of the gallery."""
    path = _STORIES / f"{name}.jsonl"
    outcomes = [json.loads(line)["outcome"] for line in path.read_text(encoding="utf-8").splitlines()]
    file = StoryFile(str(path), _BERLIN, _LATER)
    records = list(file)
    assert file.faults == []
    return [Scene(record.story, outcome) for record, outcome in zip(records, outcomes, strict=True)]


def copied(name: str, folder: Path) -> Configuration:
    """Do what the head of a watch-list of the gallery says, in a copy of what is shipped, and read that."""
    text = (GALLERY / f"{name}.yaml").read_bytes()
    for path in shipped().glob("*.yaml"):
        (folder / path.name).write_bytes(text if path.stem == "watchlist" else path.read_bytes())
    return load(folder, load_register())


@cache
def _recogniser() -> Recogniser:
    return Recogniser(load_register())


def at_work(configuration: Configuration) -> Desk:
    """Give the desk that a watch-list is read with, as `draht run` has it."""
    return desk(configuration, _recogniser())


def outcome(story: Story, desk: Desk) -> str:
    """Tell one story, as it is published, to a Draht that knows nothing yet; say what the channel gets."""
    with nowhere() as store:
        store.know_watches((watch.key for watch in desk.watchlist.watches), story.instant)
        store.save_look(FeedState(story.feed, first_read_at=story.instant), [story])
        decisions = recognise(story, desk, store, story.instant)
        within_a_day = store.outbox_due(story.instant + timedelta(days=1))
        posts = [entry for entry in within_a_day if entry.kind is Kind.POST]
        now = store.outbox_due(story.instant)
    return _in_words(posts, decisions, later=not now)


def _in_words(posts: list[OutboxEntry], decisions: tuple[Decision, ...], *, later: bool) -> str:
    if not posts:
        return "nothing"
    (post,) = posts
    (made,) = (decision for decision in decisions if decision.posted)
    kind = "contact" if made.contact else "story"
    return kind + (" silently" if post.silent else " later" if later else "")
