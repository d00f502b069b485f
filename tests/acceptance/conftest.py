"""The installed command, started as a user starts it."""

from pathlib import Path

import pytest

from tests.acceptance.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Give an empty working folder with the command and nothing else in the environment."""
    return Desk(tmp_path)
