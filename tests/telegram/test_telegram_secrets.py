import asyncio
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.message import Message
from bot.telegram.messenger import Manner, TelegramMessenger
from bot.text.redact import redacted
from tests.servers.bot_api import TOKEN, BotApi, Fault, FaultKind

SECRET = TOKEN.partition(":")[2]


def test_reasons_and_reprs_never_hold_the_token(bot_api: BotApi, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever fails, and however much is logged by us, the token is not in it."""
    bot_api.world.channel("@draht", number=-1001)
    messenger = TelegramMessenger(TOKEN, "@draht", "@nowhere", bot_api.url, Manner(0.3))
    caplog.set_level(logging.INFO, logger="bot")

    async def story() -> list[str]:
        said = []
        for kind in (FaultKind.ERROR_HTML, FaultKind.RESET, FaultKind.HANG, FaultKind.KICKED):
            bot_api.plan.append(Fault(kind))
            said.append(repr(await messenger.post("", Message("x"))))
        await messenger.tell_operator("something")
        said.append(repr(await messenger.look_for("", "x", 0, 3)))
        await messenger.close()
        return said

    everything = [
        *asyncio.run(story()),
        repr(messenger),
        *(r.getMessage() for r in caplog.records if r.name.startswith("bot")),
    ]
    assert len(everything) >= 7
    assert not any(SECRET in text for text in everything)


def test_a_malformed_token_stays_out_of_the_reason_too(bot_api: BotApi) -> None:
    """Also a token that no URL can carry is not repeated."""
    messenger = TelegramMessenger("12345:a\nb", "@draht", None, bot_api.url)

    async def story() -> str:
        outcome = await messenger.post("", Message("x"))
        await messenger.close()
        return repr(outcome)

    assert "a\\nb" not in asyncio.run(story())


@given(
    st.from_regex(r"\d{5,12}:[A-Za-z0-9_-]{10,40}", fullmatch=True),
    st.sampled_from(["/bot{}", "{}", "x={}/get"]),
)
def test_anything_like_a_token_is_redacted(token: str, around: str) -> None:
    """Also another bot's token, and within a URL."""
    assert token not in redacted(around.format(token), "")
