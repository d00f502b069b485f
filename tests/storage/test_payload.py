"""Claims, recognitions and decisions as documents lose nothing."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.model.claim import Cited, Claim, Medium, Place, Recognition, Statement, Status
from bot.model.decision import Decision
from bot.storage import SqlStore, payload

# A drawn claim is large; what is looked for is a forgotten field.
_FEW = settings(max_examples=25, deadline=None)


def _through_text(document: payload.Document) -> payload.Document:
    again: payload.Document = json.loads(json.dumps(document))
    return again


@_FEW
@given(st.from_type(Claim))
def test_a_claim_comes_back_from_its_document(claim: Claim) -> None:
    """Every slot and every piece of evidence of any claim survives."""
    assert payload.claim_from(_through_text(payload.claim_document(claim))) == claim


@_FEW
@given(st.from_type(Recognition))
def test_a_recognition_comes_back_from_its_document(recognition: Recognition) -> None:
    """Verdict, claims, earlier contacts and reasons survive."""
    assert payload.recognition_from(_through_text(payload.recognition_document(recognition))) == recognition


@_FEW
@given(st.from_type(Decision))
def test_a_decision_comes_back_from_its_document(decision: Decision) -> None:
    """What was done about a contact, and why, survives."""
    assert payload.decision_from(_through_text(payload.decision_document(decision))) == decision


_ZONES = st.timezones() | st.just(UTC)
_INSTANTS = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=_ZONES, allow_imaginary=False)  # noqa: DTZ001  Hypothesis adds the zone


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(_INSTANTS)
def test_any_aware_instant_survives_to_the_microsecond(store: SqlStore, instant: datetime) -> None:
    """Whatever its zone, an instant comes back as the same one, in UTC."""
    store.beat("run", instant)
    found = store.last_beat("run")
    assert found is not None
    assert found - instant.astimezone(UTC) == timedelta(0)
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    ("place", "duration", "read"),
    [("Warschau", "zwei Stunden", Place("Warschau")), (None, None, None)],
)
def test_a_claim_of_an_older_draht_is_still_read(
    place: str | None, duration: str | None, read: Place | None
) -> None:
    """A place was but a name, a length the story's words, which nobody can count; no contact was counted."""
    claim = Claim(Status.HELD, (), None, date(2024, 7, 1), Medium.MEETING)
    old = {**payload.claim_document(claim), "place": place, "duration": duration}
    del old["tally"]
    assert payload.claim_from(old) == replace(claim, place=read)


def test_whoever_was_quoted_told_of_it_before_that_was_told_apart() -> None:
    """A claim of an older Draht keeps the sides that its posts named."""
    said = Statement("US", "Pentagon", "Austin habe offene Kanäle angemahnt.", "de")
    claim = Claim(Status.HELD, (), None, date(2024, 7, 1), Medium.PHONE, statements=(said,))
    old = payload.claim_document(claim)
    del old["told_by"]
    assert payload.claim_from(old) == replace(claim, told_by=(Cited("US", "Pentagon"),))
