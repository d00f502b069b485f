import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.configuration import Configuration, excerpt, load
from bot.configuration.parse import parse, parse_slowly
from bot.configuration.read import LARGEST
from bot.errors import ConfigurationError, Problem
from bot.register.load import load as load_register
from tests.configuration.desk import FEEDS, Desk

WORDS = [
    "keywords", "watches", "feeds", "holders", "name", "url", "contacts", "channel", "interval", "names",
    "person", "country", "US", "no", "true", "10m", "3", "~", "Austin", "US defence minister", "https://example.org/rss",
    "https://a:b@c/", "2024-02-30", "@draht", "*a", "&a", "!t", "!!str", "<<", "%YAML 1.1", "---", "...",
]  # fmt: skip
SIGNS = [
    "\n",
    "\n  ",
    "\n    ",
    "\n- ",
    "\n  - ",
    ": ",
    ":",
    ", ",
    "[",
    "]",
    "{",
    "}",
    "'",
    '"',
    "#",
    "|",
    ">",
    "? ",
    "\t",
    " ",
]
NEARLY_YAML = st.lists(st.sampled_from(WORDS + SIGNS), max_size=40).map("".join)
WATCHED = (
    'language: de\nwatches:\n  - name: A – B\n    keywords: [Austin, "x: y", b:c]\n    query: >\n      a\n'
)
PHRASE = st.from_regex(r"[A-Za-zА-Яа-яÄÖÜäöüß]{2,12}( [A-Za-zА-Яа-я]{2,12})?", fullmatch=True)


def read(content: bytes) -> Configuration | tuple[Problem, ...]:
    """Read the same bytes as all three files."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in ("feeds.yaml", "watchlist.yaml", "holders.yaml"):
            (folder / file).write_bytes(content)
        try:
            return load(folder, load_register())
        except ConfigurationError as error:
            told = "".join(f"{problem}{excerpt(problem)}" for problem in error.problems)
            told.encode("utf-8")
            return error.problems


@given(st.text() | NEARLY_YAML)
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever stands in the files, nothing but a ConfigurationError comes out, printable and placed."""
    content = text.encode("utf-8", "surrogatepass")
    found = read(content)
    if isinstance(found, tuple):
        lines = len(text.splitlines()) + 1
        assert found
        assert all(problem.line <= lines for problem in found)


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """Not even text is needed."""
    read(content)


@pytest.mark.parametrize("part", ["[", "{", "- ", "? ", "a: ", "{a: ", "'", "&a ", "!a ", "\n ", "- - a: "])
def test_a_nest_as_large_as_a_file_may_be_is_refused(desk: Desk, part: str) -> None:
    """Megabytes of opening brackets neither crashes nor hangs the reader."""
    desk.write("watchlist.yaml", part * (LARGEST // len(part)))
    assert desk.findings()


@given(st.lists(PHRASE, min_size=1, max_size=20))
@settings(max_examples=30, deadline=None)
def test_quoted_words_are_kept_as_written(words: list[str]) -> None:
    """Whatever an editor puts in quotes is the keyword."""
    lines = "".join(f'  - "{word}"\n' for word in words)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "feeds.yaml").write_text(FEEDS)
        (folder / "watchlist.yaml").write_text(f"keywords:\n{lines}", encoding="utf-8")
        found = load(folder, load_register())
    assert found.watchlist.watches[0].keywords == tuple(words)


def many_watches(entries: str) -> str:
    """Write a watch-list of 5,000 lines."""
    watch = (
        "  - name: w{0}\n    contacts: ["
        + entries
        + "]\n    keywords:\n      - Austin{0}\n      - Beloussow\n"
    )
    return "watches:\n" + "".join(watch.format(number) for number in range(1000))


@pytest.mark.parametrize(
    ("entries", "problems", "seconds"),
    [
        ("US defence minister, Boris Pistorius", 0, 3),
        ("Borris Pistorus{0}, Pistol{0}", 2000, 6),
    ],
)
def test_a_watch_list_of_5000_lines_is_checked_in_3_seconds(
    desk: Desk, entries: str, problems: int, seconds: int
) -> None:
    """In twice that where 2,000 entries are wrong and each wants a suggestion."""
    desk.write("watchlist.yaml", many_watches(entries))
    start = time.process_time()
    found = desk.findings()
    assert time.process_time() - start < seconds
    assert len(found) == problems


@given(
    st.text()
    | NEARLY_YAML
    | st.tuples(NEARLY_YAML, st.sampled_from([WATCHED, FEEDS]), NEARLY_YAML).map("".join)
)
@example("a: b\n...\n...\n")
@example("&a:b")
@example("a:\n")
@example("%YAML 1.0\n---\na: b\n")
@example("%YAML 1.2\n---\na: b\n")
@example("%YAML 9\n")
@example("a: |# b\n")
@example("a: b\u2028c: d\n")
def test_libyaml_reads_what_yaml_written_in_python_reads(text: str) -> None:
    """The quick parser is asked first, and never tells another tree, place or fault."""
    assert parse(text) == parse_slowly(text)
