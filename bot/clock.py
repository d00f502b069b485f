"""The system's clock, and the only place that reads it."""

from datetime import UTC, datetime


class SystemClock:
    """Tells the present instant; its fake in tests tells the one it was given."""

    def now(self) -> datetime:
        """Give the present instant, aware and in UTC."""
        return datetime.now(UTC)
