from pathlib import Path

import pytest

from bot.register.load import load as load_register
from tests.configuration.desk import FEEDS, WATCH_LIST, Desk


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Give a desk with two good files on it, in the working folder."""
    folder = tmp_path / "config"
    folder.mkdir()
    monkeypatch.chdir(tmp_path)
    desk = Desk(folder, load_register())
    desk.write("feeds.yaml", FEEDS)
    desk.write("watchlist.yaml", WATCH_LIST)
    return desk
