"""The time of matching grows with the text, not with the keywords."""

from itertools import islice, product

from bot.matching.inflection import endings_of, stems
from bot.matching.phrases import PhraseFinder
from bot.matching.watch import Watcher
from bot.model.office import Register
from bot.model.watchlist import Watch, WatchList
from tests.timing import fastest

SYLLABLES = ["ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "zu"]
WORDS = ["".join(parts) + "k" for parts in product(SYLLABLES, repeat=4)]
TEXT = " ".join(f"{word} und {word[1:]}" for word in islice(WORDS, 0, None, 3)) * 4


def finder(words: list[str]) -> PhraseFinder[str]:
    """Give a finder of single words."""
    return PhraseFinder(((stems(word, acronym=False),), word) for word in words)


def test_a_thousand_times_the_keywords_cost_little_more_on_a_text_without_them() -> None:
    """Ten thousand keywords against ten: the same pass over the text."""
    text = "zwischen wolken fliegen vogelschwaerme nach sueden " * 2000
    german = endings_of("de")
    few, many = finder(WORDS[:10]), finder(WORDS)
    assert fastest(lambda: many.find(text, german)) < 6 * fastest(lambda: few.find(text, german))


def test_twice_the_text_takes_twice_the_time() -> None:
    """Also where every other word is found."""
    german = endings_of("de")
    many = finder(WORDS)
    once, twice = fastest(lambda: many.find(TEXT, german)), fastest(lambda: many.find(TEXT * 2, german))
    assert twice < 4 * once


def test_phrases_that_begin_alike_are_not_tried_one_by_one() -> None:
    """A thousand phrases of one first word cost no more than a few."""
    text = "baum " * 20_000
    german = endings_of("de")

    def phrases(count: int) -> PhraseFinder[str]:
        return PhraseFinder(
            ((stems("baum", acronym=False), stems(word, acronym=False)), word) for word in WORDS[:count]
        )

    few, many = phrases(10), phrases(1000)
    assert fastest(lambda: many.find(text, german)) < 4 * fastest(lambda: few.find(text, german))


def test_building_takes_time_in_proportion_to_the_keywords() -> None:
    """Ten times the keywords, about ten times the time."""

    def build(count: int) -> Watcher:
        return Watcher(WatchList((Watch("watch", tuple(WORDS[:count])),)), Register())

    assert fastest(lambda: build(10_000)) < 30 * fastest(lambda: build(1_000))
