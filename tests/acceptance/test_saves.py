"""A save in the middle of a run: nothing is lost, nothing doubled, and an edit holds from the next round on."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.acceptance.live import Live, Newsroom, telling
from tests.acceptance.test_run import FEED, FIRST, ITEM, SECOND
from tests.servers.bot_api import TOKEN, BotApi, serving
from tests.servers.feed_server import feed_server, page
from tests.servers.telegram_chats import Chat

LIST = "max_age: 36500d\nwatches:\n  - name: A\n    keywords: [Austin]\n"
MORE = "  - name: S\n    keywords: [Satz]\n    ring: stories\n    channel: '@second'\n"
FEEDS = 'interval: 1s\nallow_private: ["127.0.0.0/8"]\nfeeds:\n  - url: {url}\n    name: Blatt\n'
QUIET = "".join(
    ITEM.format(
        title=f"Meldung {n}",
        link=f"https://blatt.example/m{n}",
        date="Wed, 26 Jun 2024 08:00:00 +0200",
        text=f"Satz {n}.",
    )
    for n in range(5)
)
POINTS = ("asked", "feed read", "story read", "sendMessage")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    """Give a newsroom with two contacts and five quiet stories in its feed, and two channels."""
    with feed_server() as feeds, serving(BotApi()) as api:
        api.world.private(777)
        for number, name in enumerate(("@draht", "@second"), 1):
            api.world.channel(name, number=-1001000000000 - number)
        variables = {
            "DRAHT_CONFIG": str(tmp_path),
            "DRAHT_STATE": str(tmp_path / "state"),
            "DRAHT_TELEGRAM_API": api.url,
            "DRAHT_TELEGRAM_TOKEN": TOKEN,
            "DRAHT_TELEGRAM_CHAT": "@draht",
            "DRAHT_TELEGRAM_OPS_CHAT": "777",
        }
        room = Newsroom(tmp_path, feeds, api, variables)
        room.save("watchlist.yaml", LIST)
        room.save("feeds.yaml", FEEDS.format(url=feeds.url("/blatt.xml")))
        room.saves = 0
        yield room


def channel(room: Newsroom, name: str = "@draht") -> Chat:
    """Give a channel as it stands."""
    return room.api.world.find_chat(name)


def told(room: Newsroom) -> list[str]:
    """Give what the operators' chat was told."""
    return room.api.world.find_chat("777").texts()


def ran(room: Newsroom, listener: Callable[[Live, str], None], *, posts: int = 2, reloads: int = 0) -> Live:
    """Run until so many posts stand, so many configurations came into force, and the feed was asked once more."""
    after: list[int] = []

    def done() -> bool:
        asked = live.counted()["asked"]
        whole = len(channel(room).texts()) >= posts and len(live.reloads()) >= reloads
        if whole and not after:
            after.append(asked)
        return bool(after) and asked > after[0] + 1

    live = room.live(done)
    live.listen = lambda event: listener(live, event)
    body = FEED.format(items=SECOND + FIRST + QUIET).encode()
    room.feeds.put("/blatt.xml", telling(lambda: live, page(body)))
    live.run()
    return live


def nobody(_live: Live, _event: str) -> None:
    """Save nothing."""


@pytest.fixture
def usual(room: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Give the posts of a run without a save, made with a state and in a channel of its own."""
    other = tmp_path_factory.mktemp("state")
    apart = room.api.world.channel("@apart", number=-1001000000009)
    variables = {**room.variables, "DRAHT_STATE": str(other), "DRAHT_TELEGRAM_CHAT": "@apart"}
    alone = Newsroom(room.folder, room.feeds, room.api, variables)
    live = alone.live(lambda: len(apart.texts()) >= 2 and live.counted()["asked"] > 1)
    body = FEED.format(items=SECOND + FIRST + QUIET).encode()
    room.feeds.put("/blatt.xml", telling(lambda: live, page(body)))
    live.run()
    assert live.reloads() == []
    return apart.texts()


@pytest.mark.parametrize("point", POINTS)
def test_a_save_at_any_point_of_a_round_loses_and_doubles_nothing(
    room: Newsroom, usual: list[str], point: str
) -> None:
    """At each such event a comment is saved; what is told is what a run without saves tells, word for word."""

    def save(_live: Live, event: str) -> None:
        if event == point:
            room.save("watchlist.yaml", f"{LIST}# {room.saves}\n")

    live = ran(room, save, reloads=1)
    assert channel(room).texts() == usual
    assert room.saves >= 1
    assert live.reloads()


@pytest.mark.parametrize("point", ["asked", "sendMessage"])
def test_what_is_under_way_ends_by_the_list_that_it_began_with(
    room: Newsroom, usual: list[str], point: str
) -> None:
    """The feed answers, and Telegram, only once another configuration is in force: nothing is asked or said twice."""

    def save(live: Live, event: str) -> None:
        if event == point and not room.saves:
            room.save("watchlist.yaml", f"{LIST}# meanwhile\n")
            live.wait_in_force()

    live = ran(room, save, reloads=1)
    assert channel(room).texts() == usual
    assert len(live.reloads()) == 1


def test_a_watch_that_is_added_rings_for_what_comes_after_it(room: Newsroom, usual: list[str]) -> None:
    """Saved while the first post is under way, it rings for no story that was read before; the next one rings."""
    late = ITEM.format(
        title="Meldung 9",
        link="https://blatt.example/m9",
        date="Wed, 26 Jun 2024 09:00:00 +0200",
        text="Satz 9.",
    )

    def save(live: Live, event: str) -> None:
        if event == "sendMessage" and not room.saves:
            room.save("watchlist.yaml", LIST + MORE)
            live.wait_in_force()
            body = FEED.format(items=SECOND + FIRST + QUIET + late).encode()
            room.feeds.put("/blatt.xml", telling(lambda: live, page(body)))

    live = ran(room, save, posts=2, reloads=1)
    assert channel(room).texts() == usual
    (text,) = channel(room, "@second").texts()
    assert "Meldung 9" in text
    assert live.reloads()[0].endswith("2 watches, 1 feed")


def test_a_hundred_saves_are_one_reload(room: Newsroom) -> None:
    """A storm is over before anything is read; what stands at its end is taken up, once."""

    def storm(_live: Live, event: str) -> None:
        if event == "asked" and not room.saves:
            for number in range(100):
                room.save("watchlist.yaml", f"{LIST}# {number}\n")

    live = ran(room, storm, reloads=1)
    assert len(live.reloads()) == 1
    assert len(channel(room).texts()) == 2


def test_feeds_are_asked_and_let_alone_as_they_are_saved(room: Newsroom) -> None:
    """A new feed is asked, one that was taken out no longer."""
    other = room.feeds.url("/anders.xml")
    room.feeds.put("/anders.xml", page(FEED.format(items=QUIET).encode()))
    asked: list[int] = []

    def save(live: Live, event: str) -> None:
        if event == "sendMessage" and not room.saves:
            room.save("feeds.yaml", FEEDS.format(url=other))
            live.wait_in_force()
            asked.append(_requests(room, "/blatt.xml"))

    def done() -> bool:
        return bool(live.reloads()) and len(channel(room).texts()) == 2 and _requests(room, "/anders.xml") > 1

    live = room.live(done)
    live.listen = lambda event: save(live, event)
    room.feeds.put("/blatt.xml", telling(lambda: live, page(FEED.format(items=SECOND + FIRST).encode())))
    room.feeds.put("/anders.xml", telling(lambda: live, page(FEED.format(items=QUIET).encode())))
    live.run()
    assert _requests(room, "/anders.xml") == 2
    assert _requests(room, "/blatt.xml") == asked[0]


def _requests(room: Newsroom, path: str) -> int:
    return sum(request.path == path for request in room.feeds.requests)


def test_a_broken_file_is_told_once_and_the_last_good_one_goes_on(room: Newsroom) -> None:
    """In the log, in the store and in the operators' chat, with line and column; so is that it is well again."""
    broken = f"{LIST}    keywrds: [Pistorius]\n"

    def save(live: Live, event: str) -> None:
        if event == "asked" and not room.saves:
            room.save("watchlist.yaml", broken)
        elif event == "the saved configuration cannot be used":
            room.save("watchlist.yaml", f"{broken}# not yet\n")
        elif len(told(room)) == 1 and room.saves == 2 and event == "asked" and live.counted()["asked"] > 2:
            room.save("watchlist.yaml", f"{LIST}# well\n")

    live = ran(room, save, reloads=1)
    faults = [one for one in live.lines if one["event"] == "the saved configuration cannot be used"]
    assert len(faults) == 1
    assert "watchlist.yaml:5:5: error: " in faults[0]["problems"]
    first, second = told(room)
    assert first.startswith("The configuration as saved cannot be used; watch-list ")
    assert "watchlist.yaml:5:5: error: " in first
    assert second.startswith("The configuration is well again: watch-list ")
    assert second.endswith(" in force: 1 watch, 1 feed.")
    assert len(channel(room).texts()) == 2
