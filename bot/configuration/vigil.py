"""Whether the files of the configuration have been saved, without reading them.

look ─▶ other than when read last? ─▶ as at the look before? ─▶ read them

A file is asked for by name each time and links are followed, so that an editor
that writes a new file and renames it, or a link that is put elsewhere, is
noticed as a save in place is.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from bot.configuration.load import FEEDS, HOLDERS, WATCH_LIST

STILL = 1
"""Looks for which the files must have stood still: a half-written one still grows."""
GONE = 5
"""Looks for which a file must have been away: some editors remove the old one before they write the new."""


@dataclass(frozen=True, slots=True)
class Mark:
    """By what a save is known: the file's identity, its size in bytes, its times in nanoseconds.

    `changed` tells also of a save that puts the old time of modification back.
    """

    device: int
    inode: int
    size: int
    modified: int
    changed: int


Marks: TypeAlias = tuple[Mark | None, ...]
"""The marks of watchlist.yaml, holders.yaml and feeds.yaml; None for one that is not there."""


def marks(folder: Path) -> Marks:
    """Look at the three files of a folder: three calls of stat, nothing is read."""
    return tuple(_mark(folder / name) for name in (WATCH_LIST, HOLDERS, FEEDS))


def _mark(path: Path) -> Mark | None:
    try:
        found = path.stat()
    except OSError:  # why it cannot be reached is said by who reads it
        return None
    return Mark(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


@dataclass(frozen=True, slots=True)
class Vigil:
    """How the files were when they were read last, how they were seen last, and for how many looks since."""

    read: Marks
    seen: Marks
    still: int = 0

    def looked(self, now: Marks) -> "Vigil":
        """Take in a look."""
        return replace(self, still=self.still + 1) if now == self.seen else replace(self, seen=now, still=0)

    @property
    def due(self) -> bool:
        """Whether the files are to be read."""
        vanished = any(was and not there for was, there in zip(self.read, self.seen, strict=True))
        return self.seen != self.read and self.still >= (GONE if vanished else STILL)

    def taken(self) -> "Vigil":
        """Note that the files were read as they were seen last, whatever came of it."""
        return replace(self, read=self.seen)
