"""`draht run` and a saved file, as an editor meets them: by the command, with a kill -9 around it."""

import re
import signal
from collections.abc import Iterator

import pytest

from tests.acceptance.desk import Desk
from tests.acceptance.test_run import FEED, FIRST, SECOND, stopped, until
from tests.acceptance.test_saves import LIST, OF_JULY_TOO, THIRD
from tests.servers.bot_api import TOKEN, BotApi, Fault, FaultKind, serving
from tests.servers.feed_server import FeedServer, feed_server, page

ADDED = f"{LIST}  - name: B\n    keywords: [Beloussow]\n    channel: '@second'\n"
BROKEN = f"{LIST}    keywrds: [Pistorius]\n"


@pytest.fixture
def feeds() -> Iterator[FeedServer]:
    """Serve one feed with two contacts."""
    with feed_server() as server:
        server.put("/blatt.xml", page(FEED.format(items=SECOND + FIRST).encode()))
        yield server


@pytest.fixture
def api() -> Iterator[BotApi]:
    """Serve the Bot API with two channels and the operators' chat."""
    with serving(BotApi()) as standing_in:
        standing_in.world.private(777)
        for number, name in enumerate(("@draht", "@second"), 1):
            standing_in.world.channel(name, number=-1001000000000 - number)
        yield standing_in


@pytest.fixture
def newsroom(desk: Desk, feeds: FeedServer, api: BotApi) -> Desk:
    """Give a desk whose Draht reads this feed and tells these channels."""
    private = 'interval: 1s\nallow_private: ["127.0.0.0/8"]\n'
    desk.configure(f"{private}feeds:\n  - url: {feeds.url('/blatt.xml')}\n", LIST)
    desk.environment |= {
        "DRAHT_TELEGRAM_API": api.url,
        "DRAHT_TELEGRAM_TOKEN": TOKEN,
        "DRAHT_TELEGRAM_CHAT": "@draht",
        "DRAHT_TELEGRAM_OPS_CHAT": "777",
    }
    return desk


def texts(api: BotApi, name: str = "@draht") -> list[str]:
    """Give what a channel shows."""
    return api.world.find_chat(name).texts()


@pytest.mark.parametrize("moment", ["saved", "in force"])
def test_killed_around_a_reload_it_loses_and_doubles_nothing(
    newsroom: Desk, api: BotApi, feeds: FeedServer, moment: str
) -> None:
    """Killed (-9) before or after a new watch acts, the next run tells it what comes after, no more."""
    with newsroom.start("run") as process:
        until(lambda: len(texts(api)) == 2 and _settled(newsroom), process)
        newsroom.write("watchlist.yaml", ADDED)
        if moment == "in force":
            until(lambda: " in force: 2 watches, 1 feed" in newsroom.said(), process)
        process.kill()
        assert process.wait(10) == -signal.SIGKILL
    feeds.put("/blatt.xml", page(FEED.format(items=THIRD + OF_JULY_TOO + SECOND + FIRST).encode()))
    _runs_to_the_third(newsroom, api)


@pytest.mark.parametrize("kill", [FaultKind.KILL_BEFORE, FaultKind.KILL_DONE])
def test_killed_in_a_send_during_which_a_file_was_saved_it_tells_each_contact_once(
    newsroom: Desk, api: BotApi, feeds: FeedServer, kill: FaultKind
) -> None:
    """Saved while the first post is under way, killed in the second: three contacts make three posts."""

    def save() -> None:
        if len(texts(api)) == 1 and not api.plan:
            newsroom.write("watchlist.yaml", ADDED)
            api.plan.append(Fault(kill))

    api.done = save
    with newsroom.start("run") as process:
        api.kill = process.kill
        assert process.wait(60) == -signal.SIGKILL
    api.done = lambda: None
    feeds.put("/blatt.xml", page(FEED.format(items=THIRD + OF_JULY_TOO + SECOND + FIRST).encode()))
    _runs_to_the_third(newsroom, api)


def _runs_to_the_third(newsroom: Desk, api: BotApi) -> None:
    """Run until all is told: three contacts in the first channel, in the second only that of its time."""
    with newsroom.start("run") as process:
        until(lambda: len(texts(api)) >= 3 and bool(texts(api, "@second")) and _settled(newsroom), process)
        assert stopped(process) == 0
    assert sorted(map(_day, texts(api))) == ["12. Juli 2024", "21. Juli 2024", "25. Juni 2024"]
    assert [_day(text) for text in texts(api, "@second")] == ["21. Juli 2024"]


def _day(text: str) -> str:
    """Give the day that a post tells in its first sentence."""
    found = re.search(r"\d+\. \w+ 2024", text.splitlines()[1])
    assert found is not None, text
    return found[0]


def _settled(newsroom: Desk) -> bool:
    return "0 waiting to be sent" in newsroom.draht("doctor").out


def test_a_broken_save_shows_wherever_one_looks_until_it_is_mended(newsroom: Desk, api: BotApi) -> None:
    """Doctor names the fault and the list that goes on, whose posts bear its revision; a start is refused."""
    revision = _revision(newsroom)
    with newsroom.start("run") as process:
        until(lambda: len(texts(api)) == 2, process)
        newsroom.write("watchlist.yaml", BROKEN)
        until(lambda: "the saved configuration cannot be used" in newsroom.said(), process)
        sick = newsroom.draht("doctor")
        assert sick.status == 1
        assert f"BAD watch-list: {revision} in force since " in sick.out
        assert "config/watchlist.yaml:5:5: error: " in sick.out
        newsroom.write("watchlist.yaml", f"{LIST}# mended\n")
        until(lambda: " in force: 1 watch, 1 feed" in newsroom.said(), process)
        assert f"ok  watch-list: {_revision(newsroom)} in force since " in newsroom.draht("doctor").out
        assert stopped(process) == 0
    assert _revision(newsroom) != revision
    (contact, *_) = newsroom.draht("contacts", "list", "--json").answers()
    shown = newsroom.draht("contacts", "show", str(contact["id"])).out
    assert f"by watch-list {revision}" in shown
    (whole,) = newsroom.draht("contacts", "show", str(contact["id"]), "--json").answers()
    assert isinstance(whole["alerts"], list)
    assert [(one["channel"], one["watchlist"]) for one in whole["alerts"]] == [(None, revision)]
    newsroom.write("watchlist.yaml", BROKEN)
    refused = newsroom.draht("run")
    assert refused.status == 1
    assert "config/watchlist.yaml:5:5: error: " in refused.err


def _revision(newsroom: Desk) -> str:
    found = re.search(r"\(revision ([0-9a-f]{8})\)", newsroom.draht("check").out)
    assert found is not None
    return found[1]
