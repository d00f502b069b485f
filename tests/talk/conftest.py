from collections.abc import Iterator

import pytest

from tests.talk.stage import Stage, stage


@pytest.fixture
def talk() -> Iterator[Stage]:
    """Give a bot that talks, with people around it."""
    with stage() as one:
        yield one
