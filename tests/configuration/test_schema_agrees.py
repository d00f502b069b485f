"""The schema and `draht check` agree: on whole files of likely and unlikely values, on each kind of text."""

import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import WithJsonSchema
from pydantic_core import PydanticCustomError

from bot.configuration import channels, crontab, feeds, load, shapes, values
from bot.configuration.schema import File
from bot.errors import ConfigurationError
from bot.register.load import load as load_register
from tests.configuration.desk import FEEDS, WATCH_LIST
from tests.configuration.test_schema import BEYOND
from tests.configuration.validation import complaints_of, written

REGISTER = load_register()
SOUND: dict[File, str] = {File.WATCH_LIST: WATCH_LIST, File.FEEDS: FEEDS}

# What may stand anywhere and belongs nowhere in particular.
STRAY = st.sampled_from(
    [None, True, False, 5, -7, 1.5, "", " ", "–", "Austin", [], {}, ["Austin"], {"a": "b"}]
)


def near(*good: object, bad: tuple[object, ...] = ()) -> st.SearchStrategy[object]:
    """Give one of a few good values, and one time in fifteen a bad or a stray one."""
    wrong = st.sampled_from(bad) | STRAY if bad else STRAY
    return st.integers(0, 14).flatmap(lambda n: wrong if n == 0 else st.sampled_from(good))


def listed(*good: object, bad: tuple[object, ...] = ()) -> st.SearchStrategy[object]:
    """Give a list of some of these, and now and then none, or something else."""
    several = st.lists(near(*good, bad=bad), min_size=1, max_size=3)
    return st.integers(0, 19).flatmap(lambda n: STRAY if n == 0 else several)


def mapping(
    optional: dict[str, st.SearchStrategy[object]], **needed: st.SearchStrategy[object]
) -> st.SearchStrategy[object]:
    """Give a mapping with some of these keys, rarely without one that is needed or with one more."""
    every = optional | needed
    stray = {"nmae": STRAY}
    return st.integers(0, 24).flatmap(
        lambda n: (
            st.fixed_dictionaries({}, optional=every | stray)
            if n == 0
            else st.fixed_dictionaries(needed, optional=optional)
        )
    )


TRUTHS = near(*(True, False), bad=("yes",))
WORDS = listed("Austin", "Beloussow", "rote Linie", bad=("…", "--", 2024))
LANGUAGES = near("de", "DE", "ru", bad=("xx", "deu"))
COUNTRIES = near("US", "us", "DE", "XK", bad=("UK", "USA"))
LENGTHS = near("10m", "3 d", "90s", " 7d ", "1h", bad=("0m", "5", 5, "1w", "2H", "-1m"))
CHATS = ("@draht", "default", -1001, "@forum/17", ["@draht", -5])
NO_CHATS: tuple[object, ...] = ("hook", [], "@", "t.me/draht", 10**17)

WATCH = mapping(
    {
        "contacts": listed("US defence minister", "Boris Pistorius", bad=("any defence minister", "Xqzw")),
        "keywords": WORDS,
        "query": near("Austin AND Moskau", 'title:"x" NEAR/3 y', bad=("  ", ["Austin"])),
        "exclude": WORDS,
        "media": listed("phone", "video", "meeting", "letter", bad=("fax", "Phone")),
        "ring": near("contacts", "stories", bad=("story",)),
        "channel": near(*CHATS, bad=NO_CHATS),
        "announce": TRUTHS,
        "urgent": TRUTHS,
    },
    name=near("Moskau", "Kiew", "Oslo", "Riga", "Bern"),
)
MANNERS = {
    "language": near("de", "en", bad=("fr", "EN")),
    "quiet": near("23:00-06:30", "7:00 – 9:00", bad=("24:00-06:00", "23-06", "23:60-06:00")),
    "digest": near(
        "Mon 07:00",
        "so. 9:05",
        "0 7 * * mon",
        "5 07:00",
        "FRIDAY 7:00",
        bad=("* * * * *", "Mon 25:00", "Mon"),
    ),
    "approve": TRUTHS,
}
SERVICES = near("env:DRAHT_PHONE", "ntfy://draht", bad=("ntfy.sh/draht", "env:a", "https://example.org/x"))
SECRETS = near("env:DRAHT_SECRET", bad=("abc",))
CHANNEL = (
    mapping(MANNERS, name=near("@draht", "default", -1001, "@forum/17", bad=("hook", "@")))
    | mapping(MANNERS | {"secret": SECRETS}, name=near("hook", "ntfy", bad=("@draht",)), service=SERVICES)
    | mapping(MANNERS, name=near("hook", "ntfy"), service=near("https://example.org/x"), secret=SECRETS)
)
FEED = mapping(
    {
        "name": near("Blatt", "Bote", bad=(" ",)),
        "language": LANGUAGES,
        "country": COUNTRIES,
        "interval": LENGTHS,
        "enabled": TRUTHS,
    },
    url=near(
        *(f"https://{letter}.example/rss" for letter in "abcdefg"),
        "HTTP://b.example:8080/x?y#z",
        bad=("ftp://a.example", "a.example", "http:///x"),
    ),
)
HOLDER = mapping(
    {
        "start": near("2026-12-02", None, bad=("2026-13-01", "2.12.2026", 2026)),
        "end": near("2027-12-02", None, bad=("2026-02-32",)),
        "acting": TRUTHS,
        "names": near(
            ["Belusov"], {"ru": ["Белоусов"]}, {"RU": ["Белоусов"]}, bad=({"xx": ["a"]}, {}, {"de": []}, [])
        ),
    },
    country=COUNTRIES,
    person=near("Jane Example", "John Example", bad=("…",)),
)
ONE_LINE = mapping({"language": near("de", "en"), "max_age": LENGTHS}, keywords=WORDS)
ANY: dict[File, st.SearchStrategy[object]] = {
    File.WATCH_LIST: ONE_LINE
    | mapping(
        {
            "language": near("de", "en", bad=("fr",)),
            "timezone": near("Europe/Berlin", "UTC", "Etc/GMT+1", bad=("", "Europe/ Berlin")),
            "max_age": LENGTHS,
            "channels": st.lists(CHANNEL, min_size=1, max_size=2),
        },
        watches=st.lists(WATCH, min_size=1, max_size=2) | near([], [[]], ["w"]),
    ),
    File.FEEDS: mapping(
        {
            "interval": LENGTHS,
            "allow_private": listed(
                "127.0.0.0/8", "::1/128", "10.0.0.1", "10.0.0.0/255.0.0.0", bad=("localhost",)
            ),
            "articles": TRUTHS,
        },
        feeds=st.lists(FEED, max_size=2),
    ),
    File.HOLDERS: mapping({}, holders=st.lists(HOLDER, max_size=2)),
}


def refused(file: File, text: str) -> list[str]:
    """Give the errors that `draht check` has for one file beside good ones."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for other, sound in (SOUND | {file: text}).items():
            (folder / f"{other}.yaml").write_text(sound, encoding="utf-8")
        try:
            load(folder, REGISTER)
        except ConfigurationError as error:
            return [str(problem) for problem in error.problems if ": error: " in str(problem)]
    return []


FILES = st.sampled_from(list(File)).flatmap(lambda file: st.tuples(st.just(file), ANY[file]))


@given(FILES)
@settings(max_examples=400, deadline=None)
def test_the_schema_refuses_what_draht_check_refuses_and_nothing_else(told: tuple[File, object]) -> None:
    """Whatever the mixture of values: both complain, but for what only the register or another place tells.

    A file of nothing at all is no file yet.
    """
    file, value = told
    errors = refused(file, written(value))
    wrong = complaints_of(file, value)
    assert not wrong or errors
    assert wrong or value is None or all(BEYOND.search(error) for error in errors)


READERS: list[tuple[Callable[[str], object], WithJsonSchema, str]] = [
    (values.read_duration, shapes.DURATION, "0159 smhdMwins"),
    (values.read_date, shapes.DAY, "0123-/."),
    (values.read_word, shapes.WORD, "aß9²й東 .-–…¿«»$"),
    (values.read_phrase, shapes.PHRASE, "aй \t\n\u00a0."),
    (values.read_channel, shapes.CHANNEL, "@/-aZ_019 ."),
    (channels.read_quiet, shapes.QUIET, "012:-– 369"),
    (channels.read_service, shapes.SERVICE, "env:A_0s/+ n."),
    (channels.read_variable, shapes.VARIABLE, "env:A_0 "),
    (crontab.read_weekly, shapes.weekly(crontab.DAY_WORDS), "MonSAdi.:0719 *,"),
    (feeds.read_url, shapes.URL, "htps:/.a@[]?#8 ä"),
    (feeds.read_network, shapes.NETWORK, "012.:/afF%e "),
    (values.read_timezone, shapes.TIMEZONE, "ETC/GM+1UO_-"),
]
# Good texts, whole or in parts, so that many of those that are tried are nearly good.
PARTS = [
    "10m", " 3 d ", "2026-01-31", "Austin", "@draht", "/17", "-1001", "hook", "23:00", "-", "–", "06:30",
    "env:", "env:NAME", "https://", "HTTP://", "example.org", "/x", "ntfy://", "Mon", "montag", "Mo",
    "friday", " ", "07:00", "0 7 * * ", "mon", "7", "127.0.0.0", "/8", "::1", "/128", "fe80::1%eth0",
    "Etc/GMT", "+1", "Europe/", "Berlin", "UTC",
]  # fmt: skip


@given(
    st.sampled_from(READERS).flatmap(
        lambda r: st.tuples(
            st.just(r),
            st.lists(st.sampled_from(PARTS) | st.sampled_from(list(r[2])), max_size=8).map("".join),
        )
    )
)
@settings(max_examples=3000, deadline=None)
def test_no_text_that_draht_reads_is_underlined(
    told: tuple[tuple[Callable[[str], object], WithJsonSchema, str], str],
) -> None:
    """Of each kind of text the schema takes all that its reader takes."""
    (read, shape, _), text = told
    try:
        read(text)
    except PydanticCustomError:
        return
    assert Draft202012Validator(shape.json_schema or {}).is_valid(text)


@given(st.integers(1, 999_999_999))
def test_a_written_length_of_time_is_read_as_itself(seconds: int) -> None:
    """What the schema shows as default is what the file would say."""
    length = timedelta(seconds=seconds)
    assert values.read_duration(values.write_duration(length)) == length
