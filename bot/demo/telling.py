"""The words around the posts: what came in, what became of it, and what it came to at the end of the day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.alerts.ringing import HeldBack
from bot.demo.newsday import NewsDay
from bot.demo.play import Asked, Delivered, Event, Heard
from bot.languages.load import codes
from bot.model.claim import Verdict
from bot.model.decision import Novelty

WIDTH = 80
_OUTLET, _WORD, _REASON = 17, 10, 27
TITLE_ROOM = WIDTH - len("00:00") - _OUTLET - _WORD - 3 * len("  ")
"""Columns of a line that are left for a story's title."""

_WORDS = {
    Novelty.UPDATE: "adds",
    Novelty.KNOWN: "known",
    Novelty.BACKGROUND: "background",
    Novelty.PLANNED: "planned",
    Novelty.DENIED: "denied",
}
_FURTHER = {Novelty.UPDATE, Novelty.KNOWN}


@dataclass(frozen=True, slots=True)
class Line:
    """A line for the reader; `loud` where something rings."""

    text: str
    loud: bool = False


def opening(day: NewsDay) -> Iterator[Line]:
    """Say what is about to be played, and that it is invented."""
    date = day.begins.date()
    yield Line(f"An invented news day: {date:%A}, {date.day} {date:%B %Y}.", loud=True)
    yield Line("The outlets, the stories and the contacts in them are made up; the ministers")
    yield Line("held their offices on that day. Nothing here leaves this machine.")
    yield Line("")
    yield Line("Draht rings for contacts between defence ministers in stories with one of:")
    yield Line(", ".join(day.keywords))
    yield Line("")


def told(event: Event, day: NewsDay) -> Line | None:
    """Tell an event in one line; None where it is nothing to a reader."""
    match event:
        case Heard() if event.matches:
            loud = any(decision.posted for decision in event.decisions)
            return Line(_row(event, event.story.source, _word(event), event.story.title, day), loud)
        case Asked(_, feed, None):
            return Line(_row(event, feed.name, "is back", "the feed can be read again", day))
        case Asked(_, feed, failed) if failed:
            return Line(_row(event, feed.name, "no feed", failed.refusal.value, day))
        case _:
            return None


def closing(events: Sequence[Event], day: NewsDay) -> Iterator[Line]:
    """Say what the day came to; every number is counted from what happened."""
    heard = [event for event in events if isinstance(event, Heard)]
    posts = sum(event.posted for event in events if isinstance(event, Delivered))
    edits = sum(event.edited for event in events if isinstance(event, Delivered))
    feeds = {event.story.feed for event in heard}
    yield Line("")
    yield Line(
        f"{_count(len(heard), 'story', 'stories')} from {_count(len(feeds), 'feed')}, "
        f"{_count(posts, 'post')}, {_count(edits, 'edit')}.",
        loud=True,
    )
    yield from _compared([event for event in heard if event.matches], day)
    yield Line("")
    yield Line("On real feeds: draht run. Its posts go to the terminal until it has a token.")


def _compared(matching: Sequence[Heard], day: NewsDay) -> Iterator[Line]:
    first = [event for event in matching if any(decision.posted for decision in event.decisions)]
    further = [event for event in matching if event not in first and _is_further(event)]
    others = [event for event in matching if event not in first and event not in further]
    yield Line(f"A keyword bot would have rung {_count(len(matching), 'time')} for the same words: for")
    yield Line(f"{len(first):>4}  stories that Draht rang for too,")
    yield Line(f"{len(further):>4}  further reports, of which Draht made sources and edits,")
    yield Line(f"{len(others):>4}  stories that did not make Draht ring, and why:")
    yield from (Line(f"  {_clock(event, day)}  {_reasoned(event)}") for event in others)


def _reasoned(event: Heard) -> str:
    room = WIDTH - len("  00:00  ") - _REASON - 2
    return f"{_clipped(event.story.title, room):<{room}}  {_clipped(reason(event), _REASON)}"


def reason(event: Heard) -> str:
    """Say in a few words why a story did not ring."""
    if HeldBack.TOO_OLD in {decision.held_back for decision in event.decisions}:
        return HeldBack.TOO_OLD.value
    if event.story.language not in codes():
        return event.recognition.reasons[0]
    match event.recognition.verdict:
        case Verdict.PLANNED | Verdict.DENIED as verdict:
            words = [
                one.text
                for claim in event.recognition.claims
                for one in claim.evidence
                if one.slot == "status"
            ]
            return f"{verdict}: “{words[0]}”" if words else str(verdict)
        case Verdict.BACKGROUND:
            return "recalls an earlier contact"
        case _:
            return "no two ministers in contact"


def _word(event: Heard) -> str:
    if any(decision.posted for decision in event.decisions):
        return "rings"
    if any(decision.held_back for decision in event.decisions):
        return "too old"
    if event.story.language not in codes():
        return "not read"
    return next((_WORDS[one.novelty] for one in event.decisions if one.novelty in _WORDS), "no contact")


def _is_further(event: Heard) -> bool:
    return any(decision.novelty in _FURTHER for decision in event.decisions)


def _row(event: Event, outlet: str, word: str, title: str, day: NewsDay) -> str:
    start = f"{_clock(event, day)}  {_clipped(outlet, _OUTLET):<{_OUTLET}}  {word:<{_WORD}}  "
    return start + _clipped(title, WIDTH - len(start))


def _clock(event: Event, day: NewsDay) -> str:
    return f"{event.at.astimezone(ZoneInfo(day.zone)):%H:%M}"


def _clipped(text: str, room: int) -> str:
    return text if len(text) <= room else text[: room - 1].rstrip() + "…"


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
