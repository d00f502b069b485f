"""A save is noticed however an editor writes, and not before it is whole."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.configuration.vigil import GONE, STILL, Mark, Marks, Vigil, marks

ONE, OTHER = Mark(1, 1, 10, 1, 1), Mark(1, 1, 20, 2, 2)
THERE: Marks = (ONE, None, ONE)
SAVED: Marks = (OTHER, None, ONE)
AWAY: Marks = (None, None, ONE)


def due_after(*looks: Marks) -> list[bool]:
    """Say after each look whether the files are to be read; they were read as THERE."""
    vigil, told = Vigil(THERE, THERE), []
    for look in looks:
        vigil = vigil.looked(look)
        told.append(vigil.due)
    return told


def in_place(path: Path) -> None:
    """Write into the file itself."""
    path.write_text("keywords: [b]\n")


def renamed(path: Path) -> None:
    """Write a new file and rename it, with the time of the old one."""
    old = path.stat()
    beside = path.with_suffix(".new")
    beside.write_text("keywords: [b]\n")
    os.utime(beside, ns=(old.st_atime_ns, old.st_mtime_ns))
    beside.replace(path)


def put_back(path: Path) -> None:
    """Write as many bytes and put the old time back, as some tools of backup do."""
    old = path.stat()
    path.write_text(path.read_text().replace("a", "b"))
    os.utime(path, ns=(old.st_atime_ns, old.st_mtime_ns))


def grown(path: Path) -> None:
    """Write on at the end."""
    with path.open("a") as file:
        file.write("# more\n")


@pytest.mark.parametrize("save", [in_place, renamed, put_back, grown])
@pytest.mark.parametrize("name", ["watchlist.yaml", "holders.yaml", "feeds.yaml"])
def test_any_save_is_noticed(tmp_path: Path, name: str, save: Callable[[Path], None]) -> None:
    """In place or by renaming, of the same size or at the same time; a look without one is as the last."""
    for each in ("watchlist.yaml", "holders.yaml", "feeds.yaml"):
        (tmp_path / each).write_text("keywords: [a]\n")
    before = marks(tmp_path)
    assert marks(tmp_path) == before
    save(tmp_path / name)
    assert marks(tmp_path) != before


def test_a_link_that_is_put_elsewhere_is_a_save(tmp_path: Path) -> None:
    """As Kubernetes does with a config map: the file is a link through ..data, which alone is replaced."""
    for version in ("v1", "v2"):
        (tmp_path / version).mkdir()
        (tmp_path / version / "watchlist.yaml").write_text("keywords: [a]\n")
    (tmp_path / "..data").symlink_to("v1")
    (tmp_path / "watchlist.yaml").symlink_to("..data/watchlist.yaml")
    before = marks(tmp_path)
    (tmp_path / "..data_tmp").symlink_to("v2")
    (tmp_path / "..data_tmp").replace(tmp_path / "..data")
    assert marks(tmp_path) != before


def test_what_is_not_there_has_no_mark(tmp_path: Path) -> None:
    """A file, a folder, a link to nowhere: whoever reads it says why."""
    (tmp_path / "feeds.yaml").symlink_to("nowhere")
    assert marks(tmp_path) == (None, None, None)
    assert marks(tmp_path / "none") == (None, None, None)


def test_a_save_is_read_once_it_stands_still() -> None:
    """A half-written file still grows: it is read when a look finds it as the look before did."""
    growing: list[Marks] = [(Mark(1, 1, size, size, size), None, ONE) for size in (11, 12, 13)]
    assert due_after(THERE, *growing, growing[-1]) == [False] * 4 + [True]
    assert STILL == 1


def test_a_file_that_is_away_for_a_moment_is_waited_for() -> None:
    """An editor that removes the old one first is not told of a missing file; one that stays away is."""
    assert due_after(AWAY, AWAY, SAVED, SAVED) == [False, False, False, True]
    assert due_after(*[AWAY] * (GONE + 1)) == [False] * GONE + [True]


def test_what_was_read_is_not_read_again() -> None:
    """Well or not, until it is saved anew; what was put back as it was when read is no save."""
    vigil = Vigil(THERE, THERE).looked(SAVED).looked(SAVED)
    assert vigil.due
    assert not vigil.taken().looked(SAVED).due
    assert due_after(SAVED, THERE, THERE) == [False] * 3


@given(st.lists(st.sampled_from([THERE, SAVED, AWAY]), max_size=60))
def test_nothing_is_read_that_moves_and_everything_that_rests(looks: list[Marks]) -> None:
    """Whatever the looks: read is only what two in a row saw alike and the last reading did not."""
    vigil = Vigil(THERE, THERE)
    for look in [*looks, *[SAVED] * (STILL + 1)]:
        before, vigil = vigil, vigil.looked(look)
        if vigil.due:
            assert look == before.seen
            assert look != vigil.read
            vigil = vigil.taken()
    assert vigil.read == SAVED
