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
class Watching:
    """What is said about the watch-list and its changes."""

    help: str
    list: str
    list_at: Annotated[str, "revision"]
    every: str
    everyone: str
    every_story: str
    stories: str
    keywords: Annotated[str, "words"]
    query: Annotated[str, "words"]
    exclude: Annotated[str, "words"]
    contacts: Annotated[str, "words"]
    channel: Annotated[str, "words"]
    home: str
    in_force: str
    warned: str
    faulty: str
    unwritten: Annotated[str, "reason"]
    read_only: str
    only_ops: str
    no_folder: str
    no_word: str
    too_long: Annotated[str, "word"]
    one_at_a_time: str
    which_watch: Annotated[str, "names", "verb", "word", "name"]
    no_such_watch: Annotated[str, "name", "names"]
    sounds_like: Annotated[str, "word", "name"]
    known: Annotated[str, "word", "name"]
    not_found: Annotated[str, "word"]
    in_several: Annotated[str, "word", "names", "name"]
    narrows: Annotated[str, "word", "name"]
    last_word: Annotated[str, "word", "name"]
    one_line: str
    undone: Annotated[str, "what", "who"]
    nothing_to_undo: str
    moved_on: Annotated[str, "what", "file"]
    not_newest: Annotated[str, "what"]
    undone_already: str
    hit: Annotated[str, "name", "words"]
    hit_all: Annotated[str, "name"]
    hit_idle: Annotated[str, "name"]
    no_hit: str
    excluded: Annotated[str, "name"]
    lacking: Annotated[str, "name", "words"]
    unfit: Annotated[str, "name"]
    recognised: str
    unrecognised: str
    no_pages: str
    no_page: Annotated[str, "reason"]
    too_often: str
    nothing_missing: str
    missing: str
    word: Annotated[str, "word", "name", "found", "missed"]
    holder: Annotated[str, "person", "office", "stories", "outlets", "day"]
    spelling: Annotated[str, "spelling", "person", "office", "stories", "outlets"]
    vetoed: str


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
    accept: str
    veto: str


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
    watch: str


@dataclass(frozen=True, slots=True)
class TalkWords:
    """All words of one language's answers."""

    code: str
    say: Say
    watch: Watching
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
        watch=reader.entry(Watching, table, "watch"),
        facts=reader.entry(Facts, table, "facts"),
        labels=reader.entry(Labels, table, "labels"),
        slots=reader.entry(Slots, table, "slots"),
        commands=reader.entry(Commands, table, "commands"),
    )
