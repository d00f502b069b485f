"""Stories from JSON lines: times, sources, and every bad line named."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.jsonl import LONGEST_LINE, Record, StoryFile
from bot.errors import InputError

NOW = datetime(2024, 7, 20, 8, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def read(path: Path) -> tuple[list[Record], list[str]]:
    """Read a whole file: its records, and its faults without the path."""
    file = StoryFile(str(path), BERLIN, NOW)
    records = list(file)
    return records, [str(fault).removeprefix(f"{path}:") for fault in file.faults]


def one(path: Path, **fields: object) -> Record:
    """Write and read a file of one good story."""
    path.write_text(json.dumps({"id": "a", "title": "Minister telefonieren", "text": "Kurz.", **fields}))
    records, faults = read(path)
    assert faults == []
    return records[0]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give the path of a file to write."""
    return tmp_path / "stories.jsonl"


@pytest.mark.parametrize(
    ("published", "instant", "day"),
    [
        ("2024-07-12", datetime(2024, 7, 12, 12, tzinfo=UTC), date(2024, 7, 12)),
        ("2024-07-12T23:30:00Z", datetime(2024, 7, 12, 23, 30, tzinfo=UTC), date(2024, 7, 12)),
        ("2024-07-12T23:30:00", datetime(2024, 7, 12, 23, 30, tzinfo=UTC), date(2024, 7, 13)),
        ("2024-07-12T23:30:00-04:00", datetime(2024, 7, 13, 3, 30, tzinfo=UTC), date(2024, 7, 12)),
    ],
)
def test_a_date_becomes_an_instant_and_a_local_day(
    path: Path, published: str, instant: datetime, day: date
) -> None:
    """A bare date is noon UTC, a time without zone UTC; the day is the offset's, else the zone's."""
    story = one(path, published=published).story
    assert (story.instant, story.day, story.dated) == (instant, day, True)


@pytest.mark.parametrize("published", [None, "1970-01-01", "2031-01-01T00:00:00Z"])
def test_an_impossible_date_counts_as_undated(path: Path, published: str | None) -> None:
    """No date, one from 1970 and one years ahead: the story is undated and counts as seen now."""
    story = one(path, published=published).story
    assert (story.instant, story.dated) == (NOW, False)


def test_the_source_is_told_or_the_host(path: Path) -> None:
    """`source` wins, else the address's host without www, else the file's name."""
    assert one(path, source="DLF", url="https://www.dw.com/x").story.source == "DLF"
    assert one(path, url="https://www.dw.com/x").story.source == "dw.com"
    assert one(path).story.source == str(path)


def test_an_id_is_given_back_as_it_stood(path: Path) -> None:
    """A number stays a number in the answer."""
    record = one(path, id=17)
    assert (record.given_id, record.story.id) == (17, "17")


def test_a_label_is_ignored_and_a_language_tag_shortened(path: Path) -> None:
    """Gold records go in as they are; de-AT is German."""
    assert one(path, label={"kind": "contact"}, lang="de-AT").story.language == "de"


def test_an_empty_story_is_a_story(path: Path) -> None:
    """A story whose text is empty is answered like any other; only a line without one is bad."""
    path.write_bytes(b'{"id": "a", "title": "", "text": ""}\n{"id": "b", "text": null}\n')
    records, faults = read(path)
    assert [record.given_id for record in records] == ["a", "b"]
    assert faults == []


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (b"{", "not JSON"),
        (b"[]", "not a JSON object"),
        (b"null", "not a JSON object"),
        (b'{"title": "t", "text": "x"}', "no id"),
        (b'{"id": null, "title": "t", "text": "x"}', "no id"),
        (b'{"id": "b"}', "neither title nor text"),
        (b'{"id": "b", "title": "t"', "at column 25"),
        (b'{"id": "b", "text": 7}', "the field text is not text"),
        (b'{"id": "good", "title": "t", "text": "x"}', "appears twice"),
        (b'{"id": "b", "title": "\xff"}', "not UTF-8"),
        (b"[" * 100_000, "beyond all measure"),
        (b'{"id": ' + b"9" * 5000 + b"}", "beyond all measure"),
        (b'{"id": "b", "title": "' + b"x" * LONGEST_LINE + b'"}', "longer than"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bad_line_is_named_and_the_others_are_read(path: Path, line: bytes, what: str) -> None:
    """One fault with its line number; the stories around it are untouched."""
    good = b'{"id": "good", "title": "t", "text": "x"}'
    last = b'{"id": "last", "title": "t", "text": "x"}'
    path.write_bytes(b"\xef\xbb\xbf" + good + b"\n\n" + line + b"\n" + last)
    records, faults = read(path)
    assert [record.given_id for record in records] == ["good", "last"]
    assert len(faults) == 1
    assert faults[0].startswith("3: ")
    assert what in faults[0]


@pytest.mark.parametrize("published", ["gestern", 20240712, "9999-12-31T23:59:59-12:00", ["2024"]])
def test_a_story_with_an_unreadable_date_is_answered_and_the_date_named(
    path: Path, published: object
) -> None:
    """What is no date makes the story undated, and that is said."""
    path.write_text(json.dumps({"id": "a", "title": "t", "text": "x", "published": published}))
    records, faults = read(path)
    assert [record.story.dated for record in records] == [False]
    assert "published is no ISO date" in faults[0]


def test_half_a_surrogate_pair_keeps_the_offsets(path: Path) -> None:
    """What cannot be written as UTF-8 is replaced one for one, so that evidence still points right."""
    assert one(path, text="a\ud800b").story.text == "a\ufffdb"


def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    """A missing file and a folder each end in one sentence with the path."""
    for path in (tmp_path / "missing.jsonl", tmp_path):
        with pytest.raises(InputError, match="cannot be read"):
            read(path)


@given(st.binary(max_size=300))
def test_any_bytes_at_all_end_in_records_and_faults(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    """No file content raises anything; each line that is not blank is a record or a fault."""
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    path.write_bytes(data)
    records, faults = read(path)
    assert len(records) + len(faults) >= sum(1 for line in data.split(b"\n") if line.strip())
