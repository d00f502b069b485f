import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.configuration.desk import Desk

BOOK = Path(__file__).parent.parent / "data" / "configuration" / "broken.md"
_CASE = re.compile(r"^## (.+?)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^```(?:yaml )?(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Case:
    """One entry of the book: a title, files, and what is said of them."""

    title: str
    files: tuple[tuple[str, str], ...]
    problems: str


def cases() -> list[Case]:
    """Read the book."""
    return [_case(title, body) for title, body in _CASE.findall(BOOK.read_text(encoding="utf-8"))]


def _case(title: str, body: str) -> Case:
    blocks = _BLOCK.findall(body)
    files = tuple((name, text) for name, text in blocks if name != "problems")
    return Case(title, files, dict(blocks)["problems"])


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.title)
def test_every_problem_is_told_word_for_word(desk: Desk, case: Case) -> None:
    """Each broken configuration of the book gives exactly the problems that stand below it."""
    for name, text in case.files:
        desk.write(name, text)
    assert "".join(f"{line}\n" for line in desk.problems()) == case.problems


def test_the_book_has_enough_cases() -> None:
    """Nobody empties the book by a change of its form."""
    assert len(cases()) >= 80
