"""Every fault of DELIVERY.md §1, made by real HTTP, ends as the table says."""

import asyncio
import socket
from datetime import timedelta

import pytest
from telegram.error import NetworkError, RetryAfter, TelegramError, TimedOut

from bot.model.message import Message
from bot.model.outcome import ChatMoved, Outcome, Refused, RetryLater, Sent, Unknown
from bot.telegram.messenger import Manner, TelegramMessenger
from bot.telegram.outcome import outcome_of
from tests.servers.bot_api import TOKEN, BotApi, Fault, FaultKind
from tests.servers.telegram_chats import Chat

# python-telegram-bot warns of a type to come whenever it makes a RetryAfter; both types are read.
pytestmark = pytest.mark.filterwarnings("ignore:.*retry_after:DeprecationWarning")

CHANNEL = "@draht"


def _post(api: BotApi, body: str = "<b>Hello</b>", token: str = TOKEN) -> Outcome:
    async def story() -> Outcome:
        messenger = TelegramMessenger(token, CHANNEL, None, api.url, Manner(0.5))
        try:
            return await messenger.post("", Message(body))
        finally:
            await messenger.close()

    return asyncio.run(story())


def _channel(api: BotApi) -> Chat:
    return api.world.channel(CHANNEL, number=-1001, first_id=5)


def test_a_post_stands_formatted_ringing_and_without_preview(bot_api: BotApi) -> None:
    """The channel shows bold text; its readers are notified; links make no preview."""
    channel = _channel(bot_api)
    assert _post(bot_api) == Sent(5)
    shown = channel.visible()[0]
    assert (shown.text, [e.kind for e in shown.entities], shown.silent) == ("Hello", ["Bold"], False)
    assert '"is_disabled": true' in bot_api.calls[0].params["link_preview_options"]


@pytest.mark.parametrize(
    ("kind", "outcome", "stands"),
    [
        (FaultKind.ERROR_JSON, Unknown, False),
        (FaultKind.ERROR_HTML, Unknown, False),
        (FaultKind.RESET, Unknown, False),
        (FaultKind.LOST, Unknown, True),
        (FaultKind.HANG, Unknown, False),
        (FaultKind.KICKED, Refused, False),
        (FaultKind.NO_CHAT, Refused, False),
    ],
)
def test_each_fault_has_its_outcome(
    bot_api: BotApi,
    kind: FaultKind,
    outcome: type[Outcome],
    stands: bool,  # noqa: FBT001  a column of the table
) -> None:
    """What may have been posted is unknown; what was refused is not repeated blindly."""
    channel = _channel(bot_api)
    bot_api.plan.append(Fault(kind))
    assert isinstance(_post(bot_api), outcome)
    assert bool(channel.visible()) is stands


def test_a_flood_wait_carries_its_seconds(bot_api: BotApi) -> None:
    """429 says when to try again."""
    _channel(bot_api)
    bot_api.plan.append(Fault(FaultKind.FLOOD, seconds=37))
    outcome = _post(bot_api)
    assert isinstance(outcome, RetryLater)
    assert outcome.seconds == 37


def test_a_server_that_is_not_there_was_not_told(bot_api: BotApi) -> None:
    """A refused connection is surely not sent."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        bot_api.url = f"http://127.0.0.1:{closed.getsockname()[1]}"
        outcome = _post(bot_api)
    assert isinstance(outcome, RetryLater)
    assert "cannot be reached" in outcome.reason
    assert "httpx" not in outcome.reason


def test_a_migrated_chat_names_its_new_number(bot_api: BotApi) -> None:
    """The new address is a value to go on with."""
    _channel(bot_api).moved_to = -100999
    assert _post(bot_api) == ChatMoved("-100999")


def test_a_wrong_token_says_what_to_do_and_not_the_token(bot_api: BotApi) -> None:
    """The operator reads which variable to set; the secret stays unsaid."""
    wrong = "987654321:WRONG-token_wrong_token_wrong_000"
    outcome = _post(bot_api, token=wrong)
    assert isinstance(outcome, Refused)
    assert outcome.by_channel
    assert "DRAHT_TELEGRAM_TOKEN" in outcome.reason
    assert "WRONG" not in repr(outcome)


def test_a_channel_where_the_bot_may_not_post_is_the_channels_fault(bot_api: BotApi) -> None:
    """The sentence says which right is missing; the post stays due."""
    _channel(bot_api).rights["can_post_messages"] = False
    outcome = _post(bot_api)
    assert isinstance(outcome, Refused)
    assert outcome.by_channel
    assert "make it an administrator" in outcome.reason


@pytest.mark.parametrize("body", ["x" * 5000, "<b> </b>"])
def test_a_body_that_telegram_cannot_take_is_refused_for_itself(bot_api: BotApi, body: str) -> None:
    """A broken post is no fault of the channel, and stands nowhere."""
    channel = _channel(bot_api)
    outcome = _post(bot_api, body)
    assert isinstance(outcome, Refused)
    assert not outcome.by_channel
    assert channel.visible() == []


def test_no_channel_set_is_said_without_asking_telegram(bot_api: BotApi) -> None:
    """A missing setting is named."""
    messenger = TelegramMessenger(TOKEN, None, None, bot_api.url)
    outcome = asyncio.run(messenger.post("", Message("x")))
    assert isinstance(outcome, Refused)
    assert "DRAHT_TELEGRAM_CHAT" in outcome.reason
    assert bot_api.calls == []


def _edit(api: BotApi, message_id: int, body: str) -> Outcome:
    async def story() -> Outcome:
        messenger = TelegramMessenger(TOKEN, CHANNEL, None, api.url)
        try:
            return await messenger.edit("", message_id, Message(body))
        finally:
            await messenger.close()

    return asyncio.run(story())


def test_an_edit_changes_the_post_and_twice_the_same_is_done(bot_api: BotApi) -> None:
    """That it is not modified means that the post says what it should."""
    channel = _channel(bot_api)
    _post(bot_api)
    assert [_edit(bot_api, 5, "<i>new</i>"), _edit(bot_api, 5, "<i>new</i>")] == [Sent(5), Sent(5)]
    assert (channel.texts(), channel.messages[5].edits) == (["new"], ["Hello"])


def test_an_edit_of_a_deleted_post_is_refused_for_itself(bot_api: BotApi) -> None:
    """The channel is well, only this post is gone."""
    _channel(bot_api)
    outcome = _edit(bot_api, 99, "x")
    assert outcome == Refused("the post is gone from @draht; somebody has deleted it")


class PoolTimeout(Exception):  # noqa: N818  httpx's own name
    """Stands for httpx's exception of this name."""


@pytest.mark.parametrize(
    ("error", "cause", "outcome"),
    [
        (TimedOut(), PoolTimeout(), RetryLater),
        (TimedOut(), TimeoutError(), Unknown),
        (NetworkError("Too Many Requests"), None, RetryLater),
        (TelegramError("Invalid server response"), None, Unknown),
    ],
)
def test_rare_faults_are_told_apart_by_their_cause(
    error: TelegramError, cause: Exception | None, outcome: type[Outcome]
) -> None:
    """Only what surely never left this machine may be sent again without a look."""
    error.__cause__ = cause
    assert isinstance(outcome_of(error, CHANNEL), outcome)


def test_a_flood_wait_may_come_as_a_timedelta() -> None:
    """python-telegram-bot is changing its type; both are read."""
    assert outcome_of(RetryAfter(timedelta(seconds=9)), CHANNEL) == RetryLater(
        "Telegram asks to slow down", 9.0
    )


@pytest.mark.parametrize(("body", "shown"), [("<b>open &amp; wide", "open & wide"), ("a < b", "a < b")])
def test_markup_that_telegram_refuses_goes_out_as_plain_text(bot_api: BotApi, body: str, shown: str) -> None:
    """A post and its edit are said without their form rather than not at all; the operator hears once."""
    channel = _channel(bot_api)
    bot_api.world.private(777)

    async def story() -> list[Outcome]:
        messenger = TelegramMessenger(TOKEN, CHANNEL, "777", bot_api.url)
        try:
            sent = await messenger.post("", Message(body))
            return [sent, await messenger.edit("", 5, Message(f"{body}!"))]
        finally:
            await messenger.close()

    assert asyncio.run(story()) == [Sent(5), Sent(5)]
    assert channel.texts() == [f"{shown}!"]
    (told,) = bot_api.world.find_chat("777").texts()
    assert "sent without" in told


def test_a_post_of_a_topic_stands_in_it(bot_api: BotApi) -> None:
    """Also its reply; the first topic has no number."""
    forum = bot_api.world.forum("@forum", number=-1002, topics=(17,))

    async def story() -> None:
        messenger = TelegramMessenger(TOKEN, CHANNEL, None, bot_api.url)
        await messenger.post("@forum/17", Message("x"))
        await messenger.post("@forum/17", Message("y", reply_to=1))
        await messenger.post("@forum/1", Message("z"))
        await messenger.close()

    asyncio.run(story())
    assert [(m.topic, m.reply_to) for m in forum.messages.values()] == [(17, None), (17, 1), (None, None)]


def test_a_topic_that_takes_nothing_loses_nothing(bot_api: BotApi) -> None:
    """That it is gone is the channel's fault: its posts stay due."""
    bot_api.world.forum("@forum", number=-1002, topics=(17,))

    async def story() -> Outcome:
        messenger = TelegramMessenger(TOKEN, CHANNEL, None, bot_api.url)
        try:
            return await messenger.post("@forum/18", Message("x"))
        finally:
            await messenger.close()

    outcome = asyncio.run(story())
    assert isinstance(outcome, Refused)
    assert outcome.by_channel


def test_a_reply_whose_post_is_gone_stands_by_itself(bot_api: BotApi) -> None:
    """Somebody deleted the post; what changed is said nevertheless."""
    channel = _channel(bot_api)

    async def story() -> Outcome:
        messenger = TelegramMessenger(TOKEN, CHANNEL, None, bot_api.url)
        try:
            return await messenger.post("", Message("denied", silent=True, reply_to=3))
        finally:
            await messenger.close()

    assert isinstance(asyncio.run(story()), Sent)
    assert [(m.text, m.reply_to) for m in channel.visible()] == [("denied", None)]
