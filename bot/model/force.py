"""Which configuration acts."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class InForce:
    """The watch-list that acts, by its revision, and since when.

    `fault` says why files that were saved later are not taken up, None where
    they are; `fault_at` is when that was found.
    """

    revision: str
    since: datetime
    fault: str | None = None
    fault_at: datetime | None = None
