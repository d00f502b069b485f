"""`draht replay`."""

from typing import Annotated

import typer

from bot.cli.output import complain, say
from bot.cli.progress import progress


def replay(
    jsonl: Annotated[str, typer.Option(metavar="FILE", help="Stories as JSON lines; - for standard input.")],
) -> None:
    """Play a file of stories through Draht, at their own times.

    Uses an empty, temporary store, sends nothing, and prints one JSON line a
    story, in the order of publication: what is decided, and each post as it
    would be. Undated stories are skipped and counted.

    Example: draht replay --jsonl stories.jsonl
    """
    from bot import settings
    from bot.assembly import desk, nowhere, watching
    from bot.cli.jsonl import story_file
    from bot.clock import SystemClock
    from bot.pipeline.replay import replay as played

    watched = watching(settings.load())
    file = story_file(jsonl, watched.watchlist, SystemClock())
    records = list(file)
    given = {record.story.id: record.given_id for record in records}
    dated = [record.story for record in records if record.story.dated]
    with nowhere() as store, progress("replaying", len(dated)) as done:
        for number, one in enumerate(played(dated, desk(watched), store), 1):
            say(one.line(given[one.story]))
            done(number)
    if len(dated) < len(records):
        complain(f"{len(records) - len(dated)} undated stories skipped")
    file.raise_faults()
