"""`draht explain`."""

from typing import Annotated

import typer

from bot.cli.output import answer, say


def explain(
    subject: Annotated[
        str, typer.Argument(metavar="URL|FILE|-", help="A page, a feed, a file; - for input.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line a story.")] = False,
) -> None:
    """Say why a story rings, or why not.

    Shows which watch it concerns by which words, what is recognised on which
    evidence, and the post. Takes the address of an article or a feed, or a
    file of text (title first), HTML or JSON lines; of a story that came in a
    feed, its address or id, and then says what was decided. Sends nothing.

    Example: draht explain https://www.example.org/news/article
    """
    from bot import settings as environment
    from bot.assembly import desk
    from bot.cli import explanation
    from bot.cli.subject import asking_about, recalled, stories
    from bot.clock import SystemClock

    settings = environment.load()
    asking = asking_about(subject, settings, SystemClock().now())
    known = recalled(subject, settings)
    reading, watchlist = desk(asking.watching), asking.watching.watchlist
    for story in (known.story,) if known else stories(subject, asking):
        told = explanation.explained(story, reading, asking.now)
        if as_json:
            answer(explanation.answer(told, watchlist))
            continue
        for line in explanation.lines(told, watchlist):
            say(line)
        say("")
    for line in explanation.remembered(known) if known and not as_json else ():
        say(line)
