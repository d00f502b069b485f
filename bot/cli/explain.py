"""`draht explain`."""


def explain() -> None:
    """Do it."""
