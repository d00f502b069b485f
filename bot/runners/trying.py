"""What would become of a text or a page, tried with the watch-list as it is saved; nothing is kept of it."""

import asyncio
from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.configuration import Watching
from bot.contacts.assemble import assemble
from bot.contacts.reports import reports_of
from bot.matching.missed import missed
from bot.matching.watch import Watcher
from bot.model.claim import Status
from bot.model.contact import Contact
from bot.model.office import Register
from bot.model.story import Story, derived_id
from bot.model.watchlist import Match, Ring, Watch
from bot.ports import ArticleSource
from bot.recognition import Recogniser
from bot.runners.wire import Wire
from bot.talk.access import Allowance, Bucket
from bot.talk.answer import Answer
from bot.talk.answers import plainly
from bot.talk.paper import Paper
from bot.talk.trial import Hit, Trial, told
from bot.talk.watching import TryPage, TryText

PAGES = Allowance(3, 20.0)
"""Pages that all editors together may have read: three at once, and one more every twenty seconds."""
LONGEST = timedelta(seconds=20)
"""So long a page is waited for: meanwhile nobody else is answered."""
_LONGEST_TITLE = 200  # characters; a text without a first line that is one has none


class Trying:
    """Tries stories; the recogniser is its own, since the rounds read with theirs at the same time."""

    def __init__(self, now: datetime) -> None:
        self._bucket = Bucket(PAGES.most, now)
        self._recogniser: tuple[Register, Recogniser] | None = None

    async def answer(self, wish: TryText | TryPage, watching: Watching, paper: Paper, wire: Wire) -> Answer:
        """Say what would become of it."""
        now = wire.clock.now()
        if isinstance(wish, TryPage):
            story = await self._page(wish.url, now, paper, wire.articles)
        else:
            story = _story(*_parted(wish.text), now, paper.zone)
        if isinstance(story, Answer):
            return story
        return told(await asyncio.to_thread(self._trial, story, watching), paper)

    async def _page(
        self, url: str, now: datetime, paper: Paper, articles: ArticleSource | None
    ) -> Story | Answer:
        """Read a page as the pages of stories are read; say why where it cannot be."""
        words = paper.words.watch
        if articles is None:
            return plainly(words.no_pages)
        bucket = PAGES.refilled(self._bucket, now)
        if bucket.left < 1:
            return plainly(words.too_often)
        self._bucket = Bucket(bucket.left - 1, now)
        try:
            # Of no feed: an address of a private network is never asked for.
            visit = await asyncio.wait_for(articles.visit(url, now, ""), LONGEST.total_seconds())
        except TimeoutError:
            return plainly(words.no_page.format(reason=f"no answer in {LONGEST.total_seconds():.0f} s"))
        if visit.article is None:
            return plainly(words.no_page.format(reason=visit.detail or str(visit.outcome)))
        article = visit.article
        return _story(article.title, article.text, now, paper.zone)

    def _trial(self, story: Story, watching: Watching) -> Trial:
        watchlist, register = watching.watchlist, watching.register
        matches = Watcher(watchlist, register).matches(story)
        recognition = self._reader(register).read(story)
        contacts = assemble(reports_of(story, recognition, frozenset()))
        hits = [
            Hit(watch.name, _words(watch, matches), rings=_rings(watch, contacts))
            for watch in watchlist.watches
            if any(one.watch == watch.key for one in matches)
        ]
        misses = missed(story, recognition.claims, matches, watchlist, register)
        by_name = {watch.name: watch for watch in watchlist.watches}
        failed = tuple((by_name[one.watch], one) for one in misses if one.watch in by_name)
        silent = {watch.name for watch, _ in failed}
        return Trial(
            story.title or story.text,
            tuple(one for one in hits if one.name not in silent),
            failed,
            contacts,
        )

    def _reader(self, register: Register) -> Recogniser:
        """Give a recogniser of this register; it is made anew where that has changed."""
        if self._recogniser is None or self._recogniser[0] != register:
            self._recogniser = (register, Recogniser(register))
        return self._recogniser[1]


def _words(watch: Watch, matches: Iterable[Match]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.keyword for one in matches if one.watch == watch.key and one.keyword))


def _rings(watch: Watch, contacts: Iterable[Contact]) -> bool:
    """Whether a watch that listens tells of a story: of a beat always, else of what took place."""
    told = {Status.HELD, Status.PLANNED} if watch.announce else {Status.HELD}
    return watch.ring is Ring.STORIES or any(contact.status in told for contact in contacts)


def _parted(text: str) -> tuple[str, str]:
    """Part a text's title from it: a first line that is short and not all."""
    first, _, rest = text.partition("\n")
    return (first, rest) if rest and len(first) <= _LONGEST_TITLE else ("", text)


def _story(title: str, text: str, now: datetime, zone: ZoneInfo) -> Story:
    """Make a story of today, in whatever language it is."""
    day = now.astimezone(zone).date()
    name = derived_id("trial", title, text)
    return Story(name, "", "", None, title, text, None, None, now, day)
