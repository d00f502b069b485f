"""The words that the bot talks with, one file a language: bot/languages/talk/<code>.toml.

How such files are read, and refused, `bot.languages.words` says.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache, partial
from importlib.resources import files
from typing import Annotated, Any

from bot.languages import words
from bot.languages.words import Reader

_FOLDER = files("bot.languages") / "talk"


@dataclass(frozen=True, slots=True)
class Say:
    """Whole answers; `Annotated` holds the names that a pattern must use, here and below."""

    start: str
    help_reader: str
    help_editor: str
    refused: str
    refused_here: Annotated[str, "number"]
    unknown_command: str
    no_posts: str
    no_contacts: str
    unknown_who: Annotated[str, "who"]
    unknown_since: Annotated[str, "since"]
    unknown_length: str
    no_such_post: str
    nothing_told: str
    last: str
    contacts: str
    paused: Annotated[str, "who"]
    resumed: str
    muted: Annotated[str, "until", "who"]
    nothing_held: str
    held: Annotated[str, "count"]
    card_held: str
    card_posted: str
    approved: Annotated[str, "count"]
    approved_one: str
    rejected: str
    not_held: str
    no_contact: str
    duplicate: Annotated[str, "elder"]
    wrong_slot: Annotated[str, "slot", "value"]
    undone: str
    outdated: str
    which_elder: str
    no_elder: str
    which_slot: str
    which_value: Annotated[str, "slot"]


@dataclass(frozen=True, slots=True)
class Facts:
    """What stands before the colon of a line of evidence or of the state of things."""

    contact: str
    participant: str
    date: str
    status: str
    initiator: str
    topic: str
    place: str
    duration: str
    statement: str
    previous: str
    open: Annotated[str, "slots"]
    more: Annotated[str, "count"]
    words: Annotated[str, "words"]
    reported: Annotated[str, "day"]
    version: Annotated[str, "version", "length"]
    feeds: Annotated[str, "heard", "asked"]
    not_heard: str
    day: Annotated[str, "stories", "contacts", "posts"]
    outbox: Annotated[str, "pending", "held", "refused"]
    all_heard: str
    pause: Annotated[str, "who", "since"]
    mute: Annotated[str, "who", "until"]
    fault: str
    watch_list: Annotated[str, "revision", "since"]
    not_usable: str
    made_by: Annotated[str, "revision"]


@dataclass(frozen=True, slots=True)
class Labels:
    """What buttons say."""

    no_contact: str
    duplicate: str
    wrong_slot: str
    undo: str
    approve: str
    reject: str
    unknown: str


@dataclass(frozen=True, slots=True)
class Slots:
    """The parts of a contact that can be told wrongly."""

    day: str
    medium: str
    initiative: str
    topics: str
    place: str
    duration: str
    previous: str


@dataclass(frozen=True, slots=True)
class Commands:
    """What Telegram shows beside each command."""

    start: str
    last: str
    contacts: str
    why: str
    help: str
    status: str
    health: str
    mute: str
    pause: str
    resume: str
    approve: str


@dataclass(frozen=True, slots=True)
class TalkWords:
    """All words of one language's answers."""

    code: str
    say: Say
    facts: Facts
    labels: Labels
    slots: Slots
    commands: Commands


def codes() -> tuple[str, ...]:
    """List the languages that the bot talks."""
    return words.codes(_FOLDER)


@cache
def load(code: str) -> TalkWords:
    """Load the words of a language, or raise ConfigurationError with every fault of its file."""
    return words.load(_FOLDER, code, f"the bot does not talk '{code}'", read)


def read(code: str, text: str) -> TalkWords:
    """Read the words of a language from TOML, or raise ConfigurationError with every fault."""
    return words.read(f"bot/languages/talk/{code}.toml", text, partial(_made, code))


def _made(code: str, reader: Reader, table: Mapping[str, Any]) -> TalkWords:
    reader.compare(table, {field.name for field in fields(TalkWords)} - {"code"}, "")
    return TalkWords(
        code=code,
        say=reader.entry(Say, table, "say"),
        facts=reader.entry(Facts, table, "facts"),
        labels=reader.entry(Labels, table, "labels"),
        slots=reader.entry(Slots, table, "slots"),
        commands=reader.entry(Commands, table, "commands"),
    )
