"""`draht version`."""

from bot.cli.output import say


def version() -> None:
    """Print the version.

    Example: draht version
    """
    from importlib.metadata import version as installed

    say(f"draht {installed('draht')}")
