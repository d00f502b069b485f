"""The recognising half of a round: unread stories, one after another, none of them able to stop the rest."""

import asyncio
from collections import Counter
from collections.abc import Callable

import structlog

from bot.errors import DrahtError
from bot.model.claim import Recognition, Verdict
from bot.model.decision import Decision, Novelty
from bot.model.story import Story
from bot.pipeline.recognise import recognise
from bot.runners.wire import Wire

log = structlog.get_logger("draht.recognise")

BATCH = 20  # stories between two looks at whether to stop; a fraction of a second

_QUIET = {Novelty.NONE, Novelty.BACKGROUND}


async def read_all(
    wire: Wire, stop: Callable[[], bool] = lambda: False, on_read: Callable[[int], None] = lambda _: None
) -> Counter[str]:
    """Recognise every unread story, or until `stop` says so; count the decisions by kind.

    Works beside the event loop, so that a send in flight is answered meanwhile.
    `on_read` is told how many stories are done.
    """
    counts: Counter[str] = Counter()
    done = 0
    while not stop() and (stories := wire.store.unread(BATCH)):
        counts += await asyncio.to_thread(_read, wire, stories)
        done += len(stories)
        on_read(done)
    return counts


def _read(wire: Wire, stories: tuple[Story, ...]) -> Counter[str]:
    return Counter(str(decision.novelty) for story in stories for decision in _decided(wire, story))


def _decided(wire: Wire, story: Story) -> tuple[Decision, ...]:
    """Decide about one story; one that trips Draht up is closed, so that it trips it up once."""
    try:
        decisions = recognise(story, wire.desk, wire.store, wire.clock.now())
    except DrahtError:
        raise  # the store's: the story is as good as any, and stays unread
    except Exception:
        log.exception("story could not be read", story=story.id, url=story.url)
        fault = Recognition(Verdict.NONE, reasons=("reading this story failed inside Draht; see the log",))
        with wire.store.ledger() as ledger:
            ledger.close_story(story, fault, ())
        return ()
    for decision in decisions:
        _tell(story, decision)
    return decisions


def _tell(story: Story, decision: Decision) -> None:
    write = log.debug if decision.novelty in _QUIET else log.info
    write(
        "story read",
        decision=str(decision.novelty),
        countries=" ".join(decision.countries),
        source=story.source,
        title=story.title,
        contact=decision.contact,
        posted=decision.posted,
        held_back=decision.held_back,
    )
