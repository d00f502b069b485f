"""The soak, in small; `python -m tests.delivery.soak` makes the large one."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.delivery import rate

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("options", [("--seed", "2"), ("--seed", "6", "--no-ops", "--share", "0.15")])
def test_a_small_soak_loses_nothing_and_doubles_nothing(options: tuple[str, ...]) -> None:
    """Every kind of fault, real kills: each alert stands once, in order, and every row is final."""
    command = [sys.executable, "-m", "tests.delivery.soak", "--alerts", "25", "--kills", "4", *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "0 lost, 0 twice, order kept, every row final" in done.stdout
    assert f"seed {options[1]}:" in done.stdout


def test_the_sender_uses_what_telegram_permits() -> None:
    """A queue of first posts to many chats goes out at 95 % of the permitted rate, and never faster."""
    assert 0.95 <= rate(posts=240, chats=60) <= 1
