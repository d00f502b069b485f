"""The three files of the configuration as one value, or all their problems at once."""

from dataclasses import dataclass
from pathlib import Path

from bot.configuration.feeds import read_feeds
from bot.configuration.locate import shipped as shipped_folder
from bot.configuration.people import Directory
from bot.configuration.read import copy_hint, read, shown
from bot.configuration.register import read_register
from bot.configuration.tree import Document, Place
from bot.configuration.watchlist import read_watch_list
from bot.errors import ConfigurationError, Problem, Severity
from bot.model.feed import FeedList
from bot.model.office import Register
from bot.model.watchlist import WatchList

FEEDS = "feeds.yaml"
WATCH_LIST = "watchlist.yaml"
HOLDERS = "holders.yaml"


@dataclass(frozen=True, slots=True)
class Configuration:
    """What the editor wrote; `register` is the shipped one with the editor's corrections."""

    feeds: FeedList
    watchlist: WatchList
    register: Register
    warnings: tuple[Problem, ...] = ()


def load(folder: Path, shipped: Register) -> Configuration:
    """Read feeds.yaml, watchlist.yaml and, if there, holders.yaml of a folder.

    Raises ConfigurationError with every problem of all files, in the order of
    file and line, if any of them is an error.
    """
    if not folder.is_dir():
        hint = copy_hint(shipped_folder(), folder, "-r ")
        raise ConfigurationError([Problem(shown(folder), 0, 0, "there is no such folder", hint)])
    feeds_file, feeds_faults = _read(folder, FEEDS)
    watch_file, watch_faults = _read(folder, WATCH_LIST)
    holders_file, holders_faults = _read_if_there(folder, HOLDERS)
    register, holders_problems = read_register(holders_file, shipped)
    feeds, feeds_problems = read_feeds(feeds_file)
    watch_list, watch_problems = read_watch_list(watch_file, Directory(register))
    problems = (
        *_in_order(feeds_faults + feeds_problems),
        *_in_order(watch_faults + watch_problems),
        *_in_order(holders_faults + holders_problems),
    )
    if feeds is None or watch_list is None or _has_errors(problems):
        raise ConfigurationError(problems)
    return Configuration(feeds, watch_list, register, problems)


def _read(folder: Path, name: str) -> tuple[Document, tuple[Problem, ...]]:
    """Read a file; one that holds nothing is a problem unless it may be left out."""
    document, problems = read(folder / name, shipped_folder() / name)
    if document.root is None and name != HOLDERS and not _has_errors(problems):
        hint = f"the shipped one is {shown(shipped_folder() / name)}"
        problems += (document.problem(Place(), "the file holds nothing", hint),)
    return document, problems


def _read_if_there(folder: Path, name: str) -> tuple[Document, tuple[Problem, ...]]:
    """Read a file that may be left out; a link to nowhere is not left out."""
    path = folder / name
    return _read(folder, name) if path.exists() or path.is_symlink() else (Document(shown(path), None), ())


def _has_errors(problems: tuple[Problem, ...]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)


def _in_order(problems: tuple[Problem, ...]) -> list[Problem]:
    unique = dict.fromkeys(problems)
    return sorted(unique, key=lambda problem: (problem.line, problem.column))
