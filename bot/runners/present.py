"""The wire in force, and how another one takes its place between two rounds.

round ── taken ──▶ works with that wire to its end
reload ── change ──▶ recognising ends ─▶ the new one is entered in the store ─▶ rounds take it
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.runners.wire import Wire


@dataclass(slots=True)
class _Held:
    wire: Wire
    users: int = 0


class Present:
    """Holds the wire in force; a round takes it once, at its beginning.

    No wire ever changes: a round that is under way goes on with the one it took.
    """

    def __init__(self, wire: Wire) -> None:
        self._held = _Held(wire)
        self._former: list[_Held] = []
        self._bound = 0
        self._unbound = asyncio.Event()
        self._unbound.set()
        self.changing = False

    @property
    def wire(self) -> Wire:
        """The wire in force, for what is done in one breath: without an await."""
        return self._held.wire

    @contextmanager
    def taken(self, *, bound: bool = False) -> Iterator[Wire]:
        """Work with the wire in force; a change waits for who is `bound`, who must end soon once `changing`.

        What is entered in the ledger is: a watch that is new must be known after
        all that was entered without it, or it rings for that.
        """
        held = self._held
        held.users += 1
        self._bind(bound)
        try:
            yield held.wire
        finally:
            held.users -= 1
            self._bind(-bound)

    async def change(self, wire: Wire, enter: Callable[[], None]) -> None:
        """Put a wire into force once nobody is bound.

        `enter` makes it known in the same breath; where it raises the old one stays.
        """
        self.changing = True
        try:
            await self._unbound.wait()
            enter()
            self._former.append(self._held)
            self._held = _Held(wire)
        finally:
            self.changing = False

    def in_use(self) -> tuple[Wire, ...]:
        """Give the wire in force and the former ones with which rounds still work."""
        self._former = [held for held in self._former if held.users]
        return (self._held.wire, *(held.wire for held in self._former))

    def _bind(self, number: int) -> None:
        self._bound += number
        if self._bound:
            self._unbound.clear()
        else:
            self._unbound.set()
