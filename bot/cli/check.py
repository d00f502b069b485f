"""`draht check`."""

import sys
from collections.abc import Iterable

from bot.cli.output import say
from bot.errors import ConfigurationError, Problem


def check() -> None:
    """Check the configuration.

    Names every problem at once, with file, line and column, and says what is
    watched. Ends with 1 where anything is wrong; warnings alone end with 0.

    Example: draht check
    """
    from bot import settings
    from bot.assembly import configured
    from bot.cli.summary import summary

    try:
        configuration = configured(settings.load())
    except ConfigurationError as error:
        show(error.problems)
        raise SystemExit(error.exit_status) from None
    show(configuration.warnings)
    for line in summary(configuration):
        say(line)


def show(problems: Iterable[Problem]) -> None:
    """Write problems to standard error, each with the line it is about; nothing is wrapped."""
    from bot.configuration import excerpt

    for problem in problems:
        print(problem, *filter(None, [excerpt(problem)]), sep="\n", file=sys.stderr)
