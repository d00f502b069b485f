"""The words that posts are made of, table by table; the names are those of bot/languages/post/<code>.toml."""

from dataclasses import dataclass
from typing import Annotated


@dataclass(frozen=True, slots=True)
class Labels:
    """What stands before the colon of a line."""

    day: str
    initiative: str
    topic: str
    topics: str
    place: str
    duration: str
    previous: str
    denied: str
    table: str
    source: str
    sources: str
    confirmed: str
    confirmed_once: str
    correction: str
    incomplete: str
    wrongly: str
    already: str
    editors: str
    undated: str
    why: str


@dataclass(frozen=True, slots=True)
class Patterns:
    """Turns of phrase; `Annotated` holds the names that a pattern must use, here and below."""

    offices: Annotated[str, "role", "countries"]
    of_country: Annotated[str, "country"]
    many: Annotated[str, "role", "count"]
    call: Annotated[str, "head", "capital"]
    reported: Annotated[str, "day", "noun_of"]
    other_day: Annotated[str, "source", "day"]
    initiative_by: Annotated[str, "country", "who"]
    initiative_disputed: Annotated[str, "country", "who"]
    denied_by: Annotated[str, "who"]
    denied_by_side: Annotated[str, "side", "who"]
    previous: Annotated[str, "day", "noun"]
    previous_reported: Annotated[str, "day", "noun"]
    previous_by: Annotated[str, "source"]
    one_day_before: Annotated[str, "count"]
    days_before: Annotated[str, "count"]
    names_day: Annotated[str, "source", "day"]
    names_month: Annotated[str, "source", "month"]
    in_language: Annotated[str, "speaker", "language"]
    length_about: Annotated[str, "length"]
    length_over: Annotated[str, "length"]
    length_under: Annotated[str, "length"]
    more: Annotated[str, "count"]
    previous_here: Annotated[str, "previous"]
    put_right: Annotated[str, "parts"]
    left_out: Annotated[str, "parts"]
    stamp: Annotated[str, "time"]
    clock: Annotated[str, "time"]
    day_and_clock: Annotated[str, "day", "time"]


@dataclass(frozen=True, slots=True)
class Parts:
    """What the parts of a contact are called."""

    names: str
    day: str
    medium: str
    initiative: str
    topics: str
    place: str
    duration: str
    previous: str


@dataclass(frozen=True, slots=True)
class Replies:
    """What is said where something changed: `of` puts it behind the names, as a headline."""

    of: Annotated[str, "who", "what"]
    both: str
    several: str
    day: str
    date: str
    initiative: str
    disputed: str
    denied: Annotated[str, "noun"]
    others_stand: Annotated[str, "denied"]
    undenied: str
    not_yet: str
    retracted: str
    was_wrong: str
    reinstated: str
    instead: Annotated[str, "before", "now"]
    unknown: str


@dataclass(frozen=True, slots=True)
class Overviews:
    """What stands over and in the posts that list contacts: of a week, and of a night."""

    digest: Annotated[str, "since", "until"]
    nothing: str
    summary: Annotated[str, "count"]
    more: Annotated[str, "count"]


@dataclass(frozen=True, slots=True)
class RoleWords:
    """An office as a headline names it, with its article, and as whose something is."""

    one: str
    many: str
    the_one: str
    the_many: str
    of_one: str
    of_many: str

    def bare(self, count: int) -> str:
        """Name so many holders as a headline does."""
        return self.one if count == 1 else self.many

    def definite(self, count: int) -> str:
        """Name so many holders in a sentence, as its subject."""
        return self.the_one if count == 1 else self.the_many

    def genitive(self, count: int) -> str:
        """Name so many holders as those to whom something belongs."""
        return self.of_one if count == 1 else self.of_many


@dataclass(frozen=True, slots=True)
class MediumWords:
    """How a kind of contact is told: as a thing, in a headline, with and without a day.

    `tag` is the hashtag; it is what readers search by, so it must never change.
    """

    noun: str
    a_noun: str
    noun_of: str
    tag: str
    head: Annotated[str, "who"]
    head_many: Annotated[str, "who"]
    past: Annotated[str, "who", "day"]
    perfect: Annotated[str, "who"]


@dataclass(frozen=True, slots=True)
class StatusWords:
    """How a contact is told that did not take place, or not yet."""

    head: Annotated[str, "who", "noun"]
    dated: Annotated[str, "a_noun", "of_whom", "day"]
    undated: Annotated[str, "a_noun", "of_whom"]
