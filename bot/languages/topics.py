"""What ministers speak about: one vocabulary across languages."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from bot.languages.load import expand
from bot.text.fold import fold


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: its id (the English label), labels and folded phrases by language."""

    id: str
    labels: tuple[tuple[str, str], ...]
    phrases: tuple[tuple[str, tuple[str, ...]], ...]


@cache
def topics() -> tuple[Topic, ...]:
    """Give the whole vocabulary, in the order of its file."""
    text = resources.files("bot.languages").joinpath("topics", "topics.toml").read_text("utf-8")
    return tuple(
        Topic(
            name,
            tuple(sorted(entry["label"].items())),
            tuple(
                (code, tuple(fold(form) for pattern in patterns for form in expand(pattern)))
                for code, patterns in sorted(entry["phrases"].items())
            ),
        )
        for name, entry in tomllib.loads(text).items()
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
