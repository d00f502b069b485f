"""The page of a story → the story as its page tells it.

    wanted row → begun (a row first) → page → belongs to the story? → (text + unread) in one transaction

A stop at any point loses nothing: what was begun and not settled is due again
once. The story is then read anew like any other (`bot.pipeline.recognise`).
"""

import re
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from bot import cadence
from bot.alerts.beats import containment, shingles
from bot.alerts.ringing import too_old
from bot.model.article import Article, PageOutcome, Visit, WantedPage
from bot.model.story import BODY_GAP, Story
from bot.model.watchlist import WatchList
from bot.ports import ArticleSource, Clock, Store
from bot.text.fold import fold
from bot.text.hosts import host_of

MOST_ATTEMPTS = 2
RETRY = timedelta(minutes=30)
_BUSY = timedelta(minutes=10)  # how long a host rests that does not say how long

_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 5  # letters by which two forms of a word are taken for one
_HEADLINE, _TEASER = 0.4, 0.6  # shares of a story's words that its own page has
_SAID_AGAIN = 0.8  # as for a wire copy (bot.alerts.beats)


async def visit(
    page: WantedPage, source: ArticleSource, store: Store, clock: Clock, watchlist: WatchList
) -> Visit:
    """Ask for a page, unless its address was asked before, and keep what came of it."""
    now = clock.now()
    if too_old(page.story.day, watchlist, now):
        return _settled(page, Visit(PageOutcome.TOO_OLD, "the story grew too old to be asked for"), store)
    if (before := store.page_seen(page.url)) is not None:
        return _settled(page, before, store)
    if page.attempts >= MOST_ATTEMPTS:
        return _settled(
            page, Visit(PageOutcome.FAILED, "Draht was stopped each time while it read the page"), store
        )
    store.begin_visit(page, now, now + RETRY)
    made = await source.visit(page.url, now, page.story.feed)
    # No await from here on: a stop cannot come between the page and the store.
    if made.busy:
        store.rest_host(host_of(page.url), clock.now() + _pause(made, _BUSY))
    if made.again and page.attempts + 1 < MOST_ATTEMPTS:
        store.put_off_page(page, made.detail, clock.now() + _pause(made, RETRY))
        return made
    return _settled(page, made, store)


def _pause(made: Visit, least: timedelta) -> timedelta:
    return min(max(least, timedelta(seconds=made.retry_after or 0)), cadence.LONGEST_PAUSE)


def _settled(page: WantedPage, made: Visit, store: Store) -> Visit:
    if made.article is None:
        store.settle_page(page, made)
        return made
    told = as_told(page.story, made.article)
    judged = replace(made, outcome=told) if isinstance(told, PageOutcome) else made
    store.settle_page(page, judged, told if isinstance(told, Story) else None)
    return judged


def as_told(story: Story, article: Article) -> Story | PageOutcome:
    """Give a story as its page tells it; or say that the page is another's, or tells no more.

    Title, source and address stay the feed's. What the feed told and the page
    leaves out stays in front of it. A day that the feed did not tell is the page's.
    """
    if not belongs(story, article):
        return PageOutcome.ELSEWHERE
    if len(article.text) <= len(story.text):
        return PageOutcome.NO_MORE
    return replace(
        _dated(story, article), text=_both(story, article), language=story.language or article.language
    )


def belongs(story: Story, article: Article) -> bool:
    """Whether a page is the story's own: its words stand there, in whatever form."""
    there = _stems(f"{article.title} {article.text}")
    headline, teaser = _stems(story.title), _stems(story.text)
    return _share(headline, there) >= _HEADLINE or _share(teaser, there) >= _TEASER


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(fold(text)))


def _share(words: frozenset[str], there: frozenset[str]) -> float:
    return len(words & there) / len(words) if words else 0.0


def _both(story: Story, article: Article) -> str:
    said_again = containment(shingles(story.text), shingles(article.text)) > _SAID_AGAIN
    return article.text if said_again or not story.text.strip() else story.text + BODY_GAP + article.text


def _dated(story: Story, article: Article) -> Story:
    """Take the page's day for a story whose feed tells none, unless it lies ahead."""
    day = article.published
    if story.dated or day is None or day > story.day:
        return story
    instant = min(story.instant, datetime.combine(day, time(12), UTC))
    return replace(story, day=day, instant=instant, dated=True)
