"""Claims, recognitions and decisions as JSON documents, and back: each field by name.

Nothing is pickled: a document is readable by any program, and by a later Draht,
whose added fields are to be read with a default.
"""

from datetime import date
from typing import Any, TypeAlias

from bot.model.alert import Shown
from bot.model.claim import (
    Basis,
    Bound,
    Cited,
    Claim,
    Duration,
    Earlier,
    Evidence,
    Initiative,
    Medium,
    Participant,
    Place,
    Recognition,
    Statement,
    Status,
    Tally,
    Verdict,
)
from bot.model.decision import Decision, Novelty
from bot.model.office import Office, Role

Document: TypeAlias = dict[str, Any]


def office_document(office: Office) -> list[str]:
    """Write an office."""
    return [office.country, office.role.value]


def office_from(document: list[str]) -> Office:
    """Read an office."""
    country, role = document
    return Office(country, Role(role))


def participant_document(participant: Participant) -> Document:
    """Write an office at the table."""
    return {"office": office_document(participant.office), "person": participant.person}


def participant_from(document: Document) -> Participant:
    """Read an office at the table."""
    return Participant(office_from(document["office"]), document["person"])


def initiative_document(initiative: Initiative) -> Document:
    """Write whose initiative it was."""
    return {"country": initiative.country, "according_to": initiative.according_to}


def initiative_from(document: Document) -> Initiative:
    """Read whose initiative it was."""
    return Initiative(document["country"], document["according_to"])


def shown_document(shown: Shown) -> Document:
    """Write what a post shows."""
    return {
        "status": shown.status.value,
        "day": _day_document(shown.day),
        "initiators": list(shown.initiators),
        "confirmed": list(shown.confirmed),
        "denied": shown.denied,
        "retracted": shown.retracted,
        "days": [day.isoformat() for day in shown.days],
    }


def shown_from(document: Document) -> Shown:
    """Read what a post shows."""
    return Shown(
        status=Status(document["status"]),
        day=_day_from(document["day"]),
        initiators=tuple(document["initiators"]),
        confirmed=tuple(document["confirmed"]),
        denied=document["denied"],
        retracted=document["retracted"],
        days=tuple(date.fromisoformat(day) for day in document.get("days", ())),
    )


def claim_document(claim: Claim) -> Document:
    """Write a claim with every piece of its evidence."""
    return {
        "status": claim.status.value,
        "participants": [participant_document(one) for one in claim.participants],
        "day": _day_document(claim.day),
        "by": claim.by.isoformat(),
        "since": _day_document(claim.since),
        "medium": claim.medium.value,
        "basis": claim.basis.value,
        "initiative": None if claim.initiative is None else initiative_document(claim.initiative),
        "topics": list(claim.topics),
        "statements": [_statement_document(one) for one in claim.statements],
        "told_by": [[one.side, one.name, one.sure] for one in claim.told_by],
        "place": None if claim.place is None else [claim.place.name, claim.place.country],
        "duration": None if claim.duration is None else _duration_document(claim.duration),
        "repeat": claim.repeat,
        "tally": None if claim.tally is None else [claim.tally.number, claim.tally.since.isoformat()],
        "evidence": [_evidence_document(one) for one in claim.evidence],
    }


def claim_from(document: Document) -> Claim:
    """Read a claim."""
    initiative = document["initiative"]
    return Claim(
        status=Status(document["status"]),
        participants=tuple(participant_from(one) for one in document["participants"]),
        day=_day_from(document["day"]),
        by=date.fromisoformat(document["by"]),
        since=_day_from(document.get("since")),
        medium=Medium(document["medium"]),
        basis=Basis(document["basis"]),
        initiative=None if initiative is None else initiative_from(initiative),
        topics=tuple(document["topics"]),
        statements=tuple(_statement_from(one) for one in document["statements"]),
        told_by=_told_by_from(document),
        place=_place_from(document["place"]),
        duration=_duration_from(document["duration"]),
        repeat=document["repeat"],
        tally=_tally_from(document.get("tally")),
        evidence=tuple(_evidence_from(one) for one in document["evidence"]),
    )


def recognition_document(recognition: Recognition) -> Document:
    """Write all that a story says of contacts."""
    return {
        "verdict": recognition.verdict.value,
        "claims": [claim_document(one) for one in recognition.claims],
        "earlier": [_earlier_document(one) for one in recognition.earlier],
        "reasons": list(recognition.reasons),
    }


def recognition_from(document: Document) -> Recognition:
    """Read all that a story says of contacts."""
    return Recognition(
        verdict=Verdict(document["verdict"]),
        claims=tuple(claim_from(one) for one in document["claims"]),
        earlier=tuple(_earlier_from(one) for one in document["earlier"]),
        reasons=tuple(document["reasons"]),
    )


def decision_document(decision: Decision) -> Document:
    """Write what was done about a contact."""
    return {
        "novelty": decision.novelty.value,
        "contact": decision.contact,
        "alert": decision.alert,
        "countries": list(decision.countries),
        "day": _day_document(decision.day),
        "posted": decision.posted,
        "edited": decision.edited,
        "text": decision.text,
        "held_back": decision.held_back,
    }


def decision_from(document: Document) -> Decision:
    """Read what was done about a contact."""
    return Decision(
        novelty=Novelty(document["novelty"]),
        contact=document["contact"],
        alert=document["alert"],
        countries=tuple(document["countries"]),
        day=_day_from(document["day"]),
        posted=document["posted"],
        edited=document["edited"],
        text=document["text"],
        held_back=document["held_back"],
    )


def _day_document(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day_from(document: str | None) -> date | None:
    return None if document is None else date.fromisoformat(document)


def _tally_from(document: list[Any] | None) -> Tally | None:
    return None if document is None else Tally(document[0], date.fromisoformat(document[1]))


def _duration_document(duration: Duration) -> list[str | int]:
    return [duration.minutes, duration.bound.value]


def _duration_from(document: list[Any] | str | None) -> Duration | None:
    """Read a length; what was words before it was minutes is not known any more."""
    if document is None or isinstance(document, str):
        return None
    minutes, bound = document
    return Duration(minutes, Bound(bound))


def _place_from(document: list[Any] | str | None) -> Place | None:
    """Read a place; it was once but a name."""
    if document is None or isinstance(document, str):
        return Place(document) if document else None
    name, country = document
    return Place(name, country)


def _earlier_document(earlier: Earlier) -> Document:
    return {
        "when": earlier.when,
        "offices": [office_document(one) for one in sorted(earlier.offices)],
        "evidence": [_evidence_document(one) for one in earlier.evidence],
    }


def _earlier_from(document: Document) -> Earlier:
    return Earlier(
        when=document["when"],
        offices=frozenset(office_from(one) for one in document["offices"]),
        evidence=tuple(_evidence_from(one) for one in document["evidence"]),
    )


def _statement_document(statement: Statement) -> list[str]:
    return [statement.side, statement.speaker, statement.text, statement.language]


def _statement_from(document: list[str]) -> Statement:
    side, speaker, text, language = document
    return Statement(side, speaker, text, language)


def _told_by_from(document: Document) -> tuple[Cited, ...]:
    """Read who is cited; before that was kept, whoever was quoted counted as telling of the contact."""
    if "told_by" in document:
        return tuple(Cited(side, name, sure) for side, name, sure in document["told_by"])
    quoted = (_statement_from(one) for one in document["statements"])
    return tuple(Cited(one.side, one.speaker) for one in quoted)


def _evidence_document(evidence: Evidence) -> list[str | int]:
    return [evidence.slot, evidence.rule, evidence.text, evidence.start, evidence.end]


def _evidence_from(document: list[Any]) -> Evidence:
    slot, rule, text, start, end = document
    return Evidence(slot, rule, text, start, end)
