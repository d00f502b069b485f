"""`draht backtest`."""

from typing import Annotated

import typer

EDITED = "The edited watchlist.yaml, or a configuration folder; that in force if left out."
STANDING = "What it is held against: a watchlist.yaml or a folder; that in force if left out."
EARLIEST = "Only posts since then: 2026-09-01, 2026-09, or 90d ago."
CHANGED = 3


def backtest(  # noqa: PLR0913, PLR0917 -- each is an option of the command line
    new: Annotated[str, typer.Argument(metavar="NEW", help=EDITED)] = "",
    old: Annotated[str, typer.Option(metavar="FILE", help=STANDING)] = "",
    jsonl: Annotated[
        str, typer.Option(metavar="FILE", help="Stories as JSON lines; - for standard input.")
    ] = "",
    since: Annotated[str, typer.Option(metavar="WHEN", help=EARLIEST)] = "",
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help=f"End with {CHANGED} where anything changes.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="A JSON line a change, and one of figures.")
    ] = False,
) -> None:
    """Say what an edited watch-list would have changed.

    Plays the stored stories (or those of a file) with both lists, each story at
    its own time, and names every alert gained (+), lost (-), changed (~) or
    merged differently (=), the newest first, with the line of the watch-list
    that is the cause. Nothing is sent, and the database is only read. Ends
    with 1 where a list has errors, and with 0 whatever changes, unless
    --exit-code is given.

    Example: draht backtest edited.yaml --since 90d
    """
    from bot import settings as environment
    from bot.cli.backtesting import Question, asked
    from bot.cli.changetable import lines, records
    from bot.cli.output import answer, complain, say_parts

    question = Question(new, old, jsonl, since)
    outcome = asked(question, environment.load())
    if as_json:
        for record in records(outcome):
            answer(record)
    else:
        for line in lines(outcome):
            say_parts(*line)
    for note in outcome.notes:
        complain(note)
    if outcome.is_faulty:
        raise SystemExit(1)
    if exit_code and outcome.changes:
        raise SystemExit(CHANGED)
