"""How good the recogniser is: its figures over a gold corpus, with intervals and every error.

    python tests/evaluate.py                     the project's own corpus, tests/corpus/*.jsonl
    python tests/evaluate.py FILE… --lang de,fr  other gold records (../shared/eval/FORMAT.md)

Each story is judged by itself, as `draht recognise` does.
"""

import argparse
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from bot.clock import SystemClock
from bot.errors import InputError
from bot.recognition import Recogniser
from bot.register.load import load
from tests.evaluation.figures import SEED, evaluate
from tests.evaluation.gold import Sample, samples
from tests.evaluation.report import as_json, as_text
from tests.evaluation.scoring import score

CORPUS = Path(__file__).resolve().parent / "corpus"


def main(arguments: Sequence[str] | None = None) -> int:
    """Evaluate and print; 1 where a file cannot be read as gold records."""
    chosen = _parser().parse_args(arguments)
    languages = frozenset(filter(None, chosen.lang.split(",")))
    try:
        asked = _asked(chosen.files or sorted(CORPUS.glob("*.jsonl")), languages)
    except InputError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    recogniser = Recogniser(load())
    found = evaluate([score(sample, recogniser.read(sample.story)) for sample in asked], chosen.seed)
    lines = [as_json(found)] if chosen.json else as_text(found, chosen.errors)
    with suppress(BrokenPipeError):  # whoever reads on has seen enough
        sys.stdout.writelines(f"{line}\n" for line in lines)
        sys.stdout.flush()
    return 0


def _asked(files: Sequence[Path], languages: frozenset[str]) -> list[Sample]:
    """Read the samples of these languages; of all where none is named."""
    every = (sample for path in files for sample in samples(path, SystemClock()))
    return [sample for sample in every if not languages or sample.language in languages]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="gold records, one JSON a line")
    parser.add_argument("--lang", default="", metavar="de,en", help="these languages only")
    parser.add_argument("--errors", type=int, default=20, metavar="N", help="list so many errors (20)")
    parser.add_argument("--json", action="store_true", help="everything as one JSON object")
    parser.add_argument("--seed", type=int, default=SEED, help=f"of the resampling ({SEED})")
    return parser


if __name__ == "__main__":
    sys.exit(main())
