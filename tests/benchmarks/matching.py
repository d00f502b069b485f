"""How fast stories are held against watches, over the entries of the real feeds of ../shared.

    python tests/benchmarks/matching.py [FOLDER OF FEEDS]

Processor time on one core. The entries are measured in pieces; of each piece
the fastest round counts, so that what else the machine does is left out. MB are
those of UTF-8. "first round" is with nothing met before, each word still new.
"""

import gc
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import product
from pathlib import Path
from time import process_time
from typing import Any, NamedTuple

from bot.feeds.decode import Circumstances, decode
from bot.feeds.page import Page
from bot.matching.inflection import endings_of
from bot.matching.phrases import PhraseFinder
from bot.matching.places import TermFinder
from bot.matching.query import read
from bot.matching.watch import Watcher
from bot.model.feed import Feed
from bot.model.fetch import Modified
from bot.model.office import Register
from bot.model.query import Kind, Term
from bot.model.story import Story
from bot.model.watchlist import Watch, WatchList
from bot.register.load import load
from bot.text.fold import fold_as_written, keeps_words
from tests.benchmarks.parts import shared

TERMS, WATCHES = 10_000, 100
ROUNDS, PIECE = 5, 100
_ANY = "10,000 words of the entries, any"  # twenty matches a story: no watch-list, and without target
_SYLLABLES = ("ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "zu")


class Row(NamedTuple):
    """One line of the table."""

    what: str
    figure: str
    target: str = ""
    met: bool = True


def entries(folder: Path) -> list[Story]:
    """Read the entries of all feeds of a folder."""
    stories: list[Story] = []
    for number, file in enumerate(sorted(folder.iterdir())):
        url = f"https://feed{number}.example/rss"
        if file.suffix != ".tsv":
            told = decode(
                Page(url, file.read_bytes()), Feed(url, url), Circumstances(datetime(2026, 1, 1, tzinfo=UTC))
            )
            stories += told.stories if isinstance(told, Modified) else ()
    return stories


def fastest(act: Callable[[Story], object], stories: Sequence[Story]) -> tuple[float, float]:
    """Give the seconds of the first round over all stories, and those of the fastest of each piece."""
    pieces = [stories[at : at + PIECE] for at in range(0, len(stories), PIECE)]
    rounds = [[_timed(act, piece) for piece in pieces] for _ in range(ROUNDS)]
    return sum(rounds[0]), sum(map(min, zip(*rounds, strict=True)))


def _timed(act: Callable[[Story], object], stories: Sequence[Story]) -> float:
    start = process_time()
    for story in stories:
        act(story)
    return process_time() - start


def words_of(stories: Sequence[Story], *, at_most: int) -> list[str]:
    """Give 10,000 words that stand in the entries, each in so many of them at most; the same on every run."""
    seen = Counter(word for s in stories for word in set(re.findall(r"[^\W\d_]{4,}", s.whole)))
    words = sorted(word for word, count in seen.items() if count <= at_most)
    return random.Random(1).sample(words, TERMS)  # noqa: S311 - for words


def term_lists(stories: Sequence[Story], register: Register) -> dict[str, list[str]]:
    """Give lists of 10,000 terms, from those that never stand in an entry to those that stand anywhere."""
    invented = ["".join(parts) + "k" for parts in product(_SYLLABLES, repeat=4)]
    names = [holder.person for holder in register.holders]
    return {
        "10 words": words_of(stories, at_most=3)[:10],
        "10,000 invented words": invented,
        "all ministers and invented words": list(dict.fromkeys(names + invented))[:TERMS],
        "10,000 words of the entries, rare ones": words_of(stories, at_most=3),
        _ANY: words_of(stories, at_most=len(stories)),
    }


def speed(stories: Sequence[Story], register: Register) -> Iterator[Row]:
    """Tell the megabytes a second, and the time of building, for each list of terms."""
    size = sum(len(story.whole.encode()) for story in stories) / 1e6
    prepared = {s.id: s.whole if keeps_words(s.whole) else fold_as_written(s.whole).text for s in stories}
    register.offices()
    for name, words in term_lists(stories, register).items():
        build = min(_built(words, register) for _ in range(3))
        finder = TermFinder([Term(Kind.WORDS, word) for word in words], register)
        watcher = Watcher(WatchList((Watch("w", tuple(words)),)), register)
        _, bare = fastest(partial(_found, finder._phrases, prepared), stories)
        first, whole = fastest(watcher.matches, stories)
        found = sum(len(watcher.matches(story)) for story in stories)
        if name == _ANY:
            yield Row(f"{name}: found, folding excluded", f"{size / bare:.1f} MB/s")
            yield Row(f"{name}: matched, {found:,} matches", f"{size / whole:.1f} MB/s")
            continue
        yield Row(f"{name}: built", f"{build:.3f} s", "<= 0.3 s", build <= 0.3)
        yield Row(f"{name}: found, folding excluded", f"{size / bare:.1f} MB/s", ">= 25", size / bare >= 25)
        yield Row(
            f"{name}: matched, {found:,} matches", f"{size / whole:.1f} MB/s", ">= 15", size / whole >= 15
        )
        yield Row(f"{name}: matched, first round", f"{size / first:.1f} MB/s")


def _found(finder: PhraseFinder[Any], prepared: dict[str, str], story: Story) -> object:
    return finder.find(prepared[story.id], endings_of(story.language))


def _built(words: Sequence[str], register: Register) -> float:
    watchlist = WatchList((Watch("w", tuple(words)),))
    gc.collect()
    gc.freeze()  # what the benchmark holds is not walked through
    start = process_time()
    Watcher(watchlist, register)
    return process_time() - start


def many(stories: Sequence[Story], register: Register) -> Iterator[Row]:
    """Tell what a hundred watches cost against one of them."""
    words = words_of(stories, at_most=30)
    names = [holder.person for holder in register.holders]

    def keywords(number: int) -> Watch:
        return Watch(f"k{number}", tuple(words[number * 20 : number * 20 + 20]))

    def query(number: int) -> Watch:
        one, two, three, four = words[number * 4 : number * 4 + 4]
        text = (
            f'({one} OR {two} OR person:"{names[number]}") AND (minist* NEAR/10 {three} OR call*) NOT {four}'
        )
        return Watch(f"q{number}", query=read(text))

    def alike(number: int) -> Watch:
        return Watch(
            f"a{number}", query=read(f"(Austin OR Hegseth) AND (phone OR call* OR talk{number}*) NOT Texas")
        )

    for what, make in (
        ("20 keywords each", keywords),
        ("a query each", query),
        ("queries much alike", alike),
    ):
        one, hundred = (Watcher(WatchList(tuple(map(make, range(n)))), register) for n in (1, WATCHES))
        _, single = fastest(one.matches, stories)
        _, all_of_them = fastest(hundred.matches, stories)
        ratio = all_of_them / single
        yield Row(f"100 watches against one, {what}", f"{ratio:.2f}x", "<= 2x", ratio <= 2)


def main() -> int:
    """Print the table; 1 where a target is missed."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else shared()
    register, stories = load(), entries(folder)
    gc.freeze()
    print(f"{len(stories):,} entries, {sum(len(s.whole.encode()) for s in stories) / 1e6:.1f} MB")  # noqa: T201
    missed = 0
    for row in (*speed(stories, register), *many(stories, register)):
        missed += not row.met
        print(f"{row.what:70} {row.figure:>11}  {row.target:10}{'' if row.met else 'MISSED'}", flush=True)  # noqa: T201
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
