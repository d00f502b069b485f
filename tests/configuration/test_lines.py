"""A watch-list by itself: the line of each of its words."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.configuration.lines import Lines, draft
from bot.configuration.tree import Document
from bot.errors import ConfigurationError
from bot.model.office import Office
from bot.register.load import load

LIST = """\
max_age: 2d
watches:
  - name: Erste
    keywords: [Austin,
      Beloussow]
  - name: Zweite
    query: >-
      "rote Linie" OR Kiew
    exclude:
      - Texas
channels:
  - name: "@draht"
    approve: true
"""


@pytest.fixture
def lines(tmp_path: Path) -> Lines:
    """Give the lines of a list."""
    path = tmp_path / "edited.yaml"
    path.write_text(LIST, encoding="utf-8")
    return draft(path, load(), tmp_path).lines


@pytest.mark.parametrize(
    ("watch", "key", "item", "line"),
    [
        (0, "name", None, 3),
        (0, "keywords", 0, 4),
        (0, "keywords", 1, 5),
        (0, "keywords", 7, 4),
        (1, "query", None, 7),
        (1, "exclude", 0, 10),
        (1, "media", None, 6),
        (None, "max_age", None, 1),
        (None, "channels", 0, 12),
        (9, "name", None, 3),
    ],
)
def test_every_word_has_its_line(
    lines: Lines, watch: int | None, key: str, item: int | None, line: int
) -> None:
    """An item has its own, a key that is left out that of its watch."""
    assert lines.spot(watch, key, item).line == line


def test_keywords_alone_are_the_first_watch(tmp_path: Path) -> None:
    """A list in one line has its words in that line."""
    path = tmp_path / "edited.yaml"
    path.write_text("# one line\nkeywords: [Austin]\n", encoding="utf-8")
    spot = draft(path, load(), tmp_path).lines.spot(0, "keywords", 0)
    assert (spot.line, str(spot).rpartition("/")[2]) == (2, "edited.yaml:2")


def test_what_holds_nothing_is_the_file_as_a_whole() -> None:
    """There is no line in an empty file."""
    assert str(Lines(Document("empty.yaml", None)).spot(0, "name")) == "empty.yaml"


def test_a_file_has_the_holders_in_force_and_a_folder_its_own(tmp_path: Path) -> None:
    """Who edits one file means the register that is in use."""
    force, other = tmp_path / "force", tmp_path / "other"
    for folder in (force, other):
        folder.mkdir()
        (folder / "watchlist.yaml").write_text(LIST, encoding="utf-8")
    (force / "holders.yaml").write_text(
        "holders:\n  - {country: US, person: Jane Doebridge, start: 2030-01-01}\n", encoding="utf-8"
    )
    alone = draft(other / "watchlist.yaml", load(), force)
    in_force, whole = draft(force, load(), force), draft(other, load(), force)
    assert alone.holders == in_force.holders
    assert whole.holders is None
    newest = [one.watching.register.holders_of(Office("US"))[0].person for one in (alone, whole)]
    assert newest[0] == "Jane Doebridge"
    assert newest[1] != "Jane Doebridge"


@pytest.mark.parametrize("content", ["", "watches:\n  - name: A\n    keyword: [B]\n"])
def test_a_list_with_errors_is_refused_with_its_place(tmp_path: Path, content: str) -> None:
    """An empty file and a misspelt key are told as by draht check."""
    path = tmp_path / "edited.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigurationError, match="edited"):
        draft(path, load(), tmp_path)


def test_a_pipe_is_a_file_too(tmp_path: Path) -> None:
    """What a shell hands over as <(git show HEAD:watchlist.yaml) is read like a file, once."""
    pipe = tmp_path / "old"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(pipe.write_text, "keywords: [Austin]\n", encoding="utf-8")
        written = draft(pipe, load(), tmp_path)
    assert written.watching.watchlist.watches[0].keywords == ("Austin",)
