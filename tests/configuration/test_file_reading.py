import os
import shutil
from pathlib import Path

import pytest

from bot.configuration import load
from bot.configuration.locate import shipped
from bot.errors import ConfigurationError
from tests.configuration.desk import FEEDS, WATCH_LIST, Desk


def said_of(desk: Desk, content: bytes) -> list[str]:
    """Give what is said of a watch-list with these bytes."""
    desk.write("watchlist.yaml", content)
    return desk.problems()


def test_a_missing_file_is_named_with_what_to_do(desk: Desk) -> None:
    """Both files are named at once, each with the command that brings the shipped one."""
    (desk.folder / "feeds.yaml").unlink()
    (desk.folder / "watchlist.yaml").unlink()
    said = "the file is missing (copy the shipped one: cp"
    assert desk.problems() == [
        f"config/{name}: error: {said} {shipped() / name} config/{name})"
        for name in ("feeds.yaml", "watchlist.yaml")
    ]


def test_a_missing_folder_is_one_problem(desk: Desk) -> None:
    """Not its three files, but the folder is named."""
    with pytest.raises(ConfigurationError) as caught:
        load(Path("elsewhere"), desk.register)
    copy = f"copy the shipped one: cp -r {shipped()} elsewhere"
    assert str(caught.value) == f"elsewhere: error: there is no such folder ({copy})"


def test_a_hint_to_copy_survives_a_blank_in_a_path(desk: Desk) -> None:
    """The command that is told can be pasted into a shell."""
    with pytest.raises(ConfigurationError) as caught:
        load(Path("my config"), desk.register)
    assert str(caught.value).endswith(f"cp -r {shipped()} 'my config')")


def test_a_path_outside_the_working_folder_is_told_in_full(
    desk: Desk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A path below the working folder is short, any other one whole."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "feeds.yaml").write_text(FEEDS)
    (elsewhere / "watchlist.yaml").write_text("keywords: []\n")
    with pytest.raises(ConfigurationError) as caught:
        load(elsewhere, desk.register)
    assert str(caught.value).startswith(f"{elsewhere}/watchlist.yaml:1:11: error: ")


@pytest.mark.parametrize("content", [b"", b"\n\n", b"# keywords: [Austin]\n", b"---\n", b"~\n"])
def test_an_empty_file_is_told(desk: Desk, content: bytes) -> None:
    """A file of nothing or comments only is a problem where something must stand."""
    hint = f"the shipped one is {shipped() / 'watchlist.yaml'}"
    assert said_of(desk, content) == [f"config/watchlist.yaml: error: the file holds nothing ({hint})"]


def test_a_folder_in_place_of_a_file_is_told(desk: Desk) -> None:
    """What cannot be opened is a sentence with the system's reason."""
    (desk.folder / "watchlist.yaml").unlink()
    (desk.folder / "watchlist.yaml").mkdir()
    assert desk.problems() == ["config/watchlist.yaml: error: the file cannot be read: Is a directory"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_told(desk: Desk) -> None:
    """So is one that the user may not read."""
    (desk.folder / "watchlist.yaml").chmod(0)
    assert desk.problems() == ["config/watchlist.yaml: error: the file cannot be read: Permission denied"]


def test_a_huge_file_is_not_read(desk: Desk) -> None:
    """More than 4 MB is surely something else."""
    assert said_of(desk, b"# much\n" * 600_000) == [
        "config/watchlist.yaml: error: the file is larger than 4 MB (is it the right file?)"
    ]


def test_bytes_that_are_not_utf_8_are_told_with_their_place(desk: Desk) -> None:
    """An umlaut saved in Latin-1 is pointed at."""
    content = "# Wörter\nkeywords: [Verhör]\n"
    mixed = content.encode().replace("Verhör".encode(), "Verhör".encode("latin-1"))
    assert said_of(desk, mixed) == [
        "config/watchlist.yaml:2:16: error: the text is not UTF-8 (save the file as UTF-8)"
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le-bom", "utf-16-be-bom"])
def test_utf_16_is_named(desk: Desk, encoding: str) -> None:
    """What some editors call Unicode is called by its name."""
    marks = {"utf-16-le-bom": b"\xff\xfe", "utf-16-be-bom": b"\xfe\xff"}
    content = marks.get(encoding, b"") + WATCH_LIST.encode(encoding.removesuffix("-bom"))
    assert said_of(desk, content) == [
        "config/watchlist.yaml:1:1: error: the text is UTF-16 (save the file as UTF-8)"
    ]


def test_a_byte_order_mark_is_only_a_warning(desk: Desk) -> None:
    """A file from Notepad loads, and columns count without the mark."""
    assert said_of(desk, b"\xef\xbb\xbfkeywords: [Kreml]\n") == [
        (
            "config/watchlist.yaml:1:1: warning: the file begins with a byte order mark, which is ignored "
            "(save it as UTF-8 without BOM)"
        )
    ]
    assert "config/watchlist.yaml:1:11: error: " in said_of(desk, b"\xef\xbb\xbfkeywords: []\n")[1]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_lines_end_as_any_editor_ends_them(desk: Desk, end: str) -> None:
    """Windows' and old Macs' ends of line count as one."""
    text = "language: de\n# Wörter\nkeywords: []\n".replace("\n", end)
    assert said_of(desk, text.encode())[0].startswith("config/watchlist.yaml:3:11: error: ")


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\ufffe"])
def test_a_character_that_yaml_forbids_is_told_with_its_place(desk: Desk, character: str) -> None:
    """Also an invisible one."""
    assert said_of(desk, f"language: de\nkeywords: [A{character}b]\n".encode()) == [
        "config/watchlist.yaml:2:13: error: this character cannot stand in a YAML file (remove it)"
    ]


def test_the_shipped_folder_without_a_file_does_not_offer_itself(desk: Desk, tmp_path: Path) -> None:
    """Where the shipped file itself is gone there is nothing to copy."""
    whole = shutil.copytree(shipped(), tmp_path / "copy")
    (whole / "feeds.yaml").unlink()
    (whole / "feeds.yaml").symlink_to(tmp_path / "nowhere")
    with pytest.raises(ConfigurationError) as caught:
        load(whole, desk.register)
    assert str(caught.value).startswith("copy/feeds.yaml: error: the file is missing")
