"""`draht poll`."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.output import answer, complain, say
from bot.cli.progress import progress
from bot.cli.wording import count

if TYPE_CHECKING:
    from bot.configuration import Configuration
    from bot.pipeline.deliver import DeliveryReport
    from bot.pipeline.poll import Look, PollReport
    from bot.runners.wire import Wire
    from bot.settings import Settings


def poll(
    due: Annotated[bool, typer.Option("--due", help="Ask only the feeds that are due.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="End with the counts as one JSON line.")] = False,
) -> None:
    """Ask every feed once, tell the channel, and end.

    Asks each enabled feed, due or not, unless its host has asked for a pause,
    stores and recognises what is new and sends what follows from it. Ends with
    1 where something could not be sent.

    Example: draht poll --json
    """
    from bot import logs
    from bot import settings as environment
    from bot.assembly import configured
    from bot.cli.check import show
    from bot.outlets import channels

    settings = environment.load()
    configuration = configured(settings)
    channels(settings, configuration)
    show(configuration.warnings)
    # The bar and the counts say it all; what is wrong the operator is told.
    logs.configure("debug" if settings.log == "debug" else "warning", settings.telegram_token)
    counts = asyncio.run(_poll_in_turn(settings, configuration, due_only=due))
    if as_json:
        answer(counts)
    else:
        for line in told(counts):
            say(line)
    if counts["problems"]:
        raise SystemExit(1)


async def _poll_in_turn(
    settings: "Settings", configuration: "Configuration", *, due_only: bool
) -> dict[str, Any]:
    from bot.assembly import turn, wired

    lock = await turn(settings, "draht poll", asyncio.Event(), _waiting)
    try:
        async with wired(settings, configuration) as wire:
            return await _poll_once(wire, due_only=due_only)
    finally:
        if lock:
            lock.release()


def _waiting(who: str) -> None:
    complain(f"another instance acts, waiting for it to end: {who}")


async def _poll_once(wire: "Wire", *, due_only: bool) -> dict[str, Any]:
    from bot.pipeline.deliver import deliver
    from bot.runners.asking import ask, polling
    from bot.runners.present import Present
    from bot.runners.reading import read_all
    from bot.runners.visiting import visit_all
    from bot.runners.weekly import Weekly

    looks: list[Look] = []
    feeds = wire.feeds.enabled()
    with progress("asking feeds", len(feeds)) as done:

        def seen(look: "Look") -> None:
            looks.append(look)
            done(len(looks))

        asked = await ask(wire, polling(wire, seen, due_only=due_only), feeds)
    with progress("reading stories", wire.store.history.counts().unread) as done:
        decisions = await read_all(wire, on_read=done)
    # What the pages tell goes into the posts of this poll.
    if pages := await visit_all(wire):
        decisions += await read_all(wire)
    Weekly(Present(wire)).make()
    delivered = await deliver(wire.store, wire.messenger, wire.clock, tempo=wire.tempo)
    return counted(asked, decisions, delivered) | {"pages": dict(pages), "faults": list(faults(looks))}


def counted(asked: "PollReport", decisions: Counter[str], delivered: "DeliveryReport") -> dict[str, Any]:
    """Shape what a poll came to as `--json` prints it."""
    return {
        "feeds": asked.feeds,
        "read": asked.read,
        "unchanged": asked.unchanged,
        "refused": dict(asked.refused),
        "resting": asked.resting,
        "stories": asked.stories,
        "skipped": dict(asked.skipped),
        "decisions": dict(sorted(decisions.items())),
        "posted": delivered.posted,
        "edited": delivered.edited,
        "waiting": delivered.waiting,
        "problems": delivered.problems,
    }


def faults(looks: Iterable["Look"]) -> Iterator[dict[str, str]]:
    """Give each refused feed with its reason, in the order of the feeds' names."""
    from bot.model.fetch import Failed

    for look in sorted(looks, key=lambda look: (look.feed.name, look.feed.url)):
        if isinstance(look.fetched, Failed):
            reason, detail = look.fetched.refusal.value, look.fetched.detail
            yield {"feed": look.feed.name, "reason": reason, "detail": detail}


def told(counts: dict[str, Any]) -> Iterator[str]:
    """Say what a poll came to, for people."""
    refused = ", ".join(f"{number} {reason}" for reason, number in counts["refused"].items())
    if counts["resting"]:
        yield f"{count(counts['resting'], 'feed')} left alone: their hosts had asked for a pause"
    yield (
        f"{count(counts['feeds'], 'feed')} asked: {counts['read']} read, {counts['unchanged']} unchanged, "
        f"{sum(counts['refused'].values())} refused{f' ({refused})' if refused else ''}; "
        f"{count(counts['stories'], 'new story', 'new stories')}"
    )
    problems = "; ".join(counts["problems"])
    yield (
        f"{counts['posted']} posted, {counts['edited']} edited, {counts['waiting']} waiting to be sent"
        f"{f': {problems}' if problems else ''}"
    )
