"""How often a watch would have rung, by what is stored. Pure.

Counted anew with the words of today's watch-list, so that an edit is judged before it
has rung once: contacts whose stories it matches and that it asks for, each once; for
`ring: stories` the stories themselves.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.matching.parties import fits
from bot.model.claim import Status
from bot.model.contact import Contact
from bot.model.story import Story
from bot.model.watchlist import Match, Ring, Watch
from bot.pipeline.desk import Listener

MOST_A_DAY = 20
"""Rings of one watch a day: more than a reader looks at (DESIGN.md, "Editing")."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rings:
    """How often a watch would have rung within a span, and for which words, the most frequent first."""

    count: int
    span: timedelta
    words: tuple[tuple[str, int], ...] = ()

    @property
    def a_day(self) -> float:
        """How often a day; of a shorter span than a day no more is said than was counted."""
        return self.count / max(self.span / _DAY, 1.0)

    @property
    def too_many(self) -> bool:
        """Whether that is more than a reader looks at."""
        return self.a_day > MOST_A_DAY


def of_contacts(
    watch: Watch, contacts: Iterable[Contact], matches: Mapping[str, Sequence[Match]]
) -> Counter[str]:
    """Count by words the contacts that a watch would have rung for; "" where it needs none."""
    found: Counter[str] = Counter()
    for contact in contacts:
        if not _is_told(watch, contact) or not fits(watch, contact.participants, contact.medium):
            continue
        told = (match for report in contact.reports for match in matches.get(report.story, ()))
        words = [match.keyword for match in told if match.watch == watch.key]
        if words:
            found[words[0]] += 1
    return found


def of_stories(
    watch: Watch, stories: Iterable[Story], matches: Mapping[str, Sequence[Match]]
) -> Counter[str]:
    """Count by words the stories that a watch would have rung for."""
    each = ([m.keyword for m in matches.get(story.id, ()) if m.watch == watch.key] for story in stories)
    return Counter(words[0] for words in each if words)


def matched(stories: Iterable[Story], listener: Listener) -> dict[str, tuple[Match, ...]]:
    """Match stories, by their ids."""
    return {story.id: listener.matches(story) for story in stories}


def rings(found: Counter[str], span: timedelta) -> Rings:
    """Sum up what was counted."""
    return Rings(found.total(), span, tuple((word, n) for word, n in found.most_common() if word))


def _is_told(watch: Watch, contact: Contact) -> bool:
    if watch.ring is not Ring.CONTACTS:
        return False
    return contact.status is Status.HELD or (watch.announce and contact.status is Status.PLANNED)
