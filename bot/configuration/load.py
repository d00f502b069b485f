"""The files of the configuration as one value, or all their problems at once."""

import hashlib
from dataclasses import dataclass, field, replace
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
_REVISION = 4  # bytes: of ten thousand revisions any two are alike with a chance of one in a hundred


@dataclass(frozen=True, slots=True)
class Watching:
    """What is listened for; `register` is the shipped one with the editor's corrections.

    `warnings` are the problems that do not keep Draht from working, `draft` is
    watchlist.yaml with its places, for looking at it more closely (`lint`).
    """

    watchlist: WatchList
    register: Register
    warnings: tuple[Problem, ...] = ()
    draft: Document | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration(Watching):
    """Everything that the editor wrote: what is listened for, and where."""

    feeds: FeedList


def load(folder: Path, shipped: Register) -> Configuration:
    """Read feeds.yaml, watchlist.yaml and, if there, holders.yaml of a folder.

    Raises ConfigurationError with every problem of all files, in the order of
    file and line, if any of them is an error.
    """
    insist_on(folder)
    feeds_file, faults = _read(folder, FEEDS)
    feeds, problems = read_feeds(feeds_file)
    feeds_problems = _in_order(faults + problems)
    watching, watch_problems = _watching(folder, shipped)
    told = (*feeds_problems, *watch_problems)
    if feeds is None or watching is None or _has_errors(told):
        raise ConfigurationError(told)
    return Configuration(watching.watchlist, watching.register, told, watching.draft, feeds=feeds)


def load_watching(folder: Path, shipped: Register) -> Watching:
    """Read watchlist.yaml and, if there, holders.yaml: all that stories from elsewhere are read with.

    Raises ConfigurationError as `load` does; feeds.yaml is not looked at.
    """
    insist_on(folder)
    watching, problems = _watching(folder, shipped)
    if watching is None:
        raise ConfigurationError(problems)
    return watching


def insist_on(folder: Path) -> None:
    """Raise `ConfigurationError` where there is no such folder, with how to get one."""
    if not folder.is_dir():
        hint = copy_hint(shipped_folder(), folder, "-r ")
        raise ConfigurationError([Problem(shown(folder), 0, 0, "there is no such folder", hint)])


def _watching(folder: Path, shipped: Register) -> tuple[Watching | None, tuple[Problem, ...]]:
    """Read what is listened for; None where its files have errors."""
    watch_file, watch_faults = _read(folder, WATCH_LIST)
    holders_file, holders_faults = _read_if_there(folder, HOLDERS)
    register, holders_problems = read_register(holders_file, shipped)
    watchlist, watch_problems = read_watch_list(watch_file, Directory(register))
    problems = (
        *_in_order(watch_faults + watch_problems),
        *_in_order(holders_faults + holders_problems),
    )
    if watchlist is None or _has_errors(problems):
        return None, problems
    told = replace(watchlist, revision=revision(watch_file.content, holders_file.content))
    return Watching(told, register, problems, watch_file), problems


def revision(watch_list: bytes, holders: bytes) -> str:
    """Name what is listened for by the bytes of watchlist.yaml and holders.yaml: 8 hexadecimal digits.

    A comment makes another revision: what an editor saved is told apart, not what it means.
    """
    digest = hashlib.blake2b(digest_size=_REVISION)
    for content in (watch_list, holders):
        digest.update(len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()


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
