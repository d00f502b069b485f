"""The figures that we publish are the figures that the contest's own scorer gives."""

import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.cli import answers
from bot.errors import InputError
from bot.model.claim import Claim, Earlier, Initiative, Medium, Participant, Recognition, Status, Verdict
from bot.model.office import Office
from bot.recognition import Recogniser
from bot.register.load import load
from tests.evaluation.figures import Evaluation, Figure, Quality, evaluate, figures
from tests.evaluation.gold import Before, Sample, Seat, Wanted, samples
from tests.evaluation.report import as_json, as_text
from tests.evaluation.scoring import Slot, score
from tests.fakes.clock import FakeClock
from tests.recognition.reading import story

JULY = date(2024, 7, 12)
LATER = FakeClock(datetime(2030, 1, 1, tzinfo=UTC))  # no story is of the future then
CALL = Wanted("e", "2024-07-12", "phone", (Seat("US", "Lloyd Austin"), Seat("RU", "Andrey Belousov")), "RU")
CONTACT = Sample(story("…"), "contact", (CALL,), (Before("2024-06", ("RU", "US")),))
PLANNED = Sample(story("…"), "planned")
CLAIM = Claim(
    Status.HELD,
    (Participant(Office("RU"), "Andrei Beloussow"), Participant(Office("US"), "Lloyd Austin")),
    JULY,
    JULY,
    Medium.PHONE,
    initiative=Initiative("RU"),
)
EARLIER = Earlier("2024-06-25", frozenset({Office("US"), Office("RU")}))
RIGHT = Recognition(Verdict.CONTACT, (CLAIM,), (EARLIER,))
NOTHING = Recognition(Verdict.NONE, reasons=("no word of a defence minister",))


def of(quality: Quality) -> list[float]:
    """Give precision, recall and F1 as the scorer rounds them."""
    return [round(one.value, 4) for one in (quality.precision, quality.recall, quality.f1)]


def theirs(found: dict[str, Any]) -> list[float]:
    """Give the scorer's precision, recall and F1."""
    return [found["precision"], found["recall"], found["f1"]]


def scored(scorer: Path, gold: Path, out: Path) -> dict[str, Any]:
    """Run score.py and give its figures."""
    command = [sys.executable, str(scorer), "stories", str(gold), str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.JSONDecoder().raw_decode(done.stdout)[0]
    return found


def test_the_figures_are_those_of_the_contest_s_scorer(shared: Path, tmp_path: Path) -> None:
    """Every figure that both give is the same on the development corpus, in all of its languages."""
    gold, out, recogniser = shared / "eval/dev.jsonl", tmp_path / "out.jsonl", Recogniser(load())
    asked = samples(gold, LATER)
    got = [recogniser.read(sample.story) for sample in asked]
    lines = (answers.recognition(s.story.id, one) for s, one in zip(asked, got, strict=True))
    out.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    ours = evaluate([score(s, one) for s, one in zip(asked, got, strict=True)])
    want, all_of = scored(shared / "eval/score.py", gold, out), ours.overall
    assert all_of.stories == want["stories"]
    for name, quality in _qualities(ours):
        assert of(quality) == theirs(want[name]), name
    assert {name: round(f.contact.f1.value, 4) for name, f in ours.languages} == want["by_language"]
    assert {one.name: _fraction(one.figure) for one in all_of.false_alerts} == {
        f"alert {kind}": said for kind, said in want["false_alerts_by_kind"].items()
    }
    assert {one.name: round(one.figure.value, 4) for one in all_of.accuracies} == {
        slot: want[f"{slot.replace(' ', '_')}_accuracy"] for slot in (one.name for one in all_of.accuracies)
    }


def _qualities(found: Evaluation) -> list[tuple[str, Quality]]:
    names = ("contact", "pair", "initiator", "previous")
    return [(name, getattr(found.overall, name)) for name in names]


def _fraction(figure: Figure) -> str:
    return f"{round(figure.value * figure.of)}/{figure.of}"


def test_a_story_read_rightly_has_no_fault() -> None:
    """A family name in another spelling and a day within the month that is wanted are right."""
    sheet = score(CONTACT, RIGHT)
    assert sheet.faults == ()
    assert of(figures([sheet]).pair) == of(figures([sheet]).previous) == [1, 1, 1]


def test_a_contact_not_seen_is_a_fault_with_its_reasons() -> None:
    """What was missed is counted as missed, and says why it was not seen."""
    sheet = score(CONTACT, NOTHING)
    first, second = sheet.faults
    assert (first.slot, first.wanted, first.got) == (Slot.CONTACT, "contact", "none")
    assert first.words == NOTHING.reasons
    assert (second.slot, second.wanted) == (Slot.PREVIOUS, "RU-US 2024-06")
    assert of(figures([sheet]).contact) == [1, 0, 0]


def test_a_plan_taken_for_a_contact_is_a_false_alert_of_its_kind() -> None:
    """It costs precision, not recall."""
    found = figures([score(PLANNED, RIGHT), score(PLANNED, NOTHING), score(CONTACT, RIGHT)])
    assert [(one.name, one.figure.value) for one in found.false_alerts] == [("alert planned", 0.5)]
    assert of(found.contact) == [0.5, 1, 0.6667]


def test_an_ambiguous_story_counts_neither_way() -> None:
    """Where two annotators disagreed, no answer is wrong; that it rang is told."""
    unclear = Sample(story("…"), "contact", (CALL,), ambiguous=True)
    found = figures([score(unclear, NOTHING), score(unclear, RIGHT)])
    assert found.contact.f1.of == found.pair.f1.of == 0
    assert [(one.name, one.figure.value) for one in found.false_alerts] == [("alert ambiguous", 0.5)]


def test_equal_seeds_give_equal_intervals_around_the_figure() -> None:
    """Intervals hold the figure, do not depend on the run, and are narrower with more stories."""
    few = [score(CONTACT, RIGHT)] * 8 + [score(CONTACT, NOTHING)] * 2
    first, again, other = (evaluate(few, seed).overall.contact.recall for seed in (1, 1, 2))
    assert first == again
    assert (first.value, first.of) == (other.value, other.of) == (0.8, 10)
    assert first.low < 0.8 < first.high
    more = figures(few * 10).contact.recall
    assert more.high - more.low < (first.high - first.low) / 2


def test_no_story_at_all_has_figures_too() -> None:
    """Nothing asked, nothing wrong."""
    empty = figures([]).contact.precision
    assert (empty.value, empty.of) == (1, 0)


def test_the_reports_tell_every_figure_and_fault() -> None:
    """The table has a line a language and so many errors as asked; the JSON has all."""
    found = evaluate([score(CONTACT, NOTHING), score(PLANNED, RIGHT)])
    text = list(as_text(found, 1))
    assert [line[:3] for line in text[-4:-3]] == ["all"]
    assert text[-1].startswith(f"... and {len(found.faults) - 1} more")
    told = json.loads(as_json(found))
    assert told["overall"]["contact"]["precision"]["value"] == 0
    assert len(told["errors"]) == len(found.faults)


@pytest.mark.parametrize("line", ["{}", '{"id": "a", "title": "t"}', "no JSON"])
def test_what_is_no_gold_record_is_named_by_its_place(line: str, tmp_path: Path) -> None:
    """A file without labels is refused with file and line."""
    path = tmp_path / "gold.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"gold\.jsonl:1: "):
        samples(path, LATER)
