"""A feed as an editor, or another program's list, writes it down."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subscription:
    """One entry of a list of feeds; None is what it leaves to be told by the feed or the file.

    `interval` is as written ("10m"), so that a list passes from program to program unchanged.
    """

    url: str
    name: str | None = None
    language: str | None = None
    country: str | None = None
    interval: str | None = None
    enabled: bool = True
