"""watchlist.yaml or holders.yaml as it stands and as it would stand: read, changed in its text, saved whole.

    opened(folder, file) → Draft → changed → Draft → save

What is written says exactly what was meant, and `draht check` finds no error in
it: the whole folder is read with it as `draht run` would, before it is written.
"""

import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bot.configuration.amend import OneLineError, amended
from bot.configuration.linter import lint
from bot.configuration.lists import UnforeseenLayoutError
from bot.configuration.load import FEEDS, HOLDERS, WATCH_LIST, Configuration, Watching, load
from bot.configuration.people import Directory
from bot.configuration.read import shown
from bot.configuration.save import SaveError, insist_on_writable, save_over
from bot.errors import ConfigurationError, DrahtError, Problem
from bot.model.change import (
    AddHolder,
    AddSpelling,
    AddWatch,
    AddWords,
    Change,
    HolderChange,
    Part,
    RemoveWord,
)
from bot.model.office import Office, Register
from bot.model.watchlist import Party, Watch, WatchList

_BOM = "\ufeff"
# What a warning names of other places of the file: every change moves the lines behind it.
_LINE = re.compile(r"\bline [0-9]+")


class DraftError(DrahtError):
    """The file was left as it is, since the change would not have been the one meant."""


class OneLineListError(DraftError):
    """The whole watch-list is one line of keywords, and has no place for a watch more."""


def file_of(change: Change) -> str:
    """Give the name of the file that a change is about."""
    return HOLDERS if isinstance(change, AddHolder | AddSpelling) else WATCH_LIST


@dataclass(frozen=True, slots=True)
class Draft:
    """The bytes of a file and what the whole folder says with it.

    `content` is None where the file is not there. `shipped` is the register that the folder corrects.
    """

    folder: Path
    file: str
    content: bytes | None
    watching: Configuration
    shipped: Register

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self.folder / self.file

    def changed(self, change: Change, mark: str) -> "Draft":
        """Give the draft with a change; the mark becomes a comment.

        Raises `ConfigurationError` with the problems of what it would become,
        `DraftError` where only a person can change the file safely.
        """
        text = (self.content or b"").decode("utf-8")
        bare = text.removeprefix(_BOM)
        refused: ConfigurationError | None = None
        try:
            for new in amended(bare, change, mark):
                content = (text[: len(text) - len(bare)] + new).encode("utf-8")
                try:
                    draft = replace(
                        self, content=content, watching=_read(self.folder, self.file, content, self.shipped)
                    )
                except ConfigurationError as error:
                    refused = refused or error
                    continue
                if _is_meant(self, draft, change):
                    return draft
        except OneLineError as error:
            raise OneLineListError(
                f"{shown(self.path)} is one line of keywords and has no watches"
            ) from error
        except UnforeseenLayoutError as error:
            raise self._unforeseen() from error
        raise refused or self._unforeseen()

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """Give what `draht check` warns of."""
        return (*self.watching.warnings, *_at_home(lint(self.watching), self.folder))

    def new_warnings(self, before: "Draft") -> tuple[Problem, ...]:
        """Give the warnings that the draft before did not have, whatever their lines."""
        known = {_LINE.sub("", problem.message) for problem in before.warnings}
        return tuple(one for one in self.warnings if _LINE.sub("", one.message) not in known)

    def save(self, before: bytes | None) -> None:
        """Write it over the bytes that it was made from; raises `SaveError`, having changed nothing."""
        written(self.path, before, self.content or b"")

    def _unforeseen(self) -> DraftError:
        return DraftError(
            f"{shown(self.path)} is left as it is: it is laid out in a way that only you can edit safely; "
            "change it by hand and see with: draht check"
        )


def opened(folder: Path, file: str, shipped: Register) -> Draft:
    """Read a folder to change one file of it; raises `ConfigurationError` with all its problems."""
    path = folder / file
    try:
        content = path.read_bytes()
    except OSError:
        content = None
    watching = load(folder, shipped)
    return Draft(folder, file, content, watching, shipped)


def written(path: Path, before: bytes | None, after: bytes | None) -> None:
    """Put bytes in the place of others at once, None being no file.

    Raises `SaveError`, having changed nothing.
    """
    try:
        if before is None and after is not None:
            _made(path, after)
        elif after is None:
            insist_on_writable(path)
            _taken_away(path, before)
        else:
            save_over(path, before or b"", after)
    except OSError as error:
        raise SaveError(f"{shown(path)} cannot be written: {error.strerror or error}") from error


def _made(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            os.fchmod(file.fileno(), 0o644)
            os.fsync(file.fileno())
        os.link(name, path)  # unlike a rename it never takes the place of a file that came meanwhile
    finally:
        Path(name).unlink()


def _taken_away(path: Path, before: bytes | None) -> None:
    if path.read_bytes() != before:
        raise SaveError(f"{shown(path)} was changed by somebody else just now; nothing is written, try again")
    path.unlink()


def _read(folder: Path, file: str, content: bytes, shipped: Register) -> Configuration:
    """Read a folder as if a file of it had this content; problems name the files of the folder itself."""
    try:
        with tempfile.TemporaryDirectory(prefix="draht-") as name:
            _copy(folder, Path(name), file, content)
            watching = load(Path(name), shipped)
    except ConfigurationError as error:
        raise ConfigurationError(tuple(_at_home(error.problems, folder))) from None
    except OSError as error:
        where = tempfile.gettempdir()
        raise SaveError(f"a change cannot be checked in {where}: {error.strerror or error}") from error
    return replace(watching, warnings=tuple(_at_home(watching.warnings, folder)))


def _copy(folder: Path, place: Path, file: str, content: bytes) -> None:
    for each in (FEEDS, WATCH_LIST, HOLDERS):
        if each == file:
            (place / each).write_bytes(content)
        elif (folder / each).exists():
            (place / each).write_bytes((folder / each).read_bytes())


def _at_home(problems: tuple[Problem, ...], folder: Path) -> Iterator[Problem]:
    return (replace(one, path=shown(folder / Path(one.path).name)) for one in problems)


def _is_meant(before: Draft, after: Draft, change: Change) -> bool:
    """Whether a draft says what a change means, and nothing else is said in another way."""
    old, new = before.watching, after.watching
    if isinstance(change, AddHolder | AddSpelling):
        return new.watchlist == old.watchlist and _knows(new.register, change)
    return new.register == old.register and new.watchlist == _as_meant(old, change)


def _knows(register: Register, change: HolderChange) -> bool:
    held = [one for one in register.holders_of(Office(change.country)) if one.person == change.person]
    if isinstance(change, AddHolder):
        return any(one.start == change.start and one.end is None for one in held)
    return any(change.spelling in one.all_names() for one in held)


def _as_meant(watching: Watching, change: AddWords | RemoveWord | AddWatch) -> WatchList:
    watchlist = watching.watchlist
    if isinstance(change, AddWatch):
        made = Watch(change.name, keywords=change.keywords)
        return replace(watchlist, watches=(*watchlist.watches, made))
    watches = list(watchlist.watches)
    directory = Directory(watching.register)
    watches[change.watch] = _changed(watches[change.watch], change, directory)
    return replace(watchlist, watches=tuple(watches))


def _changed(watch: Watch, change: AddWords | RemoveWord, directory: Directory) -> Watch:
    match change.part:
        case Part.KEYWORDS:
            return replace(watch, keywords=_words(watch.keywords, change))
        case Part.EXCLUDE:
            return replace(watch, exclude=_words(watch.exclude, change))
        case Part.CONTACTS:
            return replace(watch, parties=_parties(watch.parties, change, directory))


def _parties(
    parties: tuple[Party, ...], change: AddWords | RemoveWord, directory: Directory
) -> tuple[Party, ...]:
    if isinstance(change, AddWords):
        return (*parties, *(party for word in change.words if (party := directory.party(word))))
    return (*parties[: change.place], *parties[change.place + 1 :])


def _words(words: tuple[str, ...], change: AddWords | RemoveWord) -> tuple[str, ...]:
    if isinstance(change, AddWords):
        return (*words, *change.words)
    return (*words[: change.place], *words[change.place + 1 :])
