"""Fixtures that every room's tests may use."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.token_guard import pytest_runtest_makereport

__all__ = ["pytest_runtest_makereport", "shared"]

ROOT = Path(__file__).resolve().parent.parent

# A run says what a change has done, not what chance has drawn: `--hypothesis-profile=wander` draws anew.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("wander", deadline=None)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder of shared knowledge, or skip where this clone has none beside it."""
    folder = Path(os.environ.get("DRAHT_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"no shared folder at {folder} (set DRAHT_SHARED)")
    return folder
