"""What offices are called beside their country (offices.toml), for hints and warnings."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bot.model.office import Role

_SHIPPED = Path(__file__).with_name("offices.toml")


def titles(role: Role) -> tuple[str, ...]:
    """Give the titles of an office as stories write them, whatever its country; none where none are told."""
    return tuple(_told().get(role, {}).get("titles", ()))


def role_in(folded: str) -> Role | None:
    """Make out the kind of office that a folded text names; the one that stands first in the file."""
    return next((role for role, told in _told().items() if any(p in folded for p in told["parts"])), None)


@cache
def _told() -> Mapping[Role, Mapping[str, Any]]:
    read = tomllib.loads(_SHIPPED.read_text("utf-8"))
    return {Role(name): told for name, told in read.items()}
