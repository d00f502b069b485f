"""Plays stories from a file through the whole pipeline, as if each arrived at its own time.

    stories → by time → keep → recognise (clock: the story's instant) → sent at once → a line

What is sent is sent in memory: the outbox is worked off after each story, so
that later words on a contact become edits of its post.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.model.alert import EntryState, Kind
from bot.model.contact import Contact
from bot.model.decision import Decision
from bot.model.feed import FeedState
from bot.model.story import Story
from bot.pipeline.desk import Desk
from bot.pipeline.recognise import hear, sit
from bot.ports import Stage, Store

# Farther than any edit is put off: what is queued counts as sent with its story.
_AT_ONCE = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Replayed:
    """What became of one story; `contacts` holds the contact of each decision that has one."""

    story: str
    decisions: tuple[Decision, ...]
    contacts: tuple[Contact, ...]

    def line(self, given_id: str | int | None = None) -> str:
        """Write it as one line of JSON (eval/FORMAT.md); `given_id` stands for the story's id."""
        told = {contact.id: contact for contact in self.contacts}
        decisions = [_document(one, told.get(one.contact or "")) for one in self.decisions]
        story = self.story if given_id is None else given_id
        return json.dumps({"story": story, "decisions": decisions}, ensure_ascii=False)


def in_order(stories: Iterable[Story]) -> tuple[Story, ...]:
    """Give the dated stories by time of publication; equal times keep their order."""
    return tuple(sorted((story for story in stories if story.dated), key=lambda story: story.instant))


def replay(stories: Iterable[Story], desk: Desk, store: Store) -> Iterator[Replayed]:
    """Play the dated stories in order of time on an empty store; give what became of each.

    The same stories give the same lines, byte for byte.
    """
    messages = 0
    for place, story in enumerate(in_order(stories)):
        if place == 0:
            store.know_watches((watch.key for watch in desk.watchlist.watches), story.instant)
        store.save_look(FeedState(story.feed, first_read_at=story.instant), [story])
        minutes = sit(hear(story, desk), desk, store, story.instant)
        messages = count_as_sent(store, story.instant, messages)
        yield Replayed(story.id, minutes.decisions, minutes.contacts)


def count_as_sent(store: Stage, now: datetime, messages: int) -> int:
    """Count everything queued as sent, posts under consecutive numbers; give the last one."""
    for entry in store.outbox_due(now + _AT_ONCE):
        is_post = entry.kind is Kind.POST
        messages += is_post
        number = messages if is_post else entry.message_id
        store.save_entry(replace(entry, state=EntryState.SENT, attempts=1, tried_at=now, message_id=number))
    return messages


def _document(decision: Decision, contact: Contact | None) -> dict[str, object]:
    initiative = contact.initiatives[0].value.country if contact and contact.initiatives else None
    document: dict[str, object] = {
        "decision": decision.novelty.value,
        "alert": decision.alert,
        "countries": list(decision.countries),
        "date": decision.day.isoformat() if decision.day else None,
        "by": contact.by.isoformat() if contact else None,
        "medium": contact.medium.value if contact else None,
        "initiator": initiative,
        "status": contact.status.value if contact else None,
        "contact": decision.contact,
        "posted": decision.posted,
        "edited": decision.edited,
    }
    if decision.text is not None:
        document["text"] = decision.text
    if decision.held_back is not None:
        document["held_back"] = decision.held_back
    return document
