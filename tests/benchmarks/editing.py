"""How long a change from the operators' chat takes, and suggestions over a month of stories.

python -m tests.benchmarks.editing
"""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from bot.configuration.amend import mark_of
from bot.configuration.draft import Draft, opened
from bot.model.change import AddWatch, AddWords, Change, Part, RemoveWord
from bot.model.claim import Claim, Medium, Participant, Status
from bot.model.office import Office
from bot.model.watchlist import Party, Watch, WatchList
from bot.pipeline.suggestions import Evidence, Told, suggestions
from bot.recognition import Recogniser
from bot.register.load import load
from tests.pipeline.script import story

T = TypeVar("T")
LINES, STORIES, STRANGE = 5_000, 1_000, 200
DAY = date(2024, 7, 12)
TEXT = (
    "US-Verteidigungsminister Lloyd Austin hat am Freitag mit seinem russischen Kollegen Andrej Beloussow "
    "telefoniert. Es ging um Raketen in Kiew. "
) * 8


def _timed(what: str, do: Callable[[], T]) -> T:
    begun = time.perf_counter()
    made = do()
    sys.stdout.write(f"{what}: {time.perf_counter() - begun:.2f} s\n")
    return made


def _watch_list() -> str:
    lines = ["watches:"]
    while len(lines) < LINES:
        number = len(lines)
        words = (f"      - Wort{number}x{word}  # why {word}" for word in range(22))
        lines += [f"  - name: Watch {number}", "    keywords:", *words, "    exclude: [Texas, Ohio]"]
    return "\n".join(lines) + "\n"


def _edits() -> None:
    mark = mark_of("+ x", "Erika (42)", datetime(2024, 7, 12, tzinfo=UTC))
    changes: tuple[Change, ...] = (
        AddWords(100, Part.KEYWORDS, ("Taurus",)),
        AddWords(100, Part.EXCLUDE, ("Taurus",)),
        RemoveWord(100, Part.KEYWORDS, 3),
        AddWatch("Neu", ("x",)),
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "feeds.yaml").write_text("feeds:\n  - url: https://one.example/rss\n", encoding="utf-8")
        (folder / "watchlist.yaml").write_text(_watch_list(), encoding="utf-8")
        for change in changes:
            what = f"{type(change).__name__} in {LINES:,} lines, read, changed and checked"
            _timed(what, lambda: _edited(folder, change, mark))  # noqa: B023 -- done at once


def _edited(folder: Path, change: Change, mark: str) -> Draft:
    return opened(folder, "watchlist.yaml", load()).changed(change, mark)


def _suggestions() -> None:
    register = load()
    table = (Participant(Office("RU"), "Andrei Belousov"), Participant(Office("US"), "Lloyd Austin"))
    claim = Claim(Status.HELD, table, DAY, DAY, Medium.PHONE)
    days = (DAY + timedelta(days=number % 30) for number in range(STORIES))
    told = [Told(story("blatt", day, f"{TEXT} {day}"), (claim,)) for day in days]
    watch = Watch("Talks", keywords=("Scholz",), parties=(Party(Office("US")), Party(Office("RU"))))
    reader = Recogniser(register)

    def work() -> object:
        strangers = [(one.story, reader.strangers(one.story)) for one in told[:STRANGE]]
        return suggestions(Evidence(told, strangers), WatchList((watch,)), register, frozenset())

    _timed(f"suggestions from {STORIES:,} stories", work)


if __name__ == "__main__":
    _edits()
    _suggestions()
