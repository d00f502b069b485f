"""`draht recognise`."""

from typing import Annotated

import typer

from bot.cli.output import answer
from bot.cli.progress import progress


def recognise(
    jsonl: Annotated[str, typer.Option(metavar="FILE", help="Stories as JSON lines; - for standard input.")],
) -> None:
    """Judge each story of a file by itself.

    Prints one JSON line a story, in the order of the file. Lines that cannot
    be read are named on standard error, and the command ends with 1.

    Example: draht recognise --jsonl stories.jsonl > verdicts.jsonl
    """
    from bot import settings
    from bot.assembly import watching
    from bot.cli import answers
    from bot.cli.jsonl import story_file
    from bot.clock import SystemClock
    from bot.recognition import Recogniser

    watched = watching(settings.load())
    recogniser = Recogniser(watched.register)
    stories = story_file(jsonl, watched.watchlist, SystemClock())
    with progress("recognising", stories.size()) as done:
        for record in stories:
            answer(answers.recognition(record.given_id, recogniser.read(record.story)))
            done(stories.read)
    stories.raise_faults()
