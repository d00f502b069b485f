"""What `draht check` writes, and how it ends."""

from pathlib import Path

from tests.acceptance.desk import Desk

FEEDS = "feeds:\n  - {url: 'https://blatt.example/de.xml', language: de}\n"


def test_doubts_are_told_and_end_well(tmp_path: Path) -> None:
    """Warnings stand on standard error, with their lines, before what is watched; the status is 0."""
    desk = Desk(tmp_path)
    desk.configure(feeds=FEEDS, watch_list="keywords: [Telefonat, Telefonate]\n")
    done = desk.draht("check")
    assert done.status == 0
    assert done.err.startswith(
        'config/watchlist.yaml:1:23: warning: "Telefonate" adds nothing: "Telefonat" finds it already '
        "(remove it)\n"
        "    1 │ keywords: [Telefonat, Telefonate]\n"
        "      │                       ^\n"
    )
    assert "1 watch, " in done.out


def test_what_keywords_stand_for_is_told_without_doubts(tmp_path: Path) -> None:
    """`--expand` answers what it is asked."""
    desk = Desk(tmp_path)
    desk.configure(feeds=FEEDS, watch_list="keywords: [Telefonat, Telefonate]\n")
    assert desk.draht("check", "--expand").err == ""


def test_problems_end_with_one_and_hide_the_doubts(tmp_path: Path) -> None:
    """What is broken comes first: all of it at once, each with its caret, and nothing else."""
    desk = Desk(tmp_path)
    desk.configure(feeds="feeds: none\n", watch_list="keywords: [Telefonat, Telefonate, '-']\n")
    done = desk.draht("check")
    assert (done.status, done.out) == (1, "")
    assert done.err == (
        'config/feeds.yaml:1:8: error: "feeds" must be a list (write [none])\n'
        "    1 │ feeds: none\n"
        "      │        ^\n"
        'config/watchlist.yaml:1:35: error: "-" has no letter or digit and would never be found (remove it)\n'
        "    1 │ keywords: [Telefonat, Telefonate, '-']\n"
        "      │                                   ^\n"
    )
