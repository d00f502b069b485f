"""A clock that stands still until it is told to move."""

from datetime import UTC, datetime, timedelta


class FakeClock:
    """Tells the instant it was given; `advance` moves it, nothing else does."""

    def __init__(self, now: datetime = datetime(2024, 7, 13, 9, 0, tzinfo=UTC)) -> None:
        self._now = now

    def now(self) -> datetime:
        """Give the instant last set, in UTC."""
        return self._now

    def set(self, now: datetime) -> None:
        """Jump to an instant, forward or back."""
        self._now = now.astimezone(UTC)

    def advance(self, by: timedelta) -> None:
        """Let time pass."""
        self._now += by
