"""Notices while somebody wants none."""

import asyncio
import logging
from datetime import timedelta

import pytest

from bot.model.ruling import Switch
from bot.runners.discreet import Discreet
from tests.runners.wire import stage


def test_muted_notices_are_in_the_log_alone(caplog: pytest.LogCaptureFixture) -> None:
    """When the time is over they come again; one that nobody ends lasts."""
    caplog.set_level(logging.WARNING, logger="draht.talk")
    with stage({}) as on:
        messenger = Discreet(on.messenger, on.wire.store, on.clock)

        def told(text: str) -> None:
            asyncio.run(messenger.tell_operator(text))

        told("before")
        on.wire.store.turn_off(Switch("mute", "42", on.clock.now(), on.clock.now() + timedelta(hours=2)))
        told("during")
        on.clock.advance(timedelta(hours=2))
        told("after")
        assert on.messenger.told == ["before", "after"]
        assert [record.getMessage() for record in caplog.records] == ["during"]
