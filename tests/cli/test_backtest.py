"""`draht backtest`: an edit of one word over 10,000 stories, held against brute force; and what it says."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.assembly import desk
from bot.configuration import Watching
from bot.configuration.lines import draft
from bot.model.claim import Recognition
from bot.model.story import Story
from bot.pipeline.desk import Desk as Reading
from bot.pipeline.recognise import Heard, hear, pass_over, sit, tells_nothing
from bot.pipeline.replay import count_as_sent
from bot.recognition import Recogniser
from bot.register.load import load
from bot.storage import SqlStore, open_store
from tests.acceptance.desk import Desk
from tests.pipeline import brute
from tests.pipeline.invented import stories, written
from tests.pipeline.script import Script

REGISTER = load()
LIST = """\
language: de
max_age: 3d
watches:
  - name: Washington – Moskau
    contacts: [US defence minister, RU defence minister]
    keywords:
      - Austin
      - Beloussow
    channel: "@washington_moskau"
  - name: Rüstung
    keywords:
      - Taurus
      - Patriot
    exclude: [Manila]
    announce: true
    channel: ["@ruestung", "@nacht"]
  - name: Gespräche
    media: [phone, video]
    query: Pentagon OR (hotline AND NOT Ramstein)
    channel: "@nacht"
  - name: Städte
    ring: stories
    keywords: [Sarajevo, Odesa]
    channel: "@nacht"
channels:
  - name: "@nacht"
    quiet: "22:00-07:00"
"""
EDITS = {
    "a keyword": ("- Taurus", "- Ramstein"),
    "an excluded word": ("exclude: [Manila]", "exclude: [Kyiv]"),
    "a word of a beat": ("[Sarajevo, Odesa]", "[Sarajevo, Manila]"),
}


@pytest.fixture(scope="module")
def news() -> list[Story]:
    """Give four months of invented news."""
    return stories(10_000)


@pytest.fixture(scope="module")
def recognitions(news: list[Story]) -> dict[str, Recognition]:
    """Read them once: what a story says does not depend on a watch-list."""
    recogniser = Recogniser(REGISTER)
    return {story.id: recogniser.read(story) for story in news}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, news: list[Story]) -> Path:
    """Give a working folder with a configuration and the news as a file."""
    folder = tmp_path_factory.mktemp("backtest")
    (folder / "config").mkdir()
    (folder / "config" / "watchlist.yaml").write_text(LIST, encoding="utf-8")
    written(news, folder / "news.jsonl")
    return folder


def _desk(path: Path, recognitions: dict[str, Recognition]) -> Reading:
    watching = draft(path, REGISTER, path.parent).watching
    made = desk(Watching(watching.watchlist, watching.register))
    return replace(made, recogniser=Script(recognitions))


def _played(news: Sequence[Story], at: Reading, store: SqlStore) -> brute.Alerts:
    """Let a store live through the news as `draht run` does; give every alert as it stands at the end."""
    posted: list[str] = []
    quiet: list[Heard] = []
    store.know_watches((watch.key for watch in at.watchlist.watches), news[0].instant)
    for number, story in enumerate(news):
        heard = hear(story, at)
        if tells_nothing(heard, at, story.instant):
            quiet.append(heard)
            continue
        decisions = sit(heard, at, store, story.instant).decisions
        count_as_sent(store, story.instant, number)
        posted += [one.alert for one in decisions if one.posted and one.alert]
    pass_over(quiet, store)
    with store.ledger() as ledger:
        return {a.id: brute.comparable(a) for name in posted if (a := ledger.alert(name))}


@pytest.fixture(scope="module")
def archive(place: Path, news: list[Story], recognitions: dict[str, Recognition]) -> brute.Alerts:
    """Live through the news with the list in force, in the database of the working folder."""
    store = open_store(f"sqlite:///{place / 'state' / 'draht.db'}")
    try:
        return _played(news, _desk(place / "config" / "watchlist.yaml", recognitions), store)
    finally:
        store.close()


def _changes(place: Path, *arguments: str) -> list[dict[str, Any]]:
    done = Desk(place).draht("backtest", "--json", *arguments)
    assert done.status == 0, done.err
    *changes, summary = map(json.loads, done.out.splitlines())
    assert summary["summary"]["stories"] == 10_000
    return changes


def _named(changes: Sequence[dict[str, Any]]) -> brute.Difference:
    """Sort the alerts that are told by whether they are in one list's posts or in both."""
    pairs = [tuple((c[side] or {}).get("alert") for side in ("before", "after")) for c in changes]
    return brute.Difference(
        frozenset(after for before, after in pairs if after and after != before),
        frozenset(before for before, after in pairs if before and after != before),
        frozenset(after for before, after in pairs if after and after == before),
    )


def _edited(place: Path, edit: str) -> Path:
    """Write the list with an edit."""
    before, after = EDITS[edit]
    assert LIST.count(before) == 1
    path = place / f"{edit}.yaml"
    path.write_text(LIST.replace(before, after), encoding="utf-8")
    return path


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_names_the_alerts_of_brute_force(
    edit: str,
    place: Path,
    news: list[Story],
    recognitions: dict[str, Recognition],
    archive: brute.Alerts,
) -> None:
    """Over 10,000 stories, of a file and of the archive: exactly the gained, lost and changed alerts."""
    path = _edited(place, edit)
    store = open_store("sqlite://")
    try:
        new = _played(news, _desk(path, recognitions), store)
    finally:
        store.close()
    wanted = brute.difference(archive, new)
    assert wanted.gained | wanted.lost
    from_file = _changes(place, path.name, "--jsonl", "news.jsonl")
    assert _named(from_file) == wanted
    assert _changes(place, path.name) == from_file
