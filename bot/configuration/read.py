"""A configuration file from the disk, as text and as a document."""

import os
import shlex
from pathlib import Path

from bot.configuration.parse import parse
from bot.configuration.tree import Document, Place
from bot.errors import Problem, Severity

LARGEST = 4_000_000
"""Bytes: 20,000 feeds with their names; a watch-list of 5,000 lines is a twentieth of it."""

_BOM = "\ufeff"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def shown(path: Path) -> str:
    """Write a path as the user would type it: relative where it is below the working folder."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative


def copy_hint(template: Path, path: Path, option: str = "") -> str:
    """Say how to get the shipped file or folder."""
    if not template.exists() or template.resolve() == path.resolve():
        return "it belongs to Draht; install it again"
    return f"copy the shipped one: cp {option}{shlex.quote(shown(template))} {shlex.quote(shown(path))}"


def read(path: Path, template: Path) -> tuple[Document, tuple[Problem, ...]]:
    """Read one file; `template` is the shipped one to copy where it is missing.

    The document has no root where the file could not be read, and the problems say why.
    """
    empty = Document(shown(path), None)
    if not path.exists():
        return empty, (empty.problem(Place(), "the file is missing", copy_hint(template, path)),)
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return empty, (empty.problem(Place(), f"the file cannot be read: {reason}"),)
    return read_bytes(content, shown(path))


def read_bytes(content: bytes, path: str) -> tuple[Document, tuple[Problem, ...]]:
    """Read the content of a file; `path` is only told in problems."""
    empty = Document(path, None)
    if len(content) > LARGEST:
        message = f"the file is larger than {LARGEST // 1_000_000} MB"
        return empty, (empty.problem(Place(), message, "is it the right file?"),)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return empty, (_wrong_encoding(empty, content, error),)
    root, faults = parse(text.removeprefix(_BOM))
    document = Document(path, root, content)
    problems = [document.problem(*fault) for fault in faults]
    if text.startswith(_BOM):
        message = "the file begins with a byte order mark, which is ignored"
        hint = "save it as UTF-8 without BOM"
        problems.append(document.problem(Place(1, 1), message, hint, Severity.WARNING))
    return document, tuple(problems)


def _wrong_encoding(document: Document, content: bytes, error: UnicodeDecodeError) -> Problem:
    before = content[: error.start]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8")) + 1
    name = "UTF-16" if content.startswith(_UTF16) else "not UTF-8"
    return document.problem(Place(line, column), f"the text is {name}", "save the file as UTF-8")
