"""The 457 real feed files of the shared folder, as feeds of one host in one poll."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers.feed_server import feed_server

POLLER = """
import asyncio, json, random, sys, time
from pathlib import Path
from bot.feeds.source import HttpFeedSource
from bot.model.feed import Feed
from bot.pipeline.poll import Round, poll
from bot.storage import open_store
from tests.fakes.clock import FakeClock

async def main(database):
    store = open_store(database)
    feeds = [Feed(url, url) for url in json.load(sys.stdin)]
    source = HttpFeedSource(workers=20, allow_private=("127.0.0.0/8",))
    plan = Round(random.random, private=("127.0.0.0/8",))
    begun = time.perf_counter()
    report = await poll(feeds, source, store, FakeClock(), plan)
    seconds = time.perf_counter() - begun
    await source.close()
    store.close()
    # Not ru_maxrss: a child inherits there what its parent had at the fork.
    status = Path("/proc/self/status").read_text()
    megabytes = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    print(json.dumps({
        "feeds": report.feeds, "read": report.read, "stories": report.stories,
        "refused": dict(report.refused), "skipped": dict(report.skipped), "seconds": seconds,
        "megabytes": megabytes,
    }))

asyncio.run(main(sys.argv[1]))
"""


@pytest.mark.shared
def test_all_real_feeds_are_read_in_one_poll(shared: Path, tmp_path: Path) -> None:
    """At least 450 of 457 are read, the rest refused with a true reason, within 220 MB."""
    with feed_server() as server:
        urls = [url for url in server.put_folder(shared / "feeds") if not url.endswith("manifest.tsv")]
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", POLLER, f"sqlite:///{tmp_path / 'draht.db'}"],
            input=json.dumps(urls), capture_output=True, text=True, check=False, timeout=240,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    print(report)  # noqa: T201 -- `pytest -s` shows the measurement
    assert report["feeds"] == len(urls) == 457
    assert report["read"] >= 450
    assert report["refused"] == {"not a feed": 1, "no entries": 1}
    assert report["megabytes"] < 220
