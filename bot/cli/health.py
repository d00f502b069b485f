"""`draht feeds health`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.output import answer, say, say_folded
from bot.cli.wording import count

if TYPE_CHECKING:
    from bot.pipeline.health import Condition


def health(
    every: Annotated[bool, typer.Option("--all", help="Also the feeds that are well.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Every feed as JSON.")] = False,
) -> None:
    """See which feeds are heard, and what is wrong with the others.

    Judges each feed by its own ways: failing, blocked, gone, empty, silent for
    longer than it ever is, or without dates. Asks nobody; it tells what the
    last looks brought. Ends with 1 where a feed is not heard.

    Example: draht feeds health --all
    """
    from bot import settings as environment
    from bot.assembly import configured
    from bot.cli.findings import existing
    from bot.clock import SystemClock
    from bot.pipeline.health import conditions

    settings = environment.load()
    feeds, now = configured(settings).feeds.feeds, SystemClock().now()
    with existing(settings) as store:
        found = conditions(feeds, store.feed_states([feed.url for feed in feeds]), now)
    if as_json:
        answer([_document(one) for one in found])
    else:
        _tell(found, every=every)
    if any(one.deaf for one in found):
        raise SystemExit(1)


def _tell(found: "tuple[Condition, ...]", *, every: bool) -> None:
    from bot.feeds.page import shown
    from bot.pipeline.health import HEARD, Health

    calm = (Health.WELL, Health.RESTING)
    for one in found:
        if every or one.health not in calm:
            say_folded(f"{one.health.upper():<13} {one.feed.name}{f': {one.detail}' if one.detail else ''}")
            if one.deaf and (address := shown(one.feed.url)) not in one.detail:
                say(f"{'':<13} {address}")
    asked = [one for one in found if one.health is not Health.RESTING]
    heard = [one for one in asked if one.health in HEARD]
    say(f"{len(heard):,} of {count(len(asked), 'feed')} heard")


def _document(one: "Condition") -> dict[str, Any]:
    from bot.feeds.page import shown

    state = one.state
    instants = {
        "since": one.since,
        "asked": state.checked_at,
        "next": state.next_check,
        "newest": state.newest,
        "news": state.news_at,
    }
    return {
        "feed": one.feed.name,
        "url": shown(one.feed.url),
        "health": one.health.value,
        "detail": one.detail,
        "failures": state.failures,
        "entries": state.entries,
        **{name: at.isoformat() if at else None for name, at in instants.items()},
    }
