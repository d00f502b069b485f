"""What `draht recognise` answers to programs: values ready for JSON, in the shape of eval/FORMAT.md."""

from bot.model.claim import Claim, Earlier, Evidence, Participant, Recognition
from bot.model.trace import Framed, Named, NearMiss, Step

Answer = dict[str, object]


def recognition(given_id: str | int, recognised: Recognition) -> Answer:
    """Shape a story's recognition as `draht recognise` prints it."""
    return {
        "id": given_id,
        "verdict": str(recognised.verdict),
        "contacts": [contact(claim) for claim in recognised.claims],
        "previous": [previous(earlier) for earlier in recognised.earlier],
        "reasons": list(recognised.reasons),
    }


def contact(claim: Claim) -> Answer:
    """Shape what a story says of one contact."""
    return {
        "date": claim.day.isoformat() if claim.day else None,
        "date_basis": str(claim.basis),
        "by": claim.by.isoformat(),
        "medium": str(claim.medium),
        "participants": [participant(one) for one in claim.participants],
        "initiator": claim.initiative.country if claim.initiative else None,
        "topics": list(claim.topics),
        "place": claim.place.name if claim.place else None,
        "duration_minutes": claim.duration.minutes if claim.duration else None,
        "duration_bound": str(claim.duration.bound) if claim.duration else None,
        "status": str(claim.status),
        "evidence": [evidence(one) for one in claim.evidence],
    }


def participant(one: Participant) -> Answer:
    """Shape one side of the table."""
    return {"person": one.person, "country": one.office.country, "office": str(one.office.role)}


def previous(earlier: Earlier) -> Answer:
    """Shape an earlier contact that a story mentions."""
    return {"date": earlier.when, "countries": sorted({office.country for office in earlier.offices})}


def evidence(one: Evidence) -> Answer:
    """Shape a slot's evidence; the offsets point into title, two line ends, text."""
    return {"slot": one.slot, "rule": one.rule, "text": one.text, "start": one.start, "end": one.end}


def near_miss(one: NearMiss) -> Answer:
    """Shape what all but made a story ring."""
    return {"kind": one.kind, "text": one.text, "watch": one.watch}


def step(one: Step) -> Answer:
    """Shape what was found in one sentence; number 0 is the title."""
    return {
        "sentence": one.number,
        "text": one.sentence.text,
        "start": one.sentence.start,
        "end": one.sentence.end,
        "ministers": [named(minister) for minister in one.ministers],
        "former": [named(minister) for minister in one.former],
        "others": [named(other) for other in one.others],
        "cues": [evidence(cue) for cue in one.cues],
        "days": [
            {"date": day.when, "basis": str(day.basis), "evidence": evidence(day.evidence)}
            for day in one.days
        ],
        "contacts": [framed(frame) for frame in one.frames],
        "shortfall": near_miss(one.shortfall) if one.shortfall else None,
    }


def named(one: Named) -> Answer:
    """Shape somebody in an office."""
    return {
        "person": one.person,
        "country": one.country,
        "office": one.office,
        "evidence": evidence(one.evidence),
    }


def framed(one: Framed) -> Answer:
    """Shape a contact as one sentence tells it."""
    return {
        "countries": list(one.countries),
        "status": one.standing,
        "by_itself": one.alone,
        "named_here": one.own,
        "cues": [evidence(cue) for cue in one.cues],
        "word": evidence(one.word) if one.word else None,
    }
