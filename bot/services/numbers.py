"""The numbers of messages where a service gives none."""

from collections.abc import Callable


class Numbers:
    """Counts a channel's messages upward, over restarts too.

    `newest` gives the highest number that a channel is known to hold.
    """

    def __init__(self, newest: Callable[[str], int | None]) -> None:
        self._newest = newest
        self._last: dict[str, int] = {}

    def next(self, channel: str) -> int:
        """Give the next number of a channel."""
        last = max(self._last.get(channel, 0), self._newest(channel) or 0)
        self._last[channel] = last + 1
        return last + 1
