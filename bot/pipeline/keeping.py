"""Looks that brought something, kept several at once.

    look → waits for others, shortly → (states + stories of all that wait) in one transaction → told

A transaction costs as much as the stories of some feeds. What waits is not kept
yet, nor is that it was had: a program that is killed has it again at its next look.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.model.feed import FeedState
from bot.model.harvest import Harvest
from bot.ports import Store

TOGETHER = 30
"""Looks with stories in one transaction; with more each costs no less."""
TOGETHER_UNCHANGED = 50
"""Looks without news that are kept in one transaction: it costs as much as one of them alone."""
MOST_WORDS = 500_000
"""Letters of stories in one transaction, so that it holds up the loop for some 30 ms only."""
_A_STORY = 1_000  # letters that a story costs beside its own
PROMPT = 0.1
"""Seconds that a look may wait for others."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What is to be kept, and who is told: how many stories were new, or what went wrong."""

    harvest: Harvest
    kept: Callable[[int], None]
    failed: Callable[[Exception], None]


class Keeping:
    """Keeps what looks brought, at the latest after `PROMPT` seconds."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: dict[str, Brought] = {}
        self._words = 0
        self._alarm: asyncio.TimerHandle | None = None
        self._unchanged: dict[str, FeedState] = {}

    def add(self, brought: Brought) -> None:
        """Have something kept soon; no feed may wait twice (`waits`)."""
        self._waiting[brought.harvest.state.url] = brought
        self._words += sum(_A_STORY + len(story.text) for story in brought.harvest.stories)
        if len(self._waiting) >= TOGETHER or self._words >= MOST_WORDS:
            self.keep()
        elif self._alarm is None:
            self._alarm = asyncio.get_running_loop().call_later(PROMPT, self.keep)

    def add_unchanged(self, state: FeedState) -> None:
        """Have the state of a feed that brought nothing kept with others, some time."""
        self._unchanged[state.url] = state
        if len(self._unchanged) >= TOGETHER_UNCHANGED:
            self.keep_unchanged()

    def keep_unchanged(self) -> None:
        """Keep the states of all feeds that brought nothing, now."""
        if self._unchanged:
            self._store.save_unchanged(tuple(self._unchanged.values()))
            self._unchanged.clear()

    def keep_states(self, states: Sequence[FeedState]) -> None:
        """Keep these states now, and none of before."""
        self._store.save_unchanged(states)
        for state in states:
            self._unchanged.pop(state.url, None)

    def waits(self, url: str) -> bool:
        """Say whether what a feed brought is still to be kept."""
        return url in self._waiting

    def keep(self) -> None:
        """Keep all that waits, now; whoever waits for it is told."""
        waiting, self._waiting, self._words = tuple(self._waiting.values()), {}, 0
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        if waiting:
            self._keep(waiting)

    def _keep(self, waiting: Sequence[Brought]) -> None:
        fault = self._saved(waiting)
        if fault is None:
            return
        for position, one in enumerate(waiting):  # what cannot be kept takes no other along
            fault = self._saved((one,)) if len(waiting) > 1 else fault
            if fault is not None:
                for left in waiting[position:]:
                    left.failed(fault)
                return

    def _saved(self, together: Sequence[Brought]) -> Exception | None:
        """Keep these in one transaction, or give what went wrong."""
        try:
            counts = self._store.save_looks([one.harvest for one in together])
        except Exception as fault:  # noqa: BLE001 -- handed to whoever waits for it, who raises it
            return fault
        for one, new in zip(together, counts, strict=True):
            self._unchanged.pop(one.harvest.state.url, None)
            try:
                one.kept(new)
            except Exception as fault:  # noqa: BLE001 -- as above
                one.failed(fault)
        return None
