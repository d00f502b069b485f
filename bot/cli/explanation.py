"""Why a story rings or not: everything that was seen in it, and what follows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from bot.alerts.ringing import too_old
from bot.assembly import nowhere
from bot.cli import answers
from bot.cli.wording import count, quoted, shortened, written
from bot.matching.missed import missed
from bot.model.article import PageRecord
from bot.model.claim import Claim, Evidence, Medium, Recognition, Verdict
from bot.model.decision import Decision, Novelty
from bot.model.feed import FeedState
from bot.model.office import Register
from bot.model.story import Story
from bot.model.trace import NearMiss, Trace
from bot.model.watchlist import Match, WatchList
from bot.pipeline.desk import Desk
from bot.pipeline.recognise import recognise
from bot.recognition import Recogniser
from bot.storage import Reading
from bot.telegram.plain import plain

AROUND = 40  # characters shown on either side of a match
_TITLE = 160  # characters shown of a title
_NEAR_MISSES = 5
_WATCHES = 6  # watches told one by one
_ALIKE = 2  # pieces of evidence shown of one slot; of people, all of a pair
_REASONS = 3


@dataclass(frozen=True, slots=True)
class Means:
    """What stories are explained with; the recogniser is the desk's own."""

    desk: Desk
    recogniser: Recogniser
    register: Register


@dataclass(frozen=True, slots=True)
class Explanation:
    """A story, what concerns which watch in it, what it says, and what would be done about it.

    `decisions` are those of an empty ledger at the story's own time; `too_old`
    says that today the contact would be entered and not posted. `missed` tells
    of each watch that has nothing of the story. `as_of_now` says that it tells
    no day, so that offices and weekdays are those of today.
    """

    story: Story
    matches: tuple[Match, ...]
    recognition: Recognition
    decisions: tuple[Decision, ...]
    too_old: bool
    trace: Trace
    missed: tuple[NearMiss, ...]
    as_of_now: bool

    @property
    def near_misses(self) -> tuple[NearMiss, ...]:
        """What all but made the story ring, a few, the nearest first: its own, then those of the watches."""
        room = _NEAR_MISSES - min(len(self.missed), _ALIKE)
        return (*self.trace.near_misses[:room], *self.missed)[:_NEAR_MISSES]


def explained(story: Story, means: Means, now: datetime) -> Explanation:
    """Put a story through everything, on an empty ledger."""
    desk, watchlist = means.desk, means.desk.watchlist
    with nowhere() as store:
        store.know_watches((watch.key for watch in watchlist.watches), story.instant)
        store.save_look(FeedState(story.feed, first_read_at=story.instant), [story])
        decisions = recognise(story, desk, store, story.instant)
    recognition, matches = means.recogniser.read(story), desk.watcher.matches(story)
    return Explanation(
        story=story,
        matches=matches,
        recognition=recognition,
        decisions=decisions,
        too_old=any(too_old(claim.day or claim.by, watchlist, now) for claim in recognition.claims),
        trace=means.recogniser.trace(story),
        missed=missed(story, recognition.claims, matches, watchlist, means.register),
        as_of_now=story.instant == now,
    )


def answer(explanation: Explanation, watchlist: WatchList, reading: Reading | None = None) -> answers.Answer:
    """Shape an explanation for programs; `when_it_came` is what was decided of a stored story, else null."""
    story, trace = explanation.story, explanation.trace
    return {
        **answers.recognition(story.id, explanation.recognition),
        "title": story.title,
        "source": story.source,
        "url": story.url,
        "day": story.day.isoformat() if story.dated else None,
        "language": trace.language,
        "language_declared": trace.declared,
        "matches": [
            {
                "watch": _name(match.watch, watchlist),
                "keyword": match.keyword,
                "start": match.start,
                "end": match.end,
            }
            for match in explanation.matches
        ],
        "decisions": [_decision(one) for one in explanation.decisions],
        "when_it_came": [_decision(one) for one in reading.decisions] if reading else None,
        "page": _page(reading.page) if reading and reading.page else None,
        "too_old": explanation.too_old,
        "admitted_by": [answers.evidence(one) for one in trace.admitted_by],
        "steps": [answers.step(one) for one in trace.steps],
        "near_misses": [answers.near_miss(one) for one in explanation.near_misses],
    }


def _page(page: PageRecord) -> answers.Answer:
    return {"outcome": str(page.outcome) if page.outcome else None, "why": page.why, "detail": page.detail}


def _decision(one: Decision) -> answers.Answer:
    return {
        "decision": str(one.novelty),
        "posted": one.posted,
        "held_back": one.held_back,
        "text": one.text,
    }


def lines(explanation: Explanation, watchlist: WatchList) -> Iterator[str]:
    """Tell an explanation to a person: what follows first, then why."""
    yield shortened(explanation.story.title, _TITLE) or "(no title)"
    yield f"  {_origin(explanation)}"
    yield f"verdict: {explanation.recognition.verdict}"
    yield from _reasons(explanation.recognition)
    yield from _decisions(explanation, watchlist)
    yield from _watches(explanation, watchlist)
    for claim in explanation.recognition.claims:
        yield from _claim(claim)
    yield from _earlier(explanation.recognition)
    if explanation.trace.near_misses:
        yield "near misses:"
        yield from (f"  - {miss.text}" for miss in explanation.trace.near_misses)
    yield from _post(explanation.decisions)


def remembered(reading: Reading) -> Iterator[str]:
    """Tell what was decided when the story came."""
    if reading.recognition is None:
        yield "it came, and has not been read yet"
    for decision in reading.decisions:
        yield f"when it came: {_decided(decision)}"
    if reading.page is not None:
        yield f"its page: {_became_of(reading.page)}"
        yield f"  wanted: {reading.page.why}"


def _became_of(page: PageRecord) -> str:
    if page.outcome is None:
        return "not asked for yet" + (f"; at the last try {page.detail}" if page.detail else "")
    return str(page.outcome) + (f" ({page.detail})" if page.detail else "")


def _origin(explanation: Explanation) -> str:
    story, trace = explanation.story, explanation.trace
    day = f"{story.day:%Y-%m-%d}" if story.dated else "undated, counts as seen now"
    if story.dated and explanation.as_of_now:
        day = f"no day told, read as of {day}"
    told = "" if trace.declared else " (detected)"
    return f"{shortened(story.source)}, {day}" + (f", {trace.language}{told}" if trace.language else "")


def _reasons(recognition: Recognition) -> Iterator[str]:
    """Give the reasons of a story that tells nothing: of others the contacts themselves are told."""
    if recognition.verdict is Verdict.NONE:
        yield from (f"  {reason}" for reason in recognition.reasons[:_REASONS])


def _decisions(explanation: Explanation, watchlist: WatchList) -> Iterator[str]:
    for decision in explanation.decisions:
        yield f"decision: {_decided(decision)}"
    if explanation.too_old and any(decision.posted for decision in explanation.decisions):
        yield f"today it would be entered and not posted: older than max_age ({written(watchlist.max_age)})"


def _decided(decision: Decision) -> str:
    if decision.posted:
        return f"{decision.novelty}, rings"
    if decision.novelty is Novelty.NONE:
        return "no post"
    return f"{decision.novelty}, no post" + (f": {decision.held_back}" if decision.held_back else "")


def _watches(explanation: Explanation, watchlist: WatchList) -> Iterator[str]:
    told = [
        *_heard(explanation, watchlist),
        *(f"watch {miss.watch}: {miss.text}" for miss in explanation.missed),
    ]
    yield from told[:_WATCHES]
    if len(told) > _WATCHES:
        yield f"… and {count(len(told) - _WATCHES, 'more watch', 'more watches')}"


def _heard(explanation: Explanation, watchlist: WatchList) -> Iterator[str]:
    """Say by which words each watch listens; the first one with what stands around it."""
    missing = {miss.watch for miss in explanation.missed}
    ordered = sorted(explanation.matches, key=lambda match: match.watch)
    for key, group in groupby(ordered, key=lambda match: match.watch):
        # What holds for the story as a whole stands nowhere in it: words are shown rather.
        first, *more = sorted(group, key=lambda match: match.start == match.end)
        name = _name(key, watchlist)
        if name in missing:
            continue
        also = f", also {', '.join(match.keyword for match in more)}" if more else ""
        why = _found(explanation.story, first) if first.keyword else "listens to all stories"
        yield f"watch {name}: {why}{also}"


def _found(story: Story, match: Match) -> str:
    if match.start == match.end:
        return f"{match.keyword} holds"
    return f'"{match.keyword}" in {_around(story, match)}'


def _around(story: Story, match: Match) -> str:
    start, end = max(0, match.start - AROUND), match.end + AROUND
    return "… " + " ".join(story.whole[start:end].split()) + " …"


def _name(key: str, watchlist: WatchList) -> str:
    return next((watch.name for watch in watchlist.watches if watch.key == key), key)


def _claim(claim: Claim) -> Iterator[str]:
    table = ", ".join(f"{one.office.country} {one.person or one.office.role}" for one in claim.participants)
    day = claim.day.isoformat() if claim.day else f"day not told, at the latest {claim.by.isoformat()}"
    initiative = f", initiative {claim.initiative.country}" if claim.initiative else ""
    medium = "" if claim.medium is Medium.UNKNOWN else f" {claim.medium}"
    yield f"{claim.status}{medium} contact: {table}, {day}{initiative}"
    yield from _evidence(claim.evidence, len(claim.participants))


def _evidence(evidence: Sequence[Evidence], seats: int) -> Iterator[str]:
    """Give the words that each slot rests on, so many of each that they fit on a screen."""
    for slot in dict.fromkeys(one.slot for one in evidence):
        all_of_it = [one for one in evidence if one.slot == slot]
        shown = all_of_it[: max(_ALIKE, seats) if slot == "participant" else _ALIKE]
        yield from (f"  {slot}: {quoted(one.text)} ({one.rule})" for one in shown)
        if len(all_of_it) > len(shown):
            yield f"  {slot}: … and {len(all_of_it) - len(shown)} more"


def _earlier(recognition: Recognition) -> Iterator[str]:
    for earlier in recognition.earlier:
        table = "-".join(sorted(office.country for office in earlier.offices))
        words = quoted(earlier.evidence[0].text) if earlier.evidence else ""
        yield f"earlier contact: {table or 'whose, is not told'}, {earlier.when or 'day not told'}: {words}"


def _post(decisions: Iterable[Decision]) -> Iterator[str]:
    for decision in decisions:
        if decision.posted and decision.text:
            yield "post:"
            yield from (f"  {line}".rstrip() for line in plain(decision.text).splitlines())
