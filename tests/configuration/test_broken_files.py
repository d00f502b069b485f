import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.configuration import told
from tests.configuration.desk import Desk

BOOKS = Path(__file__).parent.parent / "data" / "configuration"
BROKEN, DOUBTFUL = BOOKS / "broken.md", BOOKS / "doubtful.md"
_CASE = re.compile(r"^## (.+?)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^```(?:yaml )?(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Case:
    """One entry of the book: a title, files, and what is said of them."""

    title: str
    files: tuple[tuple[str, str], ...]
    problems: str


def cases(*books: Path) -> list[Case]:
    """Read some books."""
    return [_case(title, body) for book in books for title, body in _CASE.findall(book.read_text("utf-8"))]


def _case(title: str, body: str) -> Case:
    blocks = _BLOCK.findall(body)
    files = tuple((name, text) for name, text in blocks if name != "problems")
    return Case(title, files, dict(blocks)["problems"])


@pytest.mark.parametrize("case", cases(BROKEN, DOUBTFUL), ids=lambda case: case.title)
def test_every_problem_is_told_word_for_word(desk: Desk, case: Case) -> None:
    """Each configuration of the books gives exactly what stands below it: place, message, hint, caret."""
    for name, text in case.files:
        desk.write(name, text)
    assert "".join(f"{text}\n" for text in told(desk.findings())) == case.problems


@pytest.mark.parametrize("case", cases(BROKEN, DOUBTFUL), ids=lambda case: case.title)
def test_every_problem_says_what_to_do(desk: Desk, case: Case) -> None:
    """Each has a hint, but for three faults of queries whose sentence says it already."""
    for name, text in case.files:
        desk.write(name, text)
    mute = [problem.message for problem in desk.findings() if not problem.hint]
    clear = ("something is missing", "nothing stands between", "source: cannot stand")
    assert [one for one in mute if not one.startswith(clear)] == []


def test_every_kind_of_problem_is_in_the_books() -> None:
    """Nobody empties the books by a change of their form."""
    assert len(cases(BROKEN)) >= 120
    assert len(cases(DOUBTFUL)) >= 30
