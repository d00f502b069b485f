"""What a backtest costs beside two whole replays of the same stories, in one run.

    python tests/benchmarks/backtest.py [STORIES]

Processor time on one core, of invented news of which six in a hundred tell of a
contact: an edit that reaches every table, one that reaches a few, and none.
"""

import sys
from dataclasses import replace
from datetime import timedelta
from time import process_time

from bot.assembly import desk
from bot.configuration import Watching
from bot.model.office import Office
from bot.model.story import Story
from bot.model.watchlist import Party, Watch, WatchList
from bot.pipeline.backtest import Ear, Scene, Theatre, in_order
from bot.pipeline.copyist import Copyist
from bot.pipeline.memory import MemoryStore
from bot.pipeline.rehearsal import side_by_side
from bot.pipeline.replay import replay
from bot.recognition import Recogniser
from bot.register.load import load
from bot.storage import open_store
from tests.pipeline.invented import stories

STORIES = 2_000
REGISTER = load()
RECOGNISER = Recogniser(REGISTER)
BROAD = Watch("all", ("Taurus", "Patriot", "Pentagon"), channels=("@all",))
PAIR = Watch(
    "Washington – Moskau",
    ("Telefonat", "hotline"),
    (Party(Office("US")), Party(Office("RU"))),
    channels=("@draht",),
)
LIST = WatchList((BROAD, PAIR), max_age=timedelta(days=3))
EDITS = {
    "a word of a broad watch": (replace(BROAD, keywords=("Ramstein", "Patriot", "Pentagon")), PAIR),
    "a word of a pair's watch": (BROAD, replace(PAIR, keywords=("Telefonat", "drones"))),
    "a name alone": (replace(BROAD, name="Alle"), PAIR),
}


def main() -> None:
    """Print the table."""
    told = stories(int(sys.argv[1]) if len(sys.argv) > 1 else STORIES)
    for story in told[:500]:
        RECOGNISER.read(story)  # languages are built by the first story
    whole = 2 * replayed(told)
    sys.stdout.write(f"{len(told):,} stories: two replays take {whole:.2f} s\n")
    for name, watches in EDITS.items():
        took, changes = backtested(told, replace(LIST, watches=watches))
        sys.stdout.write(f"{name:<28} {took:6.2f} s   1/{whole / took:.0f}   {changes:,} changes\n")


def replayed(told: list[Story]) -> float:
    """Give the seconds of one replay."""
    store = open_store("sqlite://")
    began = process_time()
    for _ in replay(told, desk(Watching(LIST, REGISTER), RECOGNISER), store):
        pass
    took = process_time() - began
    store.close()
    return took


def backtested(told: list[Story], new: WatchList) -> tuple[float, int]:
    """Give the seconds of one backtest, reading included, and how much it found."""
    began = process_time()
    both = side_by_side(LIST, new)
    made = desk(Watching(both, REGISTER), RECOGNISER)
    at = replace(made, writer=Copyist(made.writer, both))
    ear = Ear.of(at)
    heard = in_order(one for story in told if (one := ear.hear(story)))
    changes = list(Theatre(LIST, new, MemoryStore).changes([Scene(heard, (at,))], lambda _: None))
    return process_time() - began, len(changes)


if __name__ == "__main__":
    main()
