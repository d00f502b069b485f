"""Where the configuration lies."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_PACKED = "_config"


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
    packed = _PACKAGE / _PACKED
    return packed if packed.is_dir() else _PACKAGE.parent / "config"


def is_lent(folder: Path, configured: Path | None, cwd: Path) -> bool:
    """Whether a folder is the one that Draht ships, and was not made the user's own by choosing it.

    In a clone it is the user's, as config/ in the working folder or by name.
    """
    if folder.resolve() != shipped().resolve():
        return False
    return shipped().name == _PACKED or (configured is None and folder != cwd / "config")
