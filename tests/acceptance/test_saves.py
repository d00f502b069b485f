"""A save in the middle of a run: nothing is lost or doubled, and an edit holds from the next round on."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.acceptance.live import Live, Newsroom, telling
from tests.acceptance.test_run import FEED, FIRST, ITEM, SECOND
from tests.servers.bot_api import TOKEN, BotApi, serving
from tests.servers.feed_server import feed_server, page
from tests.servers.telegram_chats import Chat

LIST = "max_age: 36500d\nwatches:\n  - name: A\n    keywords: [Austin]\n"
FEEDS = 'interval: 1s\nallow_private: ["127.0.0.0/8"]\nfeeds:\n  - url: {url}\n    name: Blatt\n'
UNUSABLE = "the saved configuration cannot be used"


def item(number: int, day: str, title: str, text: str) -> str:
    """Write an item of a feed."""
    link = f"https://blatt.example/m{number}"
    return ITEM.format(title=title, link=link, date=f"{day} 08:00:00 +0200", text=text)


QUIET = "".join(item(n, "Wed, 26 Jun 2024", f"Meldung {n}", f"Satz {n}.") for n in range(5))
OF_JULY_TOO = item(
    20,
    "Sat, 13 Jul 2024",
    "Telefonat der Minister",
    "US-Verteidigungsminister Lloyd Austin und sein russischer Kollege Andrej Beloussow haben am Freitag "
    "telefoniert, berichtet Interfax.",
)
THIRD = item(
    30,
    "Mon, 22 Jul 2024",
    "Austin und Beloussow am Telefon",
    "US-Verteidigungsminister Lloyd Austin hat am Sonntag mit seinem russischen Kollegen Andrej Beloussow "
    "telefoniert, teilte das Pentagon mit.",
)
ALL = SECOND + FIRST + QUIET


@contextmanager
def newsroom(folder: Path) -> Iterator[Newsroom]:
    """Give a newsroom with two channels and the operators' chat."""
    with feed_server() as feeds, serving(BotApi()) as api:
        api.world.private(777)
        for number, name in enumerate(("@draht", "@second"), 1):
            api.world.channel(name, number=-1001000000000 - number)
        variables = {
            "DRAHT_CONFIG": str(folder),
            "DRAHT_STATE": str(folder / "state"),
            "DRAHT_TELEGRAM_API": api.url,
            "DRAHT_TELEGRAM_TOKEN": TOKEN,
            "DRAHT_TELEGRAM_CHAT": "@draht",
            "DRAHT_TELEGRAM_OPS_CHAT": "777",
        }
        room = Newsroom(folder, feeds, api, variables)
        room.save("watchlist.yaml", LIST)
        room.save("feeds.yaml", FEEDS.format(url=feeds.url("/blatt.xml")))
        room.saves = 0
        yield room


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    """Give a newsroom of this test's own."""
    with newsroom(tmp_path) as one:
        yield one


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Give the posts of a run without any save."""
    with newsroom(tmp_path_factory.mktemp("usual")) as calm:
        live = ran(calm, lambda _live, _event: None)
        assert live.reloads() == []
        return channel(calm).texts()


def channel(room: Newsroom, name: str = "@draht") -> Chat:
    """Give a channel as it stands."""
    return room.api.world.find_chat(name)


def told(room: Newsroom) -> list[str]:
    """Give what the operators' chat was told."""
    return room.api.world.find_chat("777").texts()


def serve(room: Newsroom, live: Live, items: str, path: str = "/blatt.xml") -> None:
    """Let a feed hold these items from now on."""
    room.feeds.put(path, telling(lambda: live, page(FEED.format(items=items).encode())))


def asked(room: Newsroom, path: str) -> int:
    """Count how often a feed was asked."""
    return sum(request.path == path for request in room.feeds.requests)


def ran(room: Newsroom, listener: Callable[[Live, str], None], *, posts: int = 2, reloads: int = 0) -> Live:
    """Run until so many posts stand and so many reloads were made, and then for two more polls."""
    before: list[int] = []

    def done() -> bool:
        if len(channel(room).texts()) >= posts and len(live.reloads()) >= reloads and not before:
            before.append(live.counted()["asked"])
        return bool(before) and live.counted()["asked"] > before[0] + 1

    live = room.live(done)
    live.listen = lambda event: listener(live, event)
    serve(room, live, ALL)
    live.run()
    return live


@pytest.mark.parametrize("point", ["asked", "feed read", "story read", "sendMessage"])
def test_a_save_at_any_point_of_a_round_loses_and_doubles_nothing(
    room: Newsroom, usual: list[str], point: str
) -> None:
    """A comment is saved at each such event; the posts are those of a run without saves, word for word."""

    def save(_live: Live, event: str) -> None:
        if event == point:
            room.save("watchlist.yaml", f"{LIST}# {room.saves}\n")

    live = ran(room, save, reloads=1)
    assert channel(room).texts() == usual
    assert len(usual) == 2
    assert 1 <= len(live.reloads()) <= room.saves


@pytest.mark.parametrize("point", ["asked", "sendMessage"])
def test_what_is_under_way_ends_by_the_list_that_it_began_with(
    room: Newsroom, usual: list[str], point: str
) -> None:
    """The feed, or Telegram, answers only once another list is in force: nothing is asked or said twice."""

    def save(live: Live, event: str) -> None:
        if event == point and not room.saves:
            room.save("watchlist.yaml", f"{LIST}# meanwhile\n")
            live.wait_in_force()

    live = ran(room, save, reloads=1)
    assert channel(room).texts() == usual
    assert len(live.reloads()) == 1


def test_a_watch_that_is_added_rings_for_what_comes_after_it(room: Newsroom) -> None:
    """Added while the first post is under way: a contact known by then is told there by no later story."""
    added = f"{LIST}  - name: B\n    keywords: [Beloussow]\n    channel: '@second'\n"

    def save(live: Live, event: str) -> None:
        if event == "sendMessage" and not room.saves:
            room.save("watchlist.yaml", added)
            live.wait_in_force()
            serve(room, live, THIRD + OF_JULY_TOO + ALL)

    live = ran(room, save, posts=3, reloads=1)
    assert len(channel(room).texts()) == 3
    (text,) = channel(room, "@second").texts()
    assert "21. Juli 2024" in text
    assert live.reloads()[0].startswith("watch-list ")
    assert live.reloads()[0].endswith(" in force: 2 watches, 1 feed")


def test_a_service_that_is_added_is_told_what_comes_after_it(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Added in the middle of a delivery that knows nothing of it: the next one tells it, none refuses."""
    monkeypatch.setenv("DRAHT_HOOK_SECRET", "hunter2-of-the-hook")

    def save(live: Live, event: str) -> None:
        if event == "sendMessage" and not room.saves:
            hook = f"http://127.0.0.1:{live.hook.port}/hook"
            described = f"{{name: hook, service: '{hook}', secret: env:DRAHT_HOOK_SECRET}}"
            room.save("watchlist.yaml", f"{LIST}    channel: [default, hook]\nchannels:\n  - {described}\n")
            live.wait_in_force()
            serve(room, live, THIRD + ALL)

    live = ran(room, save, posts=3, reloads=1)
    (taken,) = live.hook.taken
    assert "21. Juli 2024" in json.loads(taken.body)["text"]
    assert len(channel(room).texts()) == 3


def test_a_hundred_saves_are_a_reload_or_two(room: Newsroom) -> None:
    """A storm is let pass before anything is read; what stands at its end is taken up."""

    def storm(_live: Live, event: str) -> None:
        if event == "asked" and not room.saves:
            for number in range(100):
                room.save("watchlist.yaml", f"{LIST}# {number}\n")

    live = ran(room, storm, reloads=1)
    assert len(live.reloads()) <= 3
    assert len(channel(room).texts()) == 2


def test_feeds_are_asked_and_let_alone_as_they_are_saved(room: Newsroom) -> None:
    """A new feed is asked, one that was taken out no longer."""
    before: list[int] = []

    def save(_live: Live, event: str) -> None:
        if event == "sendMessage" and not room.saves:
            room.save("feeds.yaml", FEEDS.format(url=room.feeds.url("/anders.xml")))
            live.wait_in_force()
            before.append(asked(room, "/blatt.xml"))

    live = room.live(lambda: len(channel(room).texts()) == 2 and asked(room, "/anders.xml") > 2)
    live.listen = lambda event: save(live, event)
    serve(room, live, SECOND + FIRST)
    serve(room, live, QUIET, "/anders.xml")
    live.run()
    assert asked(room, "/blatt.xml") <= before[0] + 1  # one poll may have been under way


def test_a_broken_file_is_told_once_and_the_last_good_one_goes_on(room: Newsroom) -> None:
    """In the log and in the operators' chat, with line and column; so is that it is well again."""
    broken = f"{LIST}    keywrds: [Pistorius]\n"

    def save(live: Live, event: str) -> None:
        if event == "asked" and not room.saves:
            room.save("watchlist.yaml", broken)
        elif event == UNUSABLE:
            room.save("watchlist.yaml", f"{broken}# not yet\n")
        elif len(told(room)) == 1 and room.saves == 2 and event == "asked" and live.counted()["asked"] > 2:
            room.save("watchlist.yaml", f"{LIST}# well\n")

    live = ran(room, save, reloads=1)
    (fault,) = [line for line in live.lines if line["event"] == UNUSABLE]
    assert "watchlist.yaml:5:5: error: " in fault["problems"]
    first, second = told(room)
    assert first.startswith("The configuration as saved cannot be used; watch-list ")
    assert "watchlist.yaml:5:5: error: " in first
    assert second.startswith("The configuration is well again: watch-list ")
    assert second.endswith(" in force: 1 watch, 1 feed.")
    assert len(channel(room).texts()) == 2


def test_a_channel_that_is_added_is_looked_at_before_its_first_post(room: Newsroom) -> None:
    """What would hold up its posts is said when it is saved, as it is at a start; of the others nothing."""
    channel(room, "@second").rights["can_post_messages"] = False

    def save(live: Live, event: str) -> None:
        if event == "sendMessage" and not room.saves:
            room.save("watchlist.yaml", f"{LIST}    channel: [default, '@second']\n")
            live.wait_in_force()

    def warned() -> list[str]:
        return [line["event"] for line in live.lines if "right to post messages" in line["event"]]

    live = room.live(lambda: bool(warned()))
    live.listen = lambda event: save(live, event)
    serve(room, live, ALL)
    live.run()
    (line,) = warned()
    assert "@second" in line
