"""The shape of the code, held by machine: import contracts and the budgets of its style."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "bot").rglob("*.py"))

LONGEST_FUNCTION = 50
LONGEST_MODULE = 350
MOST_ARGUMENTS = 5


@dataclass(frozen=True)
class Function:
    """A function of the package; `lines` leaves out its docstring."""

    place: str
    lines: int
    arguments: int


def functions() -> Iterator[Function]:
    """Give every function and method of the package."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                place = f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
                yield Function(place, _lines(node), _arguments(node))


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    if ast.get_docstring(node, clean=False) is not None:
        lines -= (node.body[0].end_lineno or 0) - node.body[0].lineno + 1
    return lines


def _arguments(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return sum(1 for argument in given if argument.arg not in {"self", "cls"} and not _is_option(argument))


def _is_option(argument: ast.arg) -> bool:
    """Whether an argument is an option of the command line, by its annotation."""
    return argument.annotation is not None and "typer.Option" in ast.unparse(argument.annotation)


def test_imports_point_down() -> None:
    """Every import contract of pyproject.toml is kept: layers, libraries in their rooms, no cycles."""
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_functions_are_short() -> None:
    """No function is longer than 50 lines, 95 of 100 have at most 30, half of them at most 7."""
    lengths = {function.place: function.lines for function in functions()}
    assert {place: n for place, n in lengths.items() if n > LONGEST_FUNCTION} == {}
    assert quantiles(lengths.values(), n=20)[-1] <= 30
    assert median(lengths.values()) <= 7


def test_modules_are_short() -> None:
    """No module is longer than 350 lines, half of them have at most 120."""
    lengths = {str(p.relative_to(ROOT)): len(p.read_text(encoding="utf-8").splitlines()) for p in MODULES}
    assert {place: n for place, n in lengths.items() if n > LONGEST_MODULE} == {}
    assert median(lengths.values()) <= 120


def test_functions_take_few_arguments() -> None:
    """Five arguments are the most, but for a command, which has one more for each of its options."""
    assert [f.place for f in functions() if f.arguments > MOST_ARGUMENTS] == []


@pytest.mark.parametrize("word", ["manager", "helper", "utils", "misc", "common"])
def test_names_say_what_a_thing_is(word: str) -> None:
    """No module hides behind a word that could mean anything."""
    assert [path.name for path in MODULES if word in path.stem] == []
