"""What ministers speak about: one vocabulary across languages."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.languages.load import expand
from bot.text.fold import fold

_FILE = Path(__file__).with_name("topics") / "topics.toml"


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: its id (the English label), labels and folded phrases by language."""

    id: str
    labels: tuple[tuple[str, str], ...]
    phrases: tuple[tuple[str, tuple[str, ...]], ...]


@cache
def topics() -> tuple[Topic, ...]:
    """Give the whole vocabulary, in the order of its file."""
    return tuple(
        Topic(
            name,
            tuple(sorted(entry["label"].items())),
            tuple(
                (code, tuple(fold(form) for pattern in patterns for form in expand(pattern)))
                for code, patterns in sorted(entry["phrases"].items())
            ),
        )
        for name, entry in tomllib.loads(_FILE.read_text("utf-8")).items()
    )


def label(topic: str, language: str) -> str:
    """Name a topic in a language; its id where there is no label."""
    found = next((t for t in topics() if t.id == topic), None)
    return dict(found.labels).get(language, topic) if found else topic


def phrases(language: str) -> tuple[tuple[str, str], ...]:
    """Give (folded phrase, topic id) for every phrase of a language."""
    return tuple(
        (form, topic.id)
        for topic in topics()
        for code, forms in topic.phrases
        if code == language
        for form in forms
    )
