import asyncio

import pytest

from bot.telegram.api import TRIES
from bot.telegram.check import CheckLine, Surroundings, check, look_over
from tests.servers.bot_api import TOKEN, BotApi, Fault, FaultKind

pytestmark = pytest.mark.filterwarnings("ignore:.*retry_after:DeprecationWarning")


def _check(
    api: BotApi,
    *chats: str,
    ops: str | None = None,
    token: str = TOKEN,
    profile: int | None = None,
) -> list[CheckLine]:
    around = Surroundings(ops, api.url, profile, patience=2)
    return list(asyncio.run(check(token, chats or ("@draht",), around)))


def _problems(lines: list[CheckLine]) -> list[CheckLine]:
    return [line for line in lines if not line.ok]


def test_all_is_well_and_the_channel_is_left_as_it_was(bot_api: BotApi) -> None:
    """Everything is found, a silent test post is made and removed."""
    channel = bot_api.world.channel("@draht", number=-1001)
    bot_api.world.private(777)
    lines = _check(bot_api, ops="777")
    assert _problems(lines) == []
    assert channel.visible() == []
    assert all(m.silent for chat in bot_api.world.chats for m in chat.messages.values())
    assert bot_api.world.find_chat("777").visible() == []
    assert any("could be edited" in line.text for line in lines)
    assert any("found through the operator's chat" in line.text for line in lines)


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
    lines = asyncio.run(check(TOKEN, (), Surroundings(api=bot_api.url)))
    assert "DRAHT_TELEGRAM_CHAT" in (_problems(list(lines))[0].remedy or "")


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
    assert "give it the right to post messages" in (problems[0].remedy or "")
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
        "the bot is administrator of @mute and may not post (post no, edit no, delete yes)",
        "the channel @nowhere cannot be seen",
    ]
    assert "sendMessage" not in bot_api.methods()


def test_every_channel_of_the_watch_list_is_tried(bot_api: BotApi) -> None:
    """Each gets its own test post, a topic of a forum within the topic; all are removed."""
    bot_api.world.channel("@draht", number=-1001)
    forum = bot_api.world.forum("@forum", number=-1002, topics=(17,))
    lines = _check(bot_api, "@draht", "@forum/17")
    assert _problems(lines) == []
    assert [m.topic for m in forum.messages.values()] == [17]
    assert forum.visible() == []


def test_a_topic_that_is_not_there_is_said(bot_api: BotApi) -> None:
    """The forum is well, only nothing can be said in that topic."""
    bot_api.world.forum("@forum", number=-1002, topics=(17,))
    problem = _problems(_check(bot_api, "@forum/18"))[0]
    assert problem.text == "a test post to @forum/18 was not taken"
    assert "the topic" in (problem.remedy or "")


def test_a_group_without_topics_is_said(bot_api: BotApi) -> None:
    """The remedy names both ways out."""
    bot_api.world.channel("@draht", number=-1001)
    assert "@draht has no topics" in [line.text for line in _problems(_check(bot_api, "@draht/5"))]


def test_a_channel_that_forbids_forwarding_is_said(bot_api: BotApi) -> None:
    """Lost posts could not be looked for in it."""
    bot_api.world.channel("@draht", number=-1001).protected = True
    bot_api.world.private(777)
    problems = _problems(_check(bot_api, ops="777"))
    assert [line.text for line in problems] == [
        "@draht forbids forwarding",
        "it could not be found through the operator's chat, as a lost post should be",
    ]


def test_the_profile_that_shows_a_channel_is_tried(bot_api: BotApi) -> None:
    """The test post is seen there; a profile that does not exist is a problem."""
    channel = bot_api.world.channel("@draht", number=-1001)
    bot_api.world.profiles[5] = channel
    assert any("seen on the profile of user 5" in line.text for line in _check(bot_api, profile=5))
    assert [line.text for line in _problems(_check(bot_api, profile=6))] == [
        "the profile of user 6 cannot be read",
        "the profile of user 6 shows none of the channels",
    ]


def test_a_test_post_that_stays_is_named(bot_api: BotApi) -> None:
    """A person has to remove what the bot could not, and reads which right it lacks."""
    bot_api.world.channel("@draht", number=-1001, first_id=9)
    bot_api.plan += [Fault(FaultKind.ERROR_JSON, "deleteMessage")] * TRIES
    problem = _problems(_check(bot_api))[0]
    assert "delete message 9 in @draht yourself" in problem.text
    assert "right to delete" in (problem.remedy or "")


def test_a_flood_wait_is_told_in_seconds(bot_api: BotApi) -> None:
    """The operator knows when to try again."""
    bot_api.world.channel("@draht", number=-1001)
    bot_api.plan.append(Fault(FaultKind.FLOOD, seconds=41))
    assert "try again in 41 seconds" in (_problems(_check(bot_api))[0].remedy or "")
