"""Beats that are not about contacts (`ring: stories`): one post a story, wire copies merged. Pure."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import chain

from bot.alerts.budget import clip
from bot.alerts.markup import Bold, Line, Link, Plain, html, safe_url
from bot.alerts.ringing import too_old
from bot.model.story import Story
from bot.model.watchlist import Ring, WatchList
from bot.text.fold import fold

# Measured in RECOGNITION.md "Near duplicates": a wire copy with its tail cut and six
# words changed has 0.90, half a rewrite 0.68, an unrelated story 0.
COPY = 0.8
WITHIN = timedelta(hours=72)
_SHINGLE = 4

_TITLE_UNITS = 300
_SOURCE_UNITS = 60

_WORD = re.compile(r"\w+")


def channels(story: Story, watches: Iterable[str], watchlist: WatchList, now: datetime) -> tuple[str, ...]:
    """Give the channels in which a story rings for itself, each once, in the watch-list's order.

    `watches` are the keys of those it matches. None where the story is older
    than `max_age`, or undated and from the first look at its feed.
    """
    if (story.fresh_feed and not story.dated) or too_old(story.day, watchlist, now):
        return ()
    keys = frozenset(watches)
    ringing = (w.channels for w in watchlist.watches if w.ring is Ring.STORIES and w.key in keys)
    return tuple(dict.fromkeys(chain.from_iterable(ringing)))


def copied_from(story: Story, others: Iterable[Story]) -> tuple[Story, ...]:
    """Give those of the others that this story is a wire copy of, or they of it."""
    own = shingles(story.whole)
    return tuple(other for other in others if containment(own, shingles(other.whole)) > COPY)


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Give every run of four words of a folded text; a shorter text is one run."""
    words = _WORD.findall(fold(text))
    runs = (tuple(words[i : i + _SHINGLE]) for i in range(max(1, len(words) - _SHINGLE + 1)))
    return frozenset(run for run in runs if run)


def containment(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    """Say what share of the smaller set lies in the larger; 0 where either is empty."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def body(story: Story) -> str:
    """Write a story's post: title, source, link. What the story does not tell is left out."""
    title = clip(story.title, _TITLE_UNITS) or clip(story.text, _TITLE_UNITS)
    url = safe_url(story.url)
    source = clip(story.source, _SOURCE_UNITS) or (clip(url, _SOURCE_UNITS) if url else "")
    told = [Bold(title)] if title else []
    where = [Link(source, url) if url else Plain(source)] if source else []
    return html([[Line((piece,))] for piece in (*told, *where)])
