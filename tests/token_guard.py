"""Fails every test by which a bot's token came out: printed, logged, or written into a file.

What a test and all programs that it started said is looked through (pytest
captures it by file descriptor), and the files in its `tmp_path`. In a worker of
xdist as well: each judges its own tests.
"""

import re
from collections.abc import Generator, Iterable
from pathlib import Path

import pytest

from tests.servers.bot_api import TOKEN

SECRET = TOKEN.partition(":")[2]
LARGEST = 4_000_000
"""Bytes; nothing that is larger is read."""
_TOKEN_FILE = re.compile(r"token", re.IGNORECASE)
"""A file whose name says that it holds the token was made to hold it (DRAHT_TELEGRAM_TOKEN_FILE)."""


def leaks(said: Iterable[tuple[str, str]], folder: Path | None) -> list[str]:
    """Name where the token shows: in captured sections (name, text), and in files of a folder."""
    shown = [f"in its {name}" for name, text in said if SECRET in text]
    files = folder.rglob("*") if folder and folder.is_dir() else ()
    return shown + [f"in {path}" for path in files if _holds(path)]


def _holds(path: Path) -> bool:
    if path.is_symlink() or not path.is_file() or _TOKEN_FILE.search(path.name):
        return False
    try:
        return path.stat().st_size <= LARGEST and SECRET.encode() in path.read_bytes()
    except OSError:
        return False


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Look through everything once the test is over."""
    report = yield
    if call.when == "teardown":
        folder = getattr(item, "funcargs", {}).get("tmp_path")
        found = leaks(report.sections, folder if isinstance(folder, Path) else None)
        if found and report.passed:
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid}: the bot's token shows {', '.join(found)}"
    return report
