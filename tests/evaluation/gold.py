"""Gold records (one JSON object a line: a story and its label) → `Sample`s."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from bot.cli.jsonl import story_file
from bot.errors import InputError
from bot.model.claim import Verdict
from bot.model.story import Story
from bot.model.watchlist import WatchList
from bot.ports import Clock

CONTACT = "contact"
AMBIGUOUS = "ambiguous"
# An initiator about whom the annotators could not agree: not scored.
UNDECIDED = "?"


@dataclass(frozen=True, slots=True)
class Seat:
    """One side of a table; `person` in usual English spelling where the story names it."""

    country: str
    person: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A contact that a story reports as its news; None is what it does not tell."""

    event: str
    date: str | None
    medium: str | None
    seats: tuple[Seat, ...]
    initiator: str | None

    @property
    def countries(self) -> frozenset[str]:
        """The countries at the table."""
        return frozenset(seat.country for seat in self.seats if seat.country)


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier contact that a story mentions; `date` is a day, a month or None."""

    date: str | None
    countries: tuple[str, ...]

    def __str__(self) -> str:
        """Write it as "DE-FR 2023-03"."""
        return "-".join(self.countries) + (f" {self.date}" if self.date else "")


@dataclass(frozen=True, slots=True)
class Sample:
    """A story with what is to be recognised in it; `kind` is that of its label."""

    story: Story
    kind: str
    contacts: tuple[Wanted, ...] = ()
    previous: tuple[Before, ...] = ()
    ambiguous: bool = False

    @property
    def language(self) -> str:
        """The language that the record declares, "?" where it declares none."""
        return self.story.language or "?"

    @property
    def verdict(self) -> str:
        """The verdict that is right: the kind, or `none` for all kinds without a contact."""
        return self.kind if self.kind in set(Verdict) else Verdict.NONE


def samples(path: Path, clock: Clock) -> tuple[Sample, ...]:
    """Read a gold file; raises `InputError` with every line that is no gold record.

    Stories are read as `draht recognise` reads them; undated ones count as
    seen at the clock's now.
    """
    stories = story_file(str(path), WatchList(()), clock)
    told = {record.story.id: record.story for record in stories}
    stories.raise_faults()
    return tuple(_sample(told, label, f"{path}:{number}") for number, label in _labels(path))


def _labels(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(BytesIO(path.read_bytes()), 1):
        if line.strip():
            yield number, json.loads(line.decode("utf-8").removeprefix("\ufeff"))


def _sample(told: dict[str, Story], record: dict[str, Any], place: str) -> Sample:
    try:
        label = record["label"]
        return Sample(
            story=told[str(record["id"])],
            kind=label["kind"],
            contacts=tuple(map(_wanted, label["contacts"])),
            previous=tuple(Before(p.get("date"), tuple(sorted(p["countries"]))) for p in label["previous"]),
            ambiguous=bool(label.get("ambiguous")),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{place}: the label is not as eval/FORMAT.md has it: {error}") from error


def _wanted(contact: dict[str, Any]) -> Wanted:
    return Wanted(
        event=contact["event"],
        date=contact.get("date"),
        medium=contact.get("medium"),
        seats=tuple(Seat(p.get("country") or "", p.get("person")) for p in contact["participants"]),
        initiator=contact.get("initiator"),
    )
