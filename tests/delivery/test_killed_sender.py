"""kill -9 in the middle of sends, looks and deletions, then start again: one post for each alert."""

import random
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from bot.storage import open_store
from tests.delivery.desk import START, Desk, alert
from tests.fakes.messenger import FakeMessenger
from tests.servers.bot_api import BotApi, Fault, FaultKind, serving

ROOT = Path(__file__).resolve().parents[2]
MOMENTS = (FaultKind.KILL_BEFORE, FaultKind.KILL_DONE, FaultKind.KILL_REPLIED)
NAMES = ("a", "b", "c", "d")


def _run(database: str, api: BotApi, ops: str, start: int) -> int:
    """Let a sender work until it is done or killed; give its exit status."""
    at = (START + timedelta(minutes=10 * start)).isoformat()
    command = [sys.executable, "-m", "tests.delivery.sender", database, api.url, ops, at]
    with subprocess.Popen(command, cwd=ROOT) as child:
        api.kill = lambda: child.send_signal(signal.SIGKILL)
        return child.wait(60)


@pytest.mark.parametrize(("ops", "seed"), [("777", 1), ("-", 2)])
def test_a_sender_killed_at_any_moment_leaves_one_post_for_each_alert(
    tmp_path: Path, ops: str, seed: int
) -> None:
    """Killed before, in the middle of and after sends and look-ups: nothing lost, nothing twice."""
    draw = random.Random(seed)  # noqa: S311  a test's dice
    plan = [Fault(kind) for kind in MOMENTS]
    plan += [Fault(draw.choice(MOMENTS), method) for method in ("forwardMessage", "deleteMessage")]
    plan += [Fault(FaultKind.LOST), Fault(FaultKind.RESET)]
    draw.shuffle(plan)
    database = f"sqlite:///{tmp_path / 'draht.db'}"
    desk = Desk(FakeMessenger(), open_store(database))
    desk.tell(*(alert(name) for name in NAMES))
    desk.store.close()
    with serving(BotApi(plan=plan)) as api:
        channel = api.world.channel("@draht", number=-1001, first_id=seed * 100)
        api.world.private(777)
        ends = [_run(database, api, ops, 0)]
        while ends[-1] != 0 and len(ends) < 12:
            ends.append(_run(database, api, ops, len(ends)))
    assert ends[-1] == 0, f"ended as {ends}"
    assert -signal.SIGKILL in ends
    assert sorted(channel.texts()) == [f"{name} spoke" for name in NAMES], f"seed {seed}"
    with_sound = [m for m in channel.messages.values() if not m.silent]
    assert len(with_sound) <= len(NAMES) + len(MOMENTS) + 2
