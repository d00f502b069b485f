"""A file of the configuration written whole or not at all."""

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from bot.configuration.read import copy_hint, shown
from bot.errors import DrahtError

_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


class SaveError(DrahtError):
    """A file of the configuration cannot be written; it is as it was."""


class ReadOnlyError(SaveError):
    """A file of the configuration is not to be written by this program."""


def insist_on_writable(path: Path) -> None:
    """Raise `ReadOnlyError` where a file is not to be written: read-only for everybody or for this user."""
    # Also for root, who could: who made it read-only meant it.
    may = path.stat().st_mode & _WRITABLE and os.access(path, os.W_OK) and os.access(_home(path), os.W_OK)
    if not may:
        raise ReadOnlyError(f"{shown(path)} is read-only: {_way_out(path.parent)}")


def insist_on_own(folder: Path) -> None:
    """Raise `SaveError`: the folder is the one that Draht ships."""
    raise SaveError(
        f"{shown(folder)} is what Draht ships, and the next version would overwrite it: {_way_out(folder)}"
    )


def _way_out(folder: Path) -> str:
    copy = copy_hint(folder, Path("my-config"), "-r ").removeprefix("copy the shipped one: ")
    return f"copy the folder ({copy}) and set DRAHT_CONFIG to the copy"


def save_over(path: Path, before: bytes, after: bytes) -> None:
    """Put new bytes in the place of the old ones, at once and with the same permissions.

    A link stays a link. Raises `SaveError` where the file is no longer what it
    was, or cannot be written; then nothing has changed.
    """
    insist_on_writable(path)
    try:
        _insist_on(path, before)
        _replace(path.resolve(), before, after)
    except OSError as error:
        raise SaveError(f"{shown(path)} cannot be written: {error.strerror or error}") from error


def _insist_on(path: Path, before: bytes) -> None:
    if path.read_bytes() != before:
        raise SaveError(f"{shown(path)} was changed by somebody else just now; nothing is written, try again")


def _replace(path: Path, before: bytes, content: bytes) -> None:
    """Write a file beside the old one and rename it, so that no reader ever sees half of it."""
    old = path.stat()
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), stat.S_IMODE(old.st_mode))
            with suppress(PermissionError):  # only root may give a file away
                os.fchown(file.fileno(), old.st_uid, old.st_gid)
            os.fsync(file.fileno())
        _insist_on(path, before)  # again: a disk may take a second to write, and an editor saves meanwhile
        os.replace(name, path)  # noqa: PTH105 -- both names are of one folder
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _home(path: Path) -> Path:
    return path.resolve().parent
