"""Why a watch does not listen to a story: what it asks for, and what came nearest in the story."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from bot.matching.parties import fits
from bot.matching.shortfall import shortfalls
from bot.matching.watch import Watcher
from bot.model.claim import Claim, Status
from bot.model.office import Register
from bot.model.story import Story
from bot.model.trace import NearMiss
from bot.model.watchlist import Match, Party, Ring, Watch, WatchList
from bot.text.fold import fold

_NO_KEYWORD = "no keyword"
_READ = 20_000  # characters in which a word that comes near is looked for
_SHOWN = 5  # keywords told
_LIKE, _OF_IT = 5, 0.6  # letters that two words must begin with, and which part of the keyword
_WORD = re.compile(r"[^\W\d_]{5,}")


def missed(
    story: Story, claims: Sequence[Claim], matches: Iterable[Match], watchlist: WatchList, register: Register
) -> tuple[NearMiss, ...]:
    """Give one near miss for each watch that has nothing of the story, in the order of the watch-list.

    A watch has nothing where an excluded word stands in the story, none of its
    keywords does, or the contacts that are told are not of its offices or media.
    """
    heard = {match.watch for match in matches}
    barred = {match.watch: match for match in _excluded(story, watchlist, register)}
    told = ((watch, _missed(watch, story, claims, heard, barred)) for watch in watchlist.watches)
    return tuple(
        replace(_with_query(miss, watch, story, register), watch=watch.name) for watch, miss in told if miss
    )


def _with_query(miss: NearMiss, watch: Watch, story: Story, register: Register) -> NearMiss:
    """Say what the query of a watch lacks, which is only looked for where it is to be told."""
    if miss.kind != _NO_KEYWORD or watch.query is None:
        return miss
    lacking = shortfalls(watch.query, story, register)
    shown = "; ".join(f"{one.part}: {one.why}" for one in lacking[:_SHOWN])
    return replace(miss, kind="query", text=f"{miss.text}; {shown}" if watch.keywords else shown)


def _missed(
    watch: Watch, story: Story, claims: Sequence[Claim], heard: set[str], barred: dict[str, Match]
) -> NearMiss | None:
    if match := barred.get(watch.key):
        written = " ".join(story.whole[match.start : match.end].split())
        return NearMiss("excluded", f"the excluded word {match.keyword} stands in the story (“{written}”)")
    if watch.key not in heard:
        return NearMiss(
            _NO_KEYWORD, f"none of {_shown(watch.keywords)} stands in the story{_nearest(watch, story)}"
        )
    asked = [claim for claim in claims if claim.status in (Status.HELD, Status.PLANNED)]
    if watch.ring is Ring.STORIES or not asked or any(fits(watch, c.participants, c.medium) for c in asked):
        return None
    return _unfit(watch, asked[0])


def _unfit(watch: Watch, claim: Claim) -> NearMiss:
    anyhow = replace(watch, media=frozenset())
    if fits(anyhow, claim.participants, claim.medium):
        return NearMiss("medium", f"listens to {', '.join(sorted(watch.media))}; this is by {claim.medium}")
    table = "-".join(sorted({one.office.country for one in claim.participants}))
    return NearMiss("other parties", f"listens to {_parties(watch.parties)}; this is {table}")


def _parties(parties: tuple[Party, ...]) -> str:
    """Say for whom a watch listens: "US-RU", "two of US, RU, CN", "Boris Pistorius with anyone"."""
    asked = [party.person or party.office.country for party in parties]
    match asked:
        case []:
            return "defence ministers"
        case [one]:
            return f"{one} with anyone"
        case [_, _]:
            return " with ".join(asked) if any(party.person for party in parties) else "-".join(asked)
        case _:
            return f"two of {', '.join(asked)}"


def _excluded(story: Story, watchlist: WatchList, register: Register) -> Iterator[Match]:
    """Give where a word of `exclude` stands: the same words, listened for as if they were keywords."""
    turned = [
        (watch.key, replace(watch, keywords=watch.exclude, exclude=(), query=None))
        for watch in watchlist.watches
        if watch.exclude
    ]
    listening = Watcher(replace(watchlist, watches=tuple(watch for _, watch in turned)), register)
    for match in listening.matches(story) if turned else ():
        yield from (replace(match, watch=key) for key, watch in turned if watch.key == match.watch)


def _shown(words: tuple[str, ...]) -> str:
    more = len(words) - _SHOWN
    return ", ".join(words[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _nearest(watch: Watch, story: Story) -> str:
    """Name the word of the story that begins most like a keyword, where one does."""
    words = {fold(word): word for word in reversed(_WORD.findall(story.whole[:_READ]))}
    pairs = [(_likeness(fold(key), word), key, word) for key in watch.keywords for word in words]
    best = max(pairs, key=lambda pair: pair[0], default=(0, "", ""))
    return f"; “{words[best[2]]}” comes nearest to {best[1]}" if best[0] else ""


def _likeness(keyword: str, word: str) -> int:
    """Count the letters that two words begin with alike; 0 where those are few."""
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(keyword, word, strict=False)))
    return alike if alike >= _LIKE and alike >= _OF_IT * len(keyword) else 0
