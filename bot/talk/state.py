"""How things stand, for the operators."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.alerts.budget import clip
from bot.alerts.markup import Bold, Line, Plain
from bot.model.alert import EntryState
from bot.model.archive import Backlog
from bot.model.force import InForce
from bot.model.ruling import Switch
from bot.pipeline.health import HEARD, Condition, Day, Health
from bot.talk.answer import Answer, Mute, Pause, Resume, line, sheet
from bot.talk.answers import plainly
from bot.talk.paper import Paper

LONGEST_LINE = 250
MOST_FEEDS = 15
_CALM = frozenset({Health.WELL, Health.RESTING})
_PENDING = (EntryState.DUE, EntryState.SENDING, EntryState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class State:
    """Everything that is told of how Draht is; `running` is for how long this process has been."""

    version: str
    running: timedelta
    feeds: Sequence[Condition]
    day: Day
    outbox: Backlog
    pause: Switch | None = None
    mute: Switch | None = None
    force: InForce | None = None


def status(state: State, paper: Paper) -> Answer:
    """Say how things stand, what stands still and by whom, and the latest fault."""
    return Answer(sheet(_figures(state, paper), _halted(state, paper)))


def health(feeds: Sequence[Condition], paper: Paper) -> Answer:
    """Name the feeds that are not well, the worst first."""
    told = paper.words.facts
    ill = [one for one in feeds if one.health not in _CALM]
    if not ill:
        return plainly(told.all_heard)
    listed = [_labelled(f"{one.feed.name} ({one.health})", one.detail) for one in ill[:MOST_FEEDS]]
    more = [line(told.more.format(count=len(ill) - MOST_FEEDS))] if len(ill) > MOST_FEEDS else []
    return Answer(sheet([line(_heard(feeds, paper))], [*listed, *more]))


def stopped(by: str, paper: Paper) -> Answer:
    """Send nothing more."""
    return Answer(sheet([line(paper.words.say.paused.format(who=by))]), effects=(Pause(by),))


def going(paper: Paper) -> Answer:
    """Send again."""
    return Answer(sheet([line(paper.words.say.resumed)]), effects=(Resume(),))


def silenced(until: datetime, by: str, paper: Paper) -> Answer:
    """No notices until then."""
    text = paper.words.say.muted.format(until=paper.moment(until), who=by)
    return Answer(sheet([line(text)]), effects=(Mute(by, until),))


def _figures(state: State, paper: Paper) -> Iterator[Line]:
    told, outbox = paper.words.facts, state.outbox
    yield line(told.version.format(version=state.version, length=paper.length(state.running)))
    if state.force:
        since = paper.moment(state.force.since)
        yield line(told.watch_list.format(revision=state.force.revision, since=since))
    yield line(_heard(state.feeds, paper))
    deaf = [one.feed.name for one in state.feeds if one.deaf]
    if deaf:
        yield _labelled(told.not_heard, ", ".join(deaf[:MOST_FEEDS]))
    day = state.day
    yield line(told.day.format(stories=day.stories, contacts=day.contacts, posts=day.posts))
    waiting = {
        "pending": outbox.count(*_PENDING),
        "held": outbox.count(EntryState.HELD),
        "refused": outbox.count(EntryState.REFUSED),
    }
    yield line(told.outbox.format(**waiting))


def _halted(state: State, paper: Paper) -> Iterator[Line]:
    told = paper.words.facts
    if state.pause:
        yield line("⏸ ", told.pause.format(who=state.pause.by, since=paper.moment(state.pause.at)))
    if state.mute and state.mute.until:
        yield line("🔕 ", told.mute.format(who=state.mute.by, until=paper.moment(state.mute.until)))
    if state.force and state.force.fault:
        yield from _labelled_lines(told.not_usable, state.force.fault)
    if state.outbox.error:
        yield _labelled(told.fault, state.outbox.error)


def _heard(feeds: Sequence[Condition], paper: Paper) -> str:
    asked = [one for one in feeds if one.health is not Health.RESTING]
    heard = [one for one in asked if one.health in HEARD]
    return paper.words.facts.feeds.format(heard=len(heard), asked=len(asked))


def _labelled_lines(label: str, text: str) -> Iterator[Line]:
    """Write a label, then each line of a text on a line of its own."""
    yield Line((Bold(f"{label}:"),))
    for one in text.splitlines():
        yield line(clip(one, LONGEST_LINE))


def _labelled(label: str, text: str) -> Line:
    return Line((Bold(f"{clip(label, LONGEST_LINE)}:"), Plain(f" {clip(text, LONGEST_LINE)}")))
