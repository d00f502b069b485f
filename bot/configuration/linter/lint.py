"""All warnings of a configuration."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import chain, islice

from bot.configuration.linter import shadow, table, words
from bot.configuration.linter.coverage import Coverage
from bot.configuration.linter.logic import Logic
from bot.configuration.linter.titles import Titles
from bot.configuration.linter.written import Doubt, Written
from bot.configuration.load import Configuration
from bot.configuration.people import Directory
from bot.configuration.queries import MOST_FAULTS, departed
from bot.configuration.strict import Within, within
from bot.configuration.tree import Listing, Node, child, key_place
from bot.errors import Problem, Severity
from bot.model.feed import FeedList
from bot.model.watchlist import Ring, WatchList


def lint(configuration: Configuration) -> tuple[Problem, ...]:
    """Give every doubt about watchlist.yaml, in the order of its lines."""
    document = configuration.draft
    if document is None or document.root is None:
        return ()
    root, directory = document.root, Directory(configuration.register)
    watches = _written(root, configuration.watchlist)
    every = chain.from_iterable((*one.watch.keywords, *one.watch.exclude) for one in watches)
    directory.subjects.look_up(list(dict.fromkeys(every)))
    coverage = Coverage(directory.subjects, _languages(configuration.feeds))
    titles = Titles(coverage)
    logic = Logic(coverage, _heard(configuration.feeds))
    found = (
        *_age(root, configuration.watchlist),
        *shadow.doubts(watches, coverage),
        *chain.from_iterable(words.doubts(one, coverage, titles, directory) for one in watches),
        *chain.from_iterable(table.doubts(one, directory) for one in watches),
    )
    problems = [document.problem(*doubt, Severity.WARNING) for doubt in found]
    for one in watches:
        problems += within(document, one.node, ("query",), _of_query(one, logic, directory), Severity.WARNING)
    return tuple(sorted(dict.fromkeys(problems), key=lambda problem: (problem.line, problem.column)))


def _written(root: Node, watchlist: WatchList) -> list[Written]:
    """Put each watch beside its place; `keywords` alone stand in the file itself."""
    entries = child(root, "watches")
    nodes = entries.items if isinstance(entries, Listing) else (root,)
    return [Written(watch, node) for watch, node in zip(watchlist.watches, nodes, strict=True)]


def _of_query(written: Written, logic: Logic, directory: Directory) -> list[Within]:
    query = written.watch.query
    if query is None:
        return []
    excluded = written.watch.exclude
    told = list(departed(query, directory))
    if fault := logic.fault(query.root, excluded):
        return [*told, _never("query", fault)]
    dead = islice(logic.dead_branches(query.root, excluded), MOST_FAULTS)
    return [*told, *(_never("part", fault) for fault in dead)]


def _never(what: str, fault: Within) -> Within:
    return Within(fault.offset, f"this {what} can never hold: {fault.message}", fault.hint)


def _age(root: Node, watchlist: WatchList) -> Iterator[Doubt]:
    """Warn of hours where days are counted."""
    if watchlist.max_age >= timedelta(days=1) or all(w.ring is Ring.STORIES for w in watchlist.watches):
        return
    message = "with less than a day, a contact of yesterday evening never rings"
    yield Doubt(key_place(root, ("max_age",)), message, "contacts are dated by the day: write 1d or more")


def _languages(feeds: FeedList) -> Iterable[str | None]:
    """Give the languages whose endings words may have; None for all, where a feed declares none."""
    return sorted({feed.language for feed in feeds.enabled()}, key=str) or (None,)


def _heard(feeds: FeedList) -> frozenset[str] | None:
    """Give the languages of all stories; None where they are not known."""
    told = {feed.language for feed in feeds.enabled()}
    return None if None in told or not told else frozenset(code for code in told if code)
