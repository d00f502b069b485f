"""The pages of stories: those that are wanted, one at a time of each host, beside everything else."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog

from bot import cadence
from bot.model.article import PageOutcome, Visit, WantedPage
from bot.pipeline.turns import GAP
from bot.pipeline.visit import visit
from bot.ports import ArticleSource
from bot.runners.present import Present
from bot.runners.wire import Wire
from bot.text.hosts import host_of

log = structlog.get_logger("draht.pages")

AT_ONCE = 20  # pages under way; a round begins no more than that are free
LONGEST = timedelta(minutes=2)
"""So long a poll asks for pages: a hundred pages that hang must not hold up the posts."""


class Visitor:
    """Asks for wanted pages; a host that is being asked is not asked again meanwhile."""

    def __init__(self, present: Present) -> None:
        self._present = present
        self._busy: set[str] = set()

    async def visit(self) -> Counter[str]:
        """Ask for the pages whose turn it is; count them by outcome."""
        with self._present.taken() as wire:
            if wire.articles is None:
                return Counter()
            chosen = self._choose(wire)
            self._busy |= {host_of(page.url) for page in chosen}
            outcomes = await asyncio.gather(*(self._visit(page, wire, wire.articles) for page in chosen))
            return Counter(str(made.outcome) for made in outcomes)

    def _choose(self, wire: Wire) -> tuple[WantedPage, ...]:
        """Choose the pages wanted first, one of each host that is free and does not rest."""
        now = wire.clock.now()
        pages = wire.store.pages_due(now)
        resting = wire.store.resting_hosts() if pages else {}
        closed = self._busy | {host for host, until in resting.items() if cadence.rests(until, now)}
        by_host: dict[str, WantedPage] = {}
        for page in pages:
            by_host.setdefault(host_of(page.url), page)
        free = [page for host, page in by_host.items() if host not in closed]
        return tuple(free[: AT_ONCE - len(self._busy)])

    async def _visit(self, page: WantedPage, wire: Wire, articles: ArticleSource) -> Visit:
        try:
            made = await visit(page, articles, wire.store, wire.clock, wire.desk.watchlist)
        finally:
            self._busy.discard(host_of(page.url))
        _tell(page, made)
        return made


async def visit_all(wire: Wire, wait: Callable[[float], Awaitable[None]] = asyncio.sleep) -> Counter[str]:
    """Ask for the pages that are wanted now, with a pause between rounds; count them by outcome.

    No round begins after `LONGEST`; what is still wanted then is so the next time.
    """
    counts: Counter[str] = Counter()
    visitor, begun = Visitor(Present(wire)), wire.clock.now()
    while wire.clock.now() - begun < LONGEST and (made := await visitor.visit()):
        counts += made
        await wait(GAP)
    return counts


def _tell(page: WantedPage, made: Visit) -> None:
    write = log.info if made.outcome is PageOutcome.READ else log.debug
    write(
        "page read" if made.article else "page not read",
        outcome=str(made.outcome),
        source=page.story.source,
        title=page.story.title,
        why=page.why,
        detail=made.detail,
    )
