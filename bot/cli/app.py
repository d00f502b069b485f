"""The command `draht`: its table of commands and the one handler of everything that goes wrong."""

import os
import sys
import traceback
from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperGroup

from bot.cli import (
    backtest,
    check,
    contacts,
    demo,
    doctor,
    explain,
    feeds,
    health,
    poll,
    recognise,
    replay,
    run,
    telegram,
    version,
)
from bot.cli.output import complain
from bot.errors import DrahtError
from bot.text.redact import redacted

INTERRUPTED = 130  # what shells expect of a program ended by ctrl-c


class Commands(TyperGroup):
    """Runs a command and turns whatever a user can cause into a sentence and an exit status."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401  Typer keeps its context's class to itself
        """Run the command named on the command line."""
        return guarded(lambda: super(Commands, self).invoke(ctx))


def guarded(work: Callable[[], Any]) -> Any:  # noqa: ANN401  whatever the work gives
    """Do the work; a `DrahtError` becomes its sentence on standard error and its exit status."""
    try:
        return work()
    except DrahtError as error:
        complain(error)
        raise typer.Exit(error.exit_status) from None
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        # The reader has had enough; Python's own flush at exit must not complain about it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(1) from None
    except OSError as error:
        complain(f"{error.filename or 'the output'}: {error.strerror or error}")
        raise typer.Exit(1) from None


app = typer.Typer(
    cls=Commands,
    name="draht",
    help="Hears that two defence ministers have spoken, and tells a Telegram channel once.",
    epilog="Start with: draht check",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # rich costs the help a tenth of a second
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
telegrams = typer.Typer(
    name="telegram", help="See whether Telegram hears Draht.", no_args_is_help=True, rich_markup_mode=None
)
contact_list = typer.Typer(
    name="contacts", help="See the contacts that are known.", no_args_is_help=True, rich_markup_mode=None
)
feed_list = typer.Typer(
    name="feeds", help="See, change, exchange and find feeds.", no_args_is_help=True, rich_markup_mode=None
)

app.command("run")(run.run)
app.command("poll")(poll.poll)
app.command("recognise")(recognise.recognise)
app.command("replay")(replay.replay)
app.command("explain")(explain.explain)
app.command("check")(check.check)
app.command("backtest")(backtest.backtest)
feed_list.command("list")(feeds.list_feeds)
feed_list.command("add")(feeds.add)
feed_list.command("remove")(feeds.remove)
feed_list.command("import")(feeds.import_feeds)
feed_list.command("export")(feeds.export)
feed_list.command("discover")(feeds.discover)
feed_list.command("health")(health.health)
app.add_typer(feed_list)
contact_list.command("list")(contacts.list_contacts)
contact_list.command("show")(contacts.show)
contact_list.command("cases")(contacts.cases)
app.add_typer(contact_list)
app.command("demo")(demo.demo)
telegrams.command("check")(telegram.check)
app.add_typer(telegrams)
app.command("doctor")(doctor.doctor)
app.command("version")(version.version)


def main() -> None:
    """Run `draht` with the process's arguments and end the process."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app()
    except Exception:  # noqa: BLE001  a fault of Draht's own is told in full, but for secrets
        sys.exit(redacted(traceback.format_exc()))
