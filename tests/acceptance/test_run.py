"""`draht run`, from real feeds over HTTP to a channel behind the Bot API: two contacts, two posts."""

import signal
import subprocess
import time
from collections.abc import Callable, Iterator

import pytest

from tests.acceptance.desk import Desk
from tests.servers.bot_api import TOKEN, BotApi, Fault, FaultKind, serving
from tests.servers.feed_server import FeedServer, feed_server, page
from tests.servers.telegram_chats import Chat

WATCH_LIST = "max_age: 36500d\nkeywords: [Austin, Beloussow]\n"

ITEM = """<item><title>{title}</title><link>{link}</link><guid>{link}</guid>
<pubDate>{date}</pubDate><description>{text}</description></item>"""

FIRST = ITEM.format(
    title="Austin und Beloussow telefonieren",
    link="https://blatt.example/1",
    date="Wed, 26 Jun 2024 08:00:00 +0200",
    text="US-Verteidigungsminister Lloyd Austin hat am Dienstag mit seinem russischen Kollegen Andrej "
    "Beloussow telefoniert, teilte das Pentagon mit. Das Gespräch fand auf Initiative der USA statt.",
)
SECOND = ITEM.format(
    title="Austin und Beloussow sprechen erneut",
    link="https://blatt.example/2",
    date="Sat, 13 Jul 2024 08:00:00 +0200",
    text="US-Verteidigungsminister Lloyd Austin und sein russischer Kollege Andrej Beloussow haben am "
    "Freitag erneut telefoniert. Der Anruf kam auf Initiative Moskaus zustande, teilte das Pentagon mit.",
)
SUMMER = "Wed, 26 Jun 2024 08:00:00 +0200"
FEED = '<?xml version="1.0"?><rss version="2.0"><channel><title>Blatt</title>{items}</channel></rss>'

PATIENCE = 180
"""Seconds. A post of unknown end is looked for after up to a minute (`SETTLING` and its jitter)."""


@pytest.fixture
def feeds() -> Iterator[FeedServer]:
    """Serve one feed with two contacts, beside one that is gone."""
    with feed_server() as server:
        server.put("/blatt.xml", page(FEED.format(items=SECOND + FIRST).encode()))
        yield server


@pytest.fixture
def api() -> Iterator[BotApi]:
    """Serve the Bot API."""
    with serving(BotApi()) as standing_in:
        yield standing_in


@pytest.fixture
def channel(api: BotApi) -> Chat:
    """Give the channel, beside which the operator's chat exists."""
    api.world.private(777)
    return api.world.channel("@draht", number=-1001000000001)


@pytest.fixture
def newsroom(desk: Desk, feeds: FeedServer, api: BotApi) -> Desk:
    """Give a desk whose Draht reads these feeds and tells this channel."""
    addresses = "".join(f"  - url: {feeds.url(path)}\n" for path in ("/blatt.xml", "/gone.xml"))
    desk.configure(f'interval: 1s\nallow_private: ["127.0.0.0/8"]\nfeeds:\n{addresses}', WATCH_LIST)
    desk.environment |= {
        "DRAHT_TELEGRAM_API": api.url,
        "DRAHT_TELEGRAM_TOKEN": TOKEN,
        "DRAHT_TELEGRAM_CHAT": "@draht",
        "DRAHT_TELEGRAM_OPS_CHAT": "777",
        "DRAHT_LOG": "debug",
    }
    return desk


def until(what: Callable[[], bool], process: subprocess.Popen[bytes] | None = None) -> None:
    """Wait until something holds or the process has ended."""
    end = time.monotonic() + PATIENCE
    while not what():
        if process is not None and process.poll() is not None:
            return
        assert time.monotonic() < end, f"waited {PATIENCE} s in vain"
        time.sleep(0.05)  # noqa: TID251  another process needs the time


def stopped(process: subprocess.Popen[bytes]) -> int:
    """End a run as an operator does; give its exit status."""
    process.send_signal(signal.SIGTERM)
    return process.wait(10)


def test_two_contacts_make_two_posts_and_a_stop_is_orderly(newsroom: Desk, channel: Chat) -> None:
    """From the feed to the channel: each contact once, in valid HTML; SIGTERM ends it within ten seconds."""
    with newsroom.start("run") as process:
        until(lambda: len(channel.texts()) == 2, process)
        assert newsroom.draht("doctor", "--alive").status == 0
        assert stopped(process) == 0
    first, second = channel.texts()
    assert "25. Juni 2024" in first
    assert "12. Juli 2024" in second
    assert "25. Juni 2024" in second
    assert "feed refused" in newsroom.said()


def test_the_token_is_in_no_line_of_the_log(newsroom: Desk, channel: Chat) -> None:
    """Even at debug, with every library talking."""
    with newsroom.start("run") as process:
        until(lambda: len(channel.texts()) == 2, process)
        assert stopped(process) == 0
    assert newsroom.said()
    assert TOKEN not in newsroom.said()


@pytest.mark.parametrize("moment", [FaultKind.KILL_BEFORE, FaultKind.KILL_DONE, FaultKind.KILL_REPLIED])
def test_killed_in_the_middle_of_a_send_it_still_tells_each_contact_once(
    newsroom: Desk, channel: Chat, api: BotApi, moment: FaultKind
) -> None:
    """Killed (-9) before, while or after Telegram takes a post, and started again: two posts."""
    api.plan.append(Fault(moment))
    with newsroom.start("run") as process:
        api.kill = process.kill
        assert process.wait(60) == -signal.SIGKILL
    with newsroom.start("run") as process:
        until(lambda: _settled(channel, newsroom), process)
        assert stopped(process) == 0
    sentences = sorted(text.splitlines()[1] for text in channel.texts())
    assert len(sentences) == 2
    assert "12. Juli 2024" in sentences[0]
    assert "25. Juni 2024" in sentences[1]


def _settled(channel: Chat, newsroom: Desk) -> bool:
    return len(channel.texts()) >= 2 and "0 waiting to be sent" in newsroom.draht("doctor").out


def test_a_second_instance_waits_and_takes_over(newsroom: Desk, channel: Chat) -> None:
    """Two instances never act together: the second says that it waits, and acts once the first is gone."""
    with newsroom.start("run") as first:
        until(lambda: len(channel.texts()) == 2, first)
        with newsroom.start("run") as second:
            until(lambda: "another instance acts" in newsroom.said(), second)
            assert newsroom.said().count('"event": "started"') == 1
            first.kill()
            until(lambda: newsroom.said().count('"event": "started"') == 2, second)
            assert stopped(second) == 0
    assert newsroom.said().count("another instance acts") == 1
    assert len(channel.texts()) == 2


def test_an_instance_that_waits_can_be_stopped(newsroom: Desk, channel: Chat) -> None:
    """SIGTERM ends a waiting instance too."""
    with newsroom.start("run") as first:
        until(lambda: len(channel.texts()) == 2, first)
        with newsroom.start("run") as second:
            until(lambda: "another instance acts" in newsroom.said(), second)
            assert stopped(second) == 0
        assert stopped(first) == 0


def test_a_poll_by_hand_tells_the_channel_and_counts(newsroom: Desk, channel: Chat) -> None:
    """`draht poll --json` does everything once and ends with the counts; asked again, nothing is new."""
    counts = newsroom.draht("poll", "--json").answers()[-1]
    assert (counts["feeds"], counts["read"], counts["stories"], counts["posted"]) == (2, 1, 2, 2)
    assert counts["refused"] == {"http status": 1}
    again = newsroom.draht("poll", "--json").answers()[-1]
    assert (again["unchanged"], again["stories"], again["posted"]) == (1, 0, 0)
    assert len(channel.texts()) == 2


def test_a_poll_whose_posts_are_not_taken_says_so_each_time(newsroom: Desk) -> None:
    """It ends with 1 and the reason, also while the channel rests after a try."""
    newsroom.environment["DRAHT_TELEGRAM_TOKEN"] = "987654321:WRONG-token_wrong_token_wrong_000"
    for _ in range(2):
        done = newsroom.draht("poll")
        assert done.status == 1
        assert "2 waiting to be sent: " in done.out
        assert "set DRAHT_TELEGRAM_TOKEN" in done.out


def test_a_run_says_at_its_start_what_would_hold_up_posts(newsroom: Desk, channel: Chat) -> None:
    """Not at the first post, which may be weeks away; it runs on, for the channel can be mended meanwhile."""
    channel.rights["can_post_messages"] = False
    newsroom.configure(
        'allow_private: ["127.0.0.0/8"]\nfeeds:\n  - url: http://127.0.0.1:9/none.xml\n', WATCH_LIST
    )
    with newsroom.start("run") as process:
        until(lambda: "give it the right to post messages" in newsroom.said(), process)
        assert stopped(process) == 0


def test_without_a_token_the_terminal_is_the_channel(newsroom: Desk) -> None:
    """Posts appear as they would look; the dead feed is named."""
    del newsroom.environment["DRAHT_TELEGRAM_TOKEN"]
    done = newsroom.draht("poll")
    assert done.status == 0
    assert done.out.count("╭─ Draht") == 2
    assert "/gone.xml answered 404" in done.err


def test_a_terminal_is_told_everything_at_once(newsroom: Desk, feeds: FeedServer) -> None:
    """Telegram's limit of twenty messages a minute is none of a terminal's."""
    del newsroom.environment["DRAHT_TELEGRAM_TOKEN"]
    items = "".join(
        ITEM.format(title=f"Meldung {n}", link=f"https://blatt.example/{n}", date=SUMMER, text=f"Satz {n}.")
        for n in range(25)
    )
    feeds.put("/blatt.xml", page(FEED.format(items=items).encode()))
    newsroom.write("watchlist.yaml", "max_age: 36500d\nwatches: [{name: all, ring: stories}]\n")
    begun = time.monotonic()
    assert newsroom.draht("poll").out.count("╭─ Draht") == 25
    assert time.monotonic() - begun < 20


def test_a_token_set_later_touches_no_message_of_the_channel(
    newsroom: Desk, channel: Chat, feeds: FeedServer, api: BotApi
) -> None:
    """What the terminal numbered is not edited in Telegram, nor posted again; what is new is posted."""
    token = newsroom.environment.pop("DRAHT_TELEGRAM_TOKEN")
    feeds.put("/blatt.xml", page(FEED.format(items=FIRST).encode()))
    assert newsroom.draht("poll").out.count("╭─ Draht") == 1
    strangers = [channel.foreign(text) for text in ("eins", "zwei")]
    newsroom.environment["DRAHT_TELEGRAM_TOKEN"] = token
    more = FIRST.replace("blatt.example", "bote.example").replace("der USA statt", "Washingtons statt")
    feeds.put("/blatt.xml", page(FEED.format(items=SECOND + FIRST + more).encode()))
    done = newsroom.draht("poll", "--json").answers()[-1]
    assert (done["stories"], done["posted"], done["edited"], done["waiting"]) == (2, 1, 0, 0)
    assert [shown.text for shown in strangers] == ["eins", "zwei"]
    assert len(channel.texts()) == 3
    (told,) = [text for text in api.world.find_chat("777").texts() if "earlier" in text]
    assert told == "One earlier post stands where Draht no longer speaks, and will not be edited."


def test_explain_tells_of_a_known_story_what_was_decided(newsroom: Desk) -> None:
    """Asked by its address, a story that came is told with what became of it, for people and programs."""
    newsroom.draht("poll")
    told = newsroom.draht("explain", "https://blatt.example/1")
    assert told.out.endswith("when it came: new, rings\n")
    (answer,) = newsroom.draht("explain", "--json", "https://blatt.example/1").answers()
    then = answer["when_it_came"]
    assert isinstance(then, list)
    assert [(one["decision"], one["posted"]) for one in then] == [("new", True)]
