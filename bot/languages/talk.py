"""The words that the bot talks with, one file a language: bot/languages/talk/<code>.toml.

A file that lacks a word, has one too many, or leaves a name out of a pattern is
refused when it is loaded, with all its problems at once, like those of posts.
"""

import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, TypeVar, get_type_hints

from bot.errors import ConfigurationError, Problem

_FOLDER = files("bot.languages") / "talk"
W = TypeVar("W")


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
    return tuple(sorted(entry.name[:2] for entry in _FOLDER.iterdir() if entry.name.endswith(".toml")))


@cache
def load(code: str) -> TalkWords:
    """Load the words of a language, or raise ConfigurationError with every fault of its file."""
    if code not in codes():
        hint = f"known: {', '.join(codes())}"
        raise ConfigurationError([Problem(code, 0, 0, f"the bot does not talk '{code}'", hint)])
    return read(code, (_FOLDER / f"{code}.toml").read_text(encoding="utf-8"))


def read(code: str, text: str) -> TalkWords:
    """Read the words of a language from TOML, or raise ConfigurationError with every fault."""
    reader = _Reader(f"bot/languages/talk/{code}.toml", [])
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError([Problem(reader.path, 0, 0, f"not valid TOML: {error}")]) from error
    words = reader.words(code, table)
    if reader.problems:
        raise ConfigurationError(reader.problems)
    return words


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns tables into words and notes everything that is wrong with them."""

    path: str
    problems: list[Problem]

    def words(self, code: str, table: Mapping[str, Any]) -> TalkWords:
        """Read the whole file; what is wrong is in `problems` afterwards."""
        sections = {field.name for field in fields(TalkWords)} - {"code"}
        self._strangers(table, sections, "")
        return TalkWords(
            code=code,
            say=self._section(Say, table, "say"),
            facts=self._section(Facts, table, "facts"),
            labels=self._section(Labels, table, "labels"),
            slots=self._section(Slots, table, "slots"),
            commands=self._section(Commands, table, "commands"),
        )

    def _section(self, kind: type[W], table: Mapping[str, Any], name: str) -> W:
        told = table.get(name)
        section: Mapping[str, Any] = told if isinstance(told, Mapping) else {}
        known = get_type_hints(kind, include_extras=True)
        self._strangers(section, set(known), f"{name}.")
        for key, hint in known.items():
            self._check(section.get(key), frozenset(getattr(hint, "__metadata__", ())), f"{name}.{key}")
        return kind(**{key: str(section.get(key, "")).strip() for key in known})

    def _strangers(self, table: Mapping[str, Any], known: set[str], place: str) -> None:
        strange = sorted(table.keys() - known)
        self.problems.extend(self._problem(f"'{place}{key}' is not known") for key in strange)

    def _check(self, value: object, names: frozenset[str], key: str) -> None:
        if value is None:
            self.problems.append(self._problem(f"'{key}' is missing"))
        elif not isinstance(value, str) or not value.strip():
            self.problems.append(self._problem(f"'{key}' must be a text"))
        elif {name for _, name, _, _ in string.Formatter().parse(value) if name is not None} != names:
            wanted = " and ".join(f"{{{name}}}" for name in sorted(names)) or "no name in braces"
            self.problems.append(self._problem(f"'{key}' must use {wanted}"))

    def _problem(self, message: str) -> Problem:
        return Problem(self.path, 0, 0, message)
