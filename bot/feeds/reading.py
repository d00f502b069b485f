"""What a document of any format tells, before its entries become stories."""

from collections import Counter
from dataclasses import dataclass

from bot.feeds.entry import Entry
from bot.model.fetch import NO_WISHES, Wishes

NO_WORDS = "no title and no text"
CUT_OFF = "cut off"
BROKEN = "broken entry"
BEYOND = "beyond the first 2000"
# The longest real feed known here has 338; the newest stand first by custom.
MOST_ENTRIES = 2_000

Skipped = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """The entries of one document and what it says of itself.

    `entries` leaves out those whose blocks were seen before, `count` does not.
    `language` is as declared. `whole` is False where the last entry breaks off.
    """

    entries: tuple[Entry, ...] = ()
    language: str = ""
    wishes: Wishes = NO_WISHES
    skipped: Skipped = ()
    count: int = 0
    blocks: bytes = b""
    whole: bool = True


def told(entry: Entry, skipped: Counter[str]) -> bool:
    """Say whether an entry tells anything; count it where it does not."""
    if entry.title or entry.text:
        return True
    skipped[NO_WORDS] += 1
    return False
