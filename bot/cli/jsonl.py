"""JSON lines of stories (eval/FORMAT.md) → `Story`, with every bad line named by its place."""

import io
import json
import re
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

from bot.errors import InputError
from bot.feeds.dates import plausible
from bot.model.story import Story
from bot.model.watchlist import WatchList
from bot.ports import Clock
from bot.text.hosts import site_of

LONGEST_LINE = 10_000_000  # bytes: as much as one feed may hold (DESIGN.md §6)

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class _BadLineError(Exception):
    """Why a line is not a story."""


@dataclass(frozen=True, slots=True)
class Record:
    """One story of a file; `given_id` is its id as it stood there, text or number.

    `note` says what about the line was passed over, where something was.
    """

    given_id: str | int
    story: Story
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """A line, or part of one, that could not be used; `path:line: what`."""

    path: str
    line: int
    what: str

    def __str__(self) -> str:
        """Write it as compilers do."""
        return f"{self.path}:{self.line}: {self.what}"


class StoryFile:
    """Reads stories from a file of JSON lines, or from standard input for "-".

    `content` stands for the file's where it has been read already. Iterating
    gives the usable records in order; `faults` then holds what was wrong, and
    `read` how many bytes were read. `now` is when undated stories count as
    seen; `zone` gives the local day of an instant that tells no offset.
    """

    def __init__(self, path: str, zone: ZoneInfo, now: datetime, content: bytes | None = None) -> None:
        self.faults: list[Fault] = []
        self.read = 0
        self._path = path
        self._zone = zone
        self._now = now
        self._content = content
        self._seen: set[str] = set()

    def size(self) -> int | None:
        """Give the number of bytes to read; None for a stream."""
        try:
            return None if self._path == "-" else Path(self._path).stat().st_size
        except OSError:
            return None

    def __iter__(self) -> Iterator[Record]:
        """Give the usable records; raises `InputError` where the file cannot be read."""
        try:
            with self._open() as stream:
                for number, line in self._lines(stream):
                    record = self._record(number, line)
                    if record is not None:
                        yield record
        except OSError as error:
            raise InputError(f"{self._path} cannot be read: {error.strerror}") from error

    def raise_faults(self) -> None:
        """Raise `InputError` with every fault, if there was one."""
        if self.faults:
            raise InputError("\n".join(map(str, self.faults)))

    def _open(self) -> AbstractContextManager[BinaryIO]:
        if self._content is not None:
            return io.BytesIO(self._content)
        if self._path == "-":
            return nullcontext(sys.stdin.buffer)
        return Path(self._path).open("rb")

    def _lines(self, stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
        for number, line in enumerate(iter(lambda: stream.readline(LONGEST_LINE + 1), b""), 1):
            self.read += len(line)
            if len(line) > LONGEST_LINE:
                self._fault(number, f"the line is longer than {LONGEST_LINE:,} bytes")
                self.read += _skip_line(stream, line)
            elif line.strip():
                yield number, line

    def _record(self, number: int, line: bytes) -> Record | None:
        try:
            record = _read_record(_parse(line), self._zone, self._now, self._path)
            self._refuse_twin(record)
        except _BadLineError as bad:
            self._fault(number, str(bad))
            return None
        if record.note:
            self._fault(number, record.note)
        return record

    def _refuse_twin(self, record: Record) -> None:
        if record.story.id in self._seen:
            raise _BadLineError(f"id {record.story.id!r} appears twice; the first one counts")
        self._seen.add(record.story.id)

    def _fault(self, number: int, what: str) -> None:
        self.faults.append(Fault(self._path, number, what))


def _parse(line: bytes) -> object:
    try:
        # A line end would be where JSON begins to count columns anew.
        return json.loads(line.decode("utf-8").removeprefix("\ufeff").rstrip("\r\n"))
    except UnicodeDecodeError:
        raise _BadLineError("the line is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise _BadLineError(f"the line is not JSON: {error.msg} at column {error.colno}") from None
    except (ValueError, RecursionError):
        raise _BadLineError("the line is JSON beyond all measure") from None


def story_file(path: str, watchlist: WatchList, clock: Clock) -> StoryFile:
    """Open a file of stories whose days are those of the watch-list's zone."""
    return StoryFile(path, ZoneInfo(watchlist.timezone), clock.now())


def _skip_line(stream: BinaryIO, line: bytes) -> int:
    """Read on to the end of a line in small pieces; say how many bytes that were."""
    skipped = 0
    while line and not line.endswith(b"\n"):
        line = stream.readline(io.DEFAULT_BUFFER_SIZE)
        skipped += len(line)
    return skipped


def _read_record(value: object, zone: ZoneInfo, now: datetime, feed: str) -> Record:
    if not isinstance(value, dict):
        raise _BadLineError("the line is not a JSON object")
    given_id = value.get("id")
    if not isinstance(given_id, str | int) or isinstance(given_id, bool) or given_id == "":
        raise _BadLineError("the line has no id (text or a number)")
    fields = {name: _text(value, name) for name in ("title", "text", "url", "source", "lang", "country")}
    if "title" not in value and "text" not in value:
        raise _BadLineError("the story has neither title nor text")
    published, note = _published(value.get("published"), zone, now)
    instant, day = published or (now, now.astimezone(zone).date())
    story = Story(
        id=_LONE_SURROGATE.sub("\ufffd", str(given_id)),
        feed=feed,
        source=fields["source"] or site_of(fields["url"]) or feed,
        url=fields["url"] or None,
        title=fields["title"],
        text=fields["text"],
        language=fields["lang"].lower().partition("-")[0] or None,
        country=fields["country"].upper() or None,
        instant=instant,
        day=day,
        dated=published is not None,
    )
    return Record(given_id if isinstance(given_id, int) else story.id, story, note)


def _text(value: dict[str, object], name: str) -> str:
    text = value.get(name)
    if text is None:
        return ""
    if not isinstance(text, str):
        raise _BadLineError(f"the field {name} is not text")
    # Half a surrogate pair cannot be written as UTF-8; one sign for one keeps the offsets.
    return _LONE_SURROGATE.sub("\ufffd", text)


_Published = tuple[datetime, date] | None


def _published(value: object, zone: ZoneInfo, now: datetime) -> tuple[_Published, str | None]:
    """Give the instant with its local day, None for undated, and what was passed over."""
    if value is None:
        return None, None
    try:
        published = _moment(value.strip() if isinstance(value, str) else "", zone)
    except (ValueError, OverflowError):
        return None, f"published is no ISO date or date-time: {value!r}; the story counts as undated"
    if not plausible(published[0], now):
        return None, None
    return published, None


def _moment(value: str, zone: ZoneInfo) -> tuple[datetime, date]:
    """Read an ISO date (12:00 UTC of that day) or date-time (UTC where it names no zone)."""
    moment = datetime.fromisoformat(value)
    if len(value) <= len("2024-07-12"):
        return datetime.combine(moment.date(), time(12), UTC), moment.date()
    if moment.tzinfo is not None:
        return moment.astimezone(UTC), moment.date()
    instant = moment.replace(tzinfo=UTC)
    return instant, instant.astimezone(zone).date()
