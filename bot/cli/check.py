"""`draht check`."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.output import say, tamed
from bot.errors import ConfigurationError, Problem, UsageError

if TYPE_CHECKING:
    from bot.configuration import Configuration
    from bot.settings import Settings


def check(
    watch: Annotated[
        str | None, typer.Argument(metavar="WATCH|FILE", help="For --expand, --schema: this one.")
    ] = None,
    expand: Annotated[bool, typer.Option("--expand", help="Say what keywords and queries find.")] = False,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of a file.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --expand: a JSON line a watch.")] = False,
) -> None:
    """Check the configuration.

    Names every problem at once, with file, line and column, and says what is
    watched; warns of what is hardly meant, such as a watch that can never ring;
    says what the register may have wrong by now, and which watches would ring
    too often or did not in 90 days, by the archive. Ends with 1 where anything
    is wrong; warnings alone end with 0. With --expand it says instead what each
    keyword and each term of a query stands for: names with their spellings,
    titles, and the forms of words in the languages of the feeds. With --schema
    it reads nothing and prints the JSON Schema of watchlist.yaml, or of
    feeds.yaml or holders.yaml.

    Example: draht check --expand "Washington – Moskau"

    Example: draht check --schema feeds
    """
    from bot import settings as environment
    from bot.assembly import configured
    from bot.cli import expansions, schemas
    from bot.cli.summary import summary

    if schema:
        say(schemas.of(watch, alone=not expand and not as_json))
        return
    if not expand:
        _insist_on_nothing_else(watch, as_json=as_json)
    settings = environment.load()
    try:
        configuration = configured(settings)
    except ConfigurationError as error:
        show(error.problems)
        raise SystemExit(error.exit_status) from None
    show(configuration.warnings)
    if expand:
        for one in expansions.chosen(configuration.watchlist, watch):
            expansions.tell(one, configuration, as_json=as_json)
        return
    _show_doubts(settings, configuration)
    for line in summary(configuration):
        say(line)


def _show_doubts(settings: "Settings", configuration: "Configuration") -> None:
    """Warn of what is allowed and hardly meant, by the files, by the environment and by the archive."""
    from bot.assembly import holders_file, newcomers
    from bot.cli.archivedoubts import archive_doubts
    from bot.clock import SystemClock
    from bot.configuration import doubts, lint
    from bot.outlets import unconnected

    register, now = configuration.register, SystemClock().now()
    show(lint(configuration))
    for line in unconnected(configuration.watchlist):
        print(tamed(f"warning: {line}"), file=sys.stderr)
    show(doubts(register, newcomers(settings, register, now), holders_file(settings)))
    show(archive_doubts(settings, configuration, now))


def _insist_on_nothing_else(watch: str | None, *, as_json: bool) -> None:
    """Refuse what only --expand takes; who names a file wants to know of an edited one."""
    if watch and Path(watch).suffix in {".yaml", ".yml"}:
        raise UsageError(f"only the files in force are checked; for an edited one: draht backtest {watch}")
    if watch is not None or as_json:
        raise UsageError("a watch and --json are for --expand: draht check --expand [WATCH] [--json]")


def show(problems: Iterable[Problem]) -> None:
    """Write problems to standard error, each with the line it is about; nothing is wrapped."""
    from bot.configuration import told

    for text in told(problems):
        print(tamed(text), file=sys.stderr)
