from pathlib import Path

from bot.configuration.locate import folder, shipped


def test_a_configured_folder_is_taken_even_if_absent(tmp_path: Path) -> None:
    """A wrong DRAHT_CONFIG must be told, not silently replaced by the shipped folder."""
    assert folder(tmp_path / "absent", tmp_path) == tmp_path / "absent"


def test_the_folder_of_the_working_folder_comes_next(tmp_path: Path) -> None:
    """Without DRAHT_CONFIG, config/ beside the user is taken."""
    (tmp_path / "config").mkdir()
    assert folder(None, tmp_path) == tmp_path / "config"


def test_the_shipped_folder_comes_last(tmp_path: Path) -> None:
    """With neither, Draht runs with what it ships; a file called config is no folder."""
    (tmp_path / "config").touch()
    assert folder(None, tmp_path) == shipped()


def test_the_shipped_folder_is_whole() -> None:
    """All three files are in it."""
    assert {path.name for path in shipped().iterdir()} >= {"feeds.yaml", "watchlist.yaml", "holders.yaml"}
