"""What offices are called beside their country is told by kind."""

import pytest

from bot.model.office import Role
from bot.register.offices import role_in, titles
from bot.text.fold import fold


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("deutscher Verteidigungsminister", Role.DEFENCE_MINISTER),
        ("US secretary of state", Role.FOREIGN_MINISTER),
        ("Ministerpräsident von Polen", Role.HEAD_OF_GOVERNMENT),
        ("Präsident der Ukraine", Role.HEAD_OF_STATE),
        ("Minister für Fischerei", None),
    ],
)
def test_an_office_is_made_out_by_its_kind(text: str, role: Role | None) -> None:
    """A "Ministerpräsident" is no president."""
    assert role_in(fold(text)) == role


def test_every_title_is_of_its_own_kind() -> None:
    """What stories write is understood when an editor writes it."""
    told = {role: titles(role) for role in Role}
    assert told[Role.DEFENCE_MINISTER]
    assert all(role_in(fold(title)) is role for role, several in told.items() for title in several)
