"""What becomes of the feeds of another program's list."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.cli.wording import count, shortened
from bot.configuration.edition import Edition
from bot.configuration.subscriptions import likeness, sound
from bot.errors import InputError
from bot.feeds.opml import LARGEST, Outline
from bot.feeds.page import shown
from bot.feeds.pointers import TELEGRAM, is_telegram
from bot.model.subscription import Subscription
from bot.text.hosts import site_of


@dataclass(frozen=True, slots=True)
class RefusedOutline:
    """An outline that cannot be a feed, and why."""

    outline: Outline
    reason: str


@dataclass(frozen=True, slots=True)
class Sorted:
    """The feeds of a list by what becomes of them; `known` and `twice` count those left out.

    `known` were in feeds.yaml already, `twice` came earlier in the list.
    """

    added: tuple[Subscription, ...]
    known: int
    twice: int
    refused: tuple[RefusedOutline, ...]

    @property
    def any(self) -> bool:
        """Whether the list named any feed at all."""
        return bool(self.added or self.known or self.twice or self.refused)


def content_of(file: str) -> bytes:
    """Read a file or standard input, a byte more than may be read at most; raises `InputError`."""
    try:
        if file == "-":
            return sys.stdin.buffer.read(LARGEST + 1)
        with Path(file).open("rb") as opened:
            return opened.read(LARGEST + 1)
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}") from error


def sort_out(outlines: Sequence[Outline], edition: Edition) -> Sorted:
    """Decide of each feed of a list; a bad one never stops the others."""
    known = {likeness(one.url) for one in edition.subscriptions}
    known |= {likeness(shown(one.url)) for one in edition.subscriptions}
    new: dict[str, Subscription] = {}
    refused, there, twice = [], 0, 0
    for outline in outlines:
        read = _read(outline.subscription)
        if isinstance(read, str):
            refused.append(RefusedOutline(outline, read))
        elif (mark := likeness(read.url)) in known:
            there += 1
        elif mark in new:
            twice += 1
        else:
            new[mark] = read
    return Sorted(tuple(new.values()), there, twice, tuple(refused))


def _read(subscription: Subscription) -> Subscription | str:
    if not subscription.url:
        return "it has no address (xmlUrl)"
    if is_telegram(subscription.url):
        return TELEGRAM
    return sound(subscription)


def lines(found: Sorted, config: str, file: str) -> Iterator[str]:
    """Say what was added and what was not."""
    for one in found.added:
        yield f"  {shortened(_name(one), 40)} ({shown(one.url)})"
    if not found.any:
        yield f"{file} names no feed"
        return
    skipped = ", ".join(
        f"{number} {what}"
        for number, what in ((found.known, "there already"), (found.twice, "twice in the list"))
        if number
    )
    yield (
        f"{count(len(found.added), 'feed')} added to {config}, {found.known + found.twice} skipped"
        f"{f' ({skipped})' if skipped else ''}, {len(found.refused)} refused"
    )


def complaints(found: Sorted, file: str) -> Iterator[str]:
    """Say of each feed that was refused where it stands and why."""
    for refused in found.refused:
        name = refused.outline.subscription.name
        yield f"{file}:{refused.outline.line}: {f'{shortened(name, 40)}: ' if name else ''}{refused.reason}"


def answer(found: Sorted) -> dict[str, Any]:
    """Shape what became of the list as `--json` prints it."""
    return {
        "added": [{"name": _name(one), "url": shown(one.url)} for one in found.added],
        "skipped": {"there already": found.known, "twice in the list": found.twice},
        "refused": [
            {"line": one.outline.line, "url": shown(one.outline.subscription.url), "reason": one.reason}
            for one in found.refused
        ],
    }


def _name(subscription: Subscription) -> str:
    return subscription.name or site_of(subscription.url)
