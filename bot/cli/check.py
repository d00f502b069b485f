"""`draht check`."""

import sys
from collections.abc import Iterable

from bot.cli.output import say, tamed
from bot.errors import ConfigurationError, Problem


def check() -> None:
    """Check the configuration.

    Names every problem at once, with file, line and column, and says what is
    watched; says too what the register may have wrong by now, by the stories
    of the last 30 days. Ends with 1 where anything is wrong; warnings alone
    end with 0.

    Example: draht check
    """
    from bot import settings as environment
    from bot.assembly import configured, holders_file, newcomers
    from bot.cli.summary import summary
    from bot.clock import SystemClock
    from bot.configuration import doubts
    from bot.outlets import unconnected

    settings = environment.load()
    try:
        configuration = configured(settings)
    except ConfigurationError as error:
        show(error.problems)
        raise SystemExit(error.exit_status) from None
    show(configuration.warnings)
    for line in unconnected(configuration.watchlist):
        print(tamed(f"warning: {line}"), file=sys.stderr)
    register = configuration.register
    seen = newcomers(settings, register, SystemClock().now())
    show(doubts(register, seen, holders_file(settings)))
    for line in summary(configuration):
        say(line)


def show(problems: Iterable[Problem]) -> None:
    """Write problems to standard error, each with the line it is about; nothing is wrapped."""
    from bot.configuration import excerpt

    for problem in problems:
        print(tamed("\n".join(filter(None, [str(problem), excerpt(problem)]))), file=sys.stderr)
