"""The revision of a watch-list: that of its bytes, so that an alert can say which list made it."""

from tests.configuration.desk import Desk

LIST = "keywords: [Austin]\n"


def test_a_revision_is_that_of_the_files_that_say_what_is_listened_for(desk: Desk) -> None:
    """Equal files, equal revision: eight hexadecimal digits; a word, a comment or a holder makes another."""
    first = desk.load(watch_list=LIST).watchlist.revision
    assert len(first) == 8
    assert set(first) <= set("0123456789abcdef")
    assert desk.load(watch_list=LIST).watchlist.revision == first
    others = {
        desk.load(watch_list=f"{LIST}# by hand\n").watchlist.revision,
        desk.load(watch_list=f"{LIST}\n").watchlist.revision,
        desk.load(watch_list=LIST, holders="# none\n").watchlist.revision,
    }
    assert len({first, *others}) == 4


def test_another_feed_makes_no_other_revision(desk: Desk) -> None:
    """Where stories come from does not say which of them ring."""
    first = desk.load(watch_list=LIST).watchlist.revision
    feeds = "feeds:\n  - url: https://anders.example/rss\n"
    assert desk.load(watch_list=LIST, feeds=feeds).watchlist.revision == first
