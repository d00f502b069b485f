"""Rows as the tables keep them, and the frozen values that they stand for."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import Row

from bot.model.alert import Alert, EntryState, Kind, OutboxEntry
from bot.model.claim import Medium, Status
from bot.model.contact import Contact, Report, Told
from bot.model.feed import FeedState
from bot.model.fetch import Wishes
from bot.model.office import Office
from bot.model.ruling import Ruling, Slot, Wrong
from bot.model.story import Story
from bot.storage import payload

Values: TypeAlias = dict[str, Any]
AnyRow: TypeAlias = Row[Any]
AnyTuple: TypeAlias = tuple[Any, ...]


def offices_key(offices: Iterable[Office]) -> str:
    """Write an unordered set of offices as one text that can be compared."""
    return "+".join(str(office) for office in sorted(offices))


def feed_values(state: FeedState) -> Values:
    """Give the row of a feed's state."""
    return {
        "url": state.url,
        "address": state.address,
        "etag": state.etag,
        "last_modified": state.last_modified,
        "digest": state.digest,
        "first_read_at": state.first_read_at,
        "checked_at": state.checked_at,
        "next_check": state.next_check,
        "failures": state.failures,
        "fault": state.fault,
        "told": state.told,
        "manners": _manners(state),
    }


def _manners(state: FeedState) -> Values:
    """Write what is known of a feed's ways, of which nothing is queried; what is not known is left out."""
    wishes = state.wishes
    known: Values = {
        "pause": wishes.pause.total_seconds() if wishes.pause else None,
        "hours": sorted(wishes.hours),
        "days": sorted(wishes.days),
        "whole_at": _written(state.whole_at),
        "news_at": _written(state.news_at),
        "newest": _written(state.newest),
        "rhythm": state.rhythm.total_seconds() if state.rhythm else None,
        "entries": state.entries,
        "silence_told": state.silence_told,
    }
    return {
        name: value for name, value in known.items() if not (value is None or value is False or value == [])
    }


def _written(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None


def _instant(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def _span(seconds: float | None) -> timedelta | None:
    return timedelta(seconds=seconds) if seconds else None


def feed_state(row: AnyRow) -> FeedState:
    """Read a feed's state."""
    return FeedState(
        url=row.url,
        address=row.address,
        etag=row.etag,
        last_modified=row.last_modified,
        digest=row.digest,
        first_read_at=row.first_read_at,
        checked_at=row.checked_at,
        next_check=row.next_check,
        failures=row.failures,
        fault=row.fault,
        told=row.told,
        **_ways(row.manners or {}),
    )


def _ways(known: Values) -> Values:
    """Read what is known of a feed's ways."""
    hours, days = frozenset(known.get("hours", ())), frozenset(known.get("days", ()))
    return {
        "wishes": Wishes(_span(known.get("pause")), hours, days),
        "whole_at": _instant(known.get("whole_at")),
        "news_at": _instant(known.get("news_at")),
        "newest": _instant(known.get("newest")),
        "rhythm": _span(known.get("rhythm")),
        "entries": known.get("entries"),
        "silence_told": known.get("silence_told", False),
    }


def story_values(story: Story) -> Values:
    """Give the row of a story that nobody has read yet."""
    return {
        "id": story.id,
        "feed": story.feed,
        "source": story.source,
        "url": story.url,
        "title": story.title,
        "text": story.text,
        "language": story.language,
        "country": story.country,
        "instant": story.instant,
        "day": story.day,
        "dated": story.dated,
        "fresh_feed": story.fresh_feed,
    }


def story(row: AnyRow) -> Story:
    """Read a story, with the text of its page where that told more."""
    return Story(
        id=row.id,
        feed=row.feed,
        source=row.source,
        url=row.url,
        title=row.title,
        text=row.text if row.article is None else row.article,
        language=row.language,
        country=row.country,
        instant=row.instant,
        day=row.day,
        dated=row.dated,
        fresh_feed=row.fresh_feed,
    )


def report_values(report: Report, contact: str, place: int) -> Values:
    """Give the row of a report that stands at a place among those of its contact."""
    offices = report.claim.offices
    return {
        "id": report.id,
        "story": report.story,
        "offices": offices_key(offices),
        "seats": len(offices),
        "by": report.claim.by,
        "instant": report.instant,
        "contact": contact,
        "place": place,
        "watched": bool(report.watches),
        "payload": {
            "source": report.source,
            "url": report.url,
            "language": report.language,
            "country": report.country,
            "day": report.day.isoformat(),
            "claim": payload.claim_document(report.claim),
            "watches": sorted(report.watches),
            "may_ring": report.may_ring,
            "earlier": list(report.earlier),
        },
    }


def report(row: AnyRow) -> Report:
    """Read a report."""
    document: Values = row.payload
    return Report(
        id=row.id,
        story=row.story,
        source=document["source"],
        url=document["url"],
        language=document["language"],
        country=document["country"],
        instant=row.instant,
        day=date.fromisoformat(document["day"]),
        claim=payload.claim_from(document["claim"]),
        watches=frozenset(document["watches"]),
        may_ring=document["may_ring"],
        contact=row.contact,
        earlier=tuple(document["earlier"]),
    )


def contact_values(contact: Contact) -> Values:
    """Give the row of a contact, but for when it was entered."""
    return {
        "id": contact.id,
        "offices": offices_key(contact.offices),
        "status": contact.status.value,
        "medium": contact.medium.value,
        "day": contact.day,
        "by": contact.by,
        "merged_into": None,
        "payload": {
            "offices": [payload.office_document(one) for one in sorted(contact.offices)],
            "participants": [payload.participant_document(one) for one in contact.participants],
            "days": [[told.value.isoformat(), *told.sources] for told in contact.days],
            "initiatives": [
                [payload.initiative_document(told.value), *told.sources] for told in contact.initiatives
            ],
            "topics": [[told.value, *told.sources] for told in contact.topics],
        },
    }


def contact(row: AnyRow, reports: Sequence[Report]) -> Contact:
    """Read a contact; `reports` are those now assigned to it, in order of place."""
    document: Values = row.payload
    return Contact(
        id=row.id,
        offices=frozenset(payload.office_from(one) for one in document["offices"]),
        participants=tuple(payload.participant_from(one) for one in document["participants"]),
        status=Status(row.status),
        medium=Medium(row.medium),
        day=row.day,
        by=row.by,
        days=tuple(Told(date.fromisoformat(day), tuple(sources)) for day, *sources in document["days"]),
        initiatives=tuple(
            Told(payload.initiative_from(one), tuple(sources)) for one, *sources in document["initiatives"]
        ),
        topics=tuple(Told(topic, tuple(sources)) for topic, *sources in document["topics"]),
        reports=tuple(reports),
    )


def alert_values(alert: Alert) -> Values:
    """Give the row of an alert."""
    told = {"shown": alert.shown, "told": alert.told}
    documents = {key: payload.shown_document(one) if one else None for key, one in told.items()}
    return {**asdict(alert), **documents}


def alert(row: AnyRow) -> Alert:
    """Read an alert."""
    return Alert(
        id=row.id,
        subject=row.subject,
        channel=row.channel,
        body=row.body,
        created_at=row.created_at,
        message_id=row.message_id,
        merged_into=row.merged_into,
        stamp=row.stamp,
        shown=None if row.shown is None else payload.shown_from(row.shown),
        told=None if row.told is None else payload.shown_from(row.told),
        silent=row.silent,
        due_at=row.due_at,
        held=row.held,
        revision=row.revision,
    )


def entry_values(entry: OutboxEntry) -> Values:
    """Give the row of an outbox entry; what it answers stands with its alert."""
    values = {**asdict(entry), "kind": entry.kind.value, "state": entry.state.value}
    del values["reply_to"]
    return values


def entry(row: AnyRow) -> OutboxEntry:
    """Read an outbox entry."""
    return OutboxEntry(
        id=row.id,
        number=row.number,
        alert=row.alert,
        channel=row.channel,
        kind=Kind(row.kind),
        body=row.body,
        state=EntryState(row.state),
        created_at=row.created_at,
        not_before=row.not_before,
        attempts=row.attempts,
        floor=row.floor,
        message_id=row.message_id,
        error=row.error,
        tried_at=row.tried_at,
        silent=row.silent,
    )


def ruling_values(ruling: Ruling) -> Values:
    """Give the row of a ruling."""
    slot = None if ruling.slot is None else ruling.slot.value
    return {**asdict(ruling), "wrong": ruling.wrong.value, "slot": slot}


def ruling(row: AnyRow) -> Ruling:
    """Read a ruling."""
    return Ruling(
        id=row.id,
        contact=row.contact,
        wrong=Wrong(row.wrong),
        by=row.by,
        at=row.at,
        slot=None if row.slot is None else Slot(row.slot),
        value=row.value,
        undone_at=row.undone_at,
    )
