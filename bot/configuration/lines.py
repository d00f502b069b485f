"""A watch-list by itself, and the line of each of its words: for comparing one with another."""

from dataclasses import dataclass
from pathlib import Path

from bot.configuration.load import HOLDERS, WATCH_LIST, Watching, insist_on
from bot.configuration.locate import shipped as shipped_folder
from bot.configuration.people import Directory
from bot.configuration.read import read, shown
from bot.configuration.register import read_register
from bot.configuration.tree import Document, Listing, Loc, Mapping, Node, Place, at, child, key_place, plain
from bot.configuration.watchlist import read_watch_list
from bot.errors import ConfigurationError, Problem, Severity
from bot.model.office import Register


@dataclass(frozen=True, slots=True)
class Spot:
    """A line of a file, and the column in it; 0 stands for the file as a whole."""

    path: str
    line: int
    column: int = 0

    def __str__(self) -> str:
        """Write it as compilers do."""
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Lines:
    """Where in its file everything stands that a watch-list says."""

    document: Document

    def spot(self, watch: int | None, key: str, item: int | None = None) -> Spot:
        """Give the line of an item of a key of a watch (None: of the list), or of what is nearest to it.

        `keywords` alone make a list of one watch, number 0.
        """
        root = self.document.root
        if root is None:
            return Spot(self.document.path, 0)
        place = _place(root, _within(root, watch), key, item)
        return Spot(self.document.path, place.line, place.column)


@dataclass(frozen=True, slots=True)
class Draft:
    """A watch-list as somebody wrote it; `holders` is what its register has from holders.yaml."""

    watching: Watching
    lines: Lines
    holders: object


def draft(path: Path, shipped: Register, in_force: Path) -> Draft:
    """Read a folder's watchlist.yaml and holders.yaml, or a watch-list alone, with the holders in force.

    Raises `ConfigurationError` with every problem of both, if any of them is an error.
    """
    if path.is_dir():
        return _drafted(path / WATCH_LIST, path / HOLDERS, shipped)
    if path.suffix in {".yaml", ".yml"} and not path.exists():
        hint = "is it another folder's? begin with a copy of watchlist.yaml"
        raise ConfigurationError([Problem(shown(path), 0, 0, "there is no such file", hint)])
    if not path.exists():
        insist_on(path)
    # A pipe is a file too: <(git show HEAD:watchlist.yaml)
    return _drafted(path, in_force / HOLDERS, shipped)


def _drafted(list_file: Path, holders_file: Path, shipped: Register) -> Draft:
    written, faults = read(list_file, shipped_folder() / WATCH_LIST)
    if written.root is None and not faults:
        faults = (written.problem(Place(), "the file holds nothing"),)
    holders, told = _holders(holders_file)
    register, misread = read_register(holders, shipped)
    watchlist, problems = read_watch_list(written, Directory(register))
    every = tuple(dict.fromkeys((*faults, *problems, *told, *misread)))
    if watchlist is None or any(problem.severity is Severity.ERROR for problem in every):
        raise ConfigurationError(every)
    return Draft(
        Watching(watchlist, register, every), Lines(written), plain(holders.root) if holders.root else None
    )


def _holders(path: Path) -> tuple[Document, tuple[Problem, ...]]:
    if path.exists() or path.is_symlink():
        return read(path, shipped_folder() / HOLDERS)
    return Document(str(path), None), ()


def _within(root: Node, watch: int | None) -> Loc:
    return ("watches", watch) if watch is not None and child(root, "watches") is not None else ()


def _place(root: Node, within: Loc, key: str, item: int | None) -> Place:
    """Give the place of an item; of the key where it is no list, of the watch where that is not there."""
    owner = at(root, within)
    value = child(owner, key) if isinstance(owner, Mapping) else None
    if value is None:
        return owner.place
    if item is not None and isinstance(value, Listing) and item < len(value.items):
        return value.items[item].place
    return key_place(root, (*within, key))
