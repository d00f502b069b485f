"""Why a story rings or not: everything that was seen in it, and what follows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.alerts.ringing import too_old
from bot.assembly import nowhere
from bot.cli import answers
from bot.model.claim import Claim, Recognition
from bot.model.decision import Decision
from bot.model.feed import FeedState
from bot.model.story import Story
from bot.model.watchlist import Match, WatchList
from bot.pipeline.desk import Desk
from bot.pipeline.recognise import recognise
from bot.storage import Reading
from bot.telegram.plain import plain

AROUND = 40  # characters shown on either side of a match


@dataclass(frozen=True, slots=True)
class Explanation:
    """A story, what concerns which watch in it, what it says, and what would be done about it.

    `decisions` are those of an empty ledger at the story's own time; `too_old`
    says that today the contact would be entered and not posted.
    """

    story: Story
    matches: tuple[Match, ...]
    recognition: Recognition
    decisions: tuple[Decision, ...]
    too_old: bool


def explained(story: Story, desk: Desk, now: datetime) -> Explanation:
    """Put a story through everything, on an empty ledger."""
    with nowhere() as store:
        store.know_watches((watch.key for watch in desk.watchlist.watches), story.instant)
        store.save_look(FeedState(story.feed, first_read_at=story.instant), [story])
        decisions = recognise(story, desk, store, story.instant)
    recognition = desk.recogniser.read(story)
    late = any(too_old(claim.day or claim.by, desk.watchlist, now) for claim in recognition.claims)
    return Explanation(story, desk.watcher.matches(story), recognition, decisions, late)


def answer(explanation: Explanation, watchlist: WatchList) -> answers.Answer:
    """Shape an explanation for programs."""
    story = explanation.story
    return {
        **answers.recognition(story.id, explanation.recognition),
        "title": story.title,
        "source": story.source,
        "url": story.url,
        "day": story.day.isoformat() if story.dated else None,
        "matches": [
            {
                "watch": _name(match, watchlist),
                "keyword": match.keyword,
                "start": match.start,
                "end": match.end,
            }
            for match in explanation.matches
        ],
        "decisions": [
            {"decision": str(one.novelty), "posted": one.posted, "held_back": one.held_back, "text": one.text}
            for one in explanation.decisions
        ],
        "too_old": explanation.too_old,
    }


def lines(explanation: Explanation, watchlist: WatchList) -> Iterator[str]:
    """Tell an explanation to a person."""
    story = explanation.story
    yield story.title or "(no title)"
    yield f"  {story.source}, {f'{story.day:%Y-%m-%d}' if story.dated else 'undated, counts as seen now'}"
    yield from _matches(explanation, watchlist)
    yield f"verdict: {explanation.recognition.verdict}"
    yield from (f"  {reason}" for reason in explanation.recognition.reasons)
    for claim in explanation.recognition.claims:
        yield from _claim(claim)
    yield from _decisions(explanation, watchlist)


def remembered(reading: Reading) -> Iterator[str]:
    """Tell what was decided when the story came."""
    if reading.recognition is None:
        yield "it came, and has not been read yet"
    for decision in reading.decisions:
        yield f"when it came: {decision.novelty}{_consequence(decision)}"


def _matches(explanation: Explanation, watchlist: WatchList) -> Iterator[str]:
    if not explanation.matches:
        yield "no watch: none of the words listened for stands in it, or one that is excluded does"
    for match in explanation.matches:
        why = (
            f'"{match.keyword}" in {_around(explanation.story, match)}'
            if match.keyword
            else "listens to all stories"
        )
        yield f"watch {_name(match, watchlist)}: {why}"


def _around(story: Story, match: Match) -> str:
    start, end = max(0, match.start - AROUND), match.end + AROUND
    return "… " + " ".join(story.whole[start:end].split()) + " …"


def _name(match: Match, watchlist: WatchList) -> str:
    return next((watch.name for watch in watchlist.watches if watch.key == match.watch), match.watch)


def _claim(claim: Claim) -> Iterator[str]:
    table = ", ".join(f"{one.office.country} {one.person or one.office.role}" for one in claim.participants)
    day = claim.day.isoformat() if claim.day else f"day not told, at the latest {claim.by.isoformat()}"
    initiative = f", initiative {claim.initiative.country}" if claim.initiative else ""
    yield f"{claim.status} {claim.medium} contact: {table}, {day}{initiative}"
    for evidence in claim.evidence:
        yield f'  {evidence.slot}: "{" ".join(evidence.text.split())}" ({evidence.rule})'


def _decisions(explanation: Explanation, watchlist: WatchList) -> Iterator[str]:
    for decision in explanation.decisions:
        yield f"decision: {decision.novelty}{_consequence(decision)}"
    if explanation.too_old and any(decision.posted for decision in explanation.decisions):
        yield f"today it would be entered and not posted: older than max_age ({watchlist.max_age.days} days)"
    for decision in explanation.decisions:
        if decision.posted and decision.text:
            yield "post:"
            yield from (f"  {line}".rstrip() for line in plain(decision.text).splitlines())


def _consequence(decision: Decision) -> str:
    if decision.posted:
        return ", rings"
    return f", not posted: {decision.held_back}" if decision.held_back else ", makes no post"
