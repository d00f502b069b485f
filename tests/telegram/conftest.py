from collections.abc import Iterator

import pytest

from tests.servers.bot_api import BotApi, serving


@pytest.fixture
def bot_api() -> Iterator[BotApi]:
    """Give a running Bot API stand-in without any chat."""
    with serving(BotApi()) as api:
        yield api
