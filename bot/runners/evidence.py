"""Gathers from the store what suggestions are made of."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.configuration import Watching, load_watching
from bot.errors import ConfigurationError
from bot.model.claim import Claim, Status
from bot.model.ruling import Wrong
from bot.pipeline.suggestions import Evidence, Suggestion, Told, suggestions
from bot.recognition import Recogniser
from bot.register.load import load as shipped
from bot.runners.wire import Wire
from bot.storage import SqlStore

OF_LATE = timedelta(days=30)
MOST_STORIES, MOST_STRANGE = 1_000, 200
"""Stories of contacts that are gone through, and those in which new ministers are looked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """What may be suggested now."""

    every: tuple[Suggestion, ...]

    def of(self, name: str) -> Suggestion | None:
        """Give the suggestion of this id; None where it holds no longer."""
        return next((one for one in self.every if one.id == name), None)


def found(watching: Watching, store: SqlStore, now: datetime) -> Found:
    """Decide what may be missing, from the stories of the last month."""
    recogniser = Recogniser(watching.register)
    late = store.history.of_contacts(now - OF_LATE, MOST_STRANGE)
    evidence = Evidence(_told(store, now), [(story, recogniser.strangers(story)) for story in late])
    vetoed = store.edits.vetoed()
    return Found(suggestions(evidence, watching.watchlist, watching.register, vetoed))


async def hint(wire: Wire, now: datetime) -> str | None:
    """Tell the operator how much may be missing, and how to see it; None where that is nothing."""
    files = wire.parley.files if wire.parley else None
    if files is None:
        return None
    try:
        watching = load_watching(files.folder, shipped())
    except ConfigurationError:
        return None  # whoever saved that file is told of it elsewhere
    count = len((await asyncio.to_thread(found, watching, wire.store, now)).every)
    if not count:
        return None
    return f"{count} {'suggestion' if count == 1 else 'suggestions'} for the watch-list, see: /watch suggest"


def _told(store: SqlStore, now: datetime) -> tuple[Told, ...]:
    """Give the newest stories of contacts that took place, but for those that an editor ruled to be none."""
    none = {one.contact for one in store.archive.rulings() if one.wrong is Wrong.CONTACT}
    claims: dict[str, list[Claim]] = defaultdict(list)
    since = (now - OF_LATE).date()
    accepted = [
        one for one in store.history.contacts(since) if one.status is Status.HELD and one.id not in none
    ]
    for contact in accepted:
        for report in contact.reports:
            claims[report.story].append(report.claim)
    newest = list(claims)[-MOST_STORIES:]
    return tuple(Told(story, tuple(claims[story.id])) for story in store.archive.stories(newest))
