"""`draht telegram`."""


def check() -> None:
    """See whether the bot may post in the channel, and say what is missing.

    Example: draht telegram check
    """
