"""The language of a text that declares none."""

from functools import cache
from typing import Any

from bot.model.story import Story

_READ = 20_000
"""Characters of a story that tell its language."""


def detect(text: str) -> str | None:
    """Give the ISO 639-1 code of a text's language, None where it cannot be told.

    By eldc: 25 of 25 short headlines right, 76,000 documents/s, its model in
    the wheel (RECOGNITION.md §3).
    """
    code: str = _detector().detect(text)
    return code if code and code != "und" else None


def language_of(story: Story) -> str | None:
    """Give the language that a story's feed declares, else the one that it reads as."""
    return story.language or detect(story.whole[:_READ])


@cache
def _detector() -> Any:  # noqa: ANN401 - eldc is untyped
    # Imported on first use: most feeds declare their language.
    import eldc  # noqa: PLC0415

    eldc.init()
    return eldc.instance()
