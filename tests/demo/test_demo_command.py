"""`draht demo`, started as a newcomer starts it."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.demo.stage import Played

DRAHT = Path(sys.executable).parent / "draht"


def started(home: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """Start the demo in an empty home, with a token in the environment that it must not use."""
    for name in ("tmp", "work"):
        (home / name).mkdir(parents=True, exist_ok=True)
    environment = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(home),
        "TMPDIR": str(home / "tmp"),
        "DRAHT_STATE": str(home / "state"),
        "DRAHT_TELEGRAM_TOKEN": "123456789:TEST-token_that_nobody_may_use",
    }
    return subprocess.Popen(
        [DRAHT, "demo", *arguments],
        cwd=home / "work",
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@dataclass(frozen=True)
class Run:
    """How the demo ended, in which home, and what it said."""

    home: Path
    status: int
    out: str
    err: str


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run the demo to its end."""
    home = tmp_path_factory.mktemp("home")
    process = started(home)
    out, err = process.communicate(timeout=60)
    return Run(home, process.returncode, out.decode(), err.decode())


def test_it_ends_well_by_itself_and_says_that_it_is_invented(run: Run) -> None:
    """Its first line says what it is, nothing goes to standard error, the status is 0."""
    assert (run.status, run.err) == (0, "")
    assert run.out.startswith("An invented news day")


def test_two_runs_print_the_same(run: Run, whole: Played) -> None:
    """In another process, at other ports, on another hour: the same, byte for byte."""
    assert run.out == whole.paper.getvalue()


def test_a_pipe_gets_no_control_signs(run: Run) -> None:
    """Colours and links are for terminals."""
    assert "\x1b" not in run.out


def test_it_leaves_nothing_behind(run: Run) -> None:
    """No state, no temporary file: after it the home is as empty as before."""
    assert [path for path in run.home.rglob("*") if path.is_file()] == []
    assert list((run.home / "tmp").iterdir()) == []
    assert not (run.home / "state").exists()


def test_a_language_without_posts_is_refused_by_name(tmp_path: Path) -> None:
    """The answer names the languages that there are, and the status is that of wrong usage."""
    process = started(tmp_path, "--language", "fr")
    _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert err.decode() == "draht: --language fr: posts are written in de and en\n"
