from datetime import timedelta

import pytest

from bot.model.claim import Medium
from bot.model.office import Office
from bot.model.watchlist import Party, Ring, Watch, WatchList
from tests.configuration.desk import Desk

PLACE = "config/watchlist.yaml"
US, RU, DE = Office("US"), Office("RU"), Office("DE")


def test_one_line_is_a_whole_watch_list(desk: Desk) -> None:
    """`keywords` alone makes one watch on contacts between any defence ministers, with the defaults."""
    watch_list = desk.load(watch_list="keywords: [Austin, Beloussow, Telefonat]").watchlist
    assert watch_list == WatchList((Watch("watch-list", keywords=("Austin", "Beloussow", "Telefonat")),))
    assert (watch_list.language, watch_list.timezone, watch_list.max_age.days) == ("de", "Europe/Berlin", 3)


def test_the_example_of_the_charter_is_read_as_it_says(desk: Desk) -> None:
    """The full example of DESIGN.md §6 gives the watch that it describes, without a warning."""
    found = desk.load(
        watch_list="""\
# config/watchlist.yaml, in full
language: de                       # of the posts
timezone: Europe/Berlin
max_age: 3d
watches:
  - name: Washington – Moskau
    contacts: [US defence minister, RU defence minister]
    keywords: [Austin, Hegseth, Beloussow]
    exclude: [Texas]
    media: [phone, video, meeting]
    ring: contacts
    channel: "@draht"              # default: DRAHT_TELEGRAM_CHAT
"""
    )
    watch = Watch(
        name="Washington – Moskau",
        keywords=("Austin", "Hegseth", "Beloussow"),
        parties=(Party(US), Party(RU)),
        exclude=("Texas",),
        media=frozenset({Medium.PHONE, Medium.VIDEO, Medium.MEETING}),
        ring=Ring.CONTACTS,
        channels=("@draht",),
    )
    assert found.watchlist == WatchList((watch,), "de", "Europe/Berlin", timedelta(days=3))
    assert found.warnings == ()


def test_the_head_of_the_file_may_stand_beside_keywords_alone(desk: Desk) -> None:
    """language, timezone and max_age go with the short form too."""
    text = "keywords: [Austin]\nlanguage: en\ntimezone: Europe/Kyiv\nmax_age: 36500d\n"
    found = desk.load(watch_list=text).watchlist
    assert (found.language, found.timezone, found.max_age) == ("en", "Europe/Kyiv", timedelta(days=36500))


@pytest.mark.parametrize(
    ("entry", "party"),
    [
        ("US defence minister", Party(US)),
        ("us Defense Minister", Party(US)),
        ("the United States defence minister", Party(US)),
        ("Russia defence minister", Party(RU)),
        ("Czechia defence minister", Party(Office("CZ"))),
        ("UK defence minister", Party(Office("GB"))),
        ("Kosovo defence minister", Party(Office("XK"))),
        ("Boris Pistorius", Party(DE, "Boris Pistorius")),
        ("Писториус", Party(DE, "Boris Pistorius")),
        ("pistorius", Party(DE, "Boris Pistorius")),
    ],
)
def test_an_entry_of_contacts_is_an_office_or_a_person(desk: Desk, entry: str, party: Party) -> None:
    """An office is named by code or English country, a person in any spelling of the register."""
    found = desk.load(watch_list=f"watches:\n  - name: w\n    contacts: [{entry}]\n")
    assert found.watchlist.watches[0].parties == (party,)


def test_any_defence_minister_is_the_default(desk: Desk) -> None:
    """To write the default of `contacts` changes nothing."""
    written = desk.load(watch_list="watches:\n  - name: w\n    contacts: [any defence minister]\n")
    left_out = desk.load(watch_list="watches:\n  - name: w\n")
    assert written.watchlist == left_out.watchlist
    assert left_out.watchlist.watches[0].parties == ()


@pytest.mark.parametrize("written", ["-1001234567890", '"-1001234567890"'])
def test_a_channel_may_be_a_number(desk: Desk, written: str) -> None:
    """A numeric id needs no quotes and is kept as text."""
    found = desk.load(watch_list=f"watches:\n  - name: w\n    channel: {written}\n")
    assert found.watchlist.watches[0].channels == ("-1001234567890",)


@pytest.mark.parametrize(
    "word", ["no", "on", "off", "yes", "y", "NO", "12:30", "2024-06-25", "0755x", "=Word"]
)
def test_words_that_older_yaml_takes_for_something_else_are_words(desk: Desk, word: str) -> None:
    """Norway's code, clock times and days are read as they are written, even after a %YAML line."""
    for head in ("", "%YAML 1.1\n---\n"):
        found = desk.load(watch_list=f"{head}keywords: [{word}]\n")
        assert found.watchlist.watches[0].keywords == (word,)


def test_blanks_around_and_inside_a_word_are_made_single(desk: Desk) -> None:
    """A no-break space pasted from a web page, or a folded line, is a blank."""
    found = desk.load(watch_list='keywords: ["  Boris\u00a0 Pistorius "]\n')
    assert found.watchlist.watches[0].keywords == ("Boris Pistorius",)


def test_an_alias_stands_for_what_it_names(desk: Desk) -> None:
    """YAML's own abbreviations work as long as they stay small."""
    text = "watches:\n  - name: a\n    keywords: &k [Austin]\n  - name: b\n    keywords: *k\n"
    assert [watch.keywords for watch in desk.load(watch_list=text).watchlist.watches] == [("Austin",)] * 2


def test_a_person_who_left_office_is_a_warning(desk: Desk) -> None:
    """A watch on a former minister loads, and the editor hears of it."""
    desk.write("watchlist.yaml", "watches:\n  - name: w\n    contacts: [Lloyd Austin]\n")
    assert desk.problems() == [
        (
            f"{PLACE}:3:16: warning: Lloyd Austin is no longer US defence minister (until 2025-01-20) "
            '("US defence minister" follows the office, whoever holds it)'
        )
    ]


def test_a_list_of_one_office_is_a_warning(desk: Desk) -> None:
    """[A, B] wants two at one table, which a minister and the successor never are."""
    desk.write("watchlist.yaml", "watches:\n  - name: w\n    contacts: [DE defence minister, Pistorius]\n")
    assert desk.problems() == [
        (
            f"{PLACE}:3:15: warning: all of these are the DE defence minister: this watch can never ring "
            "(at least two of the list must meet; one entry alone means that one with anyone)"
        )
    ]


def test_an_office_that_the_register_knows_nobody_in_is_a_warning(desk: Desk) -> None:
    """A country without a known minister can be watched, since its office may be named without a person."""
    desk.write("watchlist.yaml", "watches:\n  - name: w\n    contacts: [CR defence minister]\n")
    assert desk.problems() == [
        (
            f"{PLACE}:3:16: warning: the register knows nobody who was CR defence minister "
            "(name the holders in holders.yaml)"
        )
    ]


def test_a_watch_for_every_story_is_a_warning(desk: Desk) -> None:
    """`ring: stories` without a keyword would post everything, which is allowed and rarely meant."""
    desk.write("watchlist.yaml", "watches:\n  - name: w\n    ring: stories\n")
    assert desk.problems() == [
        (
            f"{PLACE}:3:11: warning: without keywords or query this watch rings for every story of every "
            "feed (add keywords or a query)"
        )
    ]


def test_a_keyword_that_is_excluded_too_is_a_warning(desk: Desk) -> None:
    """A story with the word is dropped for the watch, so that it can never be heard by it."""
    desk.write(
        "watchlist.yaml", "watches:\n  - name: w\n    keywords: [Kreml, Drohne]\n    exclude: [kreml]\n"
    )
    assert desk.problems() == [
        (
            f'{PLACE}:3:16: warning: "Kreml" is a keyword and excluded too: as a keyword it does nothing '
            "(remove it from one of the lists)"
        )
    ]
