"""The changes of a backtest: a line each for people, a JSON document each for programs."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from bot.alerts.names import surname
from bot.cli.backtesting import Found, Outcome
from bot.cli.wording import count, quoted, shortened
from bot.model.contact import Contact
from bot.model.story import BODY_GAP
from bot.pipeline.backtest import Change, Difference, Kind, sound
from bot.pipeline.causes import Cause
from bot.pipeline.rehearsal import Post

_SIGNS = {Kind.GAINED: "+", Kind.LOST: "-", Kind.CHANGED: "~", Kind.MERGED: "="}
_BESIDE = 30  # characters of a story told on each side of the words that were found
_TITLE = 60
_MANY = 20  # changes: more than a screen shows, so that its end sums them up
_MOST_CAUSES = 8


def lines(outcome: Outcome) -> Iterator[tuple[str, ...]]:
    """Write every change and its causes, of many also how many each cause has, then what they are of."""
    for found in outcome.changes:
        yield (_head(found.change), *_told(found, outcome))
    if len(outcome.changes) > _MANY:
        yield from ((line,) for line in _summed_up(outcome))
    kinds = Counter(found.change.kind for found in outcome.changes)
    told = ", ".join(f"{kinds[kind]:,} {kind}" for kind in Kind) if kinds else "nothing would have changed"
    played = f"{count(outcome.stories, 'story', 'stories')}, {outcome.heard:,} of them"
    yield (f"{told}; {played} of contacts or for a watch of stories, in {outcome.seconds:.1f} s",)


def _summed_up(outcome: Outcome) -> Iterator[str]:
    """Count the changes by kind and first cause, the most frequent first."""
    causes = Counter((found.change.kind, _first_cause(found, outcome)) for found in outcome.changes)
    yield "in short:"
    shown = sorted(causes.items(), key=lambda one: (-one[1], one[0]))[:_MOST_CAUSES]
    yield from (f"  {changes:,} {kind} by {cause}" for (kind, cause), changes in shown)
    if more := causes.total() - sum(changes for _, changes in shown):
        yield f"  {more:,} by other lines"


def _first_cause(found: Found, outcome: Outcome) -> str:
    return _line(found.causes[0], outcome) if found.causes else "holders.yaml"


def records(outcome: Outcome) -> Iterator[dict[str, Any]]:
    """Shape every change for programs, then a summary."""
    for found in outcome.changes:
        yield _record(found, outcome)
    kinds = Counter(found.change.kind for found in outcome.changes)
    figures = {kind.name.lower(): kinds[kind] for kind in Kind}
    yield {"summary": {**figures, "stories": outcome.stories, "heard": outcome.heard}}


def _head(change: Change) -> str:
    post, where = change.post, _channel(change.post)
    if change.before and change.after and Difference.CHANNEL in change.differences:
        where = f"{_channel(change.before)}, now {_channel(change.after)}"
    how = f" ({', '.join(change.differences)})" if change.differences else ""
    return f"{_SIGNS[change.kind]} {_day(change)} {_subject(post)} → {where}{how}"


def _subject(post: Post) -> str:
    if post.contact is None:
        return quoted(post.story.title or post.story.text, _TITLE) if post.story else post.made_for
    return f"{_who(post.contact)}, {post.contact.medium}"


def _who(contact: Contact) -> str:
    names = (
        surname(one.person, one.office.country) if one.person else str(one.office)
        for one in contact.participants
    )
    return " – ".join(names)


def _day(change: Change) -> str:
    contact = change.post.contact
    return f"{'by ' if contact and contact.day is None else ''}{_written(change.day)}"


def _written(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _channel(post: Post) -> str:
    return post.alert.channel or "default"


def _told(found: Found, outcome: Outcome) -> Iterator[str]:
    for cause in found.causes or (None,):
        yield _cause(cause, outcome) if cause else "holders.yaml"


def _cause(cause: Cause, outcome: Outcome) -> str:
    told = _line(cause, outcome)
    return f"{told} ({_evidence(cause)})" if cause.story else told


def _line(cause: Cause, outcome: Outcome) -> str:
    spot = outcome.lines_of(cause.side).spot(cause.watch, cause.key, cause.item)
    return f"{spot} {cause.key}: {shortened(cause.text)}" if cause.text else f"{spot} {cause.key}"


def _evidence(cause: Cause) -> str:
    if cause.story is None or cause.span is None:
        return ""
    start, end = cause.span
    title, whole = cause.story.title, cause.story.whole
    if start == end:
        return cause.story.source
    # A title and a text are two sentences, whatever stands between them.
    first, last = (0, len(title)) if end <= len(title) else (len(title + BODY_GAP), len(whole))
    words = " ".join(whole[max(first, start - _BESIDE) : min(last, end + _BESIDE)].split())
    before, after = "…" if start - _BESIDE > first else "", "…" if end + _BESIDE < last else ""
    return f"{cause.story.source}: “{before}{words}{after}”"


def _record(found: Found, outcome: Outcome) -> dict[str, Any]:
    change, contact, story = found.change, found.change.post.contact, found.change.post.story
    return {
        "change": change.kind.name.lower(),
        "differences": [one.name.lower() for one in change.differences],
        "date": contact.day.isoformat() if contact and contact.day else None,
        "by": change.day.isoformat(),
        "countries": list(contact.countries) if contact else [],
        "medium": contact.medium.value if contact else None,
        "contact": contact.id if contact else None,
        "story": story.id if story else None,
        "before": _post(change.before),
        "after": _post(change.after),
        "causes": [_cause_record(cause, outcome) for cause in found.causes],
    }


def _post(post: Post | None) -> dict[str, Any] | None:
    if post is None:
        return None
    return {
        "alert": post.id,
        "channel": post.alert.channel or "default",
        "at": post.alert.created_at.isoformat(),
        "sound": sound(post.alert).name.lower(),
        "text": post.alert.body,
        "merged_into": post.alert.merged_into,
    }


def _cause_record(cause: Cause, outcome: Outcome) -> dict[str, Any]:
    spot = outcome.lines_of(cause.side).spot(cause.watch, cause.key, cause.item)
    return {
        "list": cause.side.value,
        "file": spot.path,
        "line": spot.line or None,
        "key": cause.key,
        "text": cause.text or None,
        "story": cause.story.id if cause.story else None,
        "words": cause.story.whole[slice(*cause.span)] if cause.story and cause.span else None,
    }
