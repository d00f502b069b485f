"""`draht explain`."""

from typing import Annotated

import typer

from bot.cli.output import answer, say, say_folded


def explain(
    subject: Annotated[
        str, typer.Argument(metavar="URL|FILE|-", help="A page, a feed, a file; - for input.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line a story, steps included.")] = False,
    walk: Annotated[bool, typer.Option("--steps", help="Walk through the story by sentence.")] = False,
) -> None:
    """Say why a story rings, or why not.

    Shows the verdict and what follows from it, which watch it concerns by which
    words, what is recognised on which evidence, what all but made it ring, and
    the post. Takes the address of an article or a feed, or a file of text
    (title first), HTML or JSON lines; of a story that came in a feed, its
    address or id, and then says what was decided. Sends nothing.

    Example: draht explain https://www.example.org/news/article
    """
    from bot import settings as environment
    from bot.assembly import desk
    from bot.cli import explanation, steps
    from bot.cli.subject import asking_about, recalled, stories
    from bot.clock import SystemClock
    from bot.recognition import Recogniser

    settings = environment.load()
    asking = asking_about(subject, settings, SystemClock().now())
    known = recalled(subject, settings)
    watching, recogniser = asking.watching, Recogniser(asking.watching.register)
    means = explanation.Means(desk(watching, recogniser), recogniser, watching.register)
    for story in (known.story,) if known else stories(subject, asking):
        told = explanation.explained(story, means, asking.now)
        if as_json:
            answer(explanation.answer(told, watching.watchlist, known))
            continue
        for line in explanation.lines(told, watching.watchlist):
            say_folded(line)
        for line in steps.lines(told.trace, titled=bool(story.title)) if walk else ():
            say_folded(line)
        say("")
    for line in explanation.remembered(known) if known and not as_json else ():
        say(line)
