"""The project's own corpus, read once for all tests."""

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from bot.model.claim import Recognition
from tests.evaluation.figures import Evaluation, evaluate
from tests.evaluation.gold import Sample, Wanted, samples
from tests.evaluation.scoring import score
from tests.fakes.clock import FakeClock
from tests.recognition.reading import recogniser

FILES = tuple(sorted(Path(__file__).resolve().parent.glob("*.jsonl")))
LATER = FakeClock(datetime(2030, 1, 1, tzinfo=UTC))  # no story is of the future then


@cache
def corpus() -> tuple[Sample, ...]:
    """Give every sample of every file."""
    return tuple(sample for path in FILES for sample in samples(path, LATER))


@cache
def readings() -> tuple[Recognition, ...]:
    """Give what is recognised in each sample."""
    return tuple(recogniser().read(sample.story) for sample in corpus())


@cache
def evaluation() -> Evaluation:
    """Give the figures of the corpus."""
    return evaluate([score(sample, got) for sample, got in zip(corpus(), readings(), strict=True)])


def day_of(contact: Wanted) -> date:
    """Give the day of a contact; the first of its month where only that is known."""
    told = contact.event.partition("/")[0]
    return date.fromisoformat(told if len(told) == len("2024-07-12") else f"{told}-01")
