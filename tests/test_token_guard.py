"""The guard itself: a token that comes out fails the test by which it did."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LEAKY = {
    "printed": "print(TOKEN)",
    "by a program": "subprocess.run([sys.executable, '-c', f'print({TOKEN!r})'])",
    "logged": "logging.getLogger('x').warning('asked https://t/bot%s/getMe', TOKEN)",
    "to standard error": "print(f'{ValueError(TOKEN)!r}', file=sys.stderr)",
    "into a file": "(tmp_path / 'state.json').write_text(TOKEN)",
}
QUIET = {
    "the number alone": "print(TOKEN.partition(':')[0])",
    "a file made to hold it": "(tmp_path / 'token').write_text(TOKEN)",
}


def _tried(folder: Path, line: str, *options: str) -> subprocess.CompletedProcess[str]:
    (folder / "conftest.py").write_text("from tests.token_guard import pytest_runtest_makereport\n")
    head = "import logging, subprocess, sys\nfrom tests.servers.bot_api import TOKEN\n"
    (folder / "test_it.py").write_text(f"{head}def test_it(tmp_path):\n    {line}\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options, str(folder)]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("line", LEAKY.values(), ids=LEAKY)
def test_a_token_that_comes_out_fails_its_test(tmp_path: Path, line: str) -> None:
    """Whichever way it took."""
    done = _tried(tmp_path, line)
    assert done.returncode == 1
    assert "the bot's token shows in" in done.stdout.replace("\n", " ")
    (tmp_path / "test_it.py").unlink()


@pytest.mark.parametrize("line", QUIET.values(), ids=QUIET)
def test_what_gives_nothing_away_passes(tmp_path: Path, line: str) -> None:
    """The bot's number is public, and a file for the token has to hold it."""
    assert _tried(tmp_path, line).returncode == 0


def test_a_worker_of_xdist_guards_too(tmp_path: Path) -> None:
    """Each judges its own tests."""
    done = _tried(tmp_path, LEAKY["printed"], "-n", "1")
    assert done.returncode == 1
    assert "the bot's token shows in" in done.stdout
