"""`draht contacts`."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.output import answer, say

if TYPE_CHECKING:
    from bot.model.archive import Search
    from bot.settings import Settings

NAMED, FEW = "Of this country or minister, in any spelling; several: of all of them.", 50
EARLIEST = "Not before: 2024-06-25, 2024-06, or 30d ago."


def list_contacts(
    who: Annotated[str, typer.Option(metavar="NAME", help=NAMED)] = "",
    since: Annotated[str, typer.Option(metavar="WHEN", help=EARLIEST)] = "",
    limit: Annotated[int, typer.Option(min=1, help="So many at most.")] = FEW,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line a contact.")] = False,
) -> None:
    """List the contacts that are known, the latest first.

    Example: draht contacts list --who Beloussow --since 2024-06
    """
    from bot import settings as environment
    from bot.cli.contacttable import answers, table
    from bot.cli.findings import existing

    settings = environment.load()
    search = _search(settings, who, since, limit)
    with existing(settings) as store:
        found = store.archive.contacts(search)
    if as_json:
        for line in answers(found):
            answer(line)
    else:
        say(table(found))


def show(
    contact: Annotated[str, typer.Argument(help="The id of a contact, as `draht contacts list` shows it.")],
    as_json: Annotated[bool, typer.Option("--json", help="Everything as one JSON line.")] = False,
) -> None:
    """Show a contact with the words that each part of it rests on.

    Example: draht contacts show 0f3a9c…
    """
    from bot import settings as environment
    from bot.assembly import watching
    from bot.cli.contacttable import shown, whole
    from bot.cli.findings import existing
    from bot.errors import InputError

    settings = environment.load()
    watched = watching(settings)
    with existing(settings) as store:
        found = store.archive.contact(contact)
        alerts = store.archive.alerts(found.id) if found else ()
    if found is None:
        raise InputError(f"there is no contact {contact}; draht contacts list shows their ids")
    if as_json:
        answer(whole(found, alerts))
    else:
        say(shown(found, alerts, watched))


def cases() -> None:
    """Print the stories that editors ruled on as labelled cases.

    One JSON line each, as gold records of the evaluation: python tests/evaluate.py reads them.

    Example: draht contacts cases > cases.jsonl
    """
    from bot import settings as environment
    from bot.cli.cases import cases as labelled
    from bot.cli.findings import existing

    with existing(environment.load()) as store:
        for one in labelled(store):
            answer(one)


def _search(settings: "Settings", who: str, since: str, limit: int) -> "Search":
    """Read what is searched for; raises `UsageError` where it names nobody or no time."""
    from zoneinfo import ZoneInfo

    from bot.assembly import watching
    from bot.clock import SystemClock
    from bot.errors import UsageError
    from bot.model.archive import Search
    from bot.talk.times import since as read_since
    from bot.talk.who import Directory

    watched = watching(settings)
    parties = Directory(watched.register).parties(who)
    if isinstance(parties, str):
        raise UsageError(f"--who: {parties!r} is neither a country nor a defence minister of the register")
    today = SystemClock().now().astimezone(ZoneInfo(watched.watchlist.timezone)).date()
    first = read_since(since, today) if since else None
    if since and first is None:
        raise UsageError(f"--since: {since!r} is no time; write 2024-06-25, 2024-06 or 30d")
    return Search(parties, first, limit)
