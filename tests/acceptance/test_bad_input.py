"""Everything that a user can get wrong ends in one clear sentence and the right exit status."""

import os
import shlex
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.acceptance.desk import FEEDS, WATCH_LIST, Desk


@dataclass(frozen=True)
class Mistake:
    """What is wrong, how it is met, and what has to be said about it."""

    command: str
    status: int
    said: tuple[str, ...]
    make: Callable[[Desk], object] = lambda desk: desk.configure()
    environment: tuple[tuple[str, str], ...] = ()


def _without(name: str) -> Callable[[Desk], object]:
    def make(desk: Desk) -> None:
        desk.configure()
        (desk.config / name).unlink()

    return make


MISTAKES = {
    "no feeds.yaml": Mistake("check", 1, ("config/feeds.yaml", "missing"), _without("feeds.yaml")),
    "no watchlist.yaml": Mistake(
        "check", 1, ("config/watchlist.yaml", "missing"), _without("watchlist.yaml")
    ),
    "no folder": Mistake(
        "check", 1, ("/nowhere", "no such folder"), environment=(("DRAHT_CONFIG", "/nowhere"),)
    ),
    "unknown key": Mistake(
        "check",
        1,
        (
            "config/watchlist.yaml:1:1:",
            "keywrds",
            'did you mean "keywords"',
            "    1 │ keywrds: [Austin]",
            "│ ^",
        ),
        lambda desk: desk.configure(watch_list="keywrds: [Austin]\n"),
    ),
    "broken yaml": Mistake(
        "check", 1, ("config/feeds.yaml:",), lambda desk: desk.configure(feeds="feeds: [\n  - url\n")
    ),
    "not text": Mistake(
        "check", 1, ("config/feeds.yaml:1:", "UTF-8"), lambda desk: desk.write("feeds.yaml", b"\xff")
    ),
    "two feeds with one url": Mistake(
        "check",
        1,
        ("config/feeds.yaml:",),
        lambda desk: desk.configure(feeds=FEEDS + FEEDS.partition("\n")[2]),
    ),
    "a run with a broken configuration": Mistake(
        "run", 1, ("config/watchlist.yaml:1:1:",), lambda desk: desk.configure(watch_list="x: 1\n")
    ),
    "a setting that cannot be": Mistake(
        "poll", 2, ("DRAHT_LOG", "loud"), environment=(("DRAHT_LOG", "loud"),)
    ),
    "a token file that is not there": Mistake(
        "run",
        2,
        ("DRAHT_TELEGRAM_TOKEN_FILE", "/none"),
        environment=(("DRAHT_TELEGRAM_TOKEN_FILE", "/none"),),
    ),
    "a token without a channel": Mistake(
        "run",
        2,
        ("no channel for the watch", "DRAHT_TELEGRAM_CHAT"),
        environment=(("DRAHT_TELEGRAM_TOKEN", "1:a"),),
    ),
    "a database of another kind": Mistake(
        "poll", 1, ("DRAHT_DATABASE", "mysql"), environment=(("DRAHT_DATABASE", "mysql://h/d"),)
    ),
    "a state folder that cannot be": Mistake(
        "poll", 1, ("cannot be made", "DRAHT_STATE"), environment=(("DRAHT_STATE", "/proc/draht"),)
    ),
    "no token to check": Mistake("telegram check", 2, ("DRAHT_TELEGRAM_TOKEN is not set", "BotFather")),
    "no such command": Mistake("backtest", 2, ("backtest",)),
    "no such option": Mistake("poll --yesterday", 2, ("--yesterday",)),
    "a missing option": Mistake("recognise", 2, ("--jsonl",)),
    "a file of stories that is not there": Mistake(
        "replay --jsonl none.jsonl", 1, ("none.jsonl cannot be read",)
    ),
    "a folder as a file": Mistake("recognise --jsonl config", 1, ("config cannot be read",)),
    "no file to explain": Mistake("explain none.txt", 1, ("none.txt cannot be read", "http://")),
    "nothing to explain": Mistake("explain ''", 2, ("there is nothing to explain", "file")),
    "a private address to explain": Mistake(
        "explain http://127.0.0.1:9/", 1, ("private address", "allow_private")
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_ends_in_a_sentence_and_an_exit_status(desk: Desk, mistake: Mistake) -> None:
    """No traceback, the thing named, 1 for a problem found and 2 for a wrong call."""
    mistake.make(desk)
    desk.environment |= dict(mistake.environment)
    done = desk.draht(*shlex.split(mistake.command))
    assert done.status == mistake.status
    for words in mistake.said:
        assert words in done.err
    assert "Traceback" not in done.err


def test_every_problem_of_all_files_is_told_at_once(desk: Desk) -> None:
    """Three mistakes in two files take one check to find; a long line is not wrapped."""
    long = "x" * 200
    desk.configure(
        feeds=f"feeds:\n  - url: nonsense\n    {long}: 1\n", watch_list="max_age: soon\nkeywords: []\n"
    )
    done = desk.draht("check")
    places = [line for line in done.err.splitlines() if line.startswith("config/")]
    assert {place.split(":")[0] for place in places} == {"config/feeds.yaml", "config/watchlist.yaml"}
    assert len(places) >= 4
    assert all(" error: " in place for place in places)


def test_warnings_alone_do_no_harm(desk: Desk) -> None:
    """A byte order mark is worth a word, and the configuration is used all the same."""
    desk.configure()
    desk.write("watchlist.yaml", b"\xef\xbb\xbf" + WATCH_LIST.encode())
    done = desk.draht("check")
    assert done.status == 0
    assert "warning" in done.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_state_folder_is_named(desk: Desk) -> None:
    """Where the state cannot be written, the sentence names the folder and what to do."""
    desk.configure()
    desk.state.mkdir(mode=0o500)
    done = desk.draht("poll")
    assert done.status == 1
    assert str(desk.state) in done.err


def test_a_wrong_token_never_shows(desk: Desk) -> None:
    """What is wrong with a token is told without the token."""
    desk.configure()
    desk.environment |= {
        "DRAHT_TELEGRAM_TOKEN": "123456789:geheim-geheim-geheim",
        "DRAHT_TELEGRAM_CHAT": "@draht",
        "DRAHT_TELEGRAM_API": "http://127.0.0.1:9",
        "DRAHT_LOG": "debug",
    }
    done = desk.draht("telegram", "check")
    assert done.status == 1
    assert "BAD" in done.out
    assert "geheim" not in done.out + done.err
