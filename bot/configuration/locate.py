"""Where the configuration lies."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def folder(configured: Path | None, cwd: Path) -> Path:
    """Choose the folder: the configured one, else config/ in the working folder, else the shipped one.

    A configured folder is taken even where it does not exist, so that its
    absence is told instead of hidden.
    """
    if configured is not None:
        return configured
    own = cwd / "config"
    return own if own.is_dir() else shipped()


def shipped() -> Path:
    """Give the folder that Draht ships: inside the wheel, or that of the source tree."""
    packed = _PACKAGE / "_config"
    return packed if packed.is_dir() else _PACKAGE.parent / "config"
