"""A change to the files of the configuration, as somebody asks for it in the operators' chat."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Part(StrEnum):
    """The lists of a watch that words are put into, by their keys in watchlist.yaml."""

    KEYWORDS = "keywords"
    EXCLUDE = "exclude"
    CONTACTS = "contacts"


@dataclass(frozen=True, slots=True)
class AddWords:
    """More words for a list of a watch, behind the last one; `watch` is its place in the watch-list."""

    watch: int
    part: Part
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RemoveWord:
    """One word less in a list of a watch; `place` is its place in the list.

    With its last word the list goes as a whole.
    """

    watch: int
    part: Part
    place: int


@dataclass(frozen=True, slots=True)
class AddWatch:
    """One watch more, which listens for any defence minister with these keywords."""

    name: str
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AddHolder:
    """Somebody holds an office since a day, whom the register does not know."""

    country: str
    person: str
    start: date


@dataclass(frozen=True, slots=True)
class AddSpelling:
    """A known holder is written this way too."""

    country: str
    person: str
    spelling: str


ListChange = AddWords | RemoveWord | AddWatch
HolderChange = AddHolder | AddSpelling
Change = ListChange | HolderChange


@dataclass(frozen=True, slots=True)
class Edit:
    """A change that was made to a file from the operators' chat.

    `id` is derived from the message that asked for it: asked again, it is the same one.
    `before` and `after` are the whole file, `before` None where there was none.
    `what` tells it in a few words. `undone_by` is what took it back, None while it stands.
    """

    id: str
    file: str
    before: bytes | None
    after: bytes
    what: str
    by: str
    at: datetime
    undone_by: str | None = None
