"""`draht doctor`."""

import json
from typing import Annotated

import typer

from bot.cli.output import say


def doctor(
    only_alive: Annotated[bool, typer.Option("--alive", help="Only: does `draht run` still tick?")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Findings as JSON.")] = False,
) -> None:
    """See whether Draht is well.

    Looks at configuration, state, feeds, heartbeat and Telegram's settings.
    Ends with 1 where anything is not well. --alive is a container's health
    check.

    Example: draht doctor --alive
    """
    from bot import settings as environment
    from bot.cli.findings import alive, everything

    settings = environment.load()
    found = [alive(settings)] if only_alive else list(everything(settings))
    if as_json:
        say(
            json.dumps(
                [{"name": f.name, "well": f.well, "detail": f.detail} for f in found], ensure_ascii=False
            )
        )
    else:
        for finding in found:
            say(f"{'ok ' if finding.well else 'BAD'} {finding.name}: {finding.detail}")
    if not all(finding.well for finding in found):
        raise SystemExit(1)
