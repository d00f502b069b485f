"""kill -9 in the middle of many transactions leaves whole ones only."""

import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.storage import open_store
from tests.storage.killed import FEED, STORIES_A_LOOK
from tests.storage.newsday import NOON

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("lines", [1, 7, 20])
def test_a_kill_leaves_whole_transactions_only(url: str, lines: int) -> None:
    """Each look has all its stories, each decision its reports, post and closed stories; none is lost."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.storage.killed", url], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        said = [program.stdout.readline() for _ in range(lines)]
        program.send_signal(signal.SIGKILL)
        said += program.stdout.readlines()
    acknowledged = len([line for line in said if line.endswith("\n")])
    with closing(open_store(url)) as store:
        looks = store.feed_states([FEED])[FEED].failures
        counts = store.history.counts()
        contacts = store.history.contacts()
        posts = len(store.outbox_due(NOON))
    decisions = len(contacts)
    assert acknowledged <= decisions <= looks <= acknowledged + 1
    assert counts.stories == looks * STORIES_A_LOOK
    assert counts.stories - counts.unread == decisions * STORIES_A_LOOK
    assert posts == counts.alerts == decisions
    assert {len(contact.reports) for contact in contacts} == {STORIES_A_LOOK}
