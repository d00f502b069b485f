"""The recognising half of a round: unread stories, one after another, none of them able to stop the rest."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import takewhile

import structlog

from bot.errors import DrahtError
from bot.model.claim import Recognition, Verdict
from bot.model.decision import Decision, Novelty
from bot.model.story import Story
from bot.pipeline.recognise import Heard, hear, pass_over, sit, tells_nothing
from bot.runners.wire import Wire

log = structlog.get_logger("draht.recognise")

BATCH = 50  # stories whose closing waits for the disk once

_QUIET = {Novelty.NONE, Novelty.BACKGROUND}
# One that trips Draht up is closed like one that tells nothing, so that it trips it up once.
_TRIPPED = Recognition(Verdict.NONE, reasons=("reading this story failed inside Draht; see the log",))


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
        counts += await asyncio.to_thread(_read, wire, takewhile(lambda _: not stop(), stories))
        done += len(stories)
        on_read(done)
    return counts


def _read(wire: Wire, stories: Iterable[Story]) -> Counter[str]:
    """Decide about a batch, one story after another; those that tell nothing are closed together."""
    counts: Counter[str] = Counter()
    quiet: list[Heard] = []
    for story in stories:
        try:
            heard = hear(story, wire.desk)
            now = wire.clock.now()
            if tells_nothing(heard, wire.desk, now):
                quiet.append(heard)
            else:
                decisions = sit(heard, wire.desk, wire.store, now).decisions
                counts.update(_told(story, decisions))
        except DrahtError:
            raise  # the store's: the story is as good as any, and stays unread
        except Exception:
            log.exception("story could not be read", story=story.id, url=story.url)
            quiet.append(Heard(story, _TRIPPED))
    for heard, decision in zip(quiet, pass_over(quiet, wire.store), strict=True):
        counts.update(_told(heard.story, [decision]))
    return counts


def _told(story: Story, decisions: Sequence[Decision]) -> Counter[str]:
    """Write a line for each decision, and count them by kind."""
    for decision in decisions:
        _tell(story, decision)
    return Counter(str(decision.novelty) for decision in decisions)


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
