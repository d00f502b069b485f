"""Fixtures that every room's tests may use."""

import os
from pathlib import Path

import pytest

from tests.token_guard import pytest_runtest_makereport

__all__ = ["pytest_runtest_makereport", "shared"]

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder of shared knowledge, or skip where this clone has none beside it."""
    folder = Path(os.environ.get("DRAHT_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"no shared folder at {folder} (set DRAHT_SHARED)")
    return folder
