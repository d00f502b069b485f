"""The watch-lists that can be copied from config/gallery do what the comments at their heads say."""

import re
from pathlib import Path

import pytest

from bot.configuration.locate import shipped
from bot.configuration.schema import File
from bot.model.office import Role
from bot.model.watchlist import Ring
from bot.pipeline.desk import Desk
from bot.register.load import load as load_register
from tests.configuration.gallery import GALLERY, NAMES, OUTCOMES, Scene, at_work, copied, outcome, scenes
from tests.configuration.test_schema import FIRST_LINE
from tests.configuration.validation import complaints

SCENES = [(name, scene) for name in NAMES for scene in scenes(name)]


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Desk]:
    """Put each watch-list of the gallery to work."""
    return {name: at_work(copied(name, tmp_path_factory.mktemp(name))) for name in NAMES}


def test_the_gallery_has_what_people_ask_for() -> None:
    """Two great powers, one minister, an alliance, another office, and no ministers at all."""
    assert NAMES == [
        "china-us",
        "drones-at-airports",
        "foreign-ministers",
        "germany",
        "nato-ukraine",
        "us-russia",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_each_is_sound_where_it_is_copied(name: str, tmp_path: Path) -> None:
    """Over the shipped watch-list it has neither errors nor warnings, and the schema accepts it."""
    assert copied(name, tmp_path).warnings == ()
    assert complaints(File.WATCH_LIST, (GALLERY / f"{name}.yaml").read_text(encoding="utf-8")) == []


def test_nothing_that_is_shipped_is_a_link() -> None:
    """The builder of the wheel leaves out one of two names for one folder."""
    assert [path for path in shipped().rglob("*") if path.is_symlink()] == []


@pytest.mark.parametrize("name", NAMES)
def test_each_says_what_rings_what_does_not_and_how_to_use_it(name: str) -> None:
    """The head of each: the schema as its copy finds it, a title, two paragraphs, the copying command."""
    text = (GALLERY / f"{name}.yaml").read_text(encoding="utf-8")
    head = text[: text.index("\n\n")]
    line = FIRST_LINE.match(head)
    assert line
    assert (shipped() / line[1]).is_file()
    assert re.search(r"\n# Rings {9}\w", head)
    assert re.search(r"\n# Stays silent {2}\w", head)
    assert f"cp config/gallery/{name}.yaml config/watchlist.yaml && draht check" in head
    assert len(head.splitlines()) <= 22


@pytest.mark.parametrize(
    ("name", "scene"), SCENES, ids=[f"{name}: {scene.story.title}" for name, scene in SCENES]
)
def test_each_rings_as_its_head_says(name: str, scene: Scene, desks: dict[str, Desk]) -> None:
    """A story in own words, through recognition, ledger and outbox, comes to what it says it does."""
    assert outcome(scene.story, desks[name]) == scene.outcome


@pytest.mark.parametrize("name", NAMES)
def test_each_is_tried_both_ways_and_in_several_languages(name: str) -> None:
    """At least four stories ring and four do not, in three languages."""
    told = scenes(name)
    assert all(scene.outcome in OUTCOMES for scene in told)
    silent = sum(scene.outcome == "nothing" for scene in told)
    assert silent >= 4
    assert len(told) - silent >= 4
    assert len({scene.story.language for scene in told}) >= 3


def test_the_foreign_ministers_are_as_many_as_its_head_and_the_readme_say() -> None:
    """Who asks for any of them gets those of the register; the number is told in two places."""
    known = {h.office for h in load_register().others if h.office.role is Role.FOREIGN_MINISTER}
    assert f"names ({len(known)} offices" in (GALLERY / "foreign-ministers.yaml").read_text(encoding="utf-8")
    readme = Path(__file__).parents[2] / "README.md"
    assert f"two of {len(known)} foreign ministers" in readme.read_text(encoding="utf-8")


def test_what_knows_no_other_office_promises_no_contact(desks: dict[str, Desk]) -> None:
    """Contacts are defence ministers' alone: a beat on other offices, or on none, rings for stories."""
    for name in ("foreign-ministers", "drones-at-airports"):
        assert {watch.ring for watch in desks[name].watchlist.watches} == {Ring.STORIES}
