"""The line of a file that a problem is about, with a caret below."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.configuration.quote import printable, redacted
from bot.errors import Problem

_LINE_ENDS = re.compile("\r\n|\n|\r")
# With the number before it a line fits a terminal of 80 columns: a wrapped one would part it from the caret.
_WIDEST = 71
_BEFORE = 45


def told(problems: Iterable[Problem]) -> Iterator[str]:
    """Give each problem as a compiler tells it: a line that says all, and the excerpt."""
    files: dict[str, list[str]] = {}
    for problem in problems:
        if problem.path not in files:
            files[problem.path] = _lines(problem.path)
        yield "\n".join(filter(None, (str(problem), _excerpt(problem, files[problem.path]))))


def excerpt(problem: Problem) -> str:
    """Show where a problem is, for a terminal; empty where the file or the line is gone.

    Credentials in addresses are hidden, long lines are cut around the caret.
    """
    return _excerpt(problem, _lines(problem.path))


def _lines(path: str) -> list[str]:
    try:
        return _LINE_ENDS.split(Path(path).read_text(encoding="utf-8-sig", errors="replace"))
    except OSError:
        return []


def _excerpt(problem: Problem, lines: list[str]) -> str:
    if not 0 < problem.line <= len(lines):
        return ""
    return _marked(redacted(lines[problem.line - 1]), problem.line, problem.column)


def _marked(line: str, number: int, column: int) -> str:
    start = max(0, column - 1 - _BEFORE) if len(line) > _WIDEST else 0
    before, after = line[start : column - 1], line[column - 1 : start + _WIDEST]
    gutter = f"{number:5} │ "
    padding = " " * (len(gutter) - 2) + "│ " + " " * len(_flat(before))
    return f"{gutter}{_flat(before)}{_flat(after)}\n{padding}^"


def _flat(text: str) -> str:
    return printable(text.replace("\t", " "))
