import asyncio

from bot.telegram.check import CheckLine, check, look_over
from tests.servers.bot_api import TOKEN, BotApi


def _check(
    api: BotApi, chat: str | None = "@draht", ops: str | None = None, token: str = TOKEN
) -> list[CheckLine]:
    return list(asyncio.run(check(token, chat, ops, api.url, patience=2)))


def _problems(lines: list[CheckLine]) -> list[CheckLine]:
    return [line for line in lines if not line.ok]


def test_all_is_well_and_the_channel_is_left_as_it_was(bot_api: BotApi) -> None:
    """Everything is found, a silent test post is made and removed."""
    channel = bot_api.world.channel("@draht", number=-1001)
    bot_api.world.private(777)
    lines = _check(bot_api, ops="777")
    assert _problems(lines) == []
    assert channel.visible() == []
    assert [m.silent for m in channel.messages.values()] == [True]


def test_without_an_operators_chat_its_use_is_told(bot_api: BotApi) -> None:
    """That is no problem, but an advice."""
    bot_api.world.channel("@draht", number=-1001)
    last = _check(bot_api)[-1]
    assert last.ok
    assert "DRAHT_TELEGRAM_OPS_CHAT" in (last.remedy or "")


def test_a_wrong_token_ends_the_check(bot_api: BotApi) -> None:
    """Nothing else can be looked at, and the token is not repeated."""
    lines = _check(bot_api, token="987654321:WRONG-token_wrong_token_wrong_000")
    assert len(lines) == 1
    assert "DRAHT_TELEGRAM_TOKEN" in (lines[0].remedy or "")
    assert "WRONG" not in repr(lines)


def test_a_missing_channel_setting_is_named(bot_api: BotApi) -> None:
    """The variable to set is said."""
    assert "DRAHT_TELEGRAM_CHAT" in (_problems(_check(bot_api, chat=None))[0].remedy or "")


def test_a_channel_that_does_not_exist_is_said(bot_api: BotApi) -> None:
    """No post is tried where there is no chat."""
    problems = _problems(_check(bot_api))
    assert [line.text for line in problems] == ["the channel @draht cannot be seen"]
    assert "sendMessage" not in bot_api.methods()


def test_a_missing_right_to_post_is_said_twice_over(bot_api: BotApi) -> None:
    """By the rights and by the test post that is not taken."""
    bot_api.world.channel("@draht", number=-1001).rights["can_post_messages"] = False
    problems = _problems(_check(bot_api))
    assert "may not post" in problems[0].text
    assert "make it an administrator" in (problems[1].remedy or "")


def test_a_bot_that_was_thrown_out_is_said(bot_api: BotApi) -> None:
    """The remedy is to add it again."""
    bot_api.world.channel("@draht", number=-1001).status = "kicked"
    assert "add it to the channel" in (_problems(_check(bot_api))[0].remedy or "")


def test_an_operators_chat_that_does_not_exist_is_said(bot_api: BotApi) -> None:
    """A wrong number is found before it is needed."""
    bot_api.world.channel("@draht", number=-1001)
    assert [line.text for line in _problems(_check(bot_api, ops="778"))] == [
        "the operator's chat 778 cannot be seen"
    ]


def test_channels_can_be_looked_over_without_a_post(bot_api: BotApi) -> None:
    """Each channel is looked at, and nothing is sent anywhere."""
    bot_api.world.channel("@draht", number=-1001)
    bot_api.world.channel("@mute", number=-1002).rights["can_post_messages"] = False
    lines = asyncio.run(look_over(TOKEN, ["@draht", "@mute", "@nowhere"], None, bot_api.url))
    assert [line.text for line in _problems(list(lines))] == [
        "the bot is an administrator of @mute that may not post",
        "the channel @nowhere cannot be seen",
    ]
    assert "sendMessage" not in bot_api.methods()
