"""What would become of a story, as an editor is told it."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.alerts.budget import clip
from bot.alerts.markup import Line
from bot.model.contact import Contact
from bot.model.trace import NearMiss
from bot.model.watchlist import Watch
from bot.talk.answer import Answer, line, sheet
from bot.talk.paper import Paper, title

LONGEST_LINE = 250
MOST_WATCHES, MOST_CONTACTS = 20, 5


@dataclass(frozen=True, slots=True)
class Hit:
    """A watch that listens to a story, and for which words; none where it listens to everything.

    It `rings` for the story itself, or where a contact that it tells of took place in it.
    """

    name: str
    words: tuple[str, ...]
    rings: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """What a story is to the watch-list and to the recogniser."""

    headline: str
    hits: tuple[Hit, ...]
    misses: tuple[tuple[Watch, NearMiss], ...]
    contacts: tuple[Contact, ...]


def told(trial: Trial, paper: Paper) -> Answer:
    """Say which watches listen and for which words, which do not and why, and which contacts are told."""
    words = paper.words.watch
    watches = [*(_hit(one, paper) for one in trial.hits), *_misses(trial, paper)][:MOST_WATCHES]
    none = [] if trial.hits else [line(words.no_hit)]
    found = [line(words.recognised if trial.contacts else words.unrecognised)]
    found += [line(title(one, paper)) for one in trial.contacts[:MOST_CONTACTS]]
    return Answer(sheet([line(clip(trial.headline, LONGEST_LINE))], [*none, *watches], found))


def _hit(hit: Hit, paper: Paper) -> Line:
    words = paper.words.watch
    if not hit.rings:
        return line(clip(words.hit_idle.format(name=hit.name), LONGEST_LINE))
    if not hit.words:
        return line(clip(words.hit_all.format(name=hit.name), LONGEST_LINE))
    return line(clip(words.hit.format(name=hit.name, words=", ".join(hit.words)), LONGEST_LINE))


def _misses(trial: Trial, paper: Paper) -> Iterator[Line]:
    words = paper.words.watch
    patterns = {"excluded": words.excluded, "no keyword": words.lacking, "query": words.lacking}
    for watch, miss in trial.misses:
        sought = ", ".join(watch.keywords) or str(watch.query or "")
        pattern = patterns.get(miss.kind, words.unfit)
        yield line(clip(pattern.format(name=watch.name, words=clip(sought, LONGEST_LINE // 2)), LONGEST_LINE))
